/** Texts that hold several values: fields between delimiters, or at fixed places, as the expressions over them take them apart. */
import { evaluate } from '#languages/evaluate.ts'
import type { Expression } from '#model/expressions.ts'
import { valueText } from '#model/json-values.ts'
import type { DataType } from '#model/types.ts'
import { text, time, timestamp } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'
import { ordinaryValues } from './pools.ts'

type Call = Extract<Expression, { kind: 'call' }>

/** A part of a text, and what becomes of it. */
interface Part {
	/** The expression that gives it, spelled out. */
	readonly id: string
	/** What it is a part of: the column itself, or another part. */
	readonly of: string
	readonly type: DataType
	/** Texts that say something to whoever reads it: what it is compared with, moments as they are spelled there. */
	readonly telling: readonly string[]
	/** Number of the field, or offset from 1. */
	readonly at: number
	/** Absent: what stands up to the next delimiter. */
	readonly width?: number
	readonly delimiter?: string
}

/** How many texts of one shape are tried. */
const turns = 12
const longest = 500
/** Parts of parts of parts: deeper texts are not made. */
const deepest = 3

/** Texts of a column whose parts are everyday values of their types; none where nothing takes it apart. */
export function textsOfParts(column: string, uses: readonly Expression[]): readonly string[] {
	const parts = uses.flatMap((use) => partsOf(use))
	return textsOf(idOf({ kind: 'column', name: column, type: text() }), parts, 0)
}

function textsOf(id: string, all: readonly Part[], depth: number): readonly string[] {
	const parts = all.filter((part) => part.of === id)
	if (parts.length === 0 || depth > deepest) return []
	const inside = new Map(parts.map((part) => [part.id, textsOf(part.id, all, depth + 1)]))
	const sampleOf: ValueOf = (part, turn) => {
		const telling = [...new Set([...(inside.get(part.id) ?? []), ...part.telling])]
		return telling[turn % Math.max(telling.length, turns)] ?? everyday(part, turn)
	}
	const delimiters = new Set(parts.flatMap(({ delimiter }) => delimiter ?? []))
	const delimited = [...delimiters].flatMap((delimiter) =>
		delimitedTexts(
			parts.filter((part) => part.delimiter === delimiter),
			delimiter,
			sampleOf,
		),
	)
	return [
		...delimited,
		...placedTexts(
			parts.filter(({ width }) => width !== undefined),
			sampleOf,
		),
	]
}

type ValueOf = (part: Part, turn: number) => string

/** What a text is for, seen from where it stands. */
interface Purpose {
	readonly type: DataType
	readonly telling: readonly string[]
}

const plain: Purpose = { type: text(), telling: [] }

function partsOf(use: Expression, purpose = plain): readonly Part[] {
	switch (use.kind) {
		case 'cast':
			return partsOf(use.operand, { type: use.type, telling: use.type.kind === 'string' ? purpose.telling : [] })
		case 'if':
			return [...partsOf(use.condition), ...partsOf(use.then, purpose), ...partsOf(use.otherwise, purpose)]
		case 'call': {
			const part = partOf(use, purpose)
			if (part !== undefined) return [part, ...use.args.flatMap((arg) => partsOf(arg))]
			const inner = purposeOf(use, purpose)
			return use.args.flatMap((arg) => partsOf(arg, inner))
		}
		default:
			return []
	}
}

/** Conversions of moments and comparisons tell what a text has to be; what only cleans a text leaves it to those around it. */
function purposeOf(call: Call, outer: Purpose): Purpose {
	const spelt = spellings(call)
	if (spelt.length > 0) return { type: text(), telling: spelt }
	if (call.type.kind === 'string') return { type: text(), telling: outer.telling }
	const literals = call.args.flatMap((arg) =>
		arg.kind === 'literal' && typeof arg.value === 'string' && arg.value !== '' ? [arg.value] : [],
	)
	return { type: text(), telling: literals }
}

const kinds: Readonly<Record<string, DataType>> = {
	'datastage.string-to-date': { kind: 'date' },
	'datastage.string-to-time': time(6),
	'datastage.string-to-timestamp': timestamp(6),
}

