import { boolean } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import type { Operation } from '../catalogue.ts'
import { binary, unary } from '../python.ts'

const operands = [
	{ name: 'left', kinds: ['boolean'] },
	{ name: 'right', kinds: ['boolean'] },
] as const

/** Three-valued logic: false wins over null in `and`, true wins over null in `or`. */
function decide(args: readonly Value[], winner: boolean): boolean | null {
	if (args.some((value) => value === winner)) return winner
	return args.some((value) => value === null) ? null : !winner
}

export const logicOperations: readonly Operation[] = [
	{
		id: 'shared.and',
		parameters: operands,
		result: () => boolean,
		nulls: 'custom',
		canFail: false,
		evaluate: (args) => decide(args, false),
		pyspark: ([left, right]) => binary('&', left, right),
		source: 'Microsoft: && (Logical AND) (SSIS Expression); IBM: Null handling in Transformer stages',
	},
	{
		id: 'shared.or',
		parameters: operands,
		result: () => boolean,
		nulls: 'custom',
		canFail: false,
		evaluate: (args) => decide(args, true),
		pyspark: ([left, right]) => binary('|', left, right),
		source: 'Microsoft: || (Logical OR) (SSIS Expression); IBM: Null handling in Transformer stages',
	},
	{
		id: 'shared.not',
		parameters: [{ name: 'operand', kinds: ['boolean'] }],
		result: () => boolean,
		nulls: 'propagate',
		canFail: false,
		evaluate: ([operand]) => operand !== true,
		pyspark: ([operand]) => unary('~', operand),
		source: 'Microsoft: ! (Logical Not) (SSIS Expression)',
	},
]
