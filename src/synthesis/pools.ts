/** Values worth trying in a source column. */
import { daysFromCivil, formatDate, formatTime, formatTimestamp, MICROS_PER_DAY } from '#model/calendar.ts'
import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import { formatDecimal, valueText } from '#model/json-values.ts'
import type { DataType, RecordType, VectorType } from '#model/types.ts'
import { intRange } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { makeBinary, makeDate, makeDecimal, makeRecord, makeTime, makeTimestamp, makeVector } from '#model/values.ts'

const day = (year: number, month: number, dayOfMonth: number): number => daysFromCivil({ year, month, day: dayOfMonth })

const days = [day(2024, 1, 15), day(2023, 12, 31), day(2024, 2, 29), day(1999, 7, 4), day(2021, 6, 1)]

/** Enough different keys for rows that must not meet earlier ones. */
const freshNumbers = Array.from({ length: 40 }, (_none, index) => 201 + index)

/** Ordinary texts: words, numbers, dates and flags in the spellings that jobs meet most. */
const ordinaryTexts: readonly string[] = [
	...['1', '2', '3', '7', '10', '42', '100', '1500', '12.5', '3.25', '99.99', '250.00'],
	...['Alpha', 'Beta', 'Gamma', 'Delta One', 'Epsilon', 'Y', 'N', 'A', 'B', 'C', 'true', 'false'],
	...days.flatMap((one) => dateSpellings(one)),
	...['2024-01-15 10:20:30', '2023-12-31 23:59:59', '2024-02-29 00:00:00', '10:20:30', '23:59:59', '00:00:00'],
	...freshNumbers.map(String),
]

/** Texts at the edge: blanks, signs, overflow, accents, a character beyond the first plane. */
const edgeTexts: readonly string[] = [
	...[
		'',
		' ',
		' padded ',
		'0',
		'-1',
		'+5',
		'007',
		'1e3',
		'.5',
		'-0.01',
		'127',
		'128',
		'32768',
		'2147483647',
		'2147483648',
	],
	...[
		'-2147483649',
		'9223372036854775807',
		'9223372036854775808',
		'12345678901234567890.123456',
		'abc',
		'12abc',
		'1,234',
	],
	...[
		'0001-01-01',
		'9999-12-31',
		'1900-02-28',
		'2023-02-29',
		'1899-12-30',
		'ÅÉî',
		'straße',
		'😀 smile',
		"O'Brien",
		'a"b',
	],
]

function dateSpellings(one: number): readonly string[] {
	const [year = '', month = '', dayOfMonth = ''] = formatDate(one).split('-')
	return [
		`${year}-${month}-${dayOfMonth}`,
		`${month}/${dayOfMonth}/${year}`,
		`${dayOfMonth}/${month}/${year}`,
		`${year}${month}${dayOfMonth}`,
		`${year}/${month}/${dayOfMonth}`,
		`${dayOfMonth}.${month}.${year}`,
		`${dayOfMonth}-${month}-${year}`,
	]
}

/** Everyday values of a type, most ordinary first. */
export function ordinaryValues(type: DataType): readonly Value[] {
	switch (type.kind) {
		case 'string':
			return ordinaryTexts.filter((text) => text.length <= (type.length ?? 60))
		case 'int':
			return [1n, 2n, 3n, 7n, 10n, 42n, 100n, ...freshNumbers.map(BigInt)].filter(
				(value) => value <= intRange(type).max,
			)
		case 'decimal':
			return [1n, 2n, 3n, 25n, 125n, 999n]
				.map((value) => makeDecimal(value * 10n ** BigInt(Math.max(type.scale - 1, 0)), type.scale))
				.filter((value) => fits(value.unscaled, type.precision))
		case 'float':
			return [1, 2, 3.5, 10.25, 100, 0.125]
		case 'boolean':
			return [true, false]
		case 'date':
			return days.map(makeDate)
		case 'time':
			return [37_230_000_000n, 86_399_000_000n, 0n].map(makeTime)
		case 'timestamp':
			return days.map((one) => makeTimestamp(BigInt(one) * MICROS_PER_DAY + 37_230_000_000n))
		case 'binary':
			return ['00', 'CAFE', 'FF01'].map(makeBinary)
		case 'uuid':
			return ['6f9619ff-8b86-d011-b42d-00cf4fc964ff', '00000000-0000-0000-0000-000000000001']
		case 'vector':
		case 'record':
			return nestedValues(type, ordinaryValues)
	}
}

