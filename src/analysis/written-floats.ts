/** Columns of text files whose texts are floats that were written out. */
import type { Expression } from '#model/expressions.ts'
import type { DataFlow, PortRef, WriteOperator } from '#model/operators.ts'
import { feederOf } from './feeder.ts'

/**
 * Names of the columns of a text target that hold nothing but a float as text. Sums of floats depend on the order of addition
 * in their last digits, in a file as in a table. Texts that a float is only a part of are not among them.
 */
export function writtenFloats(flow: DataFlow, write: WriteOperator): ReadonlySet<string> {
	const operators = new Map(flow.operators.map((operator) => [operator.id, operator]))
	const entering = new Map(flow.links.map(({ to, from }) => [`${to.operator}\n${to.port}`, from]))

	/** Flows have no cycles, so this ends. */
	const isFloat = (operator: string, port: string, name: string): boolean => {
		const from = entering.get(`${operator}\n${port}`)
		return from !== undefined && leavesAsFloat(from, name)
	}
	const leavesAsFloat = (from: PortRef, name: string): boolean => {
		const operator = operators.get(from.operator)
		if (operator === undefined) return false
		if (operator.kind === 'project' && from.port !== 'reject') {
			const made = operator.columns.find((column) => column.name === name)
			if (made !== undefined) {
				return writesFloat(made.value.expression, (column) => isFloat(operator.id, 'in', column))
			}
		}
		if (operator.kind === 'aggregate') return false
		const branches = operator.kind === 'union' ? operator.inputs : 1
		return Array.from({ length: branches }).every((_none, branch) => {
			const feeder = feederOf(operator, from.port, name, branch)
			return feeder !== undefined && isFloat(operator.id, feeder.port, feeder.column)
		})
	}
	const names = write.schema.columns.map(({ name }) => name)
	return new Set(names.filter((name) => isFloat(write.id, 'in', name)))
}

/** Its value is a float as text, or a constant that stands for one that is missing. */
function writesFloat(expression: Expression, isFloat: (column: string) => boolean): boolean {
	switch (expression.kind) {
		case 'cast':
			if (expression.type.kind !== 'string') return false
			return expression.operand.type.kind === 'float' || writesFloat(expression.operand, isFloat)
		case 'if': {
			const outcomes = [expression.then, expression.otherwise].filter(({ kind }) => kind !== 'literal')
			return outcomes.length > 0 && outcomes.every((outcome) => writesFloat(outcome, isFloat))
		}
		case 'column':
			return isFloat(expression.name)
		default:
			return false
	}
}
