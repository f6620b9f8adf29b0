import { basicLanguage, basicType } from '#languages/datastage-basic/language.ts'
import { decodeValue } from '#model/json-values.ts'
import type { Case, CaseLanguage, PreparedCase, PreparedName } from './prepared-case.ts'

/** Cases of DataStage BASIC. Every result is the text that BASIC makes of it: a number has at most 4 digits after its point. */
export const basicCases: CaseLanguage = {
	id: 'datastage-basic',
	prepare(given: Case): PreparedCase {
		const names = Object.entries(given.inputs).flatMap(([name, { type, value }]): PreparedName[] => {
			const known = basicType(type)
			return known === undefined ? [] : [{ kind: 'column', name, type: known, value: decodeValue(value, known) }]
		})
		const types = Object.fromEntries(names.map(({ name, type }) => [name, type]))
		const { expression, diagnostics } = basicLanguage.lower(given.expression, types, 'string')
		const problem = diagnostics.find(({ code }) => code !== 'expression/doubtful')
		if (problem !== undefined) {
			const kind = problem.code === 'expression/type' ? 'type' : 'parse'
			const unsupported = problem.code === 'expression/unknown-function'
			return { names: [], problem: { kind, message: problem.message, unsupported }, output: () => null }
		}
		return {
			expression: expression.expression,
			names,
			output: (value) => (typeof value !== 'string' ? null : isNumeric(given.resultType) ? toNumber(value) : value),
		}
	},
}

const isNumeric = (type = ''): boolean => ['int', 'number', 'logical'].includes(type)
const toNumber = (text: string): number | string =>
	text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text)
