import type { DataType } from '#model/types.ts'
import { scalarKinds, typeName } from '#model/types.ts'
import type { Operation } from '../catalogue.ts'
import { fn } from '../python.ts'
import { arithmeticOperations, mixedTypes } from './arithmetic.ts'
import { bitOperations } from './bits.ts'
import { comparisonOperations } from './comparison.ts'
import { dateOperations } from './dates.ts'
import { divisionOperations } from './division.ts'
import { mathematicalOperations } from './mathematics.ts'
import { roundingOperations } from './rounding.ts'
import { runFactOperations } from './run-facts.ts'
import { searchOperations } from './search.ts'
import { lengthOf, textLike, textOperations } from './text.ts'

function replaced(value: DataType, instead: DataType) {
	if (value.kind !== 'string' || instead.kind !== 'string')
		return typeName(value) === typeName(instead) ? value : mixedTypes(value, instead)
	const [first, second] = [lengthOf(value), lengthOf(instead)]
	return textLike([value, instead], first === undefined || second === undefined ? undefined : Math.max(first, second))
}

/** Operations of this language. */
export const ssisOperations: readonly Operation[] = [
	...arithmeticOperations,
	...divisionOperations,
	...comparisonOperations,
	...bitOperations,
	...mathematicalOperations,
	...roundingOperations,
	...textOperations,
	...searchOperations,
	...dateOperations,
	...runFactOperations,
	{
		id: 'ssis.replacenull',
		parameters: [
			{ name: 'value', kinds: scalarKinds },
			{ name: 'instead', kinds: scalarKinds },
		],
		result: ([value, instead]) => replaced(value, instead),
		nulls: 'custom',
		canFail: false,
		evaluate: ([value, instead]) => value ?? instead,
		pyspark: ([value, instead]) => fn('coalesce', value, instead),
		source: 'Microsoft: REPLACENULL (SSIS Expression)',
	},
]
