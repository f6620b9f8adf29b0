/**
 * Files of text in Azure Blob Storage, Azure Data Lake Store and Hadoop (Microsoft: Azure Blob Source, Azure Data Lake Store Source,
 * HDFS File Source, and their destinations). The components have a delimiter and a header, and no more settings that shape the text.
 */
import { writeFormat } from '#languages/ssis/cast-format.ts'
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import type { ProjectColumn, ProjectOperator, ReadOperator, WriteOperator } from '#model/operators.ts'
import type { TextLayout } from '#model/places.ts'
import { text } from '#model/types.ts'
import type { Buffer, BufferColumn } from '../flow/buffer.ts'
import { byLineage, extend, schemaOf } from '../flow/buffer.ts'
import { emptyField } from '../flow/empty-field.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, declare, errorOutput, mainInput, mainOutput, port, refuse } from '../flow/parts.ts'
import { policies } from '../flow/policies.ts'
import { fillSource } from '../flow/source-rows.ts'
import { fillTarget, mappedColumns } from '../flow/target-columns.ts'
import { cast, column, derived, unlimited } from '../flow/values.ts'
import { isTrue, whole } from '../formats/properties.ts'
import { UniqueNames } from '../formats/unique-names.ts'
import type { LowerComponent } from './registry.ts'

/** The names of the properties, which the components spell in two ways. */
export interface RemoteFileProperties {
	/** Parts of the path: a container before the name. */
	readonly path: readonly string[]
	readonly format: string
	readonly delimiter: string
	readonly header: string
}

export const blobProperties: RemoteFileProperties = {
	path: ['Blob Container', 'Blob Name'],
	format: 'Blob Format',
	delimiter: 'Column Delimiter',
	header: 'First Row as Column Names',
}

export const filePathProperties: RemoteFileProperties = {
	path: ['FilePath'],
	format: 'FileFormat',
	delimiter: 'ColumnDelimiter',
	header: 'FirstRowAsColumnNames',
}

const TEXT = 0

/** Seen in packages: 1 writes `.orc`, 2 writes `.avro`. Readers and writers of such files know the types of their columns. */
const typedFormats: Readonly<Record<number, string>> = { 1: 'ORC', 2: 'Avro' }

interface RemoteFile {
	readonly path: SourcedExpression
	readonly layout: TextLayout
}

export function remoteTextSource(names: RemoteFileProperties): LowerComponent {
	return (context) => {
		const output = mainOutput(context.component)
		if (output === undefined || output.columns.length === 0) return refuse('it has no columns')
		if (context.isLinked(errorOutput(context.component))) return refuse('it redirects rows that it cannot read')
		const typed = typedFile(context, names)
		if (typed !== undefined) {
			fillSource(context, output, { kind: 'data-set', path: typed.path, flavour: 'file-set' })
			declare(context, 'RG-D111', `It reads ${typed.path.text}, a file of ${typed.format}.`)
			return undefined
		}
		// A reader of lines takes both ends of Windows and Unix; the sign that is left is taken off the last field.
		const file = remoteFile(context, names, '\n')
		if ('reason' in file) return file
		const leaving = extend([], output.columns)
		const unique = new UniqueNames()
		const fields: Buffer = leaving.map((target, index) => {
			const id = output.columns[index]?.externalId
			const name = unique.take(output.external.find((one) => one.id === id)?.name ?? target.name)
			return { lineage: name, name, type: unlimited, sortKey: 0 }
		})
		const read: ReadOperator = {
			...base(context, 'read'),
			kind: 'read',
			source: { kind: 'text-file', ...file, skipLines: 0, fieldCount: 'fit' },
			schema: schemaOf(fields),
		}
		const columns = leaving.flatMap((target, index): readonly ProjectColumn[] => {
			const [field, written] = [fields[index], output.columns[index]]
			if (field === undefined || written === undefined) return []
			const value = fieldValue(field, target, index === leaving.length - 1)
			return [
				{
					...derived(target.name, target.type, { expression: value, text: field.name }, context.provenance),
					...policies(written.dispositions, context.columnNumber(written.lineage)),
				},
			]
		})
		const convert = project(context, undefined, columns)
		add(context, read, convert)
		connect(context, { from: port(read, 'out'), buffer: fields }, port(convert, 'in'))
		context.parts.gives.set(output.id, { from: port(convert, 'out'), buffer: leaving })
		declare(context, 'RG-D093', `It reads ${file.path.text}.`)
		return undefined
	}
}

