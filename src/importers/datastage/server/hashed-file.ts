/**
 * The Hashed File stage: rows by key, of which the last one written counts; here a folder of typed rows with keys
 * (IBM: Server Job Developer's Guide, Hashed File stages).
 */
import type { DistinctOperator, ReadOperator, WriteOperator } from '#model/operators.ts'
import type { DataSetTarget } from '#model/places.ts'
import { isSet, numberOf, textOf } from '../columns.ts'
import type { Stream } from '../flow.ts'
import { parameterised } from '../paths.ts'
import type { StageContext, StageInput, StageOutput, StageStreams } from '../stage-context.ts'
import { leaving } from '../stages/inputs.ts'
import { united } from '../stages/rejects.ts'
import type { Pin, StageLink } from '../structure.ts'
import { onLink, textSchema } from './texts.ts'

export function lower(context: StageContext): StageStreams {
	if (isSet(context.stage.record.values, 'UVcompatible') && textOf(context.stage.record.values, 'Account') !== '')
		context.refuse('its file is in an account of the server')
	const written = new Map<string, Stream>()
	for (const input of context.inputs) {
		const file = fileText(context, input.pin)
		if (written.has(file)) context.refuse(`two links write ${file}`)
		written.set(file, write(context, input))
	}
	return new Map(context.outputs.map((output) => [output.pin.id, read(context, output, written)]))
}

/** The directory or account of the stage and the file of the link, whose name is its own where none is given. */
function fileText(context: StageContext, pin: Pin): string {
	const directory = textOf(context.stage.record.values, 'Directory') || textOf(context.stage.record.values, 'Account')
	const file = textOf(pin.record.values, 'FileName') || pin.name
	return directory === '' ? file : `${directory.replace(/[\\/]$/, '')}/${file}`
}

/** Names of the columns that make up the key. */
function keysOf({ output, columns }: StageLink): readonly string[] {
	const items = output.record.collections.get('Columns') ?? []
	const keys = new Set(
		items.filter(({ values }) => numberOf(values, 'KeyPosition') > 0).map(({ values }) => textOf(values, 'Name')),
	)
	return columns.filter(({ name }) => keys.has(name)).map(({ name }) => name)
}

/** The rows of the file after the write, for links that leave the same stage. */
function write(context: StageContext, input: StageInput): Stream {
	const { pin, link, stream } = input
	const { values } = pin.record
	const keys = keysOf(link)
	if (keys.length === 0) context.refuse(`the link ${link.name} has no key column`)
	if (stream.schema.open) context.refuse('it writes columns that the export does not name')
	const fresh = isSet(values, 'ClearFile') || isSet(values, 'DeleteFile')
	refuseOther(context, fileText(context, pin), 'read')
	if (isSet(values, 'Backup')) context.refuse('it keeps a backup of the file')
	const last = lastOfKey(context, stream, keys, link.name)
	const target: DataSetTarget = {
		kind: 'data-set',
		path: parameterised(context, fileText(context, pin), pin.record.lines),
		flavour: 'hashed-file',
		...(fresh ? { mode: 'overwrite' } : { mode: 'upsert', keys }),
	}
	const operator: WriteOperator = {
		...context.base(context.inputs.length > 1 || context.outputs.length > 0 ? link.name : undefined),
		kind: 'write',
		target,
		schema: last.schema,
	}
	const readers = context.outputs.some(({ pin: other }) => fileText(context, other) === fileText(context, pin))
	const before = readers && !fresh ? source(context, pin, link.columns, `${link.name} before`) : undefined
	context.flow.add(operator, { in: last })
	return before === undefined ? last : lastOfKey(context, inTurn(context, before, last), keys, `${link.name} after`)
}

/** Of several rows with one key the last one written stays. */
function lastOfKey(context: StageContext, stream: Stream, keys: readonly string[], part: string): Stream {
	const operator: DistinctOperator = {
		...context.base(`${part} keys`),
		kind: 'distinct',
		keys: keys.map((column) => ({ column, collation: 'binary' })),
		keep: 'last',
	}
	context.flow.add(operator, { in: stream })
	return leaving(stream, operator)
}

function inTurn(context: StageContext, before: Stream, rows: Stream): Stream {
	const united_ = united(context, [before, rows], 'rows')
	const at = context.flow.operators.findIndex(({ id }) => id === united_.from.operator)
	const operator = context.flow.operators[at]
	if (operator?.kind === 'union') context.flow.operators[at] = { ...operator, how: 'sequence' }
	return united_
}

/** While one stage writes a file, what another reads from it depends on which row comes when. */
function refuseOther(context: StageContext, file: string, kind: 'read' | 'write'): void {
	for (const operator of context.flow.operators) {
		if (operator.kind !== kind || operator.element === context.stage.element) continue
		const place = operator.kind === 'read' ? operator.source : operator.target
		if (place.kind !== 'data-set' || place.path.text !== file) continue
		context.refuse(`the stage ${operator.name} ${kind === 'read' ? 'reads' : 'writes'} ${file} in the same job`)
	}
}

function source(context: StageContext, pin: Pin, columns: StageLink['columns'], part?: string): Stream {
	refuseOther(context, fileText(context, pin), 'write')
	const operator: ReadOperator = {
		...context.base(part),
		kind: 'read',
		source: {
			kind: 'data-set',
			path: parameterised(context, fileText(context, pin), pin.record.lines),
			flavour: 'hashed-file',
		},
		schema: textSchema(columns),
	}
	context.flow.add(operator, {})
	return {
		from: { operator: operator.id, port: 'out' },
		schema: operator.schema,
		name: pin.name,
		provenance: operator.provenance,
	}
}

function read(context: StageContext, output: StageOutput, written: ReadonlyMap<string, Stream>): Stream {
	const { pin, link } = output
	if (link.columns.length === 0) context.refuse('its columns are not in the export')
	if (
		textOf(pin.record.values, 'Selection').trim() !== '' ||
		textOf(pin.record.values, 'SelectionCriteria').trim() !== ''
	)
		context.refuse('it selects rows by a clause of the file system of the server')
	const normal = textOf(pin.record.values, 'Normalize').trim().toLowerCase()
	if (normal !== '' && normal !== 'un-normalized')
		context.refuse(`it splits values that hold several (normalize on ${normal})`)
	const rows =
		written.get(fileText(context, pin)) ??
		source(context, pin, link.columns, context.outputs.length > 1 || context.inputs.length > 0 ? link.name : undefined)
	return onLink(context, rows, output)
}
