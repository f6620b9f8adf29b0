/**
 * Nulls as they were before version 8.5: a row is rejected, or dropped where no reject link is, when an expression reads a
 * column that is null (IBM technote swg21514921). A column that is only passed on does no harm, nor does one inside a null
 * function, nor one in a branch of an `If` that the row does not take.
 */
import { lowerParallel } from '#languages/datastage-parallel/lower.ts'
import type { Expression } from '#model/expressions.ts'
import type { FilterOperator } from '#model/operators.ts'
import { boolean } from '#model/types.ts'
import { isSet } from '../../columns.ts'
import { parametersOf } from '../../derive.ts'
import { either, isNull } from '../../expressions.ts'
import type { Stream } from '../../flow.ts'
import { propertyOf } from '../../keys.ts'
import type { StageContext, StageOutput } from '../../stage-context.ts'
import { leaving } from '../inputs.ts'
import type { Transformer } from './parts.ts'
import { inColumns } from './row-calls.ts'
import type { StageVariable } from './variables.ts'
import { remembers } from './variables.ts'

/** Version from which a null in an expression makes its result null. */
const newHandling = 8.5

/** By the stage's own flag, or because the export comes from a version that knew no other way. */
export function handlesNullsTheOldWay({ stage, job }: StageContext): boolean {
	if (isSet(stage.record.values, 'OldNullHandling') || propertyOf(stage.meta, 'OldNullHandling') === '1') return true
	return job.version > 0 && job.version < newHandling
}

/** Abort on unhandled null: what else drops or rejects the row ends the job (IBM: Transformer stage, stage properties). */
export function endsOnNull(context: StageContext): boolean {
	if (!isSet(context.stage.record.values, 'AbortOnNull')) return false
	if (handlesNullsTheOldWay(context))
		context.refuse('it ends the job where an expression reads a null, in the way of versions before 8.5')
	return true
}

/** What a link decides and computes. */
export interface LinkTexts {
	readonly output: StageOutput
	readonly constraint: string
}

/** Takes the rows out that the old way rejects; they go where the stage's other rejected rows go. */
export function withoutNulls(
	trx: Transformer,
	stream: Stream,
	variables: readonly StageVariable[],
	links: readonly LinkTexts[],
): Stream {
	const { context } = trx
	const inVariables = variables.flatMap(({ text }) => unsafeIn(trx, text, false) ?? [])
	const inLinks = links.flatMap((link) => unsafeLink(trx, link) ?? [])
	const [first, ...others] = [...inVariables, ...inLinks]
	if (first === undefined) return stream
	if (inVariables.length > 0 && remembers(variables))
		context.refuse('it handles nulls in the way of versions before 8.5, in variables that remember the row before')
	if (inLinks.length > 0 && links.length > 1)
		context.refuse('it handles nulls in the way of versions before 8.5, on one of several links')
	const condition: Expression = {
		kind: 'call',
		operation: 'shared.not',
		args: [others.reduce(either, first)],
		type: boolean,
	}
	const operator: FilterOperator = {
		...context.base('nulls'),
		kind: 'filter',
		condition: { expression: condition, text: 'no expression reads a null' },
		onError: { kind: 'drop' },
	}
	context.flow.add(operator, { in: stream })
	const kept = { ...leaving(stream, operator), name: `${context.stage.name} without nulls` }
	if (trx.policy.kind === 'redirect') trx.rejects.push(leaving(stream, operator, stream.schema, 'reject'))
	return kept
}

function unsafeLink(trx: Transformer, { output, constraint }: LinkTexts): Expression | undefined {
	const condition = constraint === '' ? undefined : peek(trx, constraint, true)
	const decided = condition === undefined ? undefined : unsafe(condition, trx)
	const derived = output.link.columns.flatMap(({ derivation }) =>
		derivation === undefined ? [] : (unsafeIn(trx, derivation, true) ?? []),
	)
	const computed = derived.length === 0 ? undefined : derived.reduce(either)
	const reached = condition === undefined || computed === undefined ? computed : both(condition, computed)
	return decided === undefined || reached === undefined ? (decided ?? reached) : either(decided, reached)
}

/** @param passes a text that only names a column passes it on. */
function unsafeIn(trx: Transformer, text: string, passes: boolean): Expression | undefined {
	if (text.trim() === '') return undefined
	const expression = peek(trx, text, false)
	return passes && expression.kind === 'column' ? undefined : unsafe(expression, trx)
}

/** The expression, without saying again what is doubtful in it. */
function peek({ context, names }: Transformer, text: string, condition: boolean): Expression {
	const written = inColumns(text)
	const parameters = parametersOf(context, written, names)
	return lowerParallel(written, { columns: names, parameters }, { condition }).expression
}

/** They give a value for a null, or tell one. */
const nullFunctions: ReadonlySet<string> = new Set(['shared.is-null', 'shared.is-not-null', 'datastage.null-to-value'])

/** The condition under which the expression reads a null; undefined: never. */
function unsafe(expression: Expression, trx: Transformer): Expression | undefined {
	switch (expression.kind) {
		case 'column': {
			const column = trx.input.stream.schema.columns.find(({ name }) => name === expression.name)
			return column?.nullable === true ? isNull(expression) : undefined
		}
		case 'cast':
			return unsafe(expression.operand, trx)
		case 'call': {
			const guards = nullFunctions.has(expression.operation)
			const parts = expression.args.flatMap((arg) => (guards && arg.kind === 'column' ? [] : (unsafe(arg, trx) ?? [])))
			return parts.length === 0 ? undefined : parts.reduce(either)
		}
		case 'if': {
			const branches = [
				unsafe(expression.condition, trx),
				guarded(expression.condition, unsafe(expression.then, trx)),
				guarded(not(expression.condition), unsafe(expression.otherwise, trx)),
			].filter((part) => part !== undefined)
			return branches.length === 0 ? undefined : branches.reduce(either)
		}
		case 'literal':
		case 'parameter':
		case 'variable':
		case 'bound':
		case 'loop':
		case 'opaque':
			return undefined
	}
}

const both = (left: Expression, right: Expression): Expression => ({
	kind: 'call',
	operation: 'shared.and',
	args: [left, right],
	type: boolean,
})
const not = (condition: Expression): Expression => ({
	kind: 'call',
	operation: 'shared.not',
	args: [condition],
	type: boolean,
})
const guarded = (condition: Expression, part: Expression | undefined): Expression | undefined =>
	part === undefined ? undefined : both(condition, part)
