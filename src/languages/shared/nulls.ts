import type { DataType } from '#model/types.ts'
import { boolean } from '#model/types.ts'
import type { Operation } from '../catalogue.ts'
import { method } from '../python.ts'

const anyKind: readonly DataType['kind'][] = [
	'string',
	'int',
	'decimal',
	'float',
	'boolean',
	'date',
	'time',
	'timestamp',
	'binary',
	'uuid',
]

export const nullOperations: readonly Operation[] = [
	{
		id: 'shared.is-null',
		parameters: [{ name: 'operand', kinds: anyKind }],
		result: () => boolean,
		nulls: 'custom',
		canFail: false,
		evaluate: ([operand]) => operand === null,
		pyspark: ([operand]) => method(operand, 'isNull'),
		source: 'Microsoft: ISNULL (SSIS Expression); IBM: Null handling functions, IsNull',
	},
	{
		id: 'shared.is-not-null',
		parameters: [{ name: 'operand', kinds: anyKind }],
		result: () => boolean,
		nulls: 'custom',
		canFail: false,
		evaluate: ([operand]) => operand !== null,
		pyspark: ([operand]) => method(operand, 'isNotNull'),
		source: 'IBM: Null handling functions, IsNotNull',
	},
]
