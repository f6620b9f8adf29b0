import { ssisLanguage } from '#languages/ssis/language.ts'
import { parseType, toModel } from '#languages/ssis/types.ts'
import type { Case, CaseLanguage, PreparedCase, PreparedName } from './prepared-case.ts'

export const ssisCases: CaseLanguage = {
	id: 'ssis',
	prepare(given: Case): PreparedCase {
		const types = Object.fromEntries(Object.entries(given.inputs).map(([name, { type }]) => [name, type]))
		const { expression, type, problems } = ssisLanguage.lower(given.expression, types)
		const [problem] = problems
		if (expression.kind === 'opaque' || type === undefined) {
			return {
				names: [],
				problem: {
					kind: problem?.kind ?? 'parse',
					message: problem?.message ?? 'the expression was not understood',
					unsupported: false,
				},
				output: () => null,
			}
		}
		return {
			expression,
			names: Object.entries(given.inputs).map(([name, input]) => nameOf(name, input)),
			output: (value) => ssisLanguage.caseOutput(value, type),
		}
	},
}

function nameOf(key: string, input: Case['inputs'][string]): PreparedName {
	const variable = /^@\[(.*)\]$/.exec(key)
	const type = parseType(input.type)
	if (type === undefined) throw new TypeError(`${input.type} is no SSIS type`)
	return {
		kind: variable === null ? 'column' : 'variable',
		name: variable?.[1] ?? key,
		type: toModel(type),
		value: ssisLanguage.caseInput(input.type, input.value),
	}
}
