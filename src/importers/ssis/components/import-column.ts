/**
 * Import Column: the content of the file that a row names, as a column (Microsoft: Import Column Transformation). A Glue job does
 * not reach the disks of the old server, so the files come as rows of a data set, found by their path; a path that is not among
 * them is a file that cannot be opened.
 */
import type { LookupOperator, MissPolicy, ReadOperator, UnionOperator } from '#model/operators.ts'
import type { Buffer, BufferColumn, Stream } from '../flow/buffer.ts'
import { byLineage, columnOf, extend, schemaOf } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, declare, errorOutput, mainInput, mainOutput, port, refuse } from '../flow/parts.ts'
import { declareErrorNumbers, errorCodes, rejected } from '../flow/policies.ts'
import { unlimited } from '../flow/values.ts'
import { isTrue, referenced } from '../formats/properties.ts'
import type { InputColumnRecord, OutputRecord } from '../formats/records.ts'
import { textOf } from '../package-scope.ts'

/** A column of paths, and the one that takes the contents. */
interface Import {
	readonly source: BufferColumn
	readonly target: BufferColumn
	/** Files begin with a byte order mark, which is no part of the content. */
	readonly isMarked: boolean
	/** Opening a file fails as the column of paths says. Reading it never fails here. */
	readonly onMiss: MissPolicy
}

export function lowerImportColumn(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	const output = mainOutput(component)
	if (input === undefined || output === undefined) return refuse('it has no input or no output')
	const arriving = context.arriving(input)
	const imports = importsOf(input.columns, output, arriving)
	if ('reason' in imports) return imports
	const errors = errorOutput(component)
	const { buffer, reject } = rejected(arriving, errors)
	const refused: Stream[] = []
	let stream: Stream | undefined
	for (const [index, one] of imports.entries()) {
		const lookup = addLookup(context, one, index === 0 ? undefined : `file ${index + 1}`, reject)
		if (stream === undefined) context.parts.takes.set(input.id, port(lookup, 'in'))
		else connect(context, stream, port(lookup, 'in'))
		const before: Buffer = stream?.buffer ?? arriving
		if (index === 0 || one.onMiss === 'reject')
			refused.push({ from: port(lookup, 'reject'), buffer: [...before, ...buffer.slice(arriving.length)] })
		stream = { from: port(lookup, 'out'), buffer: [...before, one.target] }
	}
	if (stream === undefined) return refuse('it names no column of paths')
	context.parts.gives.set(output.id, stream)
	if (errors !== undefined && context.isLinked(errors))
		context.parts.gives.set(errors.id, together(context, refused, buffer))
	declareErrorNumbers(context, errors)
	return undefined
}

/** Rows that any of the columns refuses, with the columns that arrived: contents of files that were found before stay behind. */
function together(context: ComponentContext, refused: readonly Stream[], buffer: Buffer): Stream {
	const [first] = refused
	if (first !== undefined && refused.length === 1) return first
	const all: UnionOperator = {
		...base(context, 'errors'),
		kind: 'union',
		how: 'arrival',
		inputs: refused.length,
		keys: [],
		columns: buffer.map((one) => ({ column: columnOf(one), from: refused.map(() => one.name) })),
	}
	add(context, all)
	for (const [index, one] of refused.entries()) connect(context, one, port(all, `in${index}`))
	return { from: port(all, 'out'), buffer }
}

function importsOf(
	paths: readonly InputColumnRecord[],
	output: OutputRecord,
	arriving: Buffer,
): readonly Import[] | Refusal {
	const leaving = extend(arriving, output.columns)
	const imports: Import[] = []
	for (const path of paths) {
		const id = referenced(path.properties.get('FileDataColumnID'))
		const content = output.columns.find((one) => one.id === id || one.lineage === id)
		const source = byLineage(arriving, path.lineage)
		const target = byLineage(leaving, content?.lineage)
		if (source === undefined) return refuse(`the column ${path.name} of paths does not arrive`)
		if (target === undefined) return refuse(`no column takes the files that ${source.name} names`)
		// Microsoft, ExpectBOM: "A BOM is only expected if the data has the DT_NTEXT data type."
		const isMarked = target.type.name === 'DT_NTEXT' && isTrue(path.properties.get('ExpectBOM'))
		imports.push({ source, target, isMarked, onMiss: missPolicy(path) })
	}
	return imports
}

function missPolicy({ dispositions }: InputColumnRecord): MissPolicy {
	switch (dispositions.onError) {
		case 'IgnoreFailure':
			return 'continue'
		case 'RedirectRow':
			return 'reject'
		default:
			return 'fail'
	}
}

function addLookup(
	context: ComponentContext,
	{ source, target, isMarked, onMiss }: Import,
	part: string | undefined,
	reject: LookupOperator['reject'],
): LookupOperator {
	const files: Buffer = [
		{ lineage: 'path', name: 'path', type: unlimited, sortKey: 0 },
		{ ...target, lineage: 'content', name: 'content' },
	]
	const place = `${context.task.name}/${context.component.name}/${target.name}`
	const read: ReadOperator = {
		...base(context, `${part ?? 'file'} contents`),
		kind: 'read',
		source: { kind: 'data-set', path: textOf(place), flavour: 'file-set' },
		schema: schemaOf(files),
	}
	const lookup: LookupOperator = {
		...base(context, part),
		kind: 'lookup',
		// File names of Windows have no case.
		keys: [{ left: source.name, right: 'path', collation: 'caseless' }],
		nullsEqual: false,
		match: 'first',
		onConditionNotMet: 'fail',
		onMiss,
		take: [{ name: target.name, side: 'right', column: 'content', whenMissing: null }],
		reject,
		missCode: errorCodes.error,
	}
	add(context, read, lookup)
	connect(context, { from: port(read, 'out'), buffer: files }, port(lookup, 'reference'))
	const mark = isMarked ? ', without its byte order mark' : ''
	declare(context, 'RG-D087', `${target.name} is the content of the file that ${source.name} names${mark}.`)
	return lookup
}
