/** Rows on which one part of a condition or of a key alone decides, so that each part is seen to matter. */
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import { children, columnsRead, visit } from '#model/expressions.ts'
import type { DataFlow, Operator } from '#model/operators.ts'
import type { Composer } from './compose.ts'
import type { Wish } from './goals.ts'
import { isOfTwo, keyWishes, wishesBefore, wishesBehind } from './goals.ts'

/** Wishes beyond these are not sought: a few dozen rows have to do. */
const most = 48
const mostAlterations = 24

/** For each part of each condition: the wishes for it to hold, and not to, where nothing else decides, and at its boundary. */
export const conditionWishes = (flow: DataFlow, composer: Composer): readonly (readonly Wish[])[] =>
	flow.operators.flatMap((operator) => wishesOfParts(operator, composer, deciding)).slice(0, most)

/**
 * For each step by which a part of a condition changes a text: the wishes for the part to hold of a text that the step changes.
 * No everyday row has such a text, so it has to get to each target that may show what became of it.
 */
export function alterationWishes(flow: DataFlow, composer: Composer): readonly (readonly Wish[])[] {
	const all = flow.operators.map((operator) => ({
		alterations: wishesOfParts(operator, composer, altering),
		behind: wishesBehind(operator, flow, composer),
	}))
	const targets = Math.max(0, ...all.map(({ behind }) => behind.length))
	const shown = Array.from({ length: targets }, (_none, target) =>
		all.flatMap(({ alterations, behind }) => {
			const path = behind[target]
			return path === undefined ? [] : alterations.map((wishes) => [...path, ...wishes])
		}),
	)
	return shown.flat().slice(0, mostAlterations)
}

/** @param wishesOf alternatives for a part, given whether it is the whole condition; each together with what lets it decide */
function wishesOfParts(operator: Operator, composer: Composer, wishesOf: WishesOf): readonly (readonly Wish[])[] {
	const before = wishesBefore(operator, composer)
	return conditionsOf(operator).flatMap(({ condition, number }) => {
		const at = (expression: Expression): Expression | undefined => composer.inside(operator, number, expression)
		return partsOf(condition, wishesOf).flatMap((wishes) => {
			const composed = wishes.flatMap((wish) => composedWish(wish, at) ?? [])
			return composed.length < wishes.length ? [] : [[...before, ...composed]]
		})
	})
}

function composedWish(wish: Wish, at: (expression: Expression) => Expression | undefined): Wish | undefined {
	if (isOfTwo(wish)) {
		const [left, right] = [at(wish.left), at(wish.right)]
		return left === undefined || right === undefined ? undefined : { ...wish, left, right }
	}
	if (wish.kind === 'lonely') return wish
	const expression = at(wish.expression)
	if (expression === undefined) return undefined
	if (wish.kind !== 'altered') return { ...wish, expression }
	const given = at(wish.given)
	return given && { ...wish, expression, given }
}

/** For each key that is computed: the wishes for rows that match only by what is made of a column, such as a trimmed text. */
export function keyAlterationWishes(flow: DataFlow, composer: Composer): readonly (readonly Wish[])[] {
	return flow.operators.flatMap((operator) => {
		if (operator.kind !== 'join' && operator.kind !== 'lookup') return []
		const ports = operator.kind === 'join' ? (['left', 'right'] as const) : (['in', 'reference'] as const)
		const equal = keyWishes(operator, operator.keys, ports, composer)
		const sides = equal.flatMap((wish) => (wish.kind === 'equal' ? [wish.left, wish.right] : []))
		return sides.flatMap(alterationsIn).map((altered) => [...wishesBefore(operator, composer), ...equal, altered])
	})
}

interface Condition {
	readonly condition: Expression
	/** Of the column or variable that it stands in. */
	readonly number: number
}

