/**
 * Functions of the Modify stage as Transformer expressions (IBM: Modify stage, and the Transformer functions of the same subject).
 * Options stand in brackets, arguments in parentheses: `date_from_string[%dd/%mm/%yyyy](S)`.
 */

export interface ModifyCall {
	readonly name: string
	readonly options: readonly string[]
	/** The column, as Transformer text. */
	readonly argument: string
	/** Further arguments, quoted as written. */
	readonly rest: readonly string[]
}

type Translate = (call: ModifyCall) => string | undefined

const quoted = (text: string): string => (text.includes('"') ? `'${text}'` : `"${text}"`)
const bare = (text: string): string => text.trim().replace(/^(["'])(.*)\1$/s, '$2')

/** `Name(argument)`, with the option, when there is one, as second argument. */
const plain =
	(name: string): Translate =>
	({ options, argument, rest }) =>
		rest.length > 0 || options.length > 1
			? undefined
			: `${name}(${[argument, ...options.map((option) => quoted(bare(option)))].join(', ')})`

const functions: Readonly<Record<string, Translate>> = {
	date_from_string: plain('StringToDate'),
	string_from_date: plain('DateToString'),
	ustring_from_date: plain('DateToString'),
	date_from_ustring: plain('StringToDate'),
	time_from_string: plain('StringToTime'),
	string_from_time: plain('TimeToString'),
	timestamp_from_string: plain('StringToTimestamp'),
	timestamp_from_ustring: plain('StringToTimestamp'),
	string_from_timestamp: plain('TimestampToString'),
	ustring_from_timestamp: plain('TimestampToString'),
	date_from_timestamp: plain('TimestampToDate'),
	time_from_timestamp: plain('TimestampToTime'),
	date_from_days_since: plain('DateFromDaysSince'),
	date_from_julian_day: plain('DateFromJulianDay'),
	days_since_from_date: plain('DaysSinceFromDate'),
	julian_day_from_date: plain('JulianDayFromDate'),
	month_day_from_date: plain('MonthDayFromDate'),
	month_from_date: plain('MonthFromDate'),
	year_from_date: plain('YearFromDate'),
	year_day_from_date: plain('YeardayFromDate'),
	year_week_from_date: plain('YearweekFromDate'),
	weekday_from_date: plain('WeekdayFromDate'),
	next_weekday_from_date: plain('NextWeekdayFromDate'),
	previous_weekday_from_date: plain('PreviousWeekdayFromDate'),
	decimal_from_decimal: plain('DecimalToDecimal'),
	decimal_from_dfloat: plain('DFloatToDecimal'),
	decimal_from_string: plain('StringToDecimal'),
	decimal_from_ustring: plain('StringToDecimal'),
	string_from_decimal: plain('DecimalToString'),
	ustring_from_decimal: plain('DecimalToString'),
	dfloat_from_decimal: plain('DecimalToDFloat'),
	mantissa_from_decimal: plain('MantissaFromDecimal'),
	mantissa_from_dfloat: plain('MantissaFromDFloat'),
	hours_from_time: plain('HoursFromTime'),
	minutes_from_time: plain('MinutesFromTime'),
	seconds_from_time: plain('SecondsFromTime'),
	microseconds_from_time: plain('MicroSecondsFromTime'),
	midnight_seconds_from_time: plain('MidnightSecondsFromTime'),
	time_from_midnight_seconds: plain('TimeFromMidnightSeconds'),
	timestamp_from_date: ({ options, argument }) =>
		options.length > 1
			? undefined
			: `TimestampFromDateTime(${argument}, StringToTime(${quoted(bare(options[0] ?? '00:00:00'))}))`,
	timestamp_from_time: ({ options, argument }) =>
		options.length > 1
			? undefined
			: options.length === 0
				? `TimestampFromTime(${argument})`
				: `TimestampFromDateTime(StringToDate(${quoted(bare(options[0] ?? ''))}), ${argument})`,
	timestamp_from_seconds_since: plain('TimestampFromSecondsSince'),
	seconds_since_from_timestamp: plain('SecondsSinceFromTimestamp'),
	timestamp_from_timet: plain('TimestampFromTimet'),
	timet_from_timestamp: plain('TimetFromTimestamp'),
	uppercase_string: plain('UpCase'),
	lowercase_string: plain('DownCase'),
	string_length: plain('Len'),
	ustring_length: plain('Len'),
	raw_length: plain('RawLength'),
	notnull: plain('IsNotNull'),
	// The start counts from 0 here and from 1 in the Transformer.
	substring: ({ options: [start = '', length = ''], argument }) =>
		/^\s*\d{1,9}\s*$/.test(start) && /^\s*\d{1,9}\s*$/.test(length)
			? `${argument}[${Number(start) + 1}, ${Number(length)}]`
			: undefined,
	string_trim: ({ options: [character = '', direction = '', ...more], argument }) => {
		const side = { begin: 'L', end: 'T' }[direction.trim().toLowerCase()]
		return side === undefined || more.length > 0 || bare(character).length !== 1
			? undefined
			: `Trim(${argument}, ${quoted(bare(character))}, "${side}")`
	},
	handle_null: ({ argument, rest: [value] }) =>
		value === undefined ? undefined : `NullToValue(${argument}, ${constant(value)})`,
	make_null: ({ argument, rest: [value] }) =>
		value === undefined ? undefined : `If ${argument} = ${constant(value)} Then SetNull() Else ${argument}`,
}

/** The rounding of whole numbers from decimals: towards zero unless it is named (IBM: Modify stage, int32_from_decimal). */
const wholeFrom: Readonly<Record<string, (argument: string) => string>> = {
	'': (argument) => argument,
	trunc_zero: (argument) => argument,
	round_inf: (argument) => `AsInteger(${argument})`,
	ceil: (argument) => `Ceil(${argument})`,
	floor: (argument) => `Floor(${argument})`,
}

/** `fix_zero` lets packed decimals of zeros through, which are none of ours. */
function wholeNumber({ options, argument, rest }: ModifyCall): string | undefined {
	const [rounding = '', ...others] = options
		.map((option) => bare(option).toLowerCase())
		.filter((one) => one !== 'fix_zero')
	return rest.length > 0 || others.length > 0 ? undefined : wholeFrom[rounding]?.(argument)
}

/** A value as written: a number stays one, anything else is text. */
function constant(written: string): string {
	const value = bare(written)
	return value === written.trim() && /^-?\d+(?:\.\d+)?$/.test(value) ? value : quoted(value)
}

/** The Transformer text of a call; undefined where there is none. A bare conversion by type names is the implicit one. */
export function transformerText(call: ModifyCall): string | undefined {
	const name = call.name.toLowerCase()
	if (Object.hasOwn(functions, name)) return functions[name]?.(call)
	if (/^u?int(?:8|16|32|64)_from_decimal$/.test(name)) return wholeNumber(call)
	const isImplicit = /^(?:u?int(?:8|16|32|64)|[sd]float|decimal|u?string|date|time|timestamp|raw)_from_\w+$/.test(name)
	const encodesOnly = /^u?string_from_u?string$/.test(name)
	return isImplicit && !name.includes('lookup') && (call.options.length === 0 || encodesOnly) && call.rest.length === 0
		? call.argument
		: undefined
}
