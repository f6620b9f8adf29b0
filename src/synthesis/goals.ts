/** What has to hold of source rows for a branch to be taken. */
import type { Expression } from '#model/expressions.ts'
import { children, columnsRead } from '#model/expressions.ts'
import type {
	DataFlow,
	FailurePolicy,
	KeyPair,
	Operator,
	OperatorOf,
	PortRef,
	RouteOperator,
} from '#model/operators.ts'
import { similarKeys } from '#model/similarity.ts'
import { termKeys } from '#model/terms.ts'
import { boolean, findColumn } from '#model/types.ts'
import { changeGoals, dimensionGoals, maintenanceGoals } from './change-goals.ts'
import type { Composer } from './compose.ts'
import { pivotGoals, unpivotGoals } from './reshaping-goals.ts'

/** One thing that an assignment of source columns has to meet; rows may also go without an optional one. */
export type Wish = OneWish & { readonly optional?: true }

type OneWish =
	| {
			readonly kind: 'outcome'
			readonly expression: Expression
			readonly wanted: readonly ('true' | 'false' | 'null' | 'error')[]
	  }
	| { readonly kind: 'too-long'; readonly expression: Expression; readonly length: number }
	| { readonly kind: 'equal'; readonly left: Expression; readonly right: Expression }
	| { readonly kind: 'unequal'; readonly left: Expression; readonly right: Expression }
	/** A key that no everyday row of the other side has. */
	| { readonly kind: 'lonely'; readonly key: Expression; readonly other: string }
	/** Two numbers that are not equal, and differ by less than a tenth. */
	| { readonly kind: 'close'; readonly left: Expression; readonly right: Expression }
	/** It makes something else of what it is given. */
	| { readonly kind: 'altered'; readonly expression: Expression; readonly given: Expression }

export const isOfTwo = (wish: Wish): wish is Extract<Wish, { left: Expression }> => 'left' in wish

export interface Goal {
	readonly operator: string
	readonly what: string
	readonly wishes: readonly Wish[]
	/** It takes the rows twice, where no earlier row is their partner. */
	readonly severally?: true
	/** The row goes no further with those that stay. */
	readonly leaves?: boolean
}

const notTrue = ['false', 'null'] as const

type Outcomes = readonly ('true' | 'false' | 'null' | 'error')[]
type Compose = (expression: Expression) => Expression | undefined

/** What a row must meet to get to the operator. */
export function wishesBefore(operator: Operator, composer: Composer, paths = new Map<string, readonly Wish[]>()) {
	return pathTo(composer.feeding(operator.id, inputPorts(operator, composer.branch)[0] ?? 'in'), composer, paths)
}

/** Every branch of the flow that hangs on expressions; branches that hang on several rows are left to chance. */
export function findGoals(flow: DataFlow, composer: Composer): readonly Goal[] {
	const paths = new Map<string, readonly Wish[]>()
	return flow.operators.flatMap((operator) => {
		const path = wishesBefore(operator, composer, paths)
		return ownGoals(operator, composer).map((goal) => ({ ...goal, wishes: [...path, ...goal.wishes] }))
	})
}

/** What a row must meet to get to each target. */
export function findPaths(flow: DataFlow, composer: Composer): readonly (readonly Wish[])[] {
	const paths = new Map<string, readonly Wish[]>()
	return flow.operators
		.filter(({ kind }) => kind === 'write')
		.map(({ id }) => pathTo(composer.feeding(id, 'in'), composer, paths))
}

/** For each target behind the operator: what a row would have to meet to get there. It may also go without. */
export function wishesBehind(operator: Operator, flow: DataFlow, composer: Composer): readonly (readonly Wish[])[] {
	const behind = new Set([operator.id])
	// A set grows while it is walked.
	for (const id of behind) {
		for (const { from, to } of flow.links) if (from.operator === id) behind.add(to.operator)
	}
	const targets = flow.operators.filter(({ id, kind }) => kind === 'write' && behind.has(id))
	return targets.map(({ id }) =>
		pathTo(composer.feeding(id, 'in'), composer, new Map()).map((wish): Wish => ({ ...wish, optional: true })),
	)
}

