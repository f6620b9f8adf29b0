/** Functions of numbers. All numbers of BASIC are doubles here; trigonometry counts in degrees (IBM: DataStage BASIC, COS function). */
import { float } from '#model/types.ts'
import { failure, type Value } from '#model/values.ts'
import type { Arguments, PysparkContext, TypeContext } from '../../catalogue.ts'
import { double, floatOf, results, string, textOf } from '../../datastage-parallel/operations/define.ts'
import { bind, cast, when } from '../../datastage-parallel/spark-text.ts'
import { binary, fn, lit, method, type Py } from '../../python.ts'
import { looksNumeric } from '../numbers.ts'
import { family } from './define.ts'

const one = [floatOf('number')]
const degrees = Math.PI / 180

const number = (of: (value: number) => number, text: (value: Py) => Py) => ({
	parameters: one,
	result: () => float(64),
	evaluate: ([value]: Arguments<Value>) => of(double(value)),
	pyspark: ([value]: Arguments<Py>) => text(value),
})

const inRadians = (name: string) => (value: Py) => fn(name, binary('*', value, lit(degrees)))
const inDegrees = (name: string) => (value: Py) => binary('/', fn(name, value), lit(degrees))

/** Arcs of numbers beyond 1 are undefined: the engine has nothing to give. */
const arc = (name: string, of: (value: number) => number) => ({
	parameters: one,
	result: () => float(64),
	canFail: true,
	evaluate: ([value]: Arguments<Value>) =>
		Math.abs(double(value)) <= 1 ? of(double(value)) / degrees : failure('domain', 'the number is beyond 1'),
	pyspark: ([value]: Arguments<Py>) =>
		bind(value, (known) => when(binary('<=', fn('abs', known), lit(1)), inDegrees(name)(known))),
})

/** Sums and products of doubles: what is too large is infinite, and nothing fails. */
const arithmetic = (sign: '+' | '-' | '*', of: (left: number, right: number) => number) => ({
	parameters: [floatOf('left'), floatOf('right')],
	result: () => float(64),
	evaluate: ([left, right]: Arguments<Value>) => of(double(left), double(right)),
	pyspark: ([left, right]: Arguments<Py>) => binary(sign, left, right),
})

/** A quotient by 0 stops the job: what the engine puts there besides a warning is not documented. */
const quotient = (of: (left: number, right: number) => number, text: (left: Py, right: Py) => Py) => ({
	parameters: [floatOf('dividend'), floatOf('divisor')],
	result: () => float(64),
	canFail: true,
	canFailWith: ({ literals }: TypeContext) => typeof literals[1] !== 'number' || literals[1] === 0,
	evaluate: ([left, right]: Arguments<Value>) =>
		double(right) === 0 ? failure('div_by_zero', 'division by zero') : of(double(left), double(right)),
	pyspark: ([left, right]: Arguments<Py>, { literals }: PysparkContext) => {
		const divisor = literals[1]
		const plain = text(left, right)
		return typeof divisor === 'number' && divisor !== 0 ? plain : when(binary('!=', right, lit(0)), plain)
	},
})

export const numberFunctions = family('IBM: DataStage BASIC, numeric functions', {
	// The empty text counts as numeric.
	num: {
		parameters: [textOf('text')],
		result: results.boolean,
		evaluate: ([text]) => text === '' || looksNumeric(string(text)),
		pyspark: ([text]) =>
			binary('|', binary('==', text, lit('')), method(text, 'rlike', { code: 'NUMBER', level: 'atom' })),
	},
	// Truncates towards zero.
	int: number(
		(value) => value - (value % 1),
		(value) => bind(value, (known) => binary('-', known, binary('%', known, lit(1)))),
	),
	// X - INT(X / Y) * Y: the sign is that of the dividend.
	mod: quotient(
		(left, right) => left % right,
		(left, right) => binary('%', left, right),
	),
	add: arithmetic('+', (left, right) => left + right),
	subtract: arithmetic('-', (left, right) => left - right),
	multiply: arithmetic('*', (left, right) => left * right),
	divide: quotient(
		(left, right) => left / right,
		(left, right) => binary('/', left, right),
	),
	sin: number((value) => Math.sin(value * degrees), inRadians('sin')),
	cos: number((value) => Math.cos(value * degrees), inRadians('cos')),
	tan: number((value) => Math.tan(value * degrees), inRadians('tan')),
	asin: arc('asin', Math.asin),
	acos: arc('acos', Math.acos),
	atan: number((value) => Math.atan(value) / degrees, inDegrees('atan')),
	// Hexadecimal digits to a number; 0 where they are none.
	xtd: {
		parameters: [textOf('digits')],
		result: () => float(64),
		evaluate: ([text]) => (/^[0-9A-Fa-f]{1,13}$/.test(string(text)) ? Number.parseInt(string(text), 16) : 0),
		pyspark: ([text]) =>
			bind(text, (known) =>
				method(
					when(method(known, 'rlike', '\\A[0-9A-Fa-f]{1,13}\\z'), cast(fn('conv', known, 16, 10), 'double')),
					'when',
					method(known, 'isNotNull'),
					lit(0),
				),
			),
	},
})
