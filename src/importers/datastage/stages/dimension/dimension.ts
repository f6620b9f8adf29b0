/**
 * Slowly Changing Dimension: looks each row of the source up among the current rows of a dimension, and gives on its dimension
 * update link what begins, ends or takes other values there (IBM: Slowly Changing Dimension stage, Dimension update action).
 */
import type { DimensionColumn, MaintainDimensionOperator } from '#model/dimension.ts'
import { int } from '#model/types.ts'
import type { DsColumn } from '../../columns.ts'
import { findDsColumn } from '../../columns.ts'
import { columnExpression } from '../../expressions.ts'
import type { Stream } from '../../flow.ts'
import { freeColumn, mapOutput, mappedName } from '../../mapping.ts'
import { parameterised } from '../../paths.ts'
import type { StageContext, StageStreams } from '../../stage-context.ts'
import { leaving, noStreams } from '../inputs.ts'
import { keepHighest, withHighest } from '../key-source.ts'
import { matchKeys } from '../match-keys.ts'
import { callName } from './calls.ts'
import { currentRows } from './current-rows.ts'
import type { Field } from './fields.ts'
import { readFields } from './fields.ts'
import type { DimensionLinks } from './links.ts'
import { dimensionLinks } from './links.ts'
import { lookupKeys } from './lookup-keys.ts'
import type { SourceValues } from './values.ts'
import { sourceValues } from './values.ts'

export function lower(context: StageContext): StageStreams {
	const links = dimensionLinks(context)
	if (links === undefined) return noStreams
	const fields = readFields(context, links)
	if (fields.length === 0) return noStreams
	context.differ('RG-D181', `${context.stage.name} looks up ${links.reference.link.name}.`)
	const values = sourceValues(context, links.source)
	const columns = fields.map((field) => dimensionColumn(context, field, fields, values))
	const wanted = lookupKeys(context, links, values)
	const { stream, added } = values.finish()
	const { keys, stream: keyed } = matchKeys(context, stream, wanted, 'left')
	const [counting, above] = withKeySource(context, keyed, fields)
	const begun = above === undefined ? undefined : freeColumn(counting.schema, 'TAKEN_KEYS')
	const take = takenColumns(links, fields, counting, begun)
	const operator: MaintainDimensionOperator = {
		...context.base(),
		kind: 'maintain-dimension',
		keys,
		columns: columns.flatMap((column) => column ?? []).map((column) => withKey(column, above?.column ?? '')),
		take: take.map(({ name, column }) => ({ name, column })),
		...(begun === undefined ? {} : { begun }),
	}
	context.flow.add(operator, { in: counting, dimension: currentRows(context, links, fields) })
	const counted = begun === undefined ? [] : [{ name: begun, type: int(64), nullable: false }]
	const taken = take.map(({ name, type }) => ({ name, type, nullable: true }))
	const beside = { ...counting.schema, columns: [...counting.schema.columns, ...taken, ...counted] }
	const rows = { ...leaving(counting, operator, beside), name: `${context.stage.name} rows` }
	const held = operator.columns.map(({ name, type }) => ({ name, type, nullable: true }))
	const changed = leaving(counting, operator, { columns: held, open: false }, 'changes')
	const changes = { ...changed, name: `${context.stage.name} changes` }
	if (above !== undefined && begun !== undefined) keepTaken(context, rows, above, begun)
	const own = [...added, ...keyed.schema.columns.slice(stream.schema.columns.length).map(({ name }) => name)]
	const internal = [
		...own,
		...counted.map(({ name }) => name),
		...(above === undefined ? [] : [above.column, above.pair]),
	]
	return outputs(context, links, { rows, changes, take, internal })
}

/** The columns that rows get when they begin are compared, too, unless their purpose says that they stay. */
function dimensionColumn(
	context: StageContext,
	field: Field,
	fields: readonly Field[],
	values: SourceValues,
): DimensionColumn | undefined {
	const { column, purpose, derivation, expire } = field
	const role = purpose === 'type-1' ? 'overwritten' : purpose === 'type-2' ? 'versioned' : 'kept'
	const base = { name: column.name, type: column.type, nullable: column.nullable, role } as const
	if (callName(derivation) === 'nextsurrogatekey') return { ...base, value: { kind: 'next-key', above: '' } }
	const own = values.column(field.start, column, 'new')
	if (own === undefined) return undefined
	const surrogate = fields.find((other) => other.purpose === 'surrogate-key')
	if (callName(derivation) === 'prevskchain' && surrogate !== undefined)
		return { ...base, value: { kind: 'previous', of: surrogate.column.name, otherwise: own.name } }
	const ended = expire === '' ? undefined : values.column(expire, column, 'expired')
	if (expire !== '' && ended === undefined) context.refuse(`the Expire expression of ${column.name} is not understood`)
	return { ...base, value: { kind: 'column', column: own.name }, ...(ended === undefined ? {} : { ended: ended.name }) }
}

