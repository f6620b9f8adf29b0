/** Whether a float is a number at all (Microsoft: Double.IsNaN, Double.IsInfinity). */
import { scriptTypes } from '#model/scripts.ts'
import { call, loose } from '../../python.ts'
import type { Member } from '../operation.ts'
import { fixed } from '../operation.ts'
import { asFloat } from '../runtime.ts'

const { boolean, double } = scriptTypes

export const numberQuestionMembers: readonly Member[] = [
	fixed('double', 'IsNaN', {
		id: 'Double.IsNaN',
		parameters: [double],
		result: boolean,
		evaluate: ([value]) => Number.isNaN(asFloat(value)),
		python: ([value]) => call('math.isnan', value),
	}),
	fixed('double', 'IsInfinity', {
		id: 'Double.IsInfinity',
		parameters: [double],
		result: boolean,
		evaluate: ([value]) => Math.abs(asFloat(value)) === Number.POSITIVE_INFINITY,
		python: ([value]) => call('math.isinf', value),
	}),
	fixed('double', 'IsPositiveInfinity', {
		id: 'Double.IsPositiveInfinity',
		parameters: [double],
		result: boolean,
		evaluate: ([value]) => asFloat(value) === Number.POSITIVE_INFINITY,
		python: ([value]) => loose(`${value.code} == math.inf`),
	}),
]
