/** `NextSurrogateKey()` of a Transformer: keys from a state file, above the greatest that it knows. */
import { tokenize } from '#languages/datastage-parallel/lexer.ts'
import type { OfferedColumn } from '#languages/datastage-parallel/symbols.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import { int } from '#model/types.ts'
import { textOf } from '../../columns.ts'
import type { Names } from '../../derive.ts'
import { columnExpression } from '../../expressions.ts'
import type { Stream } from '../../flow.ts'
import { parameterised } from '../../paths.ts'
import type { StageContext, StageOutput } from '../../stage-context.ts'
import { rowNumbers } from '../../wide-arithmetic.ts'
import { keepHighest, withHighest } from '../key-source.ts'
import type { KeyCaller } from './key-calls.ts'
import { counting, highestBefore, oneMore, takenKeys } from './key-calls.ts'
import { withRowNumber } from './row-number.ts'
import type { StageVariable } from './variables.ts'

const call = String.raw`NextSurrogateKey\s*\(\s*\)`

interface Caller extends KeyCaller {
	/** The variable that calls; the call of an output comes after all variables. */
	readonly variable?: number
}

export interface SurrogateKeys {
	readonly path: SourcedExpression
	/** The variables of the stage, with the one that counts where not every row takes a key. */
	readonly variables: readonly StageVariable[]
	readonly everyRow: boolean
}

const calls = (text: string): number =>
	tokenize(text).filter((token) => token.text.toLowerCase() === 'nextsurrogatekey').length

/**
 * A key is taken where the call is computed: for each row, or in one branch of an If; of an output only for the rows that it gets
 * (IBM: Transformer stage, Surrogate Key). Undefined: no key is taken, or the stage is refused.
 */
export function readSurrogateKeys(
	context: StageContext,
	variables: readonly StageVariable[],
	outputs: readonly { readonly output: StageOutput; readonly constraint: string; readonly role: string }[],
): SurrogateKeys | undefined {
	const callers: readonly Caller[] = [
		...variables.map(({ text }, variable) => ({ text, constraint: '', variable })),
		...outputs.flatMap(({ output, constraint, role }) =>
			output.link.columns.flatMap(({ derivation = '' }) => {
				if (role !== 'data' && calls(derivation) > 0)
					context.refuse(`${output.link.name}, which gets what other links leave, takes surrogate keys`)
				return { text: derivation, constraint }
			}),
		),
	].filter(({ text }) => calls(text) > 0)
	const [caller, ...others] = callers
	if (caller === undefined) return undefined
	const { values, lines } = context.stage.record
	const file = textOf(values, 'SurKeyStateFile').trim()
	const source = textOf(values, 'SKKeySourceType').trim()
	const text = counting(caller, call)
	if (others.length > 0 || calls(caller.text) > 1) context.refuse('it takes several surrogate keys for a row')
	else if (text === undefined)
		context.refuse('it takes a surrogate key (NextSurrogateKey) inside of another expression than one If')
	if (source !== '' && source !== 'file') context.refuse(`its surrogate keys come from a ${source}`)
	if (file === '') context.refuse('it names no state file for its surrogate keys (NextSurrogateKey)')
	if (variables.some(({ name }) => name.toUpperCase() === takenKeys))
		context.refuse(`a variable is called ${takenKeys}`)
	context.differ('RG-D098', `${context.stage.name} goes on from ${file}.`)
	const everyRow = text === oneMore
	const counter = { name: takenKeys, type: int(64), text: text ?? takenKeys, initial: '0', lines }
	const at = caller.variable ?? variables.length
	return {
		path: parameterised(context, file, lines),
		variables: everyRow ? variables : [...variables.slice(0, at), counter, ...variables.slice(at)],
		everyRow,
	}
}

/** Adds the greatest key before the run. Gives what no output gets unasked, too. */
export function withKeysBefore(
	context: StageContext,
	stream: Stream,
	keys: Pick<SurrogateKeys, 'path' | 'everyRow'> | undefined,
): readonly [Stream, Names, readonly string[]] {
	if (keys === undefined) return [stream, new Map(), []]
	const [numbered, number] = keys.everyRow ? withRowNumber(context, stream, takenKeys) : [stream, undefined]
	const { stream: result, column, pair } = withHighest(context, numbered, keys.path, 0n)
	// Keys have 64 bits, and no run takes so many.
	const counts = { min: 0n, max: 1n << 62n, bits: 64 } as const
	const names = new Map<string, OfferedColumn>([[highestBefore, { ...column, counts }]])
	if (number !== undefined) names.set(takenKeys, { ...number, counts: rowNumbers })
	return [result, names, [column.name, pair, ...(number === undefined ? [] : [number.name])]]
}

/** Keeps the greatest key of all rows for the next run. */
export function keepKeys(context: StageContext, stream: Stream, names: Names, keys: SurrogateKeys | undefined): void {
	const [highest, counted] = [names.get(highestBefore), names.get(takenKeys)]
	if (keys === undefined || highest === undefined || counted === undefined) return
	const args = [columnExpression(highest), columnExpression(counted)]
	keepHighest(context, stream, { kind: 'call', operation: 'datastage.add', args, type: int(64) }, keys.path)
}
