/**
 * Character Map: texts in other characters, in place or as new columns (Microsoft: Character Map Transformation). `MapFlags`
 * holds the bits of Windows' LCMapString.
 */
import type { Expression } from '#model/expressions.ts'
import type { ProjectColumn } from '#model/operators.ts'
import type { Provenance } from '#model/provenance.ts'
import type { BufferColumn } from '../flow/buffer.ts'
import { byLineage, extend } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { mainInput, mainOutput, refuse } from '../flow/parts.ts'
import { policies } from '../flow/policies.ts'
import { giveDerived } from '../flow/row-columns.ts'
import { column, derived } from '../flow/values.ts'
import { referenced, whole } from '../formats/properties.ts'
import type { Dispositions } from '../formats/records.ts'

const LOWER = 0x100
const UPPER = 0x200
const BYTE_REVERSAL = 0x800
/** Casing by the rules of the locale: other than by the system's in Turkish, Azeri and Lithuanian only. */
const LINGUISTIC_CASING = 0x1000000

/** Mappings between whole scripts, for which Spark has no function. */
const scripts: readonly (readonly [bit: number, name: string])[] = [
	[BYTE_REVERSAL, 'byte reversal'],
	[0x100000, 'hiragana'],
	[0x200000, 'katakana'],
	[0x400000, 'half width'],
	[0x800000, 'full width'],
	[0x2000000, 'simplified Chinese'],
	[0x4000000, 'traditional Chinese'],
]

const casingLocales: ReadonlySet<number> = new Set([0x041f, 0x042c, 0x082c, 0x0427])

interface Mapped {
	readonly name: string
	readonly source: BufferColumn
	readonly target: BufferColumn
	readonly flags: number
	readonly dispositions: Dispositions
	readonly lines: Provenance['lines']
}

export function lowerCharacterMap(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	const output = mainOutput(component)
	if (input === undefined || output === undefined) return refuse('it has no input or no output')
	const arriving = context.arriving(input)
	const leaving = extend(arriving, output.columns)
	const columns: ProjectColumn[] = []
	const written = [
		...input.columns
			.filter((one) => one.readWrite)
			.map((one) => ({ ...one, from: one.lineage, name: one.name || one.lineage })),
		...output.columns.map((one) => ({ ...one, from: referenced(one.properties.get('InputColumnLineageID')) ?? '' })),
	]
	for (const { name, lineage, from, properties, dispositions, lines } of written) {
		const source = byLineage(arriving, from)
		const target = byLineage(leaving, lineage)
		if (source === undefined || target === undefined) return refuse(`the column that ${name} maps does not arrive`)
		const flags = whole(properties.get('MapFlags'), 0)
		const refusal = unsupported(context, flags)
		if (refusal !== undefined) return refusal
		columns.push(mapColumn(context, { name, source, target, flags, dispositions, lines }))
	}
	giveDerived(context, { input, output, arriving, leaving, columns })
	return undefined
}

function unsupported(context: ComponentContext, flags: number): Refusal | undefined {
	const script = scripts.find(([bit]) => (flags & bit) !== 0)
	if (script !== undefined) return refuse(`Spark has no function for its mapping ${script[1]}`)
	const locale = whole(context.component.element.attributes.get('localeId'), -1)
	return (flags & LINGUISTIC_CASING) !== 0 && casingLocales.has(locale)
		? refuse(`it changes letter case by the rules of the locale ${locale}`)
		: undefined
}

function mapColumn(context: ComponentContext, { source, target, flags, dispositions, lines }: Mapped): ProjectColumn {
	const value = column(source)
	const operation = (flags & LOWER) !== 0 ? 'ssis.lower' : (flags & UPPER) !== 0 ? 'ssis.upper' : undefined
	const expression: Expression =
		operation === undefined ? value : { kind: 'call', operation, args: [value], type: value.type }
	return {
		...derived(target.name, target.type, { expression, text: source.name }, { ...context.provenance, lines }),
		...policies(dispositions, context.columnNumber(target.lineage)),
	}
}
