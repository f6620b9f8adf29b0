/** Functions that know other rows than the one at hand: each becomes a column, and its calls the name of that column. */
import { tokenize } from '#languages/datastage-parallel/lexer.ts'
import type { LookAheadOperator } from '#model/repeating.ts'
import { int } from '#model/types.ts'
import { findDsColumn } from '../../columns.ts'
import type { Names } from '../../derive.ts'
import type { Stream } from '../../flow.ts'
import { freeColumn } from '../../mapping.ts'
import type { StageContext } from '../../stage-context.ts'
import { leaving } from '../inputs.ts'
import { nextKey } from './key-calls.ts'

/** A call of a function with at most one plain argument. */
interface RowCall {
	/** Lower case. */
	readonly name: string
	readonly argument: string
	readonly start: number
	readonly end: number
}

function findCalls(text: string, names: ReadonlySet<string>): readonly RowCall[] {
	const tokens = tokenize(text)
	return tokens.flatMap((token, index) => {
		const name = token.text.toLowerCase()
		if (token.kind !== 'name' || !names.has(name) || tokens[index - 1]?.text === '.') return []
		const open = tokens[index + 1]
		const close = tokens.slice(index + 2).find((other) => other.text === ')')
		if (open?.text !== '(' || close === undefined) return []
		const argument = text.slice(open.span.end, close.span.start).trim()
		return [{ name, argument, start: token.span.start, end: close.span.end }]
	})
}

/** Puts another text in place of each call of these functions. */
function replaceCalls(
	text: string,
	names: ReadonlySet<string>,
	replacement: (name: string, argument: string) => string,
): string {
	return findCalls(text, names).reduceRight(
		(sum, call) => sum.slice(0, call.start) + replacement(call.name, call.argument) + sum.slice(call.end),
		text,
	)
}

const aheadCalls: ReadonlySet<string> = new Set(['lastrow', 'lastrowingroup'])
const symbolOf = (name: string, argument: string): string =>
	name === 'lastrow' ? '@LASTROW' : `@LASTROWINGROUP_${argument.replaceAll(/\W/g, '_').toUpperCase()}`

const keyCalls: ReadonlySet<string> = new Set(['nextsurrogatekey'])
const savedCalls: ReadonlySet<string> = new Set(['getsavedinputrecord'])

/** The new job is one partition: it has number 0 of 1 (IBM: system variables). */
const partitions: Readonly<Record<string, string>> = { '@PARTITIONNUM': '0', '@NUMPARTITIONS': '1' }

/**
 * A text in which everything that looks beyond the row is the name of a column: `LastRow()` and `LastRowInGroup(column)` as
 * {@link withLookAheads} names them, `NextSurrogateKey()` as `readSurrogateKeys` counts, `GetSavedInputRecord()`, which gives the number of the row that an iteration takes.
 */
export function inColumns(text: string): string {
	const keyed = replaceCalls(text, keyCalls, () => nextKey)
	const renamed = replaceCalls(replaceCalls(keyed, aheadCalls, symbolOf), savedCalls, () => '@ITERATION')
	return tokenize(renamed).reduceRight((sum, { kind, text: word, span }) => {
		const value = kind === 'system' ? partitions[word.toUpperCase()] : undefined
		return value === undefined ? sum : sum.slice(0, span.start) + value + sum.slice(span.end)
	}, renamed)
}

/**
 * Adds a column for each thing that the texts ask about rows to come (IBM: Transformer functions, LastRow and LastRowInGroup).
 * Both are asked of a partition, and a group is a run of equal values.
 */
export function withLookAheads(
	context: StageContext,
	stream: Stream,
	texts: readonly string[],
	columns: Names,
): readonly [Stream, Names] {
	const names = new Map<string, LookAheadOperator['column']>()
	let result = stream
	for (const { name, argument } of texts.flatMap((text) => findCalls(text, aheadCalls))) {
		const symbol = symbolOf(name, argument)
		if (names.has(symbol)) continue
		const key = name === 'lastrow' ? undefined : columnNamed(argument, columns, stream)
		if (name === 'lastrowingroup' && key === undefined) {
			context.refuse(`LastRowInGroup asks for ${argument}, which is no column of the input`)
			continue
		}
		const column = {
			name: freeColumn(result.schema, name === 'lastrow' ? 'LASTROW' : 'LASTROWINGROUP'),
			type: int(32),
			nullable: false,
		}
		const operator: LookAheadOperator = {
			...context.base(column.name.toLowerCase()),
			kind: 'look-ahead',
			keys: key === undefined ? [] : [{ column: key, collation: 'binary' }],
			column,
		}
		context.flow.add(operator, { in: result })
		result = leaving(result, operator, { ...result.schema, columns: [...result.schema.columns, column] })
		names.set(symbol, column)
	}
	return [result, names]
}

function columnNamed(argument: string, columns: Names, stream: Stream): string | undefined {
	const offered = columns.get(argument)?.name ?? argument
	return findDsColumn(stream.schema.columns, offered)?.name
}
