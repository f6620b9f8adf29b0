/** Statements and tables that the control flow decides: what their text looks like, whatever its variables hold. */

import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import { valueText } from '#model/json-values.ts'
import type { Operator } from '#model/operators.ts'

/**
 * A regular expression for the text that an operator asks a database for, white space between words as one blank; undefined where
 * no variable changes it.
 */
export function statementPattern(operator: Operator): string | undefined {
	const place = operator.kind === 'read' ? operator.source : operator.kind === 'write' ? operator.target : undefined
	if (place?.kind === 'table') return patternOf(place.table.expression, [])
	return place?.kind === 'query' ? patternOf(place.sql.expression, place.parameters) : undefined
}

function patternOf(text: Expression, parameters: readonly Expression[]): string | undefined {
	if (![text, ...parameters].some(readsVariable)) return undefined
	const pattern = piece(text).replaceAll(/\s+/g, ' ').trim()
	// Values stand in the place of markers.
	return parameters.length === 0 ? pattern : pattern.replaceAll('\\?', '.*?')
}

function readsVariable(expression: Expression): boolean {
	let found = false
	visit(expression, ({ kind }) => {
		if (kind === 'variable') found = true
	})
	return found
}

function piece(expression: Expression): string {
	if (expression.kind === 'literal') return valueText(expression.value).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
	const joins = expression.kind === 'call' && expression.operation.endsWith('.concat')
	return joins ? expression.args.map(piece).join('') : '.*?'
}
