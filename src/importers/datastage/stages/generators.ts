/** What Row Generator and Column Generator put into a column (IBM: Parallel Job Developer's Guide, Generator). */
import { parseDate, parseTime } from '#model/calendar.ts'
import type { Generator } from '#model/reshaping.ts'
import type { DataType } from '#model/types.ts'
import { intRange } from '#model/types.ts'
import { makeBinary } from '#model/values.ts'
import type { DsColumn } from '../columns.ts'
import { parseFormat } from '../format-properties.ts'
import type { StageContext } from '../stage-context.ts'

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const microsPerSecond = 1_000_000n
/** Orchestrate's generator operator counts dates and timestamps from 1960-01-01. */
const epoch = '1960-01-01'

/** The generator of a column; refuses the stage where the options cannot be honoured, declares what only looks alike. */
export function generatorOf(context: StageContext, column: DsColumn): Generator {
	const format = parseFormat(column.format) ?? new Map<string, string>()
	const nulls = format.get('nulls')
	if (nulls === '100') return { kind: 'list', values: [null] }
	if (nulls !== undefined && nulls !== '0') declare(context, `${nulls} % of ${column.name} was null, at random rows`)
	if (format.has('random')) declare(context, `${column.name} was random`)
	for (const name of ['function', 'percent_invalid', 'invalids', 'percent_zero', 'zeros'])
		if (format.has(name)) context.refuse(`the column ${column.name} is generated with the option ${name}`)
	if (column.type.kind === 'string') return textGenerator(context, column, column.type.length, format)
	if (column.type.kind === 'binary') return bytesGenerator(context, column, column.type.length)
	return series(context, column, optionsOf(format.get('cycle') ?? ''), format)
}

function declare(context: StageContext, detail: string): void {
	context.differ('RG-D041', `${context.stage.name}: ${detail}`)
}

/** `{init=1,incr=2}` by name. */
const optionsOf = (braces: string): ReadonlyMap<string, string> =>
	parseFormat(braces.replace(/^\{|\}$/g, '')) ?? new Map()

/** One character as often as the column is long; a cycle or alphabet replaces the characters. */
function textGenerator(
	context: StageContext,
	column: DsColumn,
	length: number | undefined,
	format: ReadonlyMap<string, string>,
): Generator {
	const cycle = format.get('cycle')
	if (cycle !== undefined) {
		const values = [...cycle.matchAll(/\bvalue\s*=\s*(?:'([^']*)'|"([^"]*)"|([^,}]+))/g)].map(
			(match) => match[1] ?? match[2] ?? match[3]?.trim() ?? '',
		)
		if (values.length === 0) context.refuse(`the values that ${column.name} cycles through cannot be read`)
		return { kind: 'list', values: length === undefined ? values : values.map((value) => value.slice(0, length)) }
	}
	const characters = optionsOf(format.get('alphabet') ?? '').get('alphabet') ?? alphabet
	if (length === undefined) declare(context, `the length of ${column.name} is not fixed`)
	return { kind: 'repeat', characters: characters === '' ? alphabet : characters, length: length ?? 8 }
}

function bytesGenerator(context: StageContext, column: DsColumn, length: number | undefined): Generator {
	declare(context, `the bytes of ${column.name} follow no documented rule`)
	const byte = (number: number): string =>
		number
			.toString(16)
			.padStart(2, '0')
			.repeat(length ?? 1)
	return { kind: 'list', values: Array.from({ length: 16 }, (_none, number) => makeBinary(byte(number))) }
}

interface Cycle {
	readonly start: bigint
	readonly step: bigint
	readonly limit: bigint | undefined
}