/** Vectors and records of the values of what they hold: the first of each, the second of each, and so on. */
function nestedValues(type: VectorType | RecordType, values: (inner: DataType) => readonly Value[]): readonly Value[] {
	if (type.kind === 'record') {
		const pools = type.fields.map((field) => ({ name: field.name, pool: values(field.type) }))
		return [0, 1, 2].map((turn) =>
			makeRecord(
				Object.fromEntries(pools.map(({ name, pool }, at) => [name, pool[(turn + at) % pool.length] ?? null])),
			),
		)
	}
	const pool = values(type.element)
	const lengths = type.length === undefined ? [2, 3, 1, 0] : [type.length, type.length]
	return lengths.map((length, turn) =>
		makeVector(Array.from({ length }, (_none, at) => pool[(turn * 2 + at) % pool.length] ?? null)),
	)
}

const fits = (unscaled: bigint, precision: number): boolean =>
	(unscaled < 0n ? -unscaled : unscaled) < 10n ** BigInt(precision)

/** Values at the edges of a type. */
export function edgeValues(type: DataType): readonly Value[] {
	switch (type.kind) {
		case 'string': {
			const full = type.length !== undefined && type.length <= 4000 ? ['x'.repeat(type.length)] : []
			return [...edgeTexts, ...full].filter((text) => text.length <= (type.length ?? 4000))
		}
		case 'int': {
			const { min, max } = intRange(type)
			return [...(type.signed ? [0n, -1n] : [0n]), min, max]
		}
		case 'decimal': {
			const most = 10n ** BigInt(type.precision) - 1n
			return [0n, 1n, -1n, most, -most].map((value) => makeDecimal(value, type.scale))
		}
		case 'float':
			return [0, -0.5, 1e15, -1e-7].map(type.bits === 32 ? Math.fround : Number)
		case 'date':
			return [day(1, 1, 1), day(1899, 12, 30), day(9999, 12, 31)].map(makeDate)
		case 'timestamp':
			return [
				`${BigInt(day(1, 1, 1)) * MICROS_PER_DAY}`,
				`${BigInt(day(9999, 12, 31)) * MICROS_PER_DAY + 86_399_999_999n}`,
			].map((micros) => makeTimestamp(BigInt(micros)))
		case 'time':
			return [makeTime(86_399_000_000n)]
		case 'binary':
			return [makeBinary('')]
		case 'boolean':
		case 'uuid':
			return []
		case 'vector':
		case 'record':
			return nestedValues(type, (inner) => [...edgeValues(inner), ...ordinaryValues(inner)])
	}
}

/**
 * Literals and parameters of an expression with their neighbours, as values of a typed column or as texts of a text column.
 */
export function literalValues(
	expressions: readonly Expression[],
	type: DataType,
	parameter: (name: string) => Value | undefined,
): readonly Value[] {
	const literals = new Map<string, Value>()
	const scales = new Set<number>()
	for (const expression of expressions) {
		visit(expression, (part) => {
			const value = part.kind === 'literal' ? part.value : part.kind === 'parameter' ? parameter(part.name) : null
			if (value !== null && value !== undefined) literals.set(`${typeof value} ${textOf(value)}`, value)
			if (part.type.kind === 'decimal') scales.add(part.type.scale)
		})
	}
	const found = [...literals.values()]
	return type.kind === 'string'
		? textVariants(found, type.length ?? 200, scalesNear(scales))
		: found.flatMap((value) => neighbours(value, type))
}

/** The coarsest scales: the others come of calculations, and no text of a column says as much. */
const scalesNear = (scales: ReadonlySet<number>): readonly number[] =>
	[...scales]
		.filter((scale) => scale > 0)
		.toSorted((a, b) => a - b)
		.slice(0, 2)