function ownGoals(operator: Operator, composer: Composer): readonly Goal[] {
	const outcome = (composed: Expression | undefined, ...wanted: Outcomes): readonly Wish[] =>
		composed === undefined ? [] : [{ kind: 'outcome', expression: composed, wanted }]
	const atInput: Compose = (expression) => composer.at(operator.id, 'in', expression)
	const wish = (expression: Expression, ...wanted: Outcomes) => outcome(atInput(expression), ...wanted)
	const insideOf =
		(number: number): Compose =>
		(expression) =>
			composer.inside(operator, number, expression)
	const goal = (what: string, wishes: readonly Wish[]): Goal => ({ operator: operator.id, what, wishes })
	const bothWays = (name: string, condition: Expression): readonly Goal[] =>
		(['true', 'false', 'null'] as const).map((outcome) => goal(`${name} ${outcome}`, wish(condition, outcome)))
	const decisions = (owner: string, expression: Expression, compose = atInput): readonly Goal[] =>
		findDecisions(expression).flatMap(({ number, conditions, decision }) => {
			const before = conditions.flatMap(({ condition, holds }) =>
				outcome(compose(condition), ...(holds ? (['true'] as const) : notTrue)),
			)
			const outcomes = [
				['then', 'true'],
				['else', 'false'],
				['null', 'null'],
			] as const
			return outcomes.map(([name, wanted]) =>
				goal(`${owner}: if ${number} ${name}`, [...before, ...outcome(compose(decision), wanted)]),
			)
		})
	const matches = (wishes: readonly Wish[]): readonly Goal[] => [
		...['matched', 'matched once'].map((what) => goal(what, wishes)),
		{ ...goal('matched several times', wishes), severally: true },
	]
	switch (operator.kind) {
		case 'project':
			return operator.columns.flatMap((column, index) => {
				const { expression } = column.value
				const composed = composer.inside(operator, index, expression)
				const { type } = column
				const tooLong: readonly Wish[] =
					composed === undefined || type.kind !== 'string' || type.length === undefined
						? []
						: [{ kind: 'too-long', expression: composed, length: type.length }]
				const rejected = (policy: FailurePolicy, wishes: readonly Wish[]): Goal => ({
					...goal(`${column.name} rejected`, wishes),
					leaves: policy.kind === 'drop' || policy.kind === 'redirect',
				})
				return [
					...decisions(column.name, expression, insideOf(index)),
					rejected(column.onError, outcome(composed, 'error')),
					rejected(column.onTruncation, tooLong),
					...(column.onNull.kind === 'allow' ? [] : [rejected(column.onNull, outcome(composed, 'null'))]),
				].filter(({ wishes }) => wishes.length > 0)
			})
		case 'filter':
			return [
				...bothWays('condition', operator.condition.expression),
				...decisions('condition', operator.condition.expression),
			]
		case 'route':
			return [
				...operator.routes.flatMap(({ port, condition }, index) => {
					if (condition === undefined) return []
					const before = operator.mode === 'first' ? earlierFalse(operator, index, composer) : []
					return [...bothWays(port, condition.expression), ...decisions(port, condition.expression)].map((one) => ({
						...one,
						wishes: [...before, ...one.wishes],
					}))
				}),
				...operator.otherwise.map(({ port, after }) =>
					goal(`otherwise ${port}`, earlierFalse(operator, after, composer)),
				),
			]
		case 'lookup':
			return [
				...matches(keyWishes(operator, operator.keys, ['in', 'reference'], composer)),
				...(operator.condition === undefined ? [] : bothWays('condition', operator.condition.expression)),
			]
		case 'join':
			return matches(keyWishes(operator, operator.keys, ['left', 'right'], composer))
		case 'pivot':
			return pivotGoals(operator, composer)
		case 'change-capture':
		case 'change-apply':
			return changeGoals(operator, composer)
		case 'slowly-changing':
			return dimensionGoals(operator, composer)
		case 'maintain-dimension':
			return maintenanceGoals(operator, composer)
		case 'unpivot':
			return unpivotGoals(operator, composer)
		case 'stateful':
			return operator.variables.flatMap(({ name, value }, index) => decisions(name, value.expression, insideOf(index)))
		default:
			return textGoals(operator, composer)
	}
}

