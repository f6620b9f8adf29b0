import { boolean, typeKinds } from '#model/types.ts'
import { failure } from '#model/values.ts'
import type { Operation } from '../catalogue.ts'
import { method } from '../python.ts'

export const nullOperations: readonly Operation[] = [
	{
		id: 'shared.is-null',
		parameters: [{ name: 'operand', kinds: typeKinds }],
		result: () => boolean,
		nulls: 'custom',
		canFail: false,
		evaluate: ([operand]) => operand === null,
		pyspark: ([operand]) => method(operand, 'isNull'),
		source: 'Microsoft: ISNULL (SSIS Expression); IBM: Null handling functions, IsNull',
	},
	{
		id: 'shared.is-not-null',
		parameters: [{ name: 'operand', kinds: typeKinds }],
		result: () => boolean,
		nulls: 'custom',
		canFail: false,
		evaluate: ([operand]) => operand !== null,
		pyspark: ([operand]) => method(operand, 'isNotNull'),
		source: 'IBM: Null handling functions, IsNotNull',
	},
	{
		// A script that reads a null column raises an exception.
		id: 'shared.required',
		parameters: [{ name: 'operand', kinds: typeKinds }],
		result: ([operand]) => operand,
		nulls: 'custom',
		canFail: true,
		evaluate: ([operand]) => (operand === null ? failure('null', 'the value is null, and it is needed') : operand),
		pyspark: ([operand]) => operand,
		fails: ([operand]) => method(operand, 'isNull'),
		source: 'Microsoft: ScriptBuffer.IsNull Method; a null column raises a ColumnIsNullException',
	},
]
