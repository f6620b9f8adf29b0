/**
 * Import Column: the content of the file that a row names, as a column (Microsoft: Import Column Transformation). A Glue job does
 * not reach the disks of the old server, so the files come as rows of a data set, found by their path; a path that is not among
 * them is a file that cannot be opened.
 */
import type { LookupOperator, MissPolicy, ReadOperator } from '#model/operators.ts'
import type { Buffer, BufferColumn, Stream } from '../flow/buffer.ts'
import { byLineage, extend, schemaOf } from '../flow/buffer.ts'
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
	if (imports.length > 1 && imports.some(({ onMiss }) => onMiss === 'reject'))
		return refuse('it imports several columns and redirects rows')
	const { buffer, reject } = rejected(arriving, errors)
	let stream: Stream | undefined
	for (const [index, one] of imports.entries()) {
		const lookup = addLookup(context, one, index === 0 ? undefined : `file ${index + 1}`, reject)
		if (stream === undefined) context.parts.takes.set(input.id, port(lookup, 'in'))
		else connect(context, stream, port(lookup, 'in'))
		if (stream === undefined && errors !== undefined)
			context.parts.gives.set(errors.id, { from: port(lookup, 'reject'), buffer })
		stream = { from: port(lookup, 'out'), buffer: [...(stream?.buffer ?? arriving), one.target] }
	}
	if (stream === undefined) return refuse('it names no column of paths')
	context.parts.gives.set(output.id, stream)
	declareErrorNumbers(context, errors)
	return undefined
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
		if (isTrue(path.properties.get('ExpectBOM')))
			return refuse(`the files that ${source.name} names begin with a byte order mark`)
		imports.push({ source, target, onMiss: missPolicy(path) })
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
	{ source, target, onMiss }: Import,
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
	declare(context, 'RG-D087', `${target.name} is the content of the file that ${source.name} names.`)
	return lookup
}
