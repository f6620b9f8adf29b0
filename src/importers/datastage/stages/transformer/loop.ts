/** The loop of a Transformer: its condition bounds the iterations of each row, its variables are computed in each of them. */
import { tokenize } from '#languages/datastage-parallel/lexer.ts'
import type { LineRange } from '#model/provenance.ts'
import type { RepeatOperator, ReplayOperator } from '#model/repeating.ts'
import { int } from '#model/types.ts'
import { textOf } from '../../columns.ts'
import { assign } from '../../expressions.ts'
import type { Stream } from '../../flow.ts'
import { freeColumn } from '../../mapping.ts'
import { canGoWrong } from '../../nullness.ts'
import type { StageContext } from '../../stage-context.ts'
import { leaving } from '../inputs.ts'
import type { Transformer } from './parts.ts'
import { deriveIn } from './parts.ts'
import type { StageVariable } from './variables.ts'
import { readVariables } from './variables.ts'

export interface Loop {
	/** What bounds the number of the iteration, as an expression, and whether it may equal the bound. */
	readonly times: string
	readonly inclusive: boolean
	/** The condition as the export has it. */
	readonly text: string
	readonly lines: LineRange
	readonly variables: readonly StageVariable[]
	/** Each iteration takes the next saved row (GetSavedInputRecord), not the row at hand. */
	readonly replays: boolean
}

/** Undefined: the stage has no loop, or one that cannot be told in advance; then it is refused. */
export function readLoop(context: StageContext): Loop | undefined {
	const [condition] = context.stage.record.collections.get('LoopCondition') ?? []
	const text = condition === undefined ? '' : textOf(condition.values, 'Expression').trim()
	const variables = readVariables(context, 'LoopVars')
	if (condition === undefined || text === '') {
		if (variables.length > 0) context.refuse('it has loop variables and no loop condition')
		return undefined
	}
	const bound = iterations(text, variables)
	if (bound === undefined) {
		context.refuse(`its loop condition does not bound @ITERATION by a value that is known before the loop: ${text}`)
		return undefined
	}
	const gets = variables.filter((variable) => /getsavedinputrecord/i.test(variable.text))
	if (gets.length > 1 || gets.some((variable) => !/^\s*getsavedinputrecord\s*\(\s*\)\s*$/i.test(variable.text)))
		context.refuse('it takes saved rows in other ways than one for each iteration (GetSavedInputRecord)')
	if (gets.length > 0 && !bound.inclusive) context.refuse('it takes saved rows in a loop that leaves one of them out')
	return { ...bound, text, lines: condition.lines, variables, replays: gets.length > 0 }
}

interface Bound {
	readonly times: string
	readonly inclusive: boolean
}

/**
 * The number of iterations that a condition allows: `@ITERATION <= n`, `@ITERATION < n`, the same turned round, several of
 * them, and with further conditions that stay the same during the loop.
 */
function iterations(text: string, variables: readonly StageVariable[]): Bound | undefined {
	const parts = conjuncts(text)
	const bounds = parts.flatMap((part) => boundOf(part) ?? [])
	const others = parts.filter((part) => boundOf(part) === undefined)
	const changing = ['@iteration', ...variables.map(({ name }) => name.toLowerCase())]
	const changes = (part: string): boolean => tokenize(part).some((token) => changing.includes(token.text.toLowerCase()))
	const bound = smallest(bounds)
	if (bound === undefined || [bound.times, ...others].some(changes)) return undefined
	if (others.length === 0) return bound
	return { ...bound, times: `If (${others.join(') And (')}) Then (${bound.times}) Else 0` }
}

/** The smallest of several bounds; none of them may be null, or there is no iteration. */
function smallest(bounds: readonly Bound[]): Bound | undefined {
	const [first, ...others] = bounds.length > 1 ? bounds.map(inclusively) : bounds
	return others.reduce<Bound | undefined>((least, { times, inclusive }) => {
		if (least === undefined || least.inclusive !== inclusive) return undefined
		const [one, other] = [`(${least.times})`, `(${times})`]
		return { inclusive, times: `If ${one} <= ${other} Then ${one} Else If ${other} < ${one} Then ${other} Else 0` }
	}, first)
}

/** Below 4 is up to 3. */
const inclusively = (bound: Bound): Bound =>
	!bound.inclusive && /^\d{1,9}$/.test(bound.times)
		? { times: String(Number(bound.times) - 1), inclusive: true }
		: bound

/** Parts that a top-level `And` joins; the whole text where an `Or` stands beside them. */
function conjuncts(text: string): readonly string[] {
	const tokens = tokenize(text)
	let depth = 0
	const cuts: { readonly start: number; readonly end: number }[] = []
	for (const token of tokens) {
		if (token.text === '(') depth += 1
		if (token.text === ')') depth -= 1
		const word = token.kind === 'name' ? token.text.toLowerCase() : ''
		if (depth > 0) continue
		if (word === 'or' || word === 'if') return [text]
		if (word === 'and') cuts.push(token.span)
	}
	const starts = [0, ...cuts.map(({ end }) => end)]
	const ends = [...cuts.map(({ start }) => start), text.length]
	return starts.map((start, index) => text.slice(start, ends[index]).trim())
}

