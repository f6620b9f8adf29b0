/**
 * Flat File Source. The file is read as texts; then each column is converted to its type, and a row that cannot be converted
 * leaves by the error output as the raw text of its line.
 */
import { writeFormat } from '#languages/ssis/cast-format.ts'
import type { SsisType } from '#languages/ssis/types.ts'
import type { Expression } from '#model/expressions.ts'
import type { ProjectColumn, ProjectOperator } from '#model/operators.ts'
import type { TextFileSource, TextLayout } from '#model/places.ts'
import type { Buffer, BufferColumn } from '../flow/buffer.ts'
import { byLineage, columnOf, extend, schemaOf } from '../flow/buffer.ts'
import { emptyField } from '../flow/empty-field.ts'
import { layoutOf, pathOf } from '../flow/flat-file-layout.ts'
import { inSequence, listedFiles } from '../flow/listed-files.ts'
import { declareRead } from '../flow/locales.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, errorOutput, mainOutput, port, refuse } from '../flow/parts.ts'
import { declareErrorNumbers, policies, rejected } from '../flow/policies.ts'
import { cast, column, derived, passed, unlimited } from '../flow/values.ts'
import { isTrue } from '../formats/properties.ts'
import type { FlatFileRecord, OutputColumnRecord, OutputRecord } from '../formats/records.ts'
import { UniqueNames } from '../formats/unique-names.ts'

export function lowerFlatFileSource(context: ComponentContext): Refusal | undefined {
	const { component, scope } = context
	const output = mainOutput(component)
	const [reference] = component.connections.values()
	const connection = scope.connection(reference)
	if (output === undefined || connection?.flatFile === undefined)
		return refuse('its flat file connection manager is not there')
	const layout = layoutOf(connection.flatFile, connection)
	if ('reason' in layout) return layout
	if (skipsByAnother(connection.flatFile, layout))
		return refuse('the rows that it skips at the top end with another delimiter than the others')
	const path = pathOf(connection, scope)
	if ('reason' in path) return path
	const paths = listedFiles(context, connection, path)
	if ('reason' in paths) return paths
	const errors = errorOutput(component)
	const withErrors = context.isLinked(errors)
	const fields = fieldsOf(connection.flatFile.columns.map((one) => one.name))
	const names = new UniqueNames()
	for (const field of fields) names.take(field.name)
	const own = (name: string): BufferColumn => ({ lineage: name, name: names.take(name), type: unlimited, sortKey: 0 })
	const record = own('Flat File Source Error Output Column')
	const file =
		paths.length > 1 && output.columns.some((written) => isFileName(context, written)) ? own('File') : undefined
	const source: Omit<TextFileSource, 'path'> = {
		kind: 'text-file',
		layout: { ...layout, ...recordEnds(connection.flatFile, layout) },
		skipLines: connection.flatFile.headerRowsToSkip + connection.flatFile.dataRowsToSkip,
		fieldCount: 'fit',
		...(withErrors ? { recordColumn: record.name } : {}),
	}
	const leaving = extend([], output.columns)
	const columns: ProjectColumn[] = []
	for (const written of output.columns) {
		const target = byLineage(leaving, written.lineage)
		if (target === undefined) return refuse(`column ${written.name} cannot be read`)
		const converted = convertField(context, written, output, fields, target.type, connection.flatFile.localeId)
		if (isFileName(context, written)) {
			const name = file === undefined ? path : { expression: column(file), text: file.name }
			columns.push(derived(target.name, target.type, name, context.provenance))
		} else if ('reason' in converted) {
			return converted
		} else {
			columns.push({
				...derived(target.name, target.type, converted, { ...context.provenance, lines: written.lines }),
				...policies(written.dispositions, context.columnNumber(written.lineage)),
			})
		}
	}
	const parsed = leaving.filter((_one, index) => !isTrue(output.columns[index]?.properties.get('FastParse')))
	declareRead(
		context,
		parsed.map(({ type }) => type),
		connection.flatFile.localeId,
	)
	const reads = paths.map((one, index) => ({
		...base(context, paths.length === 1 ? 'read' : `read ${index + 1}`),
		kind: 'read' as const,
		source: { ...source, path: one },
		schema: schemaOf(fields),
	}))
	const records = inSequence(context, reads, withErrors ? [...fields, record] : fields, file)
	const { buffer, reject } = rejected(records.buffer, withErrors ? errors : undefined)
	const convert: ProjectOperator = {
		...base(context),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		columns,
		evaluation: 'together',
		reject,
	}
	add(context, convert)
	connect(context, records, port(convert, 'in'))
	context.parts.gives.set(output.id, { from: port(convert, 'out'), buffer: leaving })
	if (withErrors && errors !== undefined) giveErrors(context, convert, errors, buffer, record)
	return undefined
}

