import type { LookupOperator, MissPolicy, TakenColumn } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import type { DsColumn } from '../columns.ts'
import { findDsColumn, isSet, textOf } from '../columns.ts'
import type { Names } from '../derive.ts'
import { derive } from '../derive.ts'
import type { Stream } from '../flow.ts'
import { propertyOf, readKeys } from '../keys.ts'
import { assigned, freeColumn, mapOutput, mappedName, project } from '../mapping.ts'
import type { StageContext, StageInput, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, sortedInputs } from './inputs.ts'
import { isRange, readRange } from './lookup-ranges.ts'
import type { WantedKey } from './match-keys.ts'
import { matchKeys } from './match-keys.ts'
import { whenMissing } from './missing.ts'
import { united } from './rejects.ts'

const policies: Readonly<Record<string, MissPolicy>> = {
	'': 'fail',
	fail: 'fail',
	continue: 'continue',
	drop: 'drop',
	reject: 'reject',
}

/** A column of an input link, and its name in what has been looked up so far. */
interface Origin {
	readonly link: string
	readonly column: string
	readonly name: string
}

interface State {
	readonly stream: Stream
	readonly origins: readonly Origin[]
	readonly rejects: readonly Stream[]
	/** Columns that somebody takes, as `link.column` or by their names alone, in lower case; absent: all of them are taken. */
	readonly taken: ReadonlySet<string> | undefined
}

/**
 * Lookup: one reference link after the other. The primary link is the one of type stream, wherever it stands; the keys are the
 * key expressions on the columns of the reference links. One match counts, the first, unless the link may return several rows.
 */
export function lower(context: StageContext): StageStreams {
	const inputs = sortedInputs(context)
	const primary = inputs.find(({ link }) => link.kind !== 'reference')
	const references = inputs.filter((input) => input !== primary)
	if (primary === undefined || references.length === 0) {
		context.refuse(`it has ${references.length} reference links and ${primary === undefined ? 'no' : 'a'} primary link`)
		return noStreams
	}
	if (references.some(({ link }) => link.kind !== 'reference')) context.refuse('it has more than one primary link')
	if (references.some(({ stream }) => stream.schema.open) && carriesMore(context))
		context.refuse('a reference link carries columns that the export does not name')
	const isTransform = (context.stage.meta.get('LookupOperator') ?? 'lookup') === 'transform'
	const isRanged = ({ link }: StageInput): boolean => link.columns.some((column) => isRange(column.keyExpression ?? ''))
	const isConditional = ({ pin }: StageInput): boolean => textOf(pin.record.values, 'Condition').trim() !== ''
	if (isTransform && !references.some((reference) => isRanged(reference) || isConditional(reference)))
		context.refuse('it looks up ranges, and its links do not say which')
	const start = primary.stream.schema.columns.map(({ name }) => ({ link: primary.link.name, column: name, name }))
	let state: State = {
		stream: primary.stream,
		origins: start,
		rejects: [],
		taken: takenNames(context, references),
	}
	for (const [index, reference] of references.entries()) {
		state = lookUp(context, state, reference, index === references.length - 1 ? undefined : `lookup ${index + 1}`)
	}
	return outputs(context, state, primary)
}

/** Does an output take columns that it does not name? */
const carriesMore = (context: StageContext): boolean =>
	context.outputs.some(({ link }) => link.kind !== 'reject' && (link.open || link.columns.length === 0))

/** What the outputs name, and the keys and conditions of the references, which may see what was looked up before. */
function takenNames(context: StageContext, references: readonly StageInput[]): ReadonlySet<string> | undefined {
	if (carriesMore(context)) return undefined
	const written = references.flatMap(({ pin, link }) => [
		textOf(pin.record.values, 'Condition'),
		...link.columns.map(({ keyExpression = '' }) => keyExpression),
	])
	const has = (link: string | undefined, column: string): boolean =>
		context.inputs.some(
			(input) =>
				input.link.name.toLowerCase() === link?.toLowerCase() &&
				findDsColumn(input.stream.schema.columns, column) !== undefined,
		)
	const mapped = context.outputs.flatMap(({ link }) =>
		link.columns.map((column) => {
			const source = mappedName(column)
			if (source === undefined) return column.name
			return has(source.link, source.column) ? `${source.link}.${source.column}` : source.column
		}),
	)
	const names = [...written, ...mapped].flatMap((one) => one.toLowerCase().match(/[\w$]+(?:\.[\w$]+)?/g) ?? [])
	return new Set(names)
}

