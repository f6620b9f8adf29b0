/** The documented expression cases kept outside the project, as data. Tests that need them skip when they are absent. */
import { existsSync, readFileSync } from 'node:fs'

export interface ExpressionCase {
	readonly id: string
	readonly dialect: string
	readonly expression: string
	readonly inputs: Readonly<Record<string, { readonly type: string; readonly value: unknown }>>
	/** JSON of the expected value, or the word after `error:`. */
	readonly expected: string
	readonly confidence: string
	readonly resultType: string
}

const expressionCasesFile = (name: string): string => new URL(`../../../shared/cases/${name}`, import.meta.url).pathname

export const haveExpressionCases = (name: string): boolean => existsSync(expressionCasesFile(name))

/** Rows of a table of cases: id, kind, dialect, expression, inputs, expected, source, confidence, result type, note. */
export function expressionCases(name: string): readonly ExpressionCase[] {
	const [, ...lines] = readFileSync(expressionCasesFile(name), 'utf8').split('\n')
	return lines
		.filter((line) => line !== '')
		.map((line) => {
			const [
				id = '',
				,
				dialect = '',
				expression = '',
				inputs = '{}',
				expected = '',
				,
				confidence = '',
				resultType = '',
			] = line.split('\t')
			return { id, dialect, expression, inputs: JSON.parse(inputs), expected, confidence, resultType }
		})
}
