import type { SourcedExpression } from '#model/expressions.ts'
import type { Schema } from '#model/types.ts'
import type { StageContext } from './stage-context.ts'

export function deriveWhere(
	context: StageContext,
	text: string,
	_schema: Schema,
	_nulls: 'first' | 'last',
): SourcedExpression | undefined {
	context.refuse(`where clause ${text}`)
	return undefined
}
