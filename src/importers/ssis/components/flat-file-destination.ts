/** Flat File Destination: every value as text, then the columns of the connection manager in their order. */
import { writeFormat } from '#languages/ssis/cast-format.ts'
import type { SsisType } from '#languages/ssis/types.ts'
import { valueText } from '#model/json-values.ts'
import type { ProjectColumn, ProjectOperator, WriteOperator } from '#model/operators.ts'
import type { FieldEnd, TextFileTarget, TextLayout } from '#model/places.ts'
import { text } from '#model/types.ts'
import type { Buffer, BufferColumn } from '../flow/buffer.ts'
import { byLineage, schemaOf } from '../flow/buffer.ts'
import { layoutOf, pathOf } from '../flow/flat-file-layout.ts'
import { declareWritten } from '../flow/locales.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, mainInput, port, refuse } from '../flow/parts.ts'
import { cast, column, derived, literal, unlimited } from '../flow/values.ts'
import { isTrue } from '../formats/properties.ts'
import { UniqueNames } from '../formats/unique-names.ts'

export function lowerFlatFileDestination(context: ComponentContext): Refusal | undefined {
	const { component, scope } = context
	const input = mainInput(component)
	const [reference] = component.connections.values()
	const connection = scope.connection(reference)
	const file = connection?.flatFile
	if (input === undefined || connection?.type !== 'FLATFILE' || file === undefined) {
		return refuse('its flat file connection manager is not there')
	}
	const layout = layoutOf(file, connection)
	if ('reason' in layout) return layout
	const above = linesAbove(context, layout)
	if ('reason' in above) return above
	if (layout.recordDelimiter === '') return refuse('it writes rows of a fixed width without any sign between them')
	const path = pathOf(connection, scope)
	if ('reason' in path) return path
	const arriving = context.arriving(input)
	const names = new UniqueNames()
	const columns: ProjectColumn[] = []
	const leaving: BufferColumn[] = []
	const written: SsisType[] = []
	for (const [place, target] of file.columns.entries()) {
		const external = input.external.find((one) => one.name === target.name) ?? input.external[place]
		const mapped = input.columns.find((one) => external !== undefined && one.externalId === external.id)
		const source = byLineage(arriving, mapped?.lineage)
		if (mapped !== undefined && source === undefined)
			return refuse(`the column that ${target.name} takes does not arrive`)
		const name = names.take(target.name)
		if (source !== undefined) written.push(source.type)
		columns.push(inWidth(textColumn(context, name, source), layout.fields?.[place]))
		leaving.push({ lineage: name, name, type: unlimited, sortKey: 0 })
	}
	declareWritten(context, written, file.localeId)
	write(context, columns, leaving, (id) => ({
		...id,
		kind: 'write',
		target: {
			kind: 'text-file',
			path,
			layout,
			quoted: file.columns.map((one) => one.textQualified && file.textQualifier !== ''),
			...above,
			quotedHeader: file.textQualifier !== '',
			doubleQuotes: isTrue(component.properties.get('EscapeQualifier')),
			mode: isTrue(component.properties.get('Overwrite') ?? 'true') ? 'overwrite' : 'append',
		},
		schema: schemaOf(leaving),
	}))
	context.parts.takes.set(input.id, { operator: `${context.id}#texts`, port: 'in' })
	return undefined
}

/** The engine ends the text of property Header like a row. */
function linesAbove(
	context: ComponentContext,
	{ recordDelimiter }: TextLayout,
): Pick<TextFileTarget, 'above' | 'aboveText'> | Refusal {
	const { value } = context.text('Header')
	const { properties } = context.component
	const { expression } = value
	const stored = expression.kind === 'literal' ? valueText(expression.value ?? '') : undefined
	if (stored === '') return {}
	if (!isTrue(properties.get('Overwrite') ?? 'true'))
		return refuse('it writes a text of its own before the rows that it adds to a file')
	if (stored === undefined) return { aboveText: value }
	return { above: stored.replaceAll(/\r\n|\n/g, recordDelimiter).split(recordDelimiter) }
}

/** A file column that nothing is mapped to stays empty. A text is written whole, however short the file's column is. */
function textColumn(context: ComponentContext, name: string, source: BufferColumn | undefined): ProjectColumn {
	if (source === undefined)
		return derived(name, unlimited, { expression: literal(null, unlimited), text: '' }, context.provenance)
	const value = column(source)
	const expression =
		value.type.kind === 'string'
			? value
			: cast(value, 'ssis.flat-file-write', unlimited, writeFormat(source.type, unlimited))
	return derived(name, unlimited, { expression, text: source.name }, context.provenance)
}

/** A text that is longer than its fixed width ends the run: the next column would begin in the wrong place. */
function inWidth(column: ProjectColumn, end: FieldEnd | undefined): ProjectColumn {
	return end?.kind === 'width' ? { ...column, type: text(end.width) } : column
}

function write(
	context: ComponentContext,
	columns: readonly ProjectColumn[],
	leaving: Buffer,
	make: (id: ReturnType<typeof base>) => WriteOperator,
): void {
	const texts: ProjectOperator = {
		...base(context, 'texts'),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		columns,
		evaluation: 'together',
		reject: {},
	}
	const operator = make(base(context))
	add(context, texts, operator)
	connect(context, { from: port(texts, 'out'), buffer: leaving }, port(operator, 'in'))
}