export function remoteTextDestination(names: RemoteFileProperties): LowerComponent {
	return (context) => {
		const input = mainInput(context.component)
		if (input === undefined) return refuse('it has no input')
		const typed = typedFile(context, names)
		if (typed !== undefined) {
			declare(context, 'RG-D111', `It writes ${typed.path.text}, a file of ${typed.format}.`)
			const target = { kind: 'data-set', path: typed.path, flavour: 'file-set', mode: 'overwrite' } as const
			return fillTarget(context, input, mappedColumns(input), target)
		}
		const file = remoteFile(context, names, '\r\n')
		if ('reason' in file) return file
		const arriving = context.arriving(input)
		const unique = new UniqueNames()
		const leaving: BufferColumn[] = []
		const columns: ProjectColumn[] = []
		for (const { mapped, name } of mappedColumns(input)) {
			const source = byLineage(arriving, mapped.lineage)
			if (source === undefined) return refuse(`column ${mapped.name || name} does not arrive`)
			const target = { lineage: name, name: unique.take(name), type: unlimited, sortKey: 0 }
			leaving.push(target)
			columns.push(
				derived(target.name, unlimited, { expression: asText(source), text: source.name }, context.provenance),
			)
		}
		if (columns.length === 0) return refuse('no column is mapped to its file')
		const texts = project(context, 'texts', columns)
		const write: WriteOperator = {
			...base(context),
			kind: 'write',
			target: {
				kind: 'text-file',
				...file,
				quoted: columns.map(() => false),
				quotedHeader: false,
				doubleQuotes: false,
				mode: 'overwrite',
			},
			schema: schemaOf(leaving),
		}
		add(context, texts, write)
		connect(context, { from: port(texts, 'out'), buffer: leaving }, port(write, 'in'))
		context.parts.takes.set(input.id, port(texts, 'in'))
		declare(context, 'RG-D093', `It writes ${file.path.text}.`)
		return undefined
	}
}

function remoteFile(
	context: ComponentContext,
	names: RemoteFileProperties,
	recordDelimiter: string,
): RemoteFile | Refusal {
	const property = (name: string): string => context.text(name).stored
	const format = property(names.format)
	if (whole(format, -1) !== TEXT)
		return refuse(
			`its file is not text (${format === '' ? 'no format is stated' : `format ${format}`}): have the files written as text or Parquet, and change the job`,
		)
	if (isTrue(property('Compress File'))) return refuse('its file is compressed')
	const path = pathOf(context, names)
	if ('reason' in path) return path
	const header = isTrue(property(names.header))
	return { path, layout: { delimiter: property(names.delimiter) || ',', recordDelimiter, header, encoding: 'utf-8' } }
}

function pathOf(context: ComponentContext, names: RemoteFileProperties): SourcedExpression | Refusal {
	const parts = names.path.map((name) => context.text(name))
	const stored = parts.map((part) => part.stored).join('/')
	if (parts.some((part) => part.value.expression.kind !== 'literal') && parts.length > 1)
		return refuse('expressions compute parts of its path')
	const path = parts.length === 1 ? parts[0]?.value : undefined
	return path ?? { expression: { kind: 'literal', value: stored, type: text() }, text: stored }
}

/** A file with types of its own: which format, and where. Undefined for text. */
function typedFile(context: ComponentContext, names: RemoteFileProperties) {
	const format = typedFormats[whole(context.text(names.format).stored, -1)]
	const path = pathOf(context, names)
	return format === undefined || 'reason' in path ? undefined : { format, path }
}

function fieldValue(field: BufferColumn, target: BufferColumn, isLast: boolean): Expression {
	const raw: Expression = isLast
		? {
				kind: 'call',
				operation: 'ssis.replace',
				args: [
					column(field),
					{ kind: 'literal', value: '\r', type: text() },
					{ kind: 'literal', value: '', type: text() },
				],
				type: text(),
			}
		: column(field)
	if (/^DT_(W?STR|N?TEXT)$/.test(target.type.name)) return raw
	const converted = cast(raw, 'ssis.flat-file-read', target.type, writeFormat(unlimited, target.type))
	return emptyField(field, converted, target.type, true)
}

function asText(source: BufferColumn): Expression {
	const value = column(source)
	return value.type.kind === 'string'
		? value
		: cast(value, 'ssis.flat-file-write', unlimited, writeFormat(source.type, unlimited))
}

function project(
	context: ComponentContext,
	part: string | undefined,
	columns: readonly ProjectColumn[],
): ProjectOperator {
	return {
		...base(context, part),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		columns,
		evaluation: 'together',
		reject: {},
	}
}
