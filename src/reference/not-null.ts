/** Which columns of a flow hold no null for sure, whatever its rows: what their links declare, and what steps before have seen to. */
import { operation } from '#languages/registry.ts'
import { columnBehind } from '#model/dimension.ts'
import type { Expression, IfExpression } from '#model/expressions.ts'
import type { DataFlow, Link, Operator, OperatorOf, PortRef } from '#model/operators.ts'
import { mayBeNull } from './nullability.ts'

type Names = ReadonlySet<string>

const known = new WeakMap<DataFlow, ReadonlyMap<string, Names>>()

/** Columns without nulls that leave by a port; links may declare more. */
export function leavingWithoutNulls(flow: DataFlow, from: PortRef): Names {
	const found = known.get(flow) ?? columnsByPort(flow)
	known.set(flow, found)
	return found.get(portId(from)) ?? new Set()
}

const portId = ({ operator, port }: PortRef): string => `${operator}\n${port}`

function columnsByPort(flow: DataFlow): ReadonlyMap<string, Names> {
	const found = new Map<string, Names>()
	const entering = (operator: Operator, port: string): Names => {
		const link = flow.links.find(({ to }) => to.operator === operator.id && to.port === port)
		return link === undefined ? new Set() : new Set([...(found.get(portId(link.from)) ?? []), ...declared(link)])
	}
	for (const operator of flow.operators) {
		const input = (port: string): Names => entering(operator, port)
		const ports = new Set(flow.links.filter(({ from }) => from.operator === operator.id).map(({ from }) => from.port))
		for (const port of ports) found.set(portId({ operator: operator.id, port }), leaving(operator, port, input))
	}
	return found
}

const declared = (link: Link): readonly string[] =>
	link.schema.columns.filter(({ nullable }) => !nullable).map(({ name }) => name)

function leaving(operator: Operator, port: string, input: (port: string) => Names): Names {
	switch (operator.kind) {
		case 'read':
			return read(operator)
		case 'project':
			return port === 'reject' ? input('in') : projected(operator, input('in'))
		case 'filter':
			return port === 'out' ? new Set([...input('in'), ...thereWhen(true, operator.condition.expression)]) : input('in')
		case 'route': {
			const taken = operator.routes.find((one) => one.port === port)?.condition
			return new Set([...input('in'), ...(taken === undefined ? [] : thereWhen(true, taken.expression))])
		}
		case 'sort':
		case 'distinct':
		case 'observe':
		case 'sample':
			return input('in')
		case 'aggregate':
			return new Set(operator.keys.filter(({ column }) => input('in').has(column)).map(({ name }) => name))
		case 'union':
			return new Set(
				operator.columns
					.filter(({ from }) => from.every((name, index) => name !== null && input(`in${index}`).has(name)))
					.map(({ column }) => column.name),
			)
		case 'join': {
			const keeps = {
				left: operator.how === 'inner' || operator.how === 'left',
				right: operator.how === 'inner' || operator.how === 'right',
			}
			return new Set(
				operator.columns.filter(({ side, column }) => keeps[side] && input(side).has(column)).map(({ name }) => name),
			)
		}
		case 'lookup':
			return port === 'reject' ? input('in') : lookedUp(operator, input)
		case 'slowly-changing': {
			const { take, found, changes } = operator
			const replaced = new Set(take.map(({ name }) => name))
			const taken = take.filter(({ side, column }) => side === 'left' && input('in').has(column))
			const made = [found, ...changes.map(({ name }) => name), ...taken.map(({ name }) => name)]
			return new Set([...[...input('in')].filter((name) => !replaced.has(name)), ...made])
		}
		case 'maintain-dimension':
			return maintained(operator, port, input)
		case 'number':
			return new Set([...input('in'), operator.column.name])
		case 'stateful': {
			const own = operator.variables.map(({ name }) => name)
			const passing = [...input('in')].filter((name) => !own.includes(name))
			return new Set([...passing, ...variablesThere(operator, (name) => input('in').has(name))])
		}
		default:
			return new Set()
	}
}

/** Fields of a text file are texts, which may be empty; only where records are filled up can one be null, but for the first. */
function read({ schema, source }: OperatorOf<'read'>): Names {
	if (source.kind !== 'text-file') return new Set()
	const columns = source.fieldCount === 'fit' ? schema.columns.slice(0, 1) : schema.columns
	return new Set(columns.map(({ name }) => name))
}

function projected(operator: OperatorOf<'project'>, input: Names): Names {
	const own = new Map(operator.columns.map((column) => [column.name, column]))
	const passing = operator.passThrough === 'none' ? [] : [...input].filter((name) => !operator.drop.includes(name))
	const derived = columnsThere(operator, (name) => input.has(name))
	return new Set([...passing.filter((name) => !own.has(name)), ...derived])
}

