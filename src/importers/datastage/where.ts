import { lowerFilterWhere } from '#languages/datastage-parallel/filter-where.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { Schema } from '#model/types.ts'
import { accepted, parametersOf } from './derive.ts'
import type { StageContext } from './stage-context.ts'

/** A where clause of a Filter over the columns of its input; what cannot be read refuses the stage. */
export function deriveWhere(
	context: StageContext,
	text: string,
	{ columns }: Schema,
	nulls: 'first' | 'last',
): SourcedExpression | undefined {
	const names = new Map(columns.map((column) => [column.name, column]))
	const symbols = { columns: names, parameters: parametersOf(context, text.replaceAll('#', ' '), names) }
	const lowered = lowerFilterWhere(text, symbols, { nulls: nulls === 'last' ? 'greater' : 'less' })
	return accepted(context, text, lowered.expression, lowered.diagnostics, context.stage.record.lines)
}
