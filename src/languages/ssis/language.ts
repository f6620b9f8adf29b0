/** The language as the `expr` command uses it: names with types in, an expression out; values in the JSON of case files. */
import { formatDate, formatTime, parseDate, parseTime, parseTimestamp, splitMicros } from '#model/calendar.ts'
import { format } from '#model/decimal.ts'
import type { Expression } from '#model/expressions.ts'
import type { JsonValue } from '#model/json-values.ts'
import { decodeValue } from '#model/json-values.ts'
import type { Value } from '#model/values.ts'
import { makeDate, makeTime, makeTimestamp } from '#model/values.ts'
import { lowerSsis } from './lower.ts'
import type { SsisSymbols, VariableSymbol } from './symbols.ts'
import type { ExpressionProblem } from './syntax.ts'
import type { SsisType } from './types.ts'
import { parseType, toModel } from './types.ts'

export interface LoweredCase {
	readonly expression: Expression
	/** The exact type of the result; absent when the text was not understood. */
	readonly type?: SsisType
	readonly problems: readonly ExpressionProblem[]
}

/** Symbols of a case: bare keys are columns, `@[Namespace::Name]` variables (their model name is `Namespace::Name`). */
function caseSymbols(inputs: Readonly<Record<string, string>>): SsisSymbols {
	const columns: SsisSymbols['columns'][number][] = []
	const variables: VariableSymbol[] = []
	for (const [key, spelled] of Object.entries(inputs)) {
		const type = parseType(spelled)
		if (type === undefined) throw new TypeError(`${spelled} is no SSIS type`)
		const match = /^@\[(?:(.*)::)?(.*)\]$/.exec(key)
		if (match === null) columns.push({ name: key, type })
		else {
			const [namespace, name] = [match[1] ?? 'User', match[2] ?? '']
			variables.push({ namespace, name, type, as: { kind: 'variable', name: `${namespace}::${name}` } })
		}
	}
	return { columns, variables }
}

/** Lowers an expression with inputs by name. @throws TypeError for a type name that does not exist. */
function lower(text: string, inputs: Readonly<Record<string, string>>): LoweredCase {
	const { expression, type, problems } = lowerSsis(text, caseSymbols(inputs))
	return { expression: expression.expression, ...(type === undefined ? {} : { type }), problems }
}

/** A JSON value of a case as a value of the model; dates with offsets are shifted to UTC. @throws WireError, TypeError. */
function caseInput(spelled: string, json: JsonValue): Value {
	const type = parseType(spelled)
	if (type === undefined) throw new TypeError(`${spelled} is no SSIS type`)
	const model = toModel(type)
	if (json === null || typeof json !== 'string') return decodeValue(json, model)
	switch (model.kind) {
		case 'timestamp':
			return momentInput(json) ?? decodeValue(json, model)
		case 'time': {
			const micros = parseTime(sixDigits(json))
			return micros === undefined ? decodeValue(json, model) : makeTime(micros)
		}
		case 'date': {
			const days = parseDate(json)
			return days === undefined ? decodeValue(json, model) : makeDate(days)
		}
		case 'uuid':
			return json.replace(/[{}]/g, '').toUpperCase()
		default:
			return decodeValue(json, model)
	}
}

/** Digits beyond the sixth are cut. */
const sixDigits = (text: string): string => text.replace(/(\.\d{6})\d+/, '$1')

function momentInput(text: string): Value | undefined {
	const match = /^(\S+ \S+?|\S+)(?: ([+-])(\d{2}):(\d{2}))?$/.exec(sixDigits(text))
	const plain = match?.[1] ?? ''
	const micros = parseTimestamp(plain.includes(' ') ? plain : `${plain} 00:00:00`)
	if (micros === undefined) return undefined
	const shift = BigInt(Number(match?.[3] ?? 0) * 60 + Number(match?.[4] ?? 0)) * 60_000_000n
	return makeTimestamp(match?.[2] === '-' ? micros + shift : micros - shift)
}

/** A value as case files write it: fractions with the digits of the type, GUIDs in braces, decimals with all digits. */
function caseOutput(value: Value, type: SsisType): JsonValue {
	if (value === null || typeof value === 'boolean' || typeof value === 'number') return value
	if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
	if (typeof value === 'string') return type.name === 'DT_GUID' ? `{${value.toUpperCase()}}` : value
	switch (value.kind) {
		case 'decimal':
			return format(value)
		case 'date':
			return formatDate(value.days)
		case 'time':
			return clock(value.micros, type)
		case 'timestamp': {
			const [days, ofDay] = splitMicros(value.micros)
			return `${formatDate(days)} ${clock(ofDay, type)}${type.name === 'DT_DBTIMESTAMPOFFSET' ? ' +00:00' : ''}`
		}
		case 'binary':
			return value.hex
		case 'vector':
		case 'record':
			throw new TypeError(`no SSIS type is a ${value.kind}`)
	}
}

function clock(micros: bigint, type: SsisType): string {
	const whole = formatTime(micros - (micros % 1_000_000n))
	const digits = 'scale' in type ? type.scale : micros % 1_000_000n === 0n ? 0 : 3
	return digits === 0
		? whole
		: `${whole}.${String(micros % 1_000_000n)
				.padStart(6, '0')
				.padEnd(7, '0')
				.slice(0, digits)}`
}

export const ssisLanguage = { id: 'ssis', lower, caseInput, caseOutput } as const
