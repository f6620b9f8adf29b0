/** Declares and counts the branches of expressions: conditions both ways, every `if`. */
import type { Expression, IfExpression } from '#model/expressions.ts'
import { children } from '#model/expressions.ts'
import type { Operator } from '#model/operators.ts'
import type { Schema } from '#model/types.ts'
import { findColumn } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import type { FlowContext } from './context.ts'
import type { Outcome } from './not-null.ts'
import { outcomesOf, testedMissing, thereWhen } from './not-null.ts'

export type Decided = (decision: IfExpression, condition: Value) => void

/** Declares branches of an operator and gives the function that counts them. */
export function declareBranches(
	context: FlowContext,
	operator: Operator,
	whats: readonly string[],
): (what: string) => void {
	for (const what of whats) context.tracker.declare({ operator: operator.id, element: operator.element, what })
	return (what) => context.tracker.hit(operator.id, what)
}

/** `condition true`, `condition false`, and `condition null` where it can be. */
export function declareCondition(
	context: FlowContext,
	operator: Operator,
	condition: Expression,
	schema: Schema,
	name = 'condition',
): (outcome: Value) => void {
	const outcomes = possible(condition, nullableIn(schema))
	const hit = declareBranches(
		context,
		operator,
		outcomes.map((outcome) => `${name} ${outcome}`),
	)
	return (outcome) => hit(`${name} ${outcome === null ? 'null' : outcome === true}`)
}

/**
 * Declares every `if` of these expressions; the function returned is the `decided` of a scope.
 * `owner` names the column or condition that an expression computes.
 */
export function declareDecisions(
	context: FlowContext,
	operator: Operator,
	expressions: readonly { readonly owner: string; readonly expression: Expression }[],
	isNullable: (column: string) => boolean,
): Decided {
	const names = new Map<IfExpression, string>()
	for (const { owner, expression } of expressions) {
		let number = 0
		const declare = (part: Expression, nullable: (column: string) => boolean): void => {
			if (part.kind !== 'if') {
				for (const child of children(part)) declare(child, nullable)
				return
			}
			number += 1
			const name = `${owner}: if ${number}`
			names.set(part, name)
			declareBranches(
				context,
				operator,
				possible(part.condition, nullable).map((outcome) => `${name} ${waysOf[outcome]}`),
			)
			declare(part.condition, nullable)
			declare(part.then, without(thereWhen(true, part.condition), nullable))
			declare(part.otherwise, without(testedMissing(part.condition), nullable))
		}
		declare(expression, isNullable)
	}
	return (decision, condition) => {
		const name = names.get(decision)
		if (name !== undefined) context.tracker.hit(operator.id, `${name} ${outcomeOf(condition)}`)
	}
}

const outcomeOf = (condition: Value): string => (condition === null ? 'null' : condition === true ? 'then' : 'else')
const waysOf = { true: 'then', false: 'else', null: 'null' } as const

/** What a condition can come to; what it provably cannot is no branch. */
function possible(condition: Expression, isNullable: (column: string) => boolean): readonly Outcome[] {
	return [...outcomesOf(condition, isNullable)]
}

const without =
	(names: readonly string[], isNullable: (column: string) => boolean) =>
	(name: string): boolean =>
		!names.includes(name) && isNullable(name)

/** Can a column of that link be null? Names that the link lacks are derived beside it, and can. */
export function nullableIn(schema: Schema): (column: string) => boolean {
	return (name) => findColumn(schema, name)?.nullable ?? true
}