function series(
	context: StageContext,
	column: DsColumn,
	options: ReadonlyMap<string, string>,
	format: ReadonlyMap<string, string>,
): Generator {
	const { type } = column
	const number = (name: string, otherwise: bigint, unit: bigint): bigint => {
		const written = options.get(name)?.trim()
		return written === undefined || written === '' ? otherwise : readNumber(context, column, written, unit)
	}
	const cycle = (unit: bigint, start: bigint, step: bigint, limit: bigint | undefined): Cycle => ({
		start: number('init', start, unit),
		step: number('incr', step, unit),
		limit: options.has('limit') ? number('limit', 0n, unit) : limit,
	})
	for (const name of options.keys())
		if (!['init', 'incr', 'limit'].includes(name)) context.refuse(`the cycle of ${column.name} has the option ${name}`)
	const days = BigInt(parseDate(format.get('epoch') ?? epoch) ?? 0)
	const undocumented = !options.has('init') && !format.has('epoch')
	switch (type.kind) {
		case 'int':
			return repeating(cycle(1n, 0n, 1n, intRange(type).max))
		case 'float':
			return repeating(cycle(1n, 0n, 1n, undefined))
		case 'decimal': {
			const unit = 10n ** BigInt(type.scale)
			return repeating(cycle(unit, 0n, unit, 10n ** BigInt(type.precision) - 1n))
		}
		case 'date':
			if (undocumented) declare(context, `the first date of ${column.name} is not documented for the stage`)
			return repeating(cycle(1n, days, 1n, undefined))
		case 'time':
			return { ...repeating(cycle(microsPerSecond, 0n, microsPerSecond, 86_399n * microsPerSecond)) }
		case 'timestamp':
			if (undocumented) declare(context, `the first timestamp of ${column.name} is not documented for the stage`)
			return repeating(cycle(microsPerSecond, days * 86_400n * microsPerSecond, microsPerSecond, undefined))
		default:
			context.refuse(`the column ${column.name} has a type that is not generated`)
			return { kind: 'list', values: [null] }
	}
}

/** `part` and `partcount` stand for the partition and their number: 0 and 1 in the new job. */
function readNumber(context: StageContext, { name, type }: DsColumn, written: string, unit: bigint): bigint {
	if (/part/.test(written)) context.differ('RG-D008', `${context.stage.name} counts ${name} by partitions`)
	const plain = written.replaceAll('partcount', '1').replaceAll('part', '0')
	const sum = plain.split('+').map((part) => part.trim())
	return sum.reduce((total, part) => total + inUnits(context, name, type, part, unit), 0n)
}

function inUnits(context: StageContext, name: string, type: DataType, written: string, unit: bigint): bigint {
	if (type.kind === 'date' && parseDate(written) !== undefined) return BigInt(parseDate(written) ?? 0)
	const moment = microsOf(type, written)
	if (moment !== undefined) return moment
	const match = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/.exec(written)
	const digits = match?.[3] ?? ''
	const places = BigInt(digits.length)
	if (match === null || (digits !== '' && unit % 10n ** places !== 0n && !/^0*$/.test(digits))) {
		context.refuse(`the column ${name} is generated from "${written}"`)
		return 0n
	}
	const fraction = digits === '' || /^0*$/.test(digits) ? 0n : (BigInt(digits) * unit) / 10n ** places
	const value = BigInt(match[2] ?? '0') * unit + fraction
	return match[1] === '-' ? -value : value
}

/** A time or timestamp as text; a date alone is midnight of it. */
function microsOf({ kind }: DataType, written: string): bigint | undefined {
	const [, day, clock] = /^(\d{4}-\d\d-\d\d)?[ T]?(\d\d:\d\d:\d\d(?:\.\d{1,6})?)?$/.exec(written) ?? []
	if (kind === 'time') return day === undefined && clock !== undefined ? parseTime(clock) : undefined
	const days = kind === 'timestamp' && day !== undefined ? parseDate(day) : undefined
	const micros = parseTime(clock ?? '00:00:00')
	return days === undefined || micros === undefined ? undefined : BigInt(days) * 86_400n * microsPerSecond + micros
}

/** A value beyond the limit begins again with the first one. */
function repeating({ start, step, limit }: Cycle): Extract<Generator, { kind: 'series' }> {
	if (limit === undefined || step <= 0n) return { kind: 'series', start, step }
	const period = limit < start ? 1n : (limit - start) / step + 1n
	// A number of rows that no job reaches needs no turn back.
	return period > 10n ** 9n ? { kind: 'series', start, step } : { kind: 'series', start, step, period }
}
