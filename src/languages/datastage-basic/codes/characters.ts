/** The codes MC…, G, L and S: characters, groups, length and sound (IBM: DataStage BASIC, conversion codes). */
import { characterCount } from '#model/code-points.ts'
import { lambda, quotePattern, sql } from '../../datastage-parallel/spark-text.ts'
import { fn, lit, method, type Py } from '../../python.ts'
import type { ConversionCode } from './code.ts'

const oneWay = (evaluate: (text: string) => string, pyspark: (text: Py) => Py): ConversionCode => ({
	output: { evaluate, pyspark },
	input: { evaluate, pyspark },
})

const dropping = (pattern: string): ConversionCode =>
	oneWay(
		(text) => text.replace(new RegExp(pattern, 'gu'), ''),
		(text) => fn('regexp_replace', text, pattern, ''),
	)

/** Letters and digits of ASCII: what counts as a letter beyond them depends on the locale of the server. */
const letterCase: Readonly<Record<string, ConversionCode>> = {
	MCU: oneWay(
		(text) => text.toUpperCase(),
		(text) => fn('upper', text),
	),
	MCL: oneWay(
		(text) => text.toLowerCase(),
		(text) => fn('lower', text),
	),
	MCT: oneWay(initials, (text) => {
		const words = fn('regexp_extract_all', fn('lower', text), lit('[a-z]+|[^a-z]+'), lit(0))
		return fn('array_join', fn('transform', words, lambda('word', fn('initcap', { code: 'word', level: 'atom' }))), '')
	}),
	MCA: dropping('[^A-Za-z]'),
	'MC/A': dropping('[A-Za-z]'),
	MCN: dropping('[^0-9]'),
	'MC/N': dropping('[0-9]'),
	MCB: dropping('[^A-Za-z0-9]'),
	'MC/B': dropping('[A-Za-z0-9]'),
	MCP: oneWay(
		(text) => text.replace(/[^ -~]/gu, '.'),
		(text) => fn('regexp_replace', text, '[^ -~]', '.'),
	),
}

function initials(text: string): string {
	return text.toLowerCase().replace(/[a-z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1))
}

/** `G[skip]dn`: n fields after the first ones, that a character delimits. */
function readGroupCode(code: string): ConversionCode | undefined {
	const match = /^G(\d{0,4})([^0-9])(\d{1,4})$/.exec(code)
	if (match === null) return undefined
	const [skip, mark, many] = [Number(match[1] ?? 0), match[2] ?? '', Number(match[3])]
	return oneWay(
		(text) =>
			text
				.split(mark)
				.slice(skip, skip + many)
				.join(mark),
		(text) =>
			sql('array_join', sql('slice', sql('split', text, lit(quotePattern(mark))), lit(skip + 1), lit(many)), lit(mark)),
	)
}

/** `L` gives the length, `Ln` the text when it is no longer, `Ln,m` when its length is between. */
function readLengthCode(code: string): ConversionCode | undefined {
	const match = /^L(?:(\d{1,6})(?:,(\d{1,6}))?)?$/i.exec(code)
	if (match === null) return undefined
	if (match[1] === undefined || match[1] === '0')
		return oneWay(
			(text) => String(characterCount(text)),
			(text) => method(fn('length', text), 'cast', 'string'),
		)
	const [least, most] = match[2] === undefined ? [0, Number(match[1])] : [Number(match[1]), Number(match[2])]
	return oneWay(
		(text) => (characterCount(text) >= least && characterCount(text) <= most ? text : ''),
		(text) =>
			method(
				fn('when', method(fn('length', text), 'between', least, most), text),
				'when',
				method(text, 'isNotNull'),
				lit(''),
			),
	)
}

export function readCharacterCode(code: string): ConversionCode | undefined {
	const upper = code.toUpperCase()
	return letterCase[upper] ?? readGroupCode(code) ?? readLengthCode(code)
}
