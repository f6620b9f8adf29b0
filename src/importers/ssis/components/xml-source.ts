/**
 * XML Source: a file, or the text of a variable, whose elements of one name are the rows of one output (Microsoft: XML Source). The
 * schema stands in a file of its own or in the data (UseInlineSchema); the outputs, which the designer has made from it, name the
 * elements and what is taken of them.
 */
import { writeFormat } from '#languages/ssis/cast-format.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { ProjectColumn, ProjectOperator, ReadOperator } from '#model/operators.ts'
import type { Buffer } from '../flow/buffer.ts'
import { extend, schemaOf } from '../flow/buffer.ts'
import { variableText } from '../flow/database-source.ts'
import { emptyField } from '../flow/empty-field.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, declare, port, refuse } from '../flow/parts.ts'
import { policies } from '../flow/policies.ts'
import { cast, column, derived, unlimited } from '../flow/values.ts'
import { whole } from '../formats/properties.ts'
import type { OutputRecord } from '../formats/records.ts'
import { UniqueNames } from '../formats/unique-names.ts'

const FILE = 0
const FILE_FROM_VARIABLE = 1
const TEXT_FROM_VARIABLE = 2

export function lowerXmlSource(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const place = placeOf(context)
	if ('reason' in place) return place
	if (component.outputs.some((one) => one.isError && context.isLinked(one)))
		return refuse('it redirects rows that it cannot read')
	const outputs = component.outputs.filter((one) => !one.isError && one.columns.length > 0)
	const linked = outputs.filter((one) => context.isLinked(one))
	const [first] = outputs
	if (first === undefined) return refuse('it has no columns')
	const names = outputs.map(elementOf)
	if (new Set(names).size < names.length) return refuse('elements of one name are the rows of several outputs')
	const read = linked.length === 0 ? [first] : linked
	for (const [index, output] of read.entries())
		fillOutput(context, output, place, index === 0 ? undefined : elementOf(output))
	declare(
		context,
		'RG-D114',
		`Its rows are the elements ${read.map(elementOf).join(', ')} of ${'path' in place ? place.path.text : place.text.text}.`,
	)
	return undefined
}

/** `catalog:book`, `book` → `book`. */
const elementOf = ({ properties, name }: OutputRecord): string =>
	(properties.get('RowsetID')?.trim() || name).split(/[:/\\]/).at(-1) ?? name

type Place =
	| { readonly kind: 'xml'; readonly path: SourcedExpression }
	| { readonly kind: 'xml-text'; readonly text: SourcedExpression }

function placeOf(context: ComponentContext): Place | Refusal {
	const { properties } = context.component
	const variable = variableText(context, 'XMLDataVariable')
	switch (whole(properties.get('AccessMode'), FILE)) {
		case FILE: {
			const { value } = context.text('XMLData')
			return value.text.trim() === '' ? refuse('it names no file') : { kind: 'xml', path: value }
		}
		case FILE_FROM_VARIABLE:
			return variable === undefined
				? refuse('the variable that names its file is not there')
				: { kind: 'xml', path: variable.value }
		case TEXT_FROM_VARIABLE:
			if (variable === undefined) return refuse('the variable that holds its XML is not there')
			if (variable.stored === '') reportEmpty(context, variable.value.text)
			return { kind: 'xml-text', text: variable.value }
		default:
			return refuse(`its access mode ${properties.get('AccessMode') ?? ''} is not known`)
	}
}

/** A program that starts the package could set it; nothing starts the new job in that way. */
function reportEmpty(context: ComponentContext, variable: string): void {
	context.parts.diagnostics.push(
		diagnose('stage/property', context.provenance, {
			what: `${context.component.name} reads the XML that ${variable} holds, which is empty at the start.`,
			why: 'A task of the package has to set it before. The program that starts a package could set it, too; that of the new job cannot.',
		}),
	)
}

/** The elements as texts, then each column as its type. XML spells numbers and moments in one way, whatever the locale. */
function fillOutput(context: ComponentContext, output: OutputRecord, place: Place, part: string | undefined): void {
	const leaving = extend([], output.columns)
	const unique = new UniqueNames()
	const fields: Buffer = leaving.map((target, index) => {
		const id = output.columns[index]?.externalId
		const name = unique.take(output.external.find((one) => one.id === id)?.name ?? target.name)
		return { lineage: name, name, type: unlimited, sortKey: 0 }
	})
	const read: ReadOperator = {
		...base(context, part === undefined ? 'read' : `read ${part}`),
		kind: 'read',
		source: { ...place, row: elementOf(output) },
		schema: schemaOf(fields),
	}
	const columns = leaving.flatMap((target, index): readonly ProjectColumn[] => {
		const [field, written] = [fields[index], output.columns[index]]
		if (field === undefined || written === undefined) return []
		const format = writeFormat(unlimited, target.type, { fastParse: true })
		const isText = /^DT_(W?STR|N?TEXT)$/.test(target.type.name)
		const converted = cast(column(field), 'ssis.flat-file-read', target.type, format)
		const expression = isText ? column(field) : emptyField(field, converted, target.type, true)
		return [
			{
				...derived(target.name, target.type, { expression, text: field.name }, context.provenance),
				...policies(written.dispositions, context.columnNumber(written.lineage)),
			},
		]
	})
	const convert: ProjectOperator = {
		...base(context, part),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		columns,
		evaluation: 'together',
		reject: {},
	}
	add(context, read, convert)
	connect(context, { from: port(read, 'out'), buffer: fields }, port(convert, 'in'))
	context.parts.gives.set(output.id, { from: port(convert, 'out'), buffer: leaving })
}