function neighbours(value: Value, type: DataType): readonly Value[] {
	const number =
		typeof value === 'bigint'
			? makeDecimal(value, 0)
			: typeof value === 'object' && value?.kind === 'decimal'
				? value
				: undefined
	if (number !== undefined && type.kind === 'int') {
		const whole = number.unscaled / 10n ** BigInt(number.scale)
		const { min, max } = intRange(type)
		return [whole, whole - 1n, whole + 1n].filter((one) => one >= min && one <= max)
	}
	if (number !== undefined && type.kind === 'decimal') {
		const shift = type.scale - number.scale
		const unscaled = shift >= 0 ? number.unscaled * 10n ** BigInt(shift) : number.unscaled / 10n ** BigInt(-shift)
		return [unscaled, unscaled - 1n, unscaled + 1n]
			.filter((one) => fits(one, type.precision))
			.map((one) => makeDecimal(one, type.scale))
	}
	if (type.kind === 'float') {
		const double = typeof value === 'number' ? value : number && Number(formatDecimal(number))
		return double === undefined ? [] : [double, double - 1, double + 1].map(type.bits === 32 ? Math.fround : Number)
	}
	if (typeof value !== 'object' || value === null) return []
	if (value.kind === 'date' || value.kind === 'timestamp') return aroundDay(value, type)
	return value.kind === type.kind ? [value] : []
}

function aroundDay(value: Extract<Value, { kind: 'date' | 'timestamp' }>, type: DataType): readonly Value[] {
	const micros = value.kind === 'date' ? BigInt(value.days) * MICROS_PER_DAY : value.micros
	const shifted = [0n, -1n, 1n].map((by) => micros + by * MICROS_PER_DAY)
	if (type.kind === 'timestamp') return shifted.map(makeTimestamp)
	return type.kind === 'date' ? shifted.map((one) => makeDate(Number(one / MICROS_PER_DAY))) : []
}

/** A literal as text, and texts that hold it at other places: for SUBSTRING, LEFT, LEN, LIKE and the like. */
function textVariants(literals: readonly Value[], length: number, scales: readonly number[]): readonly string[] {
	const sizes = literals.flatMap((value) =>
		typeof value === 'bigint' && value >= 0n && value <= 120n ? [Number(value)] : [],
	)
	const texts = literals.flatMap((value) => spellings(value))
	const placed = texts
		.filter((text) => text.length <= 40)
		.flatMap((text) => [
			...[text.toLowerCase(), text.toUpperCase(), ` ${text} `, `${text}x`, `x${text}`, text.replaceAll(/[%*]/g, 'x')],
			...sizes.filter((size) => size > 1 && size < 40).map((size) => 'x'.repeat(size - 1) + text),
		])
	const sized = sizes.flatMap((size) => [size - 1, size, size + 1]).filter((size) => size > 0)
	const filled = sized.flatMap((size) => ['x'.repeat(size), '1234567890'.repeat(13).slice(0, size)])
	const close = literals.flatMap((value) => scales.flatMap((scale) => closeBy(value, scale)))
	return [...new Set([...texts.slice(0, 3), ...close, ...texts, ...placed, ...filled])].filter(
		(text) => text.length <= length,
	)
}

/** One unit of the last digit below and above a number: what a type with a digit less would round to it. */
function closeBy(value: Value, scale: number): readonly string[] {
	const number = typeof value === 'bigint' ? makeDecimal(value, 0) : value
	if (typeof number !== 'object' || number?.kind !== 'decimal' || number.scale > scale) return []
	const unscaled = number.unscaled * 10n ** BigInt(scale - number.scale)
	return [-1n, 1n].map((by) => formatDecimal(makeDecimal(unscaled + by, scale)))
}

function spellings(value: Value): readonly string[] {
	if (typeof value === 'bigint') return [value, value - 1n, value + 1n].map(String)
	if (typeof value === 'number') return [value, value - 1, value + 1].map(String)
	if (typeof value === 'object' && value?.kind === 'date')
		return [value.days, value.days - 1, value.days + 1].flatMap(dateSpellings)
	if (typeof value === 'object' && value?.kind === 'decimal') {
		return [value.unscaled, value.unscaled - 1n, value.unscaled + 1n].map((one) =>
			formatDecimal(makeDecimal(one, value.scale)),
		)
	}
	return [textOf(value)]
}

function textOf(value: Value): string {
	if (value === null || typeof value !== 'object') return String(value)
	switch (value.kind) {
		case 'decimal':
			return formatDecimal(value)
		case 'date':
			return formatDate(value.days)
		case 'time':
			return formatTime(value.micros)
		case 'timestamp':
			return formatTimestamp(value.micros)
		case 'binary':
			return value.hex
		case 'vector':
		case 'record':
			return valueText(value)
	}
}
