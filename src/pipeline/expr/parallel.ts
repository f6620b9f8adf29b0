import { parallelLanguage, parseCaseType } from '#languages/datastage-parallel/language.ts'
import type { JsonValue } from '#model/json-values.ts'
import { decodeValue, encodeValue } from '#model/json-values.ts'
import type { DataType } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { makeBinary } from '#model/values.ts'
import type { Case, CaseLanguage, PreparedCase, PreparedName } from './prepared-case.ts'

/** These name no type: the expression's own is taken. */
const untyped = new Set(['', 'number', 'any', 'decimal'])

export const parallelCases: CaseLanguage = {
	id: 'datastage-parallel',
	prepare(given: Case): PreparedCase {
		const names = Object.entries(given.inputs).map(([name, input]) => nameOf(name, input))
		const unknown = names.find(({ type }) => type === undefined)
		if (unknown !== undefined) return unsupported(`${unknown.name} is of a type that the model does not have`)
		const known = names.flatMap(({ name, type, value }): PreparedName[] =>
			type === undefined ? [] : [{ kind: 'column', name, type, value }],
		)
		const types = Object.fromEntries(known.map(({ name, type }) => [name, type]))
		const wanted = untyped.has(given.resultType ?? '') ? undefined : parseCaseType(given.resultType ?? '')
		const { expression, diagnostics } = parallelLanguage.lower(given.expression, types, wanted)
		const problem = diagnostics.find(({ code }) => code !== 'expression/doubtful')
		if (problem !== undefined) {
			const kind = problem.code === 'expression/type' ? 'type' : 'parse'
			const isUnknown = problem.code === 'expression/unknown-function'
			return { names: [], problem: { kind, message: problem.message, unsupported: isUnknown }, output: () => null }
		}
		const { type } = expression.expression
		return { expression: expression.expression, names: known, output: (value) => output(value, type) }
	},
}

function unsupported(message: string): PreparedCase {
	return { names: [], problem: { kind: 'type', message, unsupported: true }, output: () => null }
}

function nameOf(name: string, { type: spelled, value }: Case['inputs'][string]) {
	const type = parseCaseType(spelled)
	return { name, type, value: type === undefined ? null : inputValue(type, value) }
}

/** Raw values stand in the tables as the text of their bytes. */
function inputValue(type: DataType, value: JsonValue): Value {
	if (type.kind === 'binary' && typeof value === 'string') return makeBinary(Buffer.from(value).toString('hex'))
	return decodeValue(value, type)
}

function output(value: Value, type: DataType): JsonValue {
	if (value !== null && typeof value === 'object' && value.kind === 'binary')
		return Buffer.from(value.hex, 'hex').toString()
	return encodeValue(value, type)
}
