/**
 * `KeyMgtGetNextValue("NAME")` of the SDK that comes with the product: sequences of whole numbers, from 1, that a file of the
 * project keeps from run to run. Here a data set of that name keeps the greatest number.
 */
import { tokenize } from '#languages/datastage-basic/lexer.ts'
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import { int } from '#model/types.ts'
import { isSet, textOf } from '../columns.ts'
import { cast, columnExpression, textLiteral } from '../expressions.ts'
import type { StageContext } from '../stage-context.ts'
import { keepHighest } from '../stages/key-source.ts'
import {
	counting,
	highestBefore,
	type KeyCaller,
	nextKey,
	oneMore,
	takenKeys,
} from '../stages/transformer/key-calls.ts'
import { withKeysBefore } from '../stages/transformer/surrogate-keys.ts'
import type { BasicTransformer } from './transformer.ts'
import type { Variable } from './variables.ts'

/** Sequences of the SDK lie in this file of the project. */
const file = 'SDKSequences'
const name = String.raw`(?:DS[UX]\.)?KeyMgtGetNextValue(?:Concurrent)?`
const call = String.raw`${name}\s*\(\s*(?:"[^"]*"|'[^']*')\s*\)`

export interface KeySequence {
	readonly path: SourcedExpression
	/** The variables of the stage, with the one that counts where not every row takes a key. */
	readonly variables: readonly Variable[]
	readonly everyRow: boolean
}

interface Caller extends KeyCaller {
	readonly variable?: number
}

const calls = (text: string): number =>
	tokenize(text).filter((token) => new RegExp(`^${name}$`, 'i').test(token.text)).length

/** What stands for the calls of a derivation. */
export const withNextKey = (text: string): string => text.replaceAll(new RegExp(call, 'gi'), nextKey)

/** The one sequence that a stage takes keys from; undefined: none, or the stage is refused. */
export function readKeySequence(context: StageContext, variables: readonly Variable[]): KeySequence | undefined {
	const callers: readonly Caller[] = [
		...variables.map(({ text }, variable) => ({ text, constraint: '', variable })),
		...context.outputs.flatMap(({ pin, link }) =>
			link.columns.map(({ derivation = '' }) => {
				if (isSet(pin.record.values, 'Reject') && calls(derivation) > 0)
					context.refuse(`${link.name}, which gets what other links leave, takes keys of a sequence`)
				return { text: derivation, constraint: textOf(pin.record.values, 'Constraint').trim() }
			}),
		),
	].filter(({ text }) => calls(text) > 0)
	const [caller, ...others] = callers
	if (caller === undefined) return undefined
	const text = counting(caller, call)
	if (others.length > 0 || calls(caller.text) > 1) context.refuse('it takes several keys of sequences for a row')
	else if (text === undefined)
		context.refuse(
			'it takes a key by KeyMgtGetNextValue whose sequence is no plain text, or inside of another expression than one If',
		)
	if (variables.some((variable) => variable.name.toUpperCase() === takenKeys))
		context.refuse(`a variable is called ${takenKeys}`)
	const [, , sequence = ''] = /\(\s*(["'])(.*?)\1\s*\)/s.exec(new RegExp(call, 'i').exec(caller.text)?.[0] ?? '') ?? []
	const path = `${file}/${sequence}`
	context.differ('RG-D098', `${context.stage.name} goes on from ${path}.`)
	const everyRow = text === oneMore
	const counter = { name: takenKeys, text: text ?? takenKeys, initial: '0', lines: context.stage.record.lines }
	const at = caller.variable ?? variables.length
	const own = variables.map((variable) => ({ ...variable, text: withNextKey(variable.text) }))
	return {
		path: { expression: textLiteral(path), text: path },
		variables: everyRow ? own : [...own.slice(0, at), counter, ...own.slice(at)],
		everyRow,
	}
}

/** Adds the greatest number before the run, and where every row takes one the number of the row. */
export function withSequence(trx: BasicTransformer, keys: KeySequence): BasicTransformer {
	const [stream, names] = withKeysBefore(trx.context, trx.stream, keys)
	return { ...trx, stream, scope: { ...trx.scope, columns: new Map([...trx.scope.columns, ...names]) } }
}

/** Keeps the greatest number for the next run. */
export function keepSequence({ context, stream, scope }: BasicTransformer, { path }: KeySequence): void {
	const [highest, counted] = [scope.columns.get(highestBefore), scope.columns.get(takenKeys)]
	if (highest === undefined || counted === undefined) return
	const count: Expression = columnExpression(counted)
	const whole = count.type.kind === 'int' ? count : cast('basic.convert', count, int(64))
	const sum = {
		kind: 'call',
		operation: 'datastage.add',
		args: [columnExpression(highest), whole],
		type: int(64),
	} as const
	keepHighest(context, stream, sum, path)
}
