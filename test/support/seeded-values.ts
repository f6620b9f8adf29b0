/** Values of every kind that break things: nulls are added by whoever draws; boundaries, surrogate pairs, leap days are here. */
import { daysFromCivil, MAX_DAYS, MICROS_PER_DAY, MIN_DAYS } from '#model/calendar.ts'
import { parse, rescale } from '#model/decimal.ts'
import {
	binary,
	boolean,
	type DataType,
	date,
	decimal,
	float,
	int,
	intRange,
	record,
	type TypeKind,
	text,
	time,
	timestamp,
	uuid,
	vector,
} from '#model/types.ts'
import { makeBinary, makeDate, makeRecord, makeTime, makeTimestamp, makeVector, type Value } from '#model/values.ts'

/** A generator of numbers from 0 up to 1 that gives the same sequence for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
	let state = seed >>> 0
	return () => {
		state = (state + 0x6d2b79f5) >>> 0
		let mixed = Math.imul(state ^ (state >>> 15), state | 1)
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
	}
}

/** The type that stands for a kind when an operation is tried. */
export const typeOfKind: Readonly<Record<TypeKind, DataType>> = {
	string: text(),
	int: int(32),
	decimal: decimal(10, 2),
	float: float(64),
	boolean,
	date,
	time: time(6),
	timestamp: timestamp(6),
	binary: binary(),
	uuid,
	vector: vector(text(), true),
	record: record([
		{ name: 'a', type: int(32), nullable: true },
		{ name: 'b', type: date, nullable: true },
	]),
}

const day = (year: number, month: number, at: number): number => daysFromCivil({ year, month, day: at })
const days = [
	0,
	-1,
	day(2000, 2, 29),
	day(1900, 2, 28),
	day(2024, 2, 29),
	day(2023, 12, 31),
	day(2024, 1, 1),
	day(2008, 8, 18),
	day(1582, 10, 10),
	day(2009, 8, 31),
	MIN_DAYS,
	MAX_DAYS,
]
const clocks = [
	0n,
	1n,
	999_999n,
	43_200_000_000n,
	81_052_320_000n,
	MICROS_PER_DAY - 1n,
	3_599_000_000n,
	52_329_500_000n,
]

const texts = [
	'',
	' ',
	'a',
	'abc',
	'ABC',
	' a  b ',
	'a,b,,c',
	',',
	'TTTT',
	'T',
	'😀',
	'a😀b😀',
	'ß',
	'Ünïcödé',
	'x\ty',
	'line\nbreak',
	'end\n',
	'..a..b..',
	'$1\\E[x]',
	'a\u00a0b',
	'0',
	'1',
	'-1',
	'42',
	'007',
	'12.5',
	'-12.345',
	'+3',
	'.5',
	'5.',
	'1e3',
	'1E-2',
	' 17 ',
	'2147483647',
	'2147483648',
	'-2147483649',
	'9223372036854775807',
	'99999999999999999999',
	'12A',
	'-',
	'NaN',
	'2024-02-29',
	'2023-02-29',
	'0000-01-01',
	'9999-12-31',
	'2024-2-9',
	'12:34:56',
	'24:00:00',
	'2024-02-29 12:34:56',
	'2024-02-30 12:34:56',
	'20240229',
	'AB99',
	'AB100',
	'Griffin',
	'Ashcraft',
	'true',
	'0101',
	'T',
	'ab',
	'b',
	'1,5',
]

const decimals = [
	'0',
	'0.01',
	'-0.01',
	'1',
	'-1',
	'0.5',
	'-0.5',
	'2.55',
	'-2.45',
	'99999999.99',
	'-99999999.99',
	'12344.12',
	'20240229',
	'200658',
	'1234.5',
]
const floats = [
	0, -0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 0.1, 12.962962962962962, -26.53, 1e-7, 123456.789, 1e10, -1e18, 1e300, 240,
	86_399.5, 2_147_483_648, 4.35, 1.005,
]
const integers = [
	0n,
	1n,
	-1n,
	2n,
	3n,
	4n,
	7n,
	12n,
	28n,
	31n,
	100n,
	241n,
	-31n,
	2020n,
	2454614n,
	1234567890n,
	2n ** 31n - 1n,
	-(2n ** 31n),
	2n ** 53n + 1n,
	2n ** 63n - 1n,
	-(2n ** 63n),
]

/** Some values of a type; never null. */
export function valuesOf(type: DataType): readonly Value[] {
	switch (type.kind) {
		case 'string':
			return type.length === undefined ? texts : texts.filter((one) => one.length <= (type.length ?? 0))
		case 'int': {
			const { min, max } = intRange(type)
			return [...integers.filter((one) => one >= min && one <= max), min, max]
		}
		case 'decimal':
			return decimals.flatMap((one) => {
				const value = parse(one)
				const fitted = value && rescale(value, type.scale, 'down')
				return fitted &&
					fitted.unscaled < 10n ** BigInt(type.precision) &&
					fitted.unscaled > -(10n ** BigInt(type.precision))
					? [fitted]
					: []
			})
		case 'float':
			return type.bits === 32 ? floats.filter((one) => Math.abs(one) < 1e15).map(Math.fround) : floats
		case 'boolean':
			return [true, false]
		case 'date':
			return days.map(makeDate)
		case 'time':
			return clocks.map(makeTime)
		case 'timestamp':
			return days.flatMap((one) =>
				clocks.slice(0, 3).map((clock) => makeTimestamp(BigInt(one) * MICROS_PER_DAY + clock)),
			)
		case 'binary':
			return ['', '00', '68656C6C6F', 'FF00', 'F09F9880'].map(makeBinary)
		case 'uuid':
			return ['00000000-0000-0000-0000-000000000000', '1B4E28BA-2FA1-11D2-883F-0016D3CCA427']
		case 'vector': {
			const [one = null, two = null, three = null] = valuesOf(type.element)
			const lists = type.length === undefined ? [[], [one], [two, null, three]] : [[one, two, three]]
			return lists.map((items) => makeVector(items.slice(0, type.length)))
		}
		case 'record':
			return [0, 1].map((at) =>
				makeRecord(Object.fromEntries(type.fields.map((field) => [field.name, valuesOf(field.type)[at] ?? null]))),
			)
	}
}

/** Rows of one value per type: first each type's own values in turn, then drawn ones; about one in nine is null. */
export function seededRows(types: readonly DataType[], rows: number, seed: number): readonly (readonly Value[])[] {
	const random = seededRandom(seed)
	const pools = types.map(valuesOf)
	return Array.from({ length: rows }, () =>
		pools.map((pool) => (random() < 0.11 ? null : (pool[Math.floor(random() * pool.length)] ?? null))),
	)
}