const skipsByAnother = ({ headerRowsToSkip, headerDelimiter }: FlatFileRecord, layout: TextLayout): boolean =>
	headerRowsToSkip > 0 && headerDelimiter !== '' && headerDelimiter !== layout.recordDelimiter

/**
 * A row delimiter ends a row outside qualified fields only; with AlwaysCheckForRowDelimiters off it counts behind the last
 * column alone, as it did before SQL Server 2012 (Microsoft: Flat File Connection Manager).
 */
function recordEnds(file: FlatFileRecord, { quote, fields }: TextLayout): Partial<TextLayout> {
	if (fields !== undefined) return {}
	const held = quote !== undefined && file.columns.some((one) => one.textQualified)
	return {
		...(held ? { quotesHoldEnds: true } : {}),
		...(file.checksRowEnds ? {} : { fieldsBeforeEnd: file.columns.length }),
	}
}

/** The error output has the line, the code and the column; the fields that the reject port also has are left behind. */
function giveErrors(
	context: ComponentContext,
	convert: ProjectOperator,
	errors: OutputRecord,
	rejectedBuffer: Buffer,
	record: BufferColumn,
): void {
	const leaving = extend([], errors.columns)
	const columns = leaving.flatMap((target) => {
		const source = byLineage(rejectedBuffer, target.lineage) ?? record
		return [passed(source, target.name, context.provenance)]
	})
	const pick: ProjectOperator = {
		...base(context, 'errors'),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		columns: columns.map((one, index) => ({ ...one, type: columnOf(leaving[index] ?? record).type })),
		evaluation: 'together',
		reject: {},
	}
	add(context, pick)
	connect(context, { from: port(convert, 'reject'), buffer: rejectedBuffer }, port(pick, 'in'))
	context.parts.gives.set(errors.id, { from: port(pick, 'out'), buffer: leaving })
	declareErrorNumbers(context, errors)
}

/** Every field of the file as text, by the names of the connection manager. */
function fieldsOf(names: readonly string[]): Buffer {
	const unique = new UniqueNames()
	return names.map((name) => ({ lineage: name, name: unique.take(name), type: unlimited, sortKey: 0 }))
}

const isFileName = (context: ComponentContext, written: OutputColumnRecord): boolean =>
	written.name !== '' && written.name === context.component.properties.get('FileNameColumnName')

function convertField(
	context: ComponentContext,
	written: OutputColumnRecord,
	output: OutputRecord,
	fields: Buffer,
	type: SsisType,
	locale: number,
): { expression: Expression; text: string } | Refusal {
	if (isTrue(written.properties.get('UseBinaryFormat'))) return refuse(`column ${written.name} holds binary data`)
	const place = output.external.findIndex((one) => one.id === written.externalId)
	const name = output.external[place]?.name ?? written.name
	const field = fields.find((one) => one.lineage === name) ?? fields[place]
	if (field === undefined) return refuse(`column ${written.name} is not in the file`)
	const fastParse = isTrue(written.properties.get('FastParse'))
	const format = writeFormat(unlimited, type, { fastParse, locale })
	const retainNulls = isTrue(context.component.properties.get('RetainNulls'))
	const isText = /^DT_(W?STR|N?TEXT)$/.test(type.name)
	const converted = isText ? column(field) : cast(column(field), 'ssis.flat-file-read', type, format)
	return { expression: emptyField(field, converted, type, retainNulls), text: field.name }
}