function outputs(context: StageContext, state: State, primary: StageInput): StageStreams {
	const streams = new Map<string, Stream>()
	// Where columns travel along by name, that of the primary link does, and no second one of the same name.
	const second = state.origins.filter(({ column, name }) => column !== name).map(({ name }) => name)
	for (const output of context.outputs) {
		if (output.link.kind !== 'reject') {
			streams.set(
				output.pin.id,
				mapOutput(context, output, state.stream, (column) => findOrigin(column, state.origins), second),
			)
			continue
		}
		const rejects = state.rejects.map((stream) => onlyPrimary(context, stream, primary))
		if (rejects.length === 0) context.refuse('it has a reject link that no lookup feeds')
		else
			streams.set(
				output.pin.id,
				mapOutput(context, output, united(context, rejects), (column) => column.name),
			)
	}
	return streams
}

function findOrigin(column: DsColumn, origins: readonly Origin[]): string | undefined {
	const wanted = mappedName(column)
	if (wanted === undefined) return undefined
	const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase()
	const named = origins.filter((known) => same(known.column, wanted.column))
	return (
		(named.find(({ link }) => wanted.link !== undefined && same(link, wanted.link)) ?? named[0])?.name ?? wanted.column
	)
}

function lookUp(context: StageContext, state: State, reference: StageInput, part: string | undefined): State {
	const { values } = reference.pin.record
	const policy = (key: string): MissPolicy => {
		const written = textOf(values, key).trim().toLowerCase()
		const found = policies[written]
		if (found === undefined) context.refuse(`${key} is "${written}"`)
		return found ?? 'fail'
	}
	const scope = (link: string | undefined, column: string) => scopeColumn(state, link, column)
	const [withKeys, wanted] = readLookupKeys(context, state, reference, scope)
	const ranges = reference.link.columns.flatMap(({ keyExpression = '' }) =>
		isRange(keyExpression) ? readRange(context, keyExpression, reference, scope) : [],
	)
	const { keys, stream } = matchKeys(context, withKeys, wanted, 'left')
	const severalRows = propertyOf(reference.pin.properties, 'allow_dups') !== '' || isSet(values, 'MultiRow')
	if (!severalRows && (ranges.length > 0 || !isUnique(reference, wanted))) {
		context.differ('RG-D003', `${context.stage.name} takes the first row of ${reference.link.name} with the key`)
	}
	const written = textOf(values, 'Condition').trim()
	const condition =
		written === ''
			? undefined
			: derive(context, written, namesIn(state), reference.pin.record.lines, { condition: true })
	const onMiss = policy('LookupFail')
	const onConditionNotMet = policy('ConditionNotMet')
	const fills = onMiss === 'continue' || (condition !== undefined && onConditionNotMet === 'continue')
	const [take, origins, added] = takeColumns(context, { ...state, stream }, reference, fills)
	const operator: LookupOperator = {
		...context.base(part, reference.pin.record.lines),
		kind: 'lookup',
		keys,
		...(ranges.length === 0 ? {} : { ranges }),
		nullsEqual: false,
		match: severalRows ? 'all' : 'first',
		...(condition === undefined ? {} : { condition }),
		onConditionNotMet,
		onMiss,
		take,
		reject: {},
		missCode: 0,
	}
	context.flow.add(operator, { in: stream, reference: reference.stream })
	const rejecting = operator.onMiss === 'reject' || (condition !== undefined && operator.onConditionNotMet === 'reject')
	return {
		...state,
		stream: leaving(stream, operator, { ...stream.schema, columns: [...stream.schema.columns, ...added] }),
		origins: [...state.origins, ...origins],
		rejects: rejecting ? [...state.rejects, leaving(stream, operator, stream.schema, 'reject')] : state.rejects,
	}
}

function scopeColumn(state: State, link: string | undefined, column: string): Column | undefined {
	const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase()
	const found = state.origins.find(
		(known) => same(known.column, column) && (link === undefined || same(known.link, link)),
	)
	return found === undefined ? undefined : findDsColumn(state.stream.schema.columns, found.name)
}

