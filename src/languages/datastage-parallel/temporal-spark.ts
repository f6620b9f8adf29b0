/** The Spark text of reading and writing by a DataStage format; it never raises. */
import { binary, call, fn, lit, method, type Py } from '../python.ts'
import { cast } from './spark-text.ts'
import { type FormatPart, type FormatTag, partPattern, type TemporalFormat } from './temporal-format.ts'

const javaLetters: Partial<Record<FormatTag['field'], string>> = {
	day: 'd',
	'day-of-year': 'D',
	month: 'M',
	'month-name': 'M',
	year: 'y',
	'weekday-name': 'E',
	hour: 'H',
	'hour-12': 'h',
	minute: 'm',
	second: 's',
	fraction: 'S',
	'half-day': 'a',
}

function javaTag(tag: FormatTag): string {
	if (tag.field === 'half-day') return 'a'
	if (tag.field === 'year-2') return 'yy'
	return (javaLetters[tag.field] ?? '').repeat(tag.variable ? 1 : tag.width)
}

/** Letters and the characters that Java's patterns reserve are quoted. */
const javaLiteral = (text: string): string => (/^[-/:., _]*$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`)

const javaPart = (part: FormatPart): string => (part.kind === 'literal' ? javaLiteral(part.text) : javaTag(part))

/** Text column of a timestamp (or date) column. */
export function formatText(moment: Py, format: TemporalFormat): Py {
	const pieces: Py[] = []
	let pattern = ''
	const flush = (): void => {
		if (pattern !== '') pieces.push(fn('date_format', moment, pattern))
		pattern = ''
	}
	for (const part of format.parts) {
		const own = part.kind === 'tag' ? ownText(moment, part) : undefined
		if (own === undefined) {
			pattern += javaPart(part)
			continue
		}
		flush()
		pieces.push(own)
	}
	flush()
	const [first] = pieces
	return first === undefined ? fn('date_format', moment, "''") : pieces.length === 1 ? first : fn('concat', ...pieces)
}

/** Tags that `date_format` has no letter for. */
function ownText(moment: Py, tag: FormatTag): Py | undefined {
	const number = (value: Py): Py =>
		tag.variable || tag.width < 2 ? cast(value, 'string') : fn('lpad', cast(value, 'string'), tag.width, '0')
	switch (tag.field) {
		case 'weekday-sunday':
			return number(fn('dayofweek', moment))
		case 'weekday-monday':
			return number(binary('+', fn('weekday', moment), lit(1)))
		case 'week':
			return number(fn('weekofyear', moment))
		case 'fraction':
			return fn('date_format', moment, 'S'.repeat(tag.width))
		case 'month-name':
		case 'weekday-name':
		case 'half-day': {
			const text = fn('date_format', moment, javaTag(tag))
			const upper = tag.letters === 'upper' || (tag.field === 'half-day' && tag.letters !== 'lower')
			return upper ? fn('upper', text) : tag.letters === 'lower' ? fn('lower', text) : undefined
		}
		default:
			return undefined
	}
}

/**
 * Timestamp column of a text; null where the text is not of the format. The whole text is matched first, because Java's own reading
 * is more lenient in places and stricter in others.
 */
export function parseText(text: Py, format: TemporalFormat): Py {
	// Year 0 does not exist, but Java's proleptic calendar has it.
	const guard = (part: FormatPart): string =>
		part.kind === 'tag' && part.field === 'year' ? `(?!0000)${partPattern(part)}` : partPattern(part)
	const blank = (part: FormatPart): string => (part.kind === 'tag' && part.blanks ? ' *' : '')
	const whole = `\\A${format.parts.map((part) => blank(part) + guard(part)).join('')}\\z`
	const exact = fn('regexp_extract', text, whole, 0)
	const years = format.parts.filter((part) => part.kind === 'tag' && part.field === 'year-2')
	const plain =
		years.length === 0 &&
		format.parts.every((part) => part.kind === 'literal' || (!part.blanks && part.field !== 'weekday-name'))
	// Spark reads no weekday ("Text 'E' isn't allowed for parsing"); the match has tested its name, so it is left out.
	const java = format.parts
		.filter((part) => part.kind === 'literal' || part.field !== 'weekday-name')
		.map((part) => (part.kind === 'tag' && part.field === 'year-2' ? 'yyyy' : javaPart(part)))
		.join('')
	if (plain && whole === digitShape(java)) return call('text_to_timestamp', text, java)
	const canonical = plain ? exact : centuries(exact, format)
	return fn('try_to_timestamp', canonical, lit(java))
}

/** What the printed helper makes of a pattern: every letter a digit, and no year 0. */
function digitShape(java: string): string {
	const digits = java.replace(/[A-Za-z]+|[^A-Za-z]/g, (run) =>
		/[A-Za-z]/.test(run) ? `[0-9]{${run.length}}` : /[\\^$.|?*+()[\]{}]/.test(run) ? `\\${run}` : run,
	)
	return `\\A${digits.replaceAll('[0-9]{4}', '(?!0000)[0-9]{4}')}\\z`
}

/** Leaves out optional blanks and names of weekdays, and puts the century before years of two digits. */
function centuries(text: Py, format: TemporalFormat): Py {
	const cutoff = format.parts.find((part) => part.kind === 'tag' && part.field === 'year-2')
	if (cutoff === undefined || cutoff.kind !== 'tag') return rewrite(text, format, '', '[0-9]{2}')
	const century = Math.floor(cutoff.cutoff / 100)
	const first = cutoff.cutoff % 100
	if (first === 0) return rewrite(text, format, String(century).padStart(2, '0'), '[0-9]{2}')
	const late = Array.from({ length: 100 - first }, (_none, at) => String(first + at).padStart(2, '0')).join('|')
	const early = rewrite(text, format, String(century).padStart(2, '0'), `(?:${late})`)
	return rewrite(early, format, String(century + 1).padStart(2, '0'), '[0-9]{2}')
}

function rewrite(text: Py, format: TemporalFormat, century: string, year: string): Py {
	let group = 0
	let by = ''
	const pattern = format.parts.map((part) => {
		group += 1
		const isYear = part.kind === 'tag' && part.field === 'year-2'
		const isWeekday = part.kind === 'tag' && part.field === 'weekday-name'
		if (!isWeekday) by += `${isYear ? century.replace(/./g, '\\$&') : ''}$${group}`
		// The digits of the century are escaped, or they would belong to the number of the group before them.
		return `${part.kind === 'tag' && part.blanks ? ' *' : ''}(${isYear ? year : partPattern(part)})`
	})
	return fn('regexp_replace', text, `\\A${pattern.join('')}\\z`, by)
}

/** Microseconds since midnight of a timestamp column. */
export const microsOfDay = (moment: Py): Py =>
	fn('pmod', fn('unix_micros', moment), { code: 'F.lit(86400000000)', level: 'atom' })

/** A timestamp column that has this time of day. */
export const momentOfTime = (micros: Py): Py => fn('timestamp_micros', micros)
export const dateOfMoment = (moment: Py): Py => method(moment, 'cast', 'date')
