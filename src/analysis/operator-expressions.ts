import type { Expression } from '#model/expressions.ts'
import type { Operator } from '#model/operators.ts'

/** Every expression that an operator evaluates for a row, in source order. Paths and statements are not among them. */
export function operatorExpressions(operator: Operator): readonly Expression[] {
	switch (operator.kind) {
		case 'project':
			return operator.columns.map((column) => column.value.expression)
		case 'filter':
			return [operator.condition.expression]
		case 'route':
			return operator.routes.flatMap((route) => (route.condition === undefined ? [] : [route.condition.expression]))
		case 'lookup':
			return operator.condition === undefined ? [] : [operator.condition.expression]
		case 'stateful':
			return operator.variables.flatMap((variable) => [variable.initial, variable.value.expression])
		case 'repeat':
		case 'replay':
			return [operator.times.expression]
		case 'read':
		case 'write':
		case 'join':
		case 'union':
		case 'aggregate':
		case 'sort':
		case 'distinct':
		case 'number':
		case 'look-ahead':
		case 'sample':
		case 'pivot':
		case 'unpivot':
		case 'gather':
		case 'spread':
		case 'generate':
		case 'change-capture':
		case 'checksum':
		case 'change-apply':
		case 'slowly-changing':
		case 'maintain-dimension':
		case 'similar-lookup':
		case 'similar-group':
		case 'term-lookup':
		case 'term-extraction':
		case 'observe':
		case 'command':
		case 'script':
		case 'opaque':
			return []
	}
}
