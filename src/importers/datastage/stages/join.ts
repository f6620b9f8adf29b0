import type { JoinOperator, TakenColumn } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import type { DsColumn } from '../columns.ts'
import { findDsColumn } from '../columns.ts'
import type { Stream } from '../flow.ts'
import type { DsKey } from '../keys.ts'
import { propertyOf, readKeys } from '../keys.ts'
import { columnNamed, freeColumn, mapOutput, mappedName } from '../mapping.ts'
import { declareCollation } from '../sorting.ts'
import type { StageContext, StageInput, StageStreams } from '../stage-context.ts'
import { noStreams, sortedInputs } from './inputs.ts'
import { matchKeys } from './match-keys.ts'
import { whenMissing } from './missing.ts'
import { warnOfDealing } from './order.ts'

const kinds: Readonly<Record<string, JoinOperator['how']>> = {
	innerjoin: 'inner',
	leftouterjoin: 'left',
	rightouterjoin: 'right',
	fullouterjoin: 'full',
}

/** Where a column of an input link is found in what has been joined so far. */
interface Origin {
	readonly link: string
	readonly column: string
	readonly name: string
	/** The one that a bare name means: the left input's, where both sides have it. */
	readonly plain: boolean
}

interface Joined {
	readonly stream: Stream
	readonly origins: readonly Origin[]
}

/**
 * Join of two or more inputs in link order, one after the other. Of columns with the same name the left input's stays;
 * an outer join keeps the key of its outer side, a full outer one both, as `leftRec_` and `rightRec_` (IBM: Join stage).
 */
export function lower(context: StageContext): StageStreams {
	const how = kinds[propertyOf(context.stage.properties, 'operator') || 'innerjoin']
	const keys = readKeys(context.stage.properties)
	const [first, ...others] = sortedInputs(context)
	if (how === undefined) context.refuse(`its type is ${propertyOf(context.stage.properties, 'operator')}`)
	if (keys.length === 0) context.refuse('it has no key')
	if (first === undefined || others.length === 0) context.refuse(`it has ${context.inputs.length} input links`)
	if (how === 'full' && others.length > 1) context.refuse('a full outer join takes two inputs')
	const carriesMore = context.outputs.some(({ link }) => link.open || link.columns.length === 0)
	if (carriesMore && context.inputs.some(({ stream }) => stream.schema.open))
		context.refuse('its inputs carry columns that the export does not name')
	if (how === undefined || first === undefined) return noStreams
	declareCollation(context)
	warnOfDealing(context, context.inputs)
	let joined: Joined = {
		stream: first.stream,
		origins: first.stream.schema.columns.map((column) => origin(first, column.name, column.name, true)),
	}
	for (const [index, input] of others.entries()) {
		const part = index === others.length - 1 ? undefined : `join ${index + 1}`
		joined = joinTwo(context, joined, input, how, keys, part)
	}
	const { stream, origins } = joined
	const plain = new Set(origins.filter((known) => known.plain).map(({ name }) => name))
	const second = stream.schema.columns.map(({ name }) => name).filter((name) => !plain.has(name))
	const find = (column: DsColumn): string | undefined => findOrigin(column, origins)
	return new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, stream, find, second)]))
}

const origin = ({ link }: StageInput, column: string, name: string, plain: boolean): Origin => ({
	link: link.name,
	column,
	name,
	plain,
})

function findOrigin(column: DsColumn, origins: readonly Origin[]): string | undefined {
	const wanted = mappedName(column)
	if (wanted === undefined) return undefined
	const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase()
	const fromLink = origins.find(
		({ link, column: name }) => wanted.link !== undefined && same(link, wanted.link) && same(name, wanted.column),
	)
	return (fromLink ?? origins.find(({ name, plain }) => plain && same(name, wanted.column)))?.name ?? wanted.column
}

function joinTwo(
	context: StageContext,
	left: Joined,
	input: StageInput,
	how: JoinOperator['how'],
	keys: readonly DsKey[],
	part: string | undefined,
): Joined {
	const pairs = keys.map((key) => ({
		left: columnOf(context, left.stream, key.column),
		right: columnOf(context, input.stream, key.column),
		collation: key.collation,
	}))
	const { keys: matched, stream: right } = matchKeys(context, input.stream, pairs, 'right')
	const isKey = (side: 'left' | 'right', name: string): boolean => pairs.some((pair) => pair[side].name === name)
	const columns: (TakenColumn & { readonly type: Column })[] = []
	const origins: Origin[] = []
	const take = (side: 'left' | 'right', source: Column, name: string): void => {
		const mayMiss = how === 'full' || how === (side === 'left' ? 'right' : 'left')
		const nullable = source.nullable
		columns.push({
			name,
			side,
			column: source.name,
			whenMissing: mayMiss ? whenMissing(context, source) : null,
			type: { ...source, name, nullable },
		})
	}
	for (const source of left.stream.schema.columns) {
		if (how === 'right' && isKey('left', source.name)) continue
		const name = how === 'full' && isKey('left', source.name) ? `leftRec_${source.name}` : source.name
		take('left', source, name)
		origins.push(...left.origins.filter((known) => known.name === source.name).map((known) => ({ ...known, name })))
	}
	for (const source of input.stream.schema.columns) {
		const key = pairs.find((pair) => pair.right.name === source.name)
		const merged = key !== undefined && how !== 'full'
		if (merged && how !== 'right') {
			origins.push(origin(input, source.name, key.left.name, false))
			continue
		}
		const taken = columns.map((column) => column.name)
		const wanted = key !== undefined && how === 'full' ? `rightRec_${source.name}` : source.name
		const name = freeColumn({ columns: [], open: false }, wanted, taken)
		take('right', source, name)
		origins.push(origin(input, source.name, name, name === wanted))
		if (merged)
			origins.push(...left.origins.filter((known) => known.name === key.left.name).map((known) => ({ ...known, name })))
	}
	const given = part === undefined ? thoseThatGoOn(context, columns, origins) : columns
	const operator: JoinOperator = {
		...context.base(part),
		kind: 'join',
		how,
		keys: matched,
		nullsEqual: false,
		columns: given.map(({ name, side, column, whenMissing: missing }) => ({
			name,
			side,
			column,
			whenMissing: missing,
		})),
	}
	context.flow.add(operator, { left: left.stream, right })
	const schema = { columns: given.map(({ type }) => type), open: false }
	return { stream: { ...left.stream, from: { operator: operator.id, port: 'out' }, schema }, origins }
}

/** The columns that an output names, in the order of the first one; all of them where columns travel along by name. */
function thoseThatGoOn<Taken extends TakenColumn>(
	context: StageContext,
	columns: readonly Taken[],
	origins: readonly Origin[],
): readonly Taken[] {
	if (context.outputs.some(({ link }) => link.open || link.columns.length === 0)) return columns
	const names = context.outputs.flatMap(({ link }) => link.columns.map((column) => findOrigin(column, origins)))
	const place = ({ name }: Taken): number => names.findIndex((one) => one?.toLowerCase() === name.toLowerCase())
	const named = columns.filter((column) => place(column) >= 0)
	return named.length === 0 ? columns : named.toSorted((one, other) => place(one) - place(other))
}

function columnOf(context: StageContext, stream: Stream, name: string): Column {
	const found = columnNamed(context, stream, name)
	return (
		findDsColumn(stream.schema.columns, found) ?? {
			name: found,
			type: { kind: 'string', unicode: true, fixed: false },
			nullable: true,
		}
	)
}
