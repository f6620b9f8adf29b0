import type { DataFlow, Operator } from '#model/operators.ts'
import { changeOf, isInside } from '#model/places.ts'

/** Does the result of the flow hang on the order in which its rows arrive? Then shuffled inputs may give other rows. */
export function needsOrder(flow: DataFlow): boolean {
	return flow.operators.some(operatorNeedsOrder)
}

function operatorNeedsOrder(operator: Operator): boolean {
	switch (operator.kind) {
		case 'stateful':
		case 'look-ahead':
		case 'replay':
		case 'number':
		case 'sample':
		case 'gather':
		case 'generate':
		case 'change-capture':
		case 'change-apply':
		case 'slowly-changing':
		case 'maintain-dimension':
		case 'similar-lookup':
		case 'similar-group':
		case 'distinct':
		case 'command':
			return true
		case 'script':
			return operator.remembers
		case 'sort':
			return operator.unique || operator.keyChange !== undefined
		case 'pivot':
			return operator.grouping === 'runs' || operator.columns.some(({ take }) => take.kind !== 'value')
		case 'lookup':
			return operator.match !== 'all'
		case 'aggregate':
			return (
				operator.keys.some(({ collation }) => collation !== 'binary') ||
				operator.measures.some(({ function: name }) => name === 'first' || name === 'last')
			)
		case 'write':
			return changeOf(operator.target) !== undefined || isInside(operator.target)
		default:
			return false
	}
}
