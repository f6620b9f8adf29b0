/** Finds source values that meet wishes: a local search that evaluates the composed expressions themselves. */
import type { Scope } from '#languages/evaluate.ts'
import { evaluate } from '#languages/evaluate.ts'
import type { Expression } from '#model/expressions.ts'
import { columnsRead } from '#model/expressions.ts'
import { formatDecimal } from '#model/json-values.ts'
import type { Result, Value } from '#model/values.ts'
import { isError } from '#model/values.ts'
import { keyText } from '#reference/keys.ts'
import type { Wish } from './goals.ts'
import { isOfTwo } from './goals.ts'
import type { Random } from './random.ts'

/** Values of source columns. */
export type Assignment = Map<string, Value>

export interface SearchSpace {
	/** Parameters, variables and the clock; columns are those of the assignment. */
	readonly scope: Omit<Scope, 'column'>
	/** An everyday value; each turn has another one, the same for columns that keys compare. */
	ordinary(column: string, turn?: number): Value
	values(column: string): readonly Value[]
}

const steps = 24
const restarts = 3
/** Everyday rows of this many turns are what most rows find for their partners. */
const everydayTurns = 20

/**
 * An assignment that meets every wish, or all but the optional ones; undefined where neither is found: it may not exist, or lie
 * beyond the values that are tried.
 * @param turn which everyday values to start from.
 */
export function solve(wishes: readonly Wish[], space: SearchSpace, random: Random, turn = 0): Assignment | undefined {
	const required = wishes.filter(({ optional }) => optional !== true)
	return (
		assign(wishes, space, random, turn) ??
		(required.length < wishes.length ? assign(required, space, random, turn) : undefined)
	)
}

function assign(wishes: readonly Wish[], space: SearchSpace, random: Random, turn: number): Assignment | undefined {
	const columns = [...new Set(wishes.flatMap(wishColumns))]
	for (let restart = 0; restart < restarts; restart += 1) {
		const assignment: Assignment = new Map(
			columns.map((column) => [
				column,
				restart === 0 ? space.ordinary(column, turn) : pickValue(column, space, random),
			]),
		)
		for (let step = 0; step < steps; step += 1) {
			const open = wishes.filter((wish) => !isMet(wish, assignment, space))
			if (open.length === 0) return assignment
			const wish = random.pick(open)
			const column = wish && random.pick(wishColumns(wish))
			// A wish without columns stays as it is: a parameter decides it.
			if (column === undefined) break
			improve(column, wishes, assignment, space, random)
		}
	}
	return undefined
}

const pickValue = (column: string, space: SearchSpace, random: Random): Value =>
	orOrdinary(random.pick(space.values(column)), column, space)

/** Null is a value like any other; only where nothing was picked the everyday value stands. */
const orOrdinary = (value: Value | undefined, column: string, space: SearchSpace): Value =>
	value === undefined ? space.ordinary(column) : value

/** Sets the column to the value that meets most wishes; of equally good ones any, so that the search does not stand still. */
function improve(
	column: string,
	wishes: readonly Wish[],
	assignment: Assignment,
	space: SearchSpace,
	random: Random,
): void {
	const concerned = wishes.filter((wish) => wishColumns(wish).includes(column))
	let best: Value[] = []
	let most = -1
	for (const value of space.values(column)) {
		assignment.set(column, value)
		const met = concerned.filter((wish) => isMet(wish, assignment, space)).length
		if (met > most) best = []
		if (met >= most) best.push(value)
		most = Math.max(met, most)
	}
	assignment.set(column, orOrdinary(random.pick(best), column, space))
}

const columnsOfWish = new WeakMap<Wish, readonly string[]>()

function wishColumns(wish: Wish): readonly string[] {
	const known = columnsOfWish.get(wish)
	if (known !== undefined) return known
	const columns = isOfTwo(wish)
		? [...new Set([...columnsRead(wish.left), ...columnsRead(wish.right)])]
		: columnsRead(wish.kind === 'lonely' ? wish.key : wish.expression)
	columnsOfWish.set(wish, columns)
	return columns
}

function isMet(wish: Wish, assignment: Assignment, space: SearchSpace): boolean {
	const value = (expression: Expression): Result => evaluateOver(expression, assignment, space)
	switch (wish.kind) {
		case 'outcome': {
			const result = value(wish.expression)
			const outcome = isError(result) ? 'error' : result === null ? 'null' : result === true ? 'true' : 'false'
			return wish.wanted.includes(outcome)
		}
		case 'too-long': {
			const result = value(wish.expression)
			return typeof result === 'string' && result.length > wish.length
		}
		case 'equal': {
			const [left, right] = [value(wish.left), value(wish.right)]
			return !isError(left) && !isError(right) && left !== null && keyText(left) === keyText(right)
		}
		case 'unequal': {
			const [left, right] = [value(wish.left), value(wish.right)]
			return !isError(left) && !isError(right) && keyText(left) !== keyText(right)
		}
		case 'close': {
			const apart = Math.abs(numberOf(value(wish.left)) - numberOf(value(wish.right)))
			return apart > 0 && apart < 0.1
		}
		case 'lonely': {
			const key = value(wish.key)
			if (isError(key) || key === null) return false
			const isOrdinary = (_none: unknown, turn: number): boolean =>
				keyText(space.ordinary(wish.other, turn)) === keyText(key)
			return !Array.from({ length: everydayTurns }, isOrdinary).includes(true)
		}
		case 'altered': {
			const [result, given] = [value(wish.expression), value(wish.given)]
			return !isError(result) && !isError(given) && result !== null && keyText(result) !== keyText(given)
		}
	}
}

function numberOf(value: Result): number {
	if (typeof value === 'bigint' || typeof value === 'number') return Number(value)
	if (typeof value !== 'object' || value === null || isError(value) || value.kind !== 'decimal') return Number.NaN
	return Number(formatDecimal(value))
}

export function evaluateOver(
	expression: Expression,
	assignment: ReadonlyMap<string, Value>,
	space: SearchSpace,
): Result {
	return evaluate(expression, { ...space.scope, column: (name) => assignment.get(name) ?? null })
}
