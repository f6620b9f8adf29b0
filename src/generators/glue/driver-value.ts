/** Expressions that read no row, as Python values on the driver: paths, SQL texts, conditions, parameters of statements. */

import type { PysparkScope } from '#languages/pyspark.ts'
import { pysparkValue } from '#languages/pyspark.ts'
import { method, pyString } from '#languages/python.ts'
import type { Expression } from '#model/expressions.ts'
import { valueText } from '#model/json-values.ts'

export interface DriverScope {
	readonly columns: PysparkScope
	/** `params["year"]`: the text of an argument. */
	parameter(name: string): string
	/** `variables.year`. */
	variable(name: string): string
	/** Needs the printed helper `evaluate`. */
	useEvaluate(): void
}

/** The text where `spark` is not at hand: what it computes, it asks the running session for. */
export const withActiveSession = (text: string): string =>
	text.replaceAll('evaluate(spark,', 'evaluate(SparkSession.active(),')

/** Operations that join two texts, whatever the language. */
const joins: ReadonlySet<string> = new Set([
	'datastage.concat',
	'ssis.concat',
	'shared.concat',
	'datastage.concatenate',
	'ssis.concatenate',
])

/** Python knows infinities and NaN by name only. */
function numberText(value: bigint | number): string {
	return typeof value === 'bigint' || Number.isFinite(value) ? String(value) : `float("${value}")`
}

type Piece = { readonly text: string } | { readonly python: string }

/** Python text of the value: a literal, an f-string of names, or whatever the expression says, computed by Spark. */
export function driverValue(expression: Expression, scope: DriverScope): string {
	const pieces = piecesOf(expression, scope)
	if (pieces !== undefined) return pieceText(pieces)
	if (expression.kind === 'parameter' && expression.type.kind === 'int')
		return `int(${scope.parameter(expression.name)})`
	if (expression.kind === 'variable') return scope.variable(expression.name)
	if (expression.kind === 'literal') {
		if (expression.value === null) return 'None'
		if (typeof expression.value === 'boolean') return expression.value ? 'True' : 'False'
		if (typeof expression.value === 'bigint' || typeof expression.value === 'number')
			return numberText(expression.value)
		if (typeof expression.value === 'object') return pyString(valueText(expression.value))
	}
	scope.useEvaluate()
	const value = pysparkValue(expression, scope.columns)
	const { kind } = expression.type
	// Dates and decimals travel as text: exact, and free of Python's own time zone.
	const isPlain = kind === 'string' || kind === 'int' || kind === 'boolean' || kind === 'float' || kind === 'uuid'
	return `evaluate(spark, ${isPlain ? value.code : method(value, 'cast', 'string').code})`
}

function piecesOf(expression: Expression, scope: DriverScope): readonly Piece[] | undefined {
	if (expression.type.kind !== 'string') return undefined
	switch (expression.kind) {
		case 'literal':
			return typeof expression.value === 'string' ? [{ text: expression.value }] : undefined
		case 'parameter':
			return [{ python: scope.parameter(expression.name) }]
		case 'call': {
			if (!joins.has(expression.operation)) return undefined
			const parts = expression.args.map((part) => piecesOf(part, scope))
			return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? [])
		}
		default:
			return undefined
	}
}

function pieceText(pieces: readonly Piece[]): string {
	const texts = pieces.map((piece) => ('text' in piece ? piece.text : ''))
	const [only] = pieces
	if (only !== undefined && pieces.length === 1) return 'text' in only ? longString(only.text) : only.python
	if (pieces.every((piece) => 'text' in piece)) return longString(texts.join(''))
	return pieces.map((piece) => ('text' in piece ? pyString(piece.text) : piece.python)).join(' + ')
}

/** A literal of several lines, one Python literal for each, joined by Python itself. */
export function longString(text: string): string {
	const lines = text.split(/(?<=\n)/)
	if (lines.length < 2) return pyString(text)
	return `(\n${lines.map((line) => `    ${pyString(line)}`).join('\n')}\n)`
}
