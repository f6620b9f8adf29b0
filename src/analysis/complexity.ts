/** How much there is to review in a job: a plain sum with published weights, so that two people get the same number. */
import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'
import type { Operator, OperatorKind } from '#model/operators.ts'
import { operatorExpressions } from './operator-expressions.ts'

/** Points for each operator: what it takes to understand it beside its expressions. */
const weights = {
	read: 1,
	write: 1,
	project: 1,
	filter: 1,
	route: 2,
	join: 3,
	lookup: 3,
	union: 1,
	aggregate: 2,
	sort: 1,
	distinct: 2,
	number: 2,
	stateful: 6,
	repeat: 3,
	'look-ahead': 2,
	replay: 6,
	sample: 1,
	pivot: 3,
	unpivot: 2,
	gather: 2,
	spread: 2,
	generate: 2,
	'change-capture': 4,
	checksum: 2,
	'change-apply': 4,
	'slowly-changing': 4,
	'maintain-dimension': 6,
	'similar-lookup': 6,
	'similar-group': 6,
	'term-lookup': 6,
	'term-extraction': 6,
	observe: 0,
	command: 4,
	script: 5,
	opaque: 10,
} as const satisfies Record<OperatorKind, number>

export interface Complexity {
	readonly score: number
	readonly grade: 'simple' | 'medium' | 'complex'
	readonly operators: number
	/** Operations and conditions in all expressions. */
	readonly operations: number
	readonly tasks: number
}

/** Score = weights of the operators + a quarter point for each operation or condition + two for each task beyond the first. */
export function complexity(job: Job): Complexity {
	const operators = job.flows.flatMap((flow) => flow.operators)
	const operations = operators
		.flatMap(operatorExpressions)
		.reduce((sum, expression) => sum + operationsIn(expression), 0)
	const tasks =
		job.accounting.length -
		operators.filter((operator, position) => firstOf(operators, operator.element) === position).length
	const score = Math.round(
		operators.reduce((sum, operator) => sum + weights[operator.kind], 0) + operations / 4 + 2 * Math.max(0, tasks - 1),
	)
	return {
		score,
		grade: score < 20 ? 'simple' : score < 60 ? 'medium' : 'complex',
		operators: operators.length,
		operations,
		tasks,
	}
}

function firstOf(operators: readonly Operator[], element: string): number {
	return operators.findIndex((operator) => operator.element === element)
}

function operationsIn(expression: Expression): number {
	let count = 0
	visit(expression, (part) => {
		if (part.kind === 'call' || part.kind === 'if' || part.kind === 'opaque') count++
	})
	return count
}
