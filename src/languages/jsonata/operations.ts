/** Operations of the catalogue that Step Functions can compute, as JSONata. What is not here is not translated. */
import type { Value } from '#model/values.ts'
import { datePicture, timePicture } from './clock.ts'
import { compare } from './numbers.ts'
import type { Printed } from './text.ts'
import { escapePattern, literalText, numberCode, parts, textCode, truthCode } from './text.ts'

export interface PrintContext {
	/** Literal arguments by position, `undefined` where the argument is not a literal. */
	readonly literals: readonly (Value | undefined)[]
	/** Operations without arguments of their own that the arguments are, by position: `basic.date`. */
	readonly clocks: readonly (string | undefined)[]
	/** Name of the sequence in the old tool. */
	readonly job: string
}

/** The text of a call, or undefined where these arguments have none. */
export type PrintOperation = (args: readonly Printed[], context: PrintContext) => Printed | undefined

const startTime = '$states.context.Execution.StartTime'

const infix =
	(sign: string): PrintOperation =>
	([left, right]) =>
		left &&
		right &&
		numberCode(`${parts(left)} ${sign} ${parts(right)}`, false, left.whole === true && right.whole === true)

const logic =
	(word: 'and' | 'or'): PrintOperation =>
	(args) =>
		truthCode(args.map(parts).join(` ${word} `))

/** Both sides are numbers, or both are texts. */
const alike =
	(sign: string): PrintOperation =>
	([left, right]) =>
		left && right && left.kind === right.kind ? truthCode(`${parts(left)} ${sign} ${parts(right)}`) : undefined

const mixed =
	(sign: Parameters<typeof compare>[0], mirrored: Parameters<typeof compare>[0]): PrintOperation =>
	([left, right], { literals }) => {
		if (left === undefined || right === undefined) return undefined
		const number = (position: number): number | undefined => {
			const value = literals[position]
			return typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : undefined
		}
		const code =
			left.kind === 'number' ? compare(mirrored, right, left, number(0)) : compare(sign, left, right, number(1))
		return truthCode(code, code.startsWith('(') || code.startsWith('$'))
	}

const wholeLiteral = (value: Value | undefined): number | undefined => {
	const number = typeof value === 'bigint' ? Number(value) : value
	return typeof number === 'number' && Number.isInteger(number) ? number : undefined
}

const text = (value: Value | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

/** Parts of a text: absent ones are empty. */
const field: PrintOperation = ([value, , occurrence, count], { literals }) => {
	const delimiter = text(literals[1])
	if (value === undefined || occurrence === undefined || delimiter === undefined || delimiter === '') return undefined
	if (count !== undefined || occurrence.kind !== 'number') return undefined
	const known = wholeLiteral(literals[2])
	const index = known === undefined ? `$max([${occurrence.code}, 1]) - 1` : String(Math.max(known, 1) - 1)
	const sign = literalText(Array.from(delimiter)[0] ?? '')
	return textCode(`$string($append($split(${value.code}, ${sign})[${index}], '')[0])`)
}

const replaced: PrintOperation = ([value], { literals }) => {
	const [from, to] = [text(literals[1]), text(literals[2])]
	if (value === undefined || from === undefined || to === undefined || from === '' || literals.length > 3)
		return undefined
	return textCode(`$replace(${value.code}, /${escapePattern(from)}/, ${literalText(to.replaceAll('$', '$$$$'))})`)
}

/** One sign at a time: only where no replacement is itself replaced. */
const converted: PrintOperation = ([, , value], { literals }) => {
	const [from, to] = [text(literals[0]), text(literals[1])]
	if (value === undefined || from === undefined || to === undefined || from === '') return undefined
	const signs = Array.from(from)
	const targets = Array.from(to)
	if (targets.some((sign) => signs.includes(sign)) || signs.includes('\n')) return undefined
	return textCode(
		signs.reduce(
			(code, sign, index) =>
				`$replace(${code}, /${escapePattern(sign)}/, ${literalText((targets[index] ?? '').replaceAll('$', '$$$$'))})`,
			value.code,
		),
	)
}

export const jsonataOperations: Readonly<Record<string, PrintOperation>> = {
	'shared.and': logic('and'),
	'shared.or': logic('or'),
	'shared.not': ([value]) => value && truthCode(`$not(${value.code})`, true),
	'datastage.eq': alike('='),
	'datastage.ne': alike('!='),
	'datastage.lt': alike('<'),
	'datastage.gt': alike('>'),
	'datastage.le': alike('<='),
	'datastage.ge': alike('>='),
	'basic.eq': mixed('=', '='),
	'basic.ne': mixed('!=', '!='),
	'basic.lt': mixed('<', '>'),
	'basic.gt': mixed('>', '<'),
	'basic.le': mixed('<=', '>='),
	'basic.ge': mixed('>=', '<='),
	'basic.add': infix('+'),
	'basic.subtract': infix('-'),
	'basic.multiply': infix('*'),
	'datastage.add': infix('+'),
	'datastage.subtract': infix('-'),
	'datastage.multiply': infix('*'),
	'datastage.concat': (args) => textCode(args.map(parts).join(' & '), false),
	'datastage.len': ([value]) => value && numberCode(`$length(${value.code})`),
	'datastage.left': ([value, count]) => value && count && textCode(`$substring(${value.code}, 0, ${count.code})`),
	'datastage.right': ([value], { literals }) => {
		const count = wholeLiteral(literals[1])
		return value === undefined || count === undefined || count < 1
			? undefined
			: textCode(`$substring(${value.code}, -${count})`)
	},
	'datastage.substring': ([value], { literals }) => {
		const [start, count] = [wholeLiteral(literals[1]), wholeLiteral(literals[2])]
		return value === undefined || start === undefined || count === undefined || start < 1 || count < 0
			? undefined
			: textCode(`$substring(${value.code}, ${start - 1}, ${count})`)
	},
	'datastage.trim': ([value], { literals }) =>
		value && literals.length === 1 ? textCode(`$replace($replace(${value.code}, / +/, ' '), /^ | $/, '')`) : undefined,
	'datastage.trim-b': ([value]) => value && textCode(`$replace(${value.code}, / +$/, '')`),
	'datastage.trim-f': ([value]) => value && textCode(`$replace(${value.code}, /^ +/, '')`),
	'datastage.up-case': ([value]) => value && textCode(`$uppercase(${value.code})`),
	'datastage.down-case': ([value]) => value && textCode(`$lowercase(${value.code})`),
	'datastage.field': field,
	'datastage.ereplace': replaced,
	'datastage.change': replaced,
	'datastage.convert': converted,
	'basic.dcount': ([value], { literals }) => {
		const delimiter = text(literals[1])
		return value === undefined || delimiter === undefined || delimiter === ''
			? undefined
			: numberCode(`(${parts(value)} = '' ? 0 : $count($split(${value.code}, ${literalText(delimiter)})))`)
	},
	'basic.count': ([value], { literals }) => {
		const delimiter = text(literals[1])
		return value === undefined || delimiter === undefined || delimiter === ''
			? undefined
			: numberCode(`($count($split(${value.code}, ${literalText(delimiter)})) - 1)`)
	},
	'basic.oconv': (_args, { literals, clocks }) => {
		const code = text(literals[1]) ?? ''
		const picture =
			clocks[0] === 'basic.date' ? datePicture(code) : clocks[0] === 'basic.time' ? timePicture(code) : undefined
		return picture === undefined ? undefined : textCode(`$fromMillis($toMillis(${startTime}), ${literalText(picture)})`)
	},
	'datastage.job-name': (_args, { job }) => textCode(literalText(job)),
}
