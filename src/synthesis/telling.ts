/** Values that tell a conversion from its neighbours: the ends of the types that a column is turned into, and just beyond. */
import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import type { DataType } from '#model/types.ts'
import { intRange } from '#model/types.ts'

/** One thing that a flow makes of a source column alone. */
export interface Use {
	readonly expression: Expression
	/** Type of the column that takes it. */
	readonly type: DataType
}

/** No two characters of a short piece are the same, so that a piece cut elsewhere is another text. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'
const longest = 4000
/** Blanks at both ends and within, letters of both cases: what trims and changes of case take away. */
const blanks = ' aB  c '

/** Texts at the ends of every type that the text becomes; the last of each type no longer fit. */
export function tellingTexts(uses: readonly Use[]): readonly string[] {
	const types = uses.flatMap(({ expression, type }) => [type, ...castsOf(expression)])
	const distinct = new Map(types.map((type) => [JSON.stringify(type), type]))
	const growing = uses.some(({ expression }) => hasCapitals(expression))
		? [...distinct.values()].flatMap(textsThatGrow)
		: []
	return [...new Set([...[...distinct.values()].flatMap(textsAround), ...growing])]
}

function hasCapitals(expression: Expression): boolean {
	let found = false
	visit(expression, (part) => {
		if (part.kind === 'call' && /\.up(?:per|-case)$/.test(part.operation)) found = true
	})
	return found
}

/** Texts that just fit, and in capitals no longer do, the second only with the blank before it: `ß` becomes `SS`. */
function textsThatGrow(type: DataType): readonly string[] {
	const { length = 0 } = type.kind === 'string' ? type : {}
	return length < 3 || length >= longest ? [] : [`${textOf(length - 1)}ß`, ` ${textOf(length - 2)}ß`]
}

function castsOf(expression: Expression): readonly DataType[] {
	const types: DataType[] = []
	visit(expression, (part) => {
		if (part.kind === 'cast') types.push(part.type)
	})
	return types
}

function textsAround(type: DataType): readonly string[] {
	switch (type.kind) {
		case 'int': {
			const { min, max } = intRange(type)
			return [max, min, max + 1n, min - 1n].map(String)
		}
		case 'decimal': {
			const [whole, scale] = [type.precision - type.scale, type.scale]
			const fraction = (digits: string): string => (scale === 0 ? '' : `.${digits.padEnd(scale, '9').slice(0, scale)}`)
			const most = `${'9'.repeat(whole) || '0'}${fraction('9')}`
			// One digit more than is kept: cut or rounded, to the even or away from zero.
			const between = `${whole === 0 ? '0' : '1'}.${'2345678'.repeat(6).slice(0, scale)}5`
			return [most, `-${most}`, between, `-${between}`, `1${'0'.repeat(whole)}`]
		}
		case 'string': {
			const { length } = type
			const ends = length === undefined || length >= longest ? [] : [textOf(length), textOf(length + 1)]
			return [...ends, blanks.slice(0, length)]
		}
		case 'float':
			return ['1234.5678', '-0.001']
		default:
			return []
	}
}

/** A text of that many characters. */
const textOf = (length: number): string => alphabet.repeat(Math.ceil(length / alphabet.length)).slice(0, length)
