import { printJsonata } from '#languages/jsonata/print.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { Machine } from './scope.ts'

/** The JSONata of a value, as a text. The importer has taken only what has one. */
export function printed({ expression, text }: SourcedExpression, machine: Machine): string {
	const result = printJsonata(expression, machine.memory.scope)
	if ('problem' in result) throw new Error(`${text}: ${result.problem}`)
	if (result.kind === 'text') return result.code
	return result.kind === 'truth' ? `(${result.code} ? '1' : '0')` : `$string(${result.code})`
}
