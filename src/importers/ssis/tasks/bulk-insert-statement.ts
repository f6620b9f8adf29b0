/** BULK INSERT statements of SQL Server. */
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import { valueText } from '#model/json-values.ts'
import { text } from '#model/types.ts'
import { textOf } from '../package-scope.ts'

/** @param options as the statement spells them: `FIRSTROW = 2` */
export function bulkInsert(table: string, path: SourcedExpression, options: readonly string[]): SourcedExpression {
	const more = options.length === 0 ? '' : ` WITH (${options.join(', ')})`
	return statement(`BULK INSERT ${table} FROM N'`, path, `'${more}`)
}

/** The path inside a string of SQL, its quotes doubled where it is stated; a computed one is taken as it is. */
function statement(before: string, path: SourcedExpression, after: string): SourcedExpression {
	const { expression } = path
	if (expression.kind === 'literal')
		return textOf(`${before}${valueText(expression.value).replaceAll("'", "''")}${after}`)
	const piece = (value: string): Expression => ({ kind: 'literal', value, type: text() })
	const args = [
		{ kind: 'call', operation: 'ssis.concat', args: [piece(before), expression], type: text() } as const,
		piece(after),
	]
	return {
		expression: { kind: 'call', operation: 'ssis.concat', args, type: text() },
		text: `${before}${path.text}${after}`,
	}
}
