/** Rewrites expressions anywhere in a flow into expressions over the columns of its sources. */
import { feederOf } from '#analysis/feeder.ts'
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import type { DataFlow, Operator, OperatorOf, PortRef } from '#model/operators.ts'
import type { DataType } from '#model/types.ts'

/** A column of a source, as composed expressions name it. */
export const sourceColumn = (read: string, column: string): string => `${read}\n${column}`

export function splitSourceColumn(name: string): readonly [read: string, column: string] {
	const at = name.indexOf('\n')
	return [name.slice(0, at), name.slice(at + 1)]
}

export interface Composer {
	/** The expression, as it stands at an input port; undefined where a column depends on more than one row of a source. */
	at(operator: string, port: string, expression: Expression): Expression | undefined
	/** An expression of the column or variable of that number, which may read those that the operator computes before it. */
	inside(operator: Operator, number: number, expression: Expression): Expression | undefined
	/** The operator and port that feed an input port. */
	feeding(operator: string, port: string): PortRef | undefined
	readonly operators: ReadonlyMap<string, Operator>
	/** Which input of a union it follows. */
	readonly branch: number
}

type Locals = ReadonlyMap<string, Expression | undefined>

/** What the variables of operators hold when a row arrives, by operator and variable. */
export type Remembered = ReadonlyMap<string, ReadonlyMap<string, Expression>>

/**
 * @param branch which input of a union expressions are followed through; where a union has fewer, it begins again
 * @param remembered values of variables before the row; without one a variable holds what it begins with
 */
export function makeComposer(flow: DataFlow, branch = 0, remembered: Remembered = new Map()): Composer {
	const operators = new Map(flow.operators.map((operator) => [operator.id, operator]))
	const entering = new Map(flow.links.map((link) => [`${link.to.operator}\n${link.to.port}`, link]))
	const known = new Map<string, Expression | undefined>()
	/** For each operator, what is there before each of its steps. */
	const locals = new Map<string, Locals[]>()
	const feeding = (operator: string, port: string): PortRef | undefined => entering.get(`${operator}\n${port}`)?.from

	const columnFrom = (from: PortRef | undefined, name: string, type: DataType): Expression | undefined => {
		if (from === undefined) return undefined
		const id = `${from.operator}\n${from.port}\n${name}`
		if (!known.has(id)) known.set(id, composeColumn(from, name, type))
		return known.get(id)
	}
	const incoming = (operator: Operator, port: string, name: string, type: DataType): Expression | undefined =>
		columnFrom(feeding(operator.id, port), name, type)
	const substituteIn = (operator: Operator, expression: Expression, local: Locals) =>
		substitute(expression, (name, type) => (local.has(name) ? local.get(name) : incoming(operator, 'in', name, type)))

	function composeColumn(from: PortRef, name: string, type: DataType): Expression | undefined {
		const operator = operators.get(from.operator)
		if (operator === undefined) return undefined
		switch (operator.kind) {
			case 'read':
				return { kind: 'column', name: sourceColumn(operator.id, name), type }
			case 'project':
				return from.port === 'reject' ? incoming(operator, 'in', name, type) : derived(operator, name, type)
			case 'stateful':
				return variable(operator, name, type)
			case 'aggregate':
				return ofGroup(operator, name, type)
			default: {
				const feeder = feederOf(operator, from.port, name, branch)
				return feeder && incoming(operator, feeder.port, feeder.column, type)
			}
		}
	}

	function derived(operator: OperatorOf<'project'>, name: string, type: DataType): Expression | undefined {
		const index = operator.columns.findIndex((column) => column.name === name)
		const column = operator.columns[index]
		if (column === undefined) return incoming(operator, 'in', name, type)
		return inside(operator, index, column.value.expression)
	}

	/** The value on the first row, when every variable still held its initial one. */
	function variable(operator: OperatorOf<'stateful'>, name: string, type: DataType): Expression | undefined {
		const all = localsOf(operator, operator.variables.length)
		return all.has(name) ? all.get(name) : incoming(operator, 'in', name, type)
	}

	const inside = (operator: Operator, number: number, expression: Expression): Expression | undefined =>
		substituteIn(operator, expression, localsOf(operator, number))

	/** What an operator has computed, and remembers of no row, when it comes to the column or variable of that number. */
	function localsOf(operator: Operator, number: number): Locals {
		const steps = stepsOf(operator)
		const all = locals.get(operator.id) ?? [new Map([...initially(operator), ...(remembered.get(operator.id) ?? [])])]
		locals.set(operator.id, all)
		for (const [index, one] of steps.entries()) {
			const before = all[index]
			if (before === undefined || all[index + 1] !== undefined) continue
			all.push(new Map([...before, [one.name, substituteIn(operator, one.value.expression, before)]]))
		}
		return all[Math.min(number, steps.length)] ?? new Map()
	}

	/** The value of a group of one row. */
	function ofGroup(operator: OperatorOf<'aggregate'>, name: string, type: DataType): Expression | undefined {
		const key = operator.keys.find((one) => one.name === name)
		if (key !== undefined) return incoming(operator, 'in', key.column, type)
		const measure = operator.measures.find((one) => one.name === name)
		const isItself = ['sum', 'min', 'max', 'mean', 'first', 'last'].includes(measure?.function ?? '')
		if (measure?.column === undefined || !isItself) return undefined
		const value = incoming(operator, 'in', measure.column, type)
		return value?.type.kind === measure.type.kind ? value : undefined
	}

	return {
		operators,
		branch,
		feeding,
		inside,
		at: (operator, port, expression) =>
			substitute(expression, (name, type) => columnFrom(feeding(operator, port), name, type)),
	}
}

/** Computed one after the other, each with what is there before it. */
function stepsOf(operator: Operator): readonly { readonly name: string; readonly value: SourcedExpression }[] {
	if (operator.kind === 'stateful') return operator.variables
	return operator.kind === 'project' && operator.evaluation === 'in-turn' ? operator.columns : []
}

const initially = (operator: Operator): Locals =>
	new Map(operator.kind === 'stateful' ? operator.variables.map(({ name, initial }) => [name, initial]) : [])

/** Replaces every column; undefined when one has no replacement, or the result would grow beyond reason. */
function substitute(
	expression: Expression,
	replace: (name: string, type: DataType) => Expression | undefined,
): Expression | undefined {
	switch (expression.kind) {
		case 'column':
			return replace(expression.name, expression.type)
		case 'call': {
			const args = expression.args.map((argument) => substitute(argument, replace))
			return args.every((argument) => argument !== undefined) ? { ...expression, args } : undefined
		}
		case 'cast': {
			const operand = substitute(expression.operand, replace)
			return operand && { ...expression, operand }
		}
		case 'if': {
			const condition = substitute(expression.condition, replace)
			const onTrue = substitute(expression.then, replace)
			const otherwise = substitute(expression.otherwise, replace)
			if (condition === undefined || onTrue === undefined || otherwise === undefined) return undefined
			return { ...expression, condition, then: onTrue, otherwise }
		}
		case 'literal':
		case 'parameter':
		case 'variable':
		case 'bound':
		case 'opaque':
			return expression
		case 'loop': {
			const variables = expression.variables.flatMap((one) => {
				const initial = substitute(one.initial, replace)
				return initial === undefined ? [] : [{ ...one, initial }]
			})
			const turns = expression.turns && substitute(expression.turns, replace)
			if (variables.length < expression.variables.length) return undefined
			return turns === undefined && expression.turns !== undefined
				? undefined
				: { ...expression, variables, ...(turns === undefined ? {} : { turns }) }
		}
	}
}
