/** Texts that hold several values: fields between delimiters, or at fixed places, as the expressions over them take them apart. */
import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import { valueText } from '#model/json-values.ts'
import type { DataType } from '#model/types.ts'
import { text } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { ordinaryValues } from './pools.ts'

type Call = Extract<Expression, { kind: 'call' }>

/** A part of a text, and the type that it is converted to. */
interface Part {
	readonly type: DataType
	/** Number of the field, or offset from 1. */
	readonly at: number
	/** Absent: what stands up to the next delimiter. */
	readonly width?: number
	readonly delimiter?: string
}

/** How many texts of one shape are tried. */
const turns = 12
const longest = 500

/** Texts whose parts are everyday values of their types; none where nothing takes a text apart. */
export function textsOfParts(uses: readonly Expression[]): readonly string[] {
	const parts = uses.flatMap(partsOf)
	const delimiters = new Set(parts.flatMap(({ delimiter }) => delimiter ?? []))
	const delimited = [...delimiters].flatMap((delimiter) =>
		delimitedTexts(
			parts.filter((part) => part.delimiter === delimiter),
			delimiter,
		),
	)
	return [...delimited, ...placedTexts(parts.filter(({ width }) => width !== undefined))]
}

function partsOf(use: Expression): readonly Part[] {
	const calls = new Map<Call, DataType>()
	visit(use, (expression) => {
		if (expression.kind === 'call' && !calls.has(expression)) calls.set(expression, text())
		// Parents come first: the conversion around a part tells its type.
		if (expression.kind === 'cast' && expression.operand.kind === 'call') calls.set(expression.operand, expression.type)
	})
	return [...calls].flatMap(([call, type]) => partOf(call, type) ?? [])
}

function partOf({ operation, args }: Call, type: DataType): Part | undefined {
	const [, second, third] = args.map(constantOf)
	if (typeof third !== 'bigint' || third < 1n || third > 200n) return undefined
	const isField = operation === 'datastage.field' && typeof second === 'string' && second !== ''
	if (isField) return { type, at: Number(third), delimiter: second }
	if (operation !== 'datastage.substring' || typeof second !== 'bigint' || second < 1n) return undefined
	return { type, at: Number(second), width: Number(third) }
}

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

function delimitedTexts(parts: readonly Part[], delimiter: string): readonly string[] {
	const count = Math.max(...parts.map(({ at }) => at))
	return Array.from({ length: turns }, (_none, turn) =>
		Array.from({ length: count }, (_field, index) => {
			// A field that several expressions read is of the type that one of them converts it to.
			const readers = parts.filter(({ at }) => at === index + 1)
			const part = readers.find(({ type }) => type.kind !== 'string') ?? readers[0]
			return (part === undefined ? 'x' : everyday(part, turn)).replaceAll(delimiter, '')
		}).join(delimiter),
	)
}

function placedTexts(parts: readonly Part[]): readonly string[] {
	const length = Math.max(0, ...parts.map(({ at, width = 0 }) => at - 1 + width))
	if (length === 0 || length > longest) return []
	return Array.from({ length: turns }, (_none, turn) =>
		parts.reduce((whole, part) => {
			const { at, width = 0 } = part
			const value = everyday(part, turn).slice(0, width).padEnd(width)
			return whole.slice(0, at - 1) + value + whole.slice(at - 1 + width)
		}, ' '.repeat(length)),
	)
}
