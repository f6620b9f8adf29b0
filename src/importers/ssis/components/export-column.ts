/**
 * Export Column: the content of a column, as a file that another column names (Microsoft: Export Column Transformation). A pair of
 * columns is a target of its own; rows pass on.
 */
import type { ProjectOperator, WriteOperator } from '#model/operators.ts'
import type { RowFilesTarget } from '#model/places.ts'
import type { Buffer, BufferColumn } from '../flow/buffer.ts'
import { byLineage, schemaOf } from '../flow/buffer.ts'
import { codePageName } from '../flow/code-pages.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, declare, errorOutput, mainInput, mainOutput, port, refuse } from '../flow/parts.ts'
import { passed } from '../flow/values.ts'
import { isTrue, referenced } from '../formats/properties.ts'
import type { InputColumnRecord } from '../formats/records.ts'
import { textOf } from '../package-scope.ts'

/** A column of paths, and the one whose values become the files. */
interface Export {
	readonly path: BufferColumn
	readonly content: BufferColumn
	readonly target: RowFilesTarget
}

export function lowerExportColumn(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	if (input === undefined) return refuse('it has no input')
	const errors = errorOutput(component)
	const redirects = input.columns.some(({ dispositions }) => dispositions.onError === 'RedirectRow')
	if (redirects && context.isLinked(errors)) return refuse('it redirects rows whose files cannot be written')
	if (input.columns.some(({ dispositions }) => dispositions.onError === 'IgnoreFailure'))
		return refuse('it goes on when a file cannot be written')
	const arriving = context.arriving(input)
	const found = exportsOf(context, input.columns, arriving)
	if ('reason' in found) return found
	const pass: ProjectOperator = {
		...base(context, 'rows'),
		kind: 'project',
		passThrough: 'all',
		drop: [],
		columns: [],
		evaluation: 'together',
		reject: {},
	}
	add(context, pass)
	for (const [index, one] of found.entries()) {
		const write = addWrite(context, one, index === 0 ? undefined : `file ${index + 1}`)
		connect(context, { from: port(pass, 'out'), buffer: arriving }, write)
	}
	context.parts.takes.set(input.id, port(pass, 'in'))
	const output = mainOutput(component)
	if (output !== undefined) context.parts.gives.set(output.id, { from: port(pass, 'out'), buffer: arriving })
	if (errors !== undefined) context.parts.gives.set(errors.id, { from: port(pass, 'reject'), buffer: arriving })
	return undefined
}

function exportsOf(
	{ component, task }: ComponentContext,
	columns: readonly InputColumnRecord[],
	arriving: Buffer,
): readonly Export[] | Refusal {
	const exports: Export[] = []
	for (const column of columns) {
		// The column of contents has the property too, and names nothing with it.
		const id = referenced(column.properties.get('FileDataColumnID'))
		const data = columns.find((one) => one.id === id)
		if (data === undefined) continue
		const path = byLineage(arriving, column.lineage)
		const content = byLineage(arriving, data.lineage)
		if (path === undefined) return refuse(`the column ${column.name} of paths does not arrive`)
		if (content === undefined) return refuse(`the contents for the files that ${path.name} names do not arrive`)
		const encoding = encodingOf(content)
		if (encoding === undefined) return refuse(`the code page of ${content.name} is not known`)
		const [appends, truncates] = ['AllowAppend', 'ForceTruncate'].map((name) => isTrue(column.properties.get(name)))
		if (appends && truncates) return refuse('it both adds to files and empties them, which the designer forbids')
		exports.push({
			path,
			content,
			target: {
				kind: 'row-files',
				path: textOf(`${task.name}/${component.name}/${content.name}`),
				existing: appends ? 'append' : truncates ? 'replace' : 'fail',
				encoding,
				// Microsoft: a byte order mark is written only for DT_NTEXT.
				byteOrderMark: content.type.name === 'DT_NTEXT' && isTrue(column.properties.get('WriteBOM')),
			},
		})
	}
	return exports.length === 0 ? refuse('it names no column of paths') : exports
}

/** The bytes of DT_NTEXT are UTF-16, those of DT_TEXT are of its code page; DT_IMAGE holds bytes. */
function encodingOf({ type }: BufferColumn): string | undefined {
	switch (type.name) {
		case 'DT_NTEXT':
		case 'DT_WSTR':
			return 'utf-16le'
		case 'DT_TEXT':
		case 'DT_STR':
			return codePageName(type.codePage ?? 0)
		default:
			return 'utf-8'
	}
}

/** Adds the write of a pair of columns, and gives the port that takes all columns. */
function addWrite(context: ComponentContext, { path, content, target }: Export, part: string | undefined) {
	const columns = [path, content]
	const pick: ProjectOperator = {
		...base(context, part === undefined ? 'columns' : `${part} columns`),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		// A row that names no file ends the run before anything is written.
		columns: columns.map((one) => {
			const plain = passed(one, one.name, context.provenance)
			return one === path ? { ...plain, nullable: false, onNull: { kind: 'fail' } } : plain
		}),
		evaluation: 'together',
		reject: {},
	}
	const written = schemaOf(columns).columns.map((one) => (one.name === path.name ? { ...one, nullable: false } : one))
	const schema = { columns: written, open: false }
	const write: WriteOperator = { ...base(context, part), kind: 'write', target, schema }
	add(context, pick, write)
	connect(context, { from: port(pick, 'out'), buffer: columns }, port(write, 'in'))
	declare(context, 'RG-D110', `${path.name} names the file that takes ${content.name}.`)
	return port(pick, 'in')
}