/** Conditions of rows and of `if`s. */
function conditionsOf(operator: Operator): readonly Condition[] {
	const one = (condition: Expression): Condition => ({ condition, number: 0 })
	switch (operator.kind) {
		case 'filter':
			return [operator.condition.expression, ...decisionsIn(operator.condition.expression)].map(one)
		case 'route':
			return operator.routes.flatMap(({ condition }) => (condition === undefined ? [] : [one(condition.expression)]))
		case 'project':
			return ofEach(operator.columns)
		case 'stateful':
			return ofEach(operator.variables)
		default:
			return []
	}
}

const ofEach = (all: readonly { readonly value: SourcedExpression }[]): readonly Condition[] =>
	all.flatMap(({ value }, number) => decisionsIn(value.expression).map((condition) => ({ condition, number })))

function decisionsIn(expression: Expression): readonly Expression[] {
	const found: Expression[] = []
	visit(expression, (part) => {
		if (part.kind === 'if') found.push(part.condition)
	})
	return found
}

type WishesOf = (part: Expression, isWhole: boolean) => readonly (readonly Wish[])[]

/** Goals cover a whole condition both ways. */
const deciding: WishesOf = (part, isWhole) => {
	const both = isWhole ? [] : ([['true'], ['false']] as const)
	return [
		...both.map((wanted): readonly Wish[] => [{ kind: 'outcome', expression: part, wanted }]),
		...boundaries(part),
	]
}

const altering: WishesOf = (part) =>
	alterationsIn(part).map((altered) => [{ kind: 'outcome', expression: part, wanted: ['true'] }, altered])

/** Every step that makes one text of another: a trim, a change of case, a cut. */
function alterationsIn(expression: Expression): readonly Wish[] {
	const found: Wish[] = []
	visit(expression, (part) => {
		const [given, ...others] = children(part).filter((one) => columnsRead(one).length > 0)
		if (given === undefined || others.length > 0 || part.kind === 'if') return
		if (part.type.kind === 'string' && given.type.kind === 'string')
			found.push({ kind: 'altered', expression: part, given })
	})
	return found
}

/** Down to each part: its neighbours under `and` hold, those under `or` do not. */
function partsOf(condition: Expression, wishesOf: WishesOf): readonly (readonly Wish[])[] {
	const found: (readonly Wish[])[] = []
	const walk = (part: Expression, others: readonly Wish[], whole: boolean): void => {
		if (part.kind === 'call' && part.operation === 'shared.not') {
			for (const operand of part.args) walk(operand, others, whole)
			return
		}
		if (part.kind !== 'call' || (part.operation !== 'shared.and' && part.operation !== 'shared.or')) {
			for (const wishes of wishesOf(part, whole)) found.push([...others, ...wishes])
			return
		}
		const wanted = part.operation === 'shared.and' ? (['true'] as const) : (['false', 'null'] as const)
		for (const operand of part.args) {
			const beside = part.args
				.filter((one) => one !== operand)
				.map((expression): Wish => ({ kind: 'outcome', expression, wanted }))
			walk(operand, [...others, ...beside], false)
		}
	}
	walk(condition, [], true)
	return found
}

const inequalities = /\.(lt|gt|le|ge|less|greater|less-or-equal|greater-or-equal)$/

/** Where `<` and `<=` part, and, for what has digits behind the point, where a digit less would. */
function boundaries(part: Expression): readonly (readonly Wish[])[] {
	if (part.kind !== 'call' || !inequalities.test(part.operation)) return []
	const [left, right] = part.args
	if (left === undefined || right === undefined) return []
	const sides = { left, right }
	const isFine = [left, right].some(({ type }) => type.kind === 'decimal' && type.scale > 0)
	const close = isFine ? (['true', 'false'] as const) : []
	return [
		[{ kind: 'equal', ...sides }],
		...close.map((wanted): readonly Wish[] => [
			{ kind: 'close', ...sides },
			{ kind: 'outcome', expression: part, wanted: [wanted] },
		]),
	]
}