/** Columns that a projection makes and that hold no null. */
export function columnsThere(
	{ columns, evaluation }: OperatorOf<'project'>,
	isColumnThere: (name: string) => boolean,
): Names {
	const made = new Map<string, boolean>()
	for (const { name, onNull, onError, value } of columns) {
		const own = evaluation === 'in-turn' ? made : new Map<string, boolean>()
		const isInputThere = (column: string): boolean => own.get(column) ?? isColumnThere(column)
		const isRefused = onNull.kind !== 'allow' && onNull.kind !== 'null'
		made.set(name, isRefused || (onError.kind !== 'null' && isThere(value.expression, isInputThere)))
	}
	return new Set([...made].filter(([, there]) => there).map(([name]) => name))
}

function lookedUp(operator: OperatorOf<'lookup'>, input: (port: string) => Names): Names {
	const found =
		operator.onMiss !== 'continue' && (operator.condition === undefined || operator.onConditionNotMet !== 'continue')
	const taken = operator.take.filter(({ side, column }) =>
		side === 'left' ? input('in').has(column) : found && input('reference').has(column),
	)
	const replaced = new Set(operator.take.map(({ name }) => name))
	return new Set([...[...input('in')].filter((name) => !replaced.has(name)), ...taken.map(({ name }) => name)])
}

/** What the dimension holds is there where every row begins, ends and goes on with a value. */
function maintained(operator: OperatorOf<'maintain-dimension'>, port: string, input: (port: string) => Names): Names {
	const there = new Set(
		operator.columns
			.filter(({ name, value, ended }) => {
				const sources = [columnBehind(value), ...(ended === undefined ? [] : [ended])]
				return input('dimension').has(name) && sources.every((source) => input('in').has(source))
			})
			.map(({ name }) => name),
	)
	if (port === 'changes') return there
	const taken = operator.take.filter(({ column }) => there.has(column)).map(({ name }) => name)
	return new Set([...input('in'), ...taken, ...(operator.begun === undefined ? [] : [operator.begun])])
}

/** Variables that begin with a value, and that no row leaves null. */
export function variablesThere({ variables }: OperatorOf<'stateful'>, isColumnThere: (name: string) => boolean): Names {
	const own = new Set(variables.map(({ name }) => name))
	let there = new Set(variables.filter(({ initial }) => !mayBeNull(initial, () => true)).map(({ name }) => name))
	for (;;) {
		const before = there
		const isNullable = (name: string): boolean => (own.has(name) ? !before.has(name) : !isColumnThere(name))
		const kept = variables.filter(({ name, value }) => before.has(name) && !mayBeNull(value.expression, isNullable))
		if (kept.length === before.size) return before
		there = new Set(kept.map(({ name }) => name))
	}
}

/** Is the value of the expression, where it has one, never null? */
export function isThere(expression: Expression, isColumnThere: (name: string) => boolean): boolean {
	switch (expression.kind) {
		case 'literal':
			return expression.value !== null
		case 'column':
			return isColumnThere(expression.name)
		case 'parameter':
			return true
		case 'if':
			return isChosenThere(expression, isColumnThere)
		case 'cast':
			return isThere(expression.operand, isColumnThere)
		case 'call': {
			const { nulls, givesNull } = operation(expression.operation)
			return nulls === 'propagate' && givesNull !== true && expression.args.every((one) => isThere(one, isColumnThere))
		}
		default:
			return false
	}
}

function isChosenThere(
	{ condition, then, otherwise, onNull }: IfExpression,
	isColumnThere: (name: string) => boolean,
): boolean {
	const holds = thereWhen(true, condition)
	const fails = testedMissing(condition)
	return (
		(onNull === 'otherwise' || !mayBeNull(condition, (name) => !isColumnThere(name))) &&
		isThere(then, (name) => holds.includes(name) || isColumnThere(name)) &&
		isThere(otherwise, (name) => fails.includes(name) || isColumnThere(name))
	)
}

/** Columns that are not null where the condition is that very value. */
export function thereWhen(value: boolean, condition: Expression): readonly string[] {
	if (condition.kind === 'column') return [condition.name]
	if (condition.kind !== 'call') return []
	const { operation: name, args } = condition
	switch (name) {
		case 'shared.and':
			return value ? args.flatMap((one) => thereWhen(true, one)) : []
		case 'shared.or':
			return value ? [] : args.flatMap((one) => thereWhen(false, one))
		case 'shared.not':
			return args.flatMap((one) => thereWhen(!value, one))
		case 'shared.is-null':
			return value ? [] : args.flatMap(neededBy)
		case 'shared.is-not-null':
			return value ? args.flatMap(neededBy) : []
		default:
			return neededBy(condition)
	}
}