const withKey = (column: DimensionColumn, above: string): DimensionColumn =>
	column.value.kind === 'next-key' ? { ...column, value: { kind: 'next-key', above } } : column

interface KeySource {
	readonly column: string
	readonly pair: string
	readonly path: ReturnType<typeof parameterised>
}

/** The greatest surrogate key before the run beside each row, where the stage makes such keys. */
function withKeySource(
	context: StageContext,
	stream: Stream,
	fields: readonly Field[],
): readonly [Stream, KeySource | undefined] {
	if (!fields.some(({ derivation }) => callName(derivation) === 'nextsurrogatekey')) return [stream, undefined]
	const { properties, record } = context.stage
	const type = (properties.get('keysourcetype') ?? '').trim() || 'file'
	const file = (properties.get('keyfile') ?? '').trim()
	if (type !== 'file') context.refuse(`its surrogate keys come from a ${type}`)
	else if (file === '') context.refuse('it names no state file for its surrogate keys (NextSurrogateKey)')
	const start = (properties.get('seedvalue') ?? '').trim() || '1'
	if (!/^\d{1,18}$/.test(start)) context.refuse(`its keys begin with "${start}", which is no plain number`)
	context.differ('RG-D098', `${context.stage.name} goes on from ${file}.`)
	const path = parameterised(context, file, record.lines)
	const before = /^\d{1,18}$/.test(start) ? BigInt(start) - 1n : 0n
	const { stream: result, column, pair } = withHighest(context, stream, path, before)
	return [result, { column: column.name, pair, path }]
}

function keepTaken(context: StageContext, rows: Stream, { column, path }: KeySource, begun: string): void {
	const args = [column, begun].map((name) => columnExpression({ name, type: int(64) }))
	keepHighest(context, rows, { kind: 'call', operation: 'datastage.add', args, type: int(64) }, path)
}

interface Taken {
	readonly name: string
	readonly column: string
	readonly type: DsColumn['type']
}

/** Columns of the dimension that the main output maps. */
function takenColumns(
	{ source, reference, main }: DimensionLinks,
	fields: readonly Field[],
	stream: Stream,
	begun: string | undefined,
): readonly Taken[] {
	const taken: Taken[] = []
	for (const column of main?.link.columns ?? []) {
		const wanted = mappedName(column)
		const isOfSource = findDsColumn(source.stream.schema.columns, wanted?.column ?? '') !== undefined
		const link = wanted?.link?.toLowerCase()
		if (wanted === undefined || (link === undefined ? isOfSource : link !== reference.link.name.toLowerCase())) continue
		const field = findDsColumn(
			fields.map((one) => one.column),
			wanted.column,
		)
		if (field === undefined || taken.some((one) => one.column === field.name)) continue
		const others = [...taken.map(({ name }) => name), ...(begun === undefined ? [] : [begun])]
		const isFree = findDsColumn(stream.schema.columns, field.name) === undefined
		const name = isFree ? field.name : freeColumn(stream.schema, `${reference.link.name}_${field.name}`, others)
		taken.push({ name, column: field.name, type: field.type })
	}
	return taken
}

interface Results {
	readonly rows: Stream
	readonly changes: Stream
	readonly take: readonly Taken[]
	readonly internal: readonly string[]
}

function outputs(
	context: StageContext,
	{ reference, main, update }: DimensionLinks,
	{ rows, changes, take, internal }: Results,
): StageStreams {
	const streams = new Map([[update.pin.id, mapOutput(context, update, changes, (column) => column.name)]])
	if (main === undefined) return streams
	if (main.link.columns.length === 0) context.refuse(`its output link ${main.link.name} names no columns`)
	const find = (column: DsColumn): string | undefined => {
		const wanted = mappedName(column)
		if (wanted === undefined) return undefined
		const own = take.find((one) => one.column.toLowerCase() === wanted.column.toLowerCase())
		const isOfDimension = wanted.link === undefined || wanted.link.toLowerCase() === reference.link.name.toLowerCase()
		return own !== undefined && isOfDimension ? own.name : wanted.column
	}
	streams.set(main.pin.id, mapOutput(context, main, rows, find, internal))
	return streams
}