/** Texts that are equal are alike, and have each other's terms. */
function textGoals(operator: Operator, composer: Composer): readonly Goal[] {
	if (operator.kind !== 'similar-lookup' && operator.kind !== 'term-lookup') return []
	const keys = operator.kind === 'similar-lookup' ? similarKeys(operator) : termKeys(operator)
	const what = operator.kind === 'similar-lookup' ? 'matched' : 'a term is found'
	return [{ operator: operator.id, what, wishes: keyWishes(operator, keys, ['in', 'reference'], composer) }]
}

/** The routes before that one do not take the row. */
function earlierFalse(operator: RouteOperator, before: number, composer: Composer): readonly Wish[] {
	const wanted = operator.onNull.kind === 'false' ? notTrue : (['false'] as const)
	return operator.routes.slice(0, before).flatMap(({ condition }): readonly Wish[] => {
		const composed = condition && composer.at(operator.id, 'in', condition.expression)
		return composed === undefined ? [] : [{ kind: 'outcome', expression: composed, wanted }]
	})
}

interface Decision {
	readonly number: number
	readonly decision: Expression
	/** Conditions of the `if`s around it, and which way they have to go. */
	readonly conditions: readonly { readonly condition: Expression; readonly holds: boolean }[]
}

/** Every `if` of an expression, numbered in the order in which coverage numbers them (parents first). */
function findDecisions(expression: Expression): readonly Decision[] {
	const found: Decision[] = []
	const walk = (part: Expression, conditions: Decision['conditions']): void => {
		switch (part.kind) {
			case 'if':
				found.push({ number: found.length + 1, decision: part.condition, conditions })
				walk(part.condition, conditions)
				walk(part.then, [...conditions, { condition: part.condition, holds: true }])
				walk(part.otherwise, [...conditions, { condition: part.condition, holds: false }])
				break
			case 'call':
				for (const argument of part.args) walk(argument, conditions)
				break
			case 'cast':
				walk(part.operand, conditions)
				break
			case 'loop':
				for (const child of children(part)) walk(child, conditions)
				break
			case 'bound':
			case 'column':
			case 'literal':
			case 'parameter':
			case 'variable':
			case 'opaque':
				break
		}
	}
	walk(expression, [])
	return found
}

/** What a row must meet to leave by that port. */
function pathTo(from: PortRef | undefined, composer: Composer, known: Map<string, readonly Wish[]>): readonly Wish[] {
	if (from === undefined) return []
	const id = `${from.operator}\n${from.port}`
	const before = known.get(id)
	if (before !== undefined) return before
	const operator = composer.operators.get(from.operator)
	const through = (port: string): readonly Wish[] => pathTo(composer.feeding(from.operator, port), composer, known)
	const wishes = operator === undefined ? [] : pathThrough(operator, from.port, composer, through)
	known.set(id, wishes)
	return wishes
}

/**
 * Rows that find no partner may go on all the same; then nothing of the partner is asked for certain. Behind several lookups in
 * one table it could not be: each wants another row of it.
 */
function pathThrough(
	operator: Operator,
	port: string,
	composer: Composer,
	through: (port: string) => readonly Wish[],
): readonly Wish[] {
	const own = ownPath(operator, port, composer)
	const ports = inputPorts(operator, composer.branch)
	if (!goesOnAlone(operator, port)) return [...own, ...ports.flatMap(through)]
	const [first, ...others] = ports.map(through)
	const partner = [...own, ...others.flat()].map((wish): Wish => ({ ...wish, optional: true }))
	return [...partner, ...(first ?? [])]
}