/** Columns without which the expression is null. */
function neededBy(expression: Expression): readonly string[] {
	if (expression.kind === 'column') return [expression.name]
	if (expression.kind === 'cast') return neededBy(expression.operand)
	if (expression.kind !== 'call' || operation(expression.operation).nulls !== 'propagate') return []
	return expression.args.flatMap(neededBy)
}

/** Columns that are not null wherever the condition holds. */
function testedThere(condition: Expression): readonly string[] {
	if (condition.kind !== 'call') return []
	if (condition.operation === 'shared.and') return condition.args.flatMap(testedThere)
	const [operand] = condition.args
	if (condition.operation === 'shared.is-not-null' && operand?.kind === 'column') return [operand.name]
	return condition.operation === 'shared.not' && operand !== undefined ? testedMissing(operand) : []
}

/** Columns that are not null wherever the condition does not hold. */
export function testedMissing(condition: Expression): readonly string[] {
	if (condition.kind !== 'call') return []
	if (condition.operation === 'shared.or') return condition.args.flatMap(testedMissing)
	const [operand] = condition.args
	if (condition.operation === 'shared.is-null' && operand?.kind === 'column') return [operand.name]
	return condition.operation === 'shared.not' && operand !== undefined ? testedThere(operand) : []
}

export type Outcome = 'true' | 'false' | 'null'

/** What a condition can come to at most. */
export function outcomesOf(condition: Expression, isNullable: (name: string) => boolean): ReadonlySet<Outcome> {
	const any = new Set<Outcome>(mayBeNull(condition, isNullable) ? ['true', 'false', 'null'] : ['true', 'false'])
	if (condition.kind === 'literal' && typeof condition.value === 'boolean')
		return new Set<Outcome>([condition.value ? 'true' : 'false'])
	if (condition.kind === 'if') return chosen(condition, isNullable)
	if (condition.kind !== 'call') return any
	const [first] = condition.args
	if (first === undefined) return any
	const isFirstThere = isThere(first, (name) => !isNullable(name))
	switch (condition.operation) {
		case 'shared.is-null':
			return isFirstThere ? new Set<Outcome>(['false']) : any
		case 'shared.is-not-null':
			return isFirstThere ? new Set<Outcome>(['true']) : any
		case 'shared.not':
			return new Set([...outcomesOf(first, isNullable)].map((one): Outcome => opposites[one]))
		case 'shared.and':
			return joined(condition.args, 'false', testedThere(condition), isNullable)
		case 'shared.or':
			return joined(condition.args, 'true', testedMissing(condition), isNullable)
		default:
			return any
	}
}

/** What the branches come to that the condition of the `if` can lead to. */
function chosen(
	{ condition, then, otherwise, onNull }: IfExpression,
	isNullable: (name: string) => boolean,
): ReadonlySet<Outcome> {
	const decided = outcomesOf(condition, isNullable)
	const found = new Set<Outcome>(onNull === 'null' && decided.has('null') ? ['null'] : [])
	const add = (branch: Expression, there: readonly string[]): void => {
		for (const one of outcomesOf(branch, (name) => !there.includes(name) && isNullable(name))) found.add(one)
	}
	if (decided.has('true')) add(then, thereWhen(true, condition))
	if (decided.has('false') || (onNull === 'otherwise' && decided.has('null'))) add(otherwise, testedMissing(condition))
	return found
}

const opposites = { true: 'false', false: 'true', null: 'null' } as const

/**
 * `and` and `or` of three values: one operand with the ruling value is enough. Whatever else comes out, no operand rules, so
 * the columns that the operands test are there.
 */
function joined(
	operands: readonly Expression[],
	ruling: 'true' | 'false',
	tested: readonly string[],
	isNullable: (name: string) => boolean,
): ReadonlySet<Outcome> {
	const found = new Set<Outcome>()
	const unruled = operands.map((one) => outcomesOf(one, (name) => !tested.includes(name) && isNullable(name)))
	const isOpen = unruled.every((outcomes) => outcomes.has('null') || outcomes.has(opposites[ruling]))
	if (operands.some((one) => outcomesOf(one, isNullable).has(ruling))) found.add(ruling)
	if (unruled.every((outcomes) => outcomes.has(opposites[ruling]))) found.add(opposites[ruling])
	if (isOpen && unruled.some((outcomes) => outcomes.has('null'))) found.add('null')
	return found
}