const turned: Readonly<Record<string, string>> = { '>=': '<=', '=>': '<=', '>': '<' }

function boundOf(part: string): Bound | undefined {
	const inner = withoutParentheses(part)
	const tokens = tokenize(inner).filter(({ kind }) => kind !== 'end')
	const isIteration = (index: number): boolean => tokens.at(index)?.text.toUpperCase() === '@ITERATION'
	const sign = isIteration(0) ? tokens[1] : isIteration(-1) ? tokens.at(-2) : undefined
	if (sign === undefined) return undefined
	const compared = isIteration(0) ? sign.text : turned[sign.text]
	const bound = isIteration(0) ? inner.slice(sign.span.end) : inner.slice(0, sign.span.start)
	const isPlain = !tokenize(bound).some(({ text }) => ['=', '<', '>', '<=', '>=', '<>'].includes(text))
	if (!isPlain) return undefined
	if (compared === '<=' || compared === '=<') return { times: bound.trim(), inclusive: true }
	return compared === '<' ? { times: bound.trim(), inclusive: false } : undefined
}

function withoutParentheses(text: string): string {
	const trimmed = text.trim()
	if (!trimmed.startsWith('(') || !trimmed.endsWith(')')) return trimmed
	const tokens = tokenize(trimmed)
	let depth = 0
	for (const [index, token] of tokens.entries()) {
		if (token.text === '(') depth += 1
		if (token.text === ')') depth -= 1
		if (depth === 0) return tokens[index + 1]?.kind === 'end' ? withoutParentheses(trimmed.slice(1, -1)) : trimmed
	}
	return trimmed
}

/**
 * `SaveInputRecord()` gives the number of rows that are held: one more than at the row before, or one when that row's loop
 * has taken them all.
 */
export function withSavedRows(
	context: StageContext,
	variables: readonly StageVariable[],
	loop: Loop | undefined,
): readonly StageVariable[] {
	const savers = variables.filter(({ text }) => /saveinputrecord/i.test(text))
	if (savers.length === 0) {
		if (loop?.replays === true) context.refuse('it takes saved rows and saves none (SaveInputRecord)')
		return variables
	}
	const [saver] = savers
	const released = loop?.replays === true ? loop.times.trim().toLowerCase() : ''
	const at = saver === undefined ? -1 : variables.indexOf(saver)
	const below = variables.slice(at + 1).find(({ name }) => name.toLowerCase() === released)
	if (savers.length > 1 || !/^\s*saveinputrecord\s*\(\s*\)\s*$/i.test(saver?.text ?? '')) {
		context.refuse('it saves rows in other ways than each row once (SaveInputRecord)')
		return variables
	}
	if (below === undefined) {
		context.refuse('no loop takes the rows that it saves, bounded by a stage variable below the one that saves')
		return variables
	}
	return variables.map((variable) =>
		variable === saver
			? { ...variable, text: `If ${below.name} > 0 Then 1 Else ${variable.name} + 1`, initial: '0' }
			: variable,
	)
}

/** Adds the iterations; `latest`: columns of the stage's variables, which a saved row takes from the row that ends its group. */
export function withIterations(trx: Transformer, stream: Stream, loop: Loop, latest: readonly string[]) {
	const { context } = trx
	const times = deriveIn(trx, loop.times, loop.lines, { target: int(32) })
	const column = { name: freeColumn(stream.schema, 'ITERATION'), type: int(32), nullable: false }
	const result = (operator: RepeatOperator | ReplayOperator): Stream => {
		context.flow.add(operator, { in: stream })
		const name = `${context.stage.name} iterations`
		return leaving({ ...stream, name }, operator, { ...stream.schema, columns: [...stream.schema.columns, column] })
	}
	if (times === undefined) return { stream, column }
	// Up to 2.5 means up to 2, and so the engine converts it.
	const bound = { expression: assign(context, times.expression, int(32)), text: loop.times }
	if (canGoWrong(times.expression)) context.refuse(`the bound of its loop can fail: ${loop.times}`)
	if (!loop.inclusive && times.expression.type.kind !== 'int')
		context.refuse(`its loop ends below a bound that is no whole number: ${loop.times}`)
	return {
		stream: loop.replays
			? result({ ...context.base('saved rows', loop.lines), kind: 'replay', times: bound, latest, column })
			: result({
					...context.base('loop', loop.lines),
					kind: 'repeat',
					times: bound,
					inclusive: loop.inclusive,
					column,
				}),
		column,
	}
}