function goesOnAlone(operator: Operator, port: string): boolean {
	if (operator.kind === 'lookup') return port !== 'reject' && operator.onMiss === 'continue'
	return operator.kind === 'join' && operator.how === 'left'
}

function inputPorts(operator: Operator, branch = 0): readonly string[] {
	if (operator.kind === 'join') return ['left', 'right']
	if (operator.kind === 'lookup' || operator.kind === 'similar-lookup') return ['in', 'reference']
	if (operator.kind === 'change-capture') return ['after']
	if (operator.kind === 'change-apply') return ['changes']
	return [operator.kind === 'union' ? `in${branch % operator.inputs}` : 'in']
}

function ownPath(operator: Operator, port: string, composer: Composer): readonly Wish[] {
	const outcome = (expression: Expression, wanted: readonly ('true' | 'false' | 'null')[]): readonly Wish[] => {
		const composed = composer.at(operator.id, 'in', expression)
		return composed === undefined ? [] : [{ kind: 'outcome', expression: composed, wanted }]
	}
	switch (operator.kind) {
		case 'filter':
			return outcome(operator.condition.expression, port === 'reject' ? notTrue : ['true'])
		case 'route': {
			const index = operator.routes.findIndex((one) => one.port === port)
			const rest = operator.otherwise.find((one) => one.port === port)
			if (rest !== undefined) return earlierFalse(operator, rest.after, composer)
			const { condition } = operator.routes[index] ?? {}
			if (condition === undefined) return []
			const before = operator.mode === 'first' ? earlierFalse(operator, index, composer) : []
			return [...before, ...outcome(condition.expression, ['true'])]
		}
		case 'join':
			return keyWishes(operator, operator.keys, ['left', 'right'], composer)
		case 'lookup':
			if (port !== 'reject') return keyWishes(operator, operator.keys, ['in', 'reference'], composer)
			return [
				...(operator.condition === undefined || operator.onConditionNotMet === 'reject'
					? []
					: outcome(operator.condition.expression, ['true'])),
				...lonelyKey(operator, composer),
			]
		default:
			return []
	}
}

/** Of one key at least, no row that most rows find has the value. */
function lonelyKey(operator: OperatorOf<'lookup'>, composer: Composer): readonly Wish[] {
	const wishes = keyWishes(operator, operator.keys, ['in', 'reference'], composer)
	const found = wishes.flatMap((wish): readonly Wish[] => {
		const [other, ...more] = wish.kind === 'equal' ? columnsRead(wish.right) : []
		if (wish.kind !== 'equal' || other === undefined || more.length > 0) return []
		return [{ kind: 'lonely', key: wish.left, other }]
	})
	return found.slice(0, 1)
}

/** Rows of both sides have the same keys. */
export function keyWishes(
	operator: Operator,
	keys: readonly KeyPair[],
	[left, right]: readonly [string, string],
	composer: Composer,
): readonly Wish[] {
	return keys.flatMap((key): readonly Wish[] => {
		const a = composer.at(operator.id, left, {
			kind: 'column',
			name: key.left,
			type: typeAt(composer, operator, left, key.left),
		})
		const b = composer.at(operator.id, right, {
			kind: 'column',
			name: key.right,
			type: typeAt(composer, operator, right, key.right),
		})
		return a === undefined || b === undefined ? [] : [{ kind: 'equal', left: a, right: b }]
	})
}

/** The type matters only where the column comes straight from a source, whose schema knows it. */
function typeAt(composer: Composer, operator: Operator, port: string, name: string) {
	const from = composer.feeding(operator.id, port)
	const feeder = from && composer.operators.get(from.operator)
	return (feeder?.kind === 'read' ? findColumn(feeder.schema, name)?.type : undefined) ?? boolean
}
