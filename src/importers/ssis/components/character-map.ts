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

/** In the order in which they work: a letter of one kana is in full width before it becomes one of the other. */
const mappings: readonly (readonly [bit: number, operation: string])[] = [
	[0x800000, 'shared.full-width'],
	[0x100000, 'shared.hiragana'],
	[0x200000, 'shared.katakana'],
	[0x400000, 'shared.half-width'],
	[0x100, 'ssis.lower'],
	[0x200, 'ssis.upper'],
]
/** Casing by the rules of the locale: other than by the system's in Turkish, Azeri and Lithuanian only. */
const LINGUISTIC_CASING = 0x1000000

/** Mappings whose tables are in no document. */
const unknown: readonly (readonly [bit: number, name: string])[] = [
	[0x800, 'byte reversal'],
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
	const found = unknown.find(([bit]) => (flags & bit) !== 0)
	if (found !== undefined) return refuse(`nothing tells what its mapping ${found[1]} gives`)
	const locale = whole(context.component.element.attributes.get('localeId'), -1)
	return (flags & LINGUISTIC_CASING) !== 0 && casingLocales.has(locale)
		? refuse(`it changes letter case by the rules of the locale ${locale}`)
		: undefined
}

function mapColumn(context: ComponentContext, { source, target, flags, dispositions, lines }: Mapped): ProjectColumn {
	const chosen = mappings.filter(([bit]) => (flags & bit) !== 0)
	const expression = chosen.reduce<Expression>(
		(value, [, operation]) => ({ kind: 'call', operation, args: [value], type: value.type }),
		column(source),
	)
	return {
		...derived(target.name, target.type, { expression, text: source.name }, { ...context.provenance, lines }),
		...policies(dispositions, context.columnNumber(target.lineage)),
	}
}