function namesIn({ origins, stream }: State): Names {
	return new Map(
		origins.flatMap(({ link, column, name }) => {
			const found = findDsColumn(stream.schema.columns, name)
			return found === undefined ? [] : [[`${link}.${column}`, found] as const]
		}),
	)
}

type Scope = (link: string | undefined, column: string) => Column | undefined

/** Key expressions are mostly `link.column`; any other becomes a column of its own first. */
function readLookupKeys(
	context: StageContext,
	state: State,
	reference: StageInput,
	scope: Scope,
): readonly [Stream, readonly WantedKey[]] {
	const { stream } = state
	const computed: ReturnType<typeof assigned>[] = []
	const keys = reference.link.columns.flatMap((column): readonly WantedKey[] => {
		if (column.keyExpression === undefined || isRange(column.keyExpression)) return []
		const right = findDsColumn(reference.stream.schema.columns, column.name) ?? column
		const collation = column.caseless ? 'caseless' : 'binary'
		const plain = mappedName({ ...column, derivation: column.keyExpression })
		const left = plain === undefined ? undefined : scope(plain.link, plain.column)
		if (left !== undefined) return [{ left, right, collation }]
		const value = derive(context, column.keyExpression, namesIn(state), column.lines, { target: right.type })
		if (value === undefined) return []
		const name = freeColumn(
			stream.schema,
			`${column.name}_lookup`,
			computed.map((other) => other.name),
		)
		const own = { name, type: right.type, nullable: true }
		computed.push(
			assigned(
				context,
				{ column: own, expression: value.expression, text: value.text, nullable: true, lines: column.lines },
				{ kind: 'null' },
				{ kind: 'null' },
			),
		)
		return [{ left: own, right, collation }]
	})
	const isRanged = reference.link.columns.some(({ keyExpression = '' }) => isRange(keyExpression))
	if (keys.length === 0 && !isRanged) context.refuse(`the reference link ${reference.link.name} has no key`)
	return [
		computed.length === 0
			? stream
			: project(context, stream, computed, { part: `keys ${reference.link.name}`, passThrough: 'all' }),
		keys,
	]
}

function takeColumns(
	context: StageContext,
	{ stream, taken: names }: State,
	reference: StageInput,
	fills: boolean,
): readonly [readonly TakenColumn[], readonly Origin[], readonly Column[]] {
	const link = reference.link.name
	const taken: Column[] = []
	const origins: Origin[] = []
	const isTaken = (name: string): boolean =>
		names === undefined || names.has(name.toLowerCase()) || names.has(`${link}.${name}`.toLowerCase())
	const sources = reference.stream.schema.columns.filter(({ name }) => isTaken(name))
	const take = sources.map((source): TakenColumn => {
		const clash = findDsColumn([...stream.schema.columns, ...taken], source.name) !== undefined
		const name = clash
			? freeColumn(
					stream.schema,
					`${link}_${source.name}`,
					taken.map((column) => column.name),
				)
			: source.name
		taken.push({ ...source, name })
		origins.push({ link, column: source.name, name })
		return { name, side: 'right', column: source.name, whenMissing: fills ? whenMissing(context, source) : null }
	})

	return [take, origins, taken]
}

/** The stage before keeps one row of each of these keys, so there is no second match. */
function isUnique({ link }: StageInput, wanted: readonly WantedKey[]): boolean {
	if (link.from.type !== 'PxAggregator' && link.from.type !== 'PxRemDup') return false
	const keys = readKeys(link.from.properties)
	return (
		keys.length > 0 &&
		keys.every(({ column }) => wanted.some(({ right }) => right.name.toLowerCase() === column.toLowerCase()))
	)
}

/** A rejected row has the columns of the primary link only (IBM: Lookup stage, reject link). */
function onlyPrimary(context: StageContext, stream: Stream, primary: StageInput): Stream {
	const columns = primary.stream.schema.columns.map((column) =>
		assigned(
			context,
			{
				column,
				expression: { kind: 'column', name: column.name, type: column.type },
				text: column.name,
				nullable: column.nullable,
				lines: primary.link.lines,
			},
			{ kind: 'fail' },
			{ kind: 'fail' },
		),
	)
	if (primary.stream.schema.open) return stream
	return project(context, stream, columns, { part: 'rejected', lines: primary.link.lines })
}