/** Moments as this conversion reads them. */
function spellings({ operation, args }: Call): readonly string[] {
	const type = kinds[operation]
	const [, format] = args
	if (type === undefined || format?.kind !== 'literal') return []
	return ordinaryValues(type).flatMap((value) => {
		const moment: Expression = { kind: 'literal', value, type }
		const spelt: Expression = {
			kind: 'call',
			operation: 'datastage.temporal-to-string',
			args: [moment, format],
			type: text(),
		}
		const written = evaluate(spelt, nowhere)
		return typeof written === 'string' ? [written] : []
	})
}

const unknown = (): never => {
	throw new Error('a constant names nothing')
}
const run = { at: makeTimestamp(0n), job: '', project: '', host: '', invocation: '' }
const nowhere = { column: unknown, parameter: unknown, variable: unknown, run }

function partOf(call: Call, { type, telling }: Purpose): Part | undefined {
	const { operation, args } = call
	const [first] = args
	const [, second, third] = args.map(constantOf)
	if (first === undefined || typeof third !== 'bigint' || third < 1n || third > 200n) return undefined
	const base = { id: idOf(call), of: idOf(first), type, telling }
	const isField = operation === 'datastage.field' && typeof second === 'string' && second !== ''
	if (isField) return { ...base, at: Number(third), delimiter: second }
	if (operation !== 'datastage.substring' || typeof second !== 'bigint' || second < 1n) return undefined
	return { ...base, at: Number(second), width: Number(third) }
}

/** The text that is taken apart, whatever only cleans it. */
function idOf(expression: Expression): string {
	if (expression.kind === 'cast' && expression.type.kind === 'string') return idOf(expression.operand)
	const [first] = expression.kind === 'call' ? expression.args : []
	if (expression.kind === 'call' && first !== undefined && cleaning.test(expression.operation)) return idOf(first)
	return JSON.stringify(expression, (key, value: unknown) =>
		key === 'span' || key === 'type' ? undefined : typeof value === 'bigint' ? String(value) : value,
	)
}

const cleaning = /^datastage\.(?:trim|compact-whitespace|up-case|down-case)/

/** A literal, or a character by its code: how jobs name tabs. */
function constantOf(arg: Expression): Value | undefined {
	if (arg.kind === 'literal') return arg.value
	const [code] = arg.kind === 'call' && arg.operation === 'datastage.char' ? arg.args : []
	return code?.kind === 'literal' && typeof code.value === 'bigint'
		? String.fromCharCode(Number(code.value))
		: undefined
}

const everyday = ({ type }: Part, turn: number): string => {
	const values = ordinaryValues(type)
	return valueText(values[turn % Math.max(values.length, 1)] ?? '')
}

function delimitedTexts(parts: readonly Part[], delimiter: string, sampleOf: ValueOf): readonly string[] {
	const count = Math.max(...parts.map(({ at }) => at))
	return Array.from({ length: turns }, (_none, turn) =>
		Array.from({ length: count }, (_field, index) => {
			// A field that several expressions read is of the type that one of them converts it to.
			const readers = parts.filter(({ at }) => at === index + 1)
			const part = readers.find(({ type }) => type.kind !== 'string') ?? joined(readers)
			return (part === undefined ? 'x' : sampleOf(part, turn)).replaceAll(delimiter, '')
		}).join(delimiter),
	)
}

/** One for all that read the same part as a text. */
function joined(readers: readonly Part[]): Part | undefined {
	const [first] = readers
	return first && { ...first, telling: [...new Set(readers.flatMap(({ telling }) => telling))] }
}

function placedTexts(parts: readonly Part[], sampleOf: ValueOf): readonly string[] {
	const length = Math.max(0, ...parts.map(({ at, width = 0 }) => at - 1 + width))
	if (length === 0 || length > longest) return []
	return Array.from({ length: turns }, (_none, turn) =>
		parts.reduce((whole, part) => {
			const { at, width = 0 } = part
			const value = sampleOf(part, turn).slice(0, width).padEnd(width)
			return whole.slice(0, at - 1) + value + whole.slice(at - 1 + width)
		}, ' '.repeat(length)),
	)
}
