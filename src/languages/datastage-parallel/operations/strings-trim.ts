/** Trimming and white space. `Trim` without options removes blanks and tabs at both ends and runs of them inside. */
import type { Value } from '#model/values.ts'
import type { PysparkContext } from '../../catalogue.ts'
import { binary, call, fn, lit, method, type Py } from '../../python.ts'
import { decide, literalString, patternOf, quotePattern, when } from '../spark-text.ts'
import { family, literal, optional, results, string, textOf } from './define.ts'

const one = [textOf('text')]
/** White space as Java's `\s`; JavaScript's own would take more. */
const SPACE = '[ \\t\\n\\x0B\\f\\r]'
const replaced = (pattern: string, by: string) => ({
	parameters: one,
	result: results.text,
	evaluate: ([text]: readonly Value[]) => string(text).replace(new RegExp(pattern, 'g'), by),
	pyspark: ([text]: readonly [Py, ...Py[]]) =>
		fn('regexp_replace', text, pattern.replace(/\$$/, '\\z').replace('$|', '\\z|'), by),
})

const blanks = '[ \\t]'

function trimBlanks(text: string): string {
	return text.replace(/^[ \t]+|[ \t]+$/g, '').replace(/([ \t])[ \t]+/g, '$1')
}

/** The pattern to replace by its first group, in order, for an option; `$` is the very end. */
function trimPatterns(option: string, mark: string): readonly string[] {
	const run = `(?:${mark})+`
	const patterns: Readonly<Record<string, readonly string[]>> = {
		A: [run],
		B: [`^${run}|${run}$`],
		L: [`^${run}`],
		T: [`${run}$`],
		R: [`^${run}|${run}$`, `(${mark})${run}`],
		D: [`^${SPACE}+|${SPACE}+$`, `${SPACE}+`],
		E: [`${SPACE}+$`],
		F: [`^${SPACE}+`],
	}
	return patterns[option] ?? []
}

const replacement = (option: string, step: number): string => (step === 0 ? '' : option === 'D' ? ' ' : '$1')

function trimOption(text: string, mark: string, option: string): string {
	if (mark === '' && 'ABLTR'.includes(option)) return text
	return trimPatterns(option, quotePattern(mark)).reduce(
		(result, pattern, step) => result.replace(new RegExp(pattern, 'gu'), replacement(option, step)),
		text,
	)
}

const javaEnds = (pattern: string): string => (pattern.endsWith('$') ? `${pattern.slice(0, -1)}\\z` : pattern)

function trimText(text: Py, mark: Py, option: string, context: PysparkContext): Py {
	const constant = literalString(context, 1)
	if (constant === undefined && 'DEF'.includes(option))
		return when(method(mark, 'isNotNull'), trimText(text, lit(''), option, { ...context, literals: [undefined, ''] }))
	if (constant !== undefined) {
		if (constant === '' && 'ABLTR'.includes(option)) return text
		if (option === 'A') return fn('replace', text, mark, lit(''))
		return trimPatterns(option, quotePattern(constant ?? '')).reduce(
			(result, pattern, step) => fn('regexp_replace', result, javaEnds(pattern), replacement(option, step)),
			text,
		)
	}
	// The pattern is put together at run time: its pieces around the quoted character.
	const hole = '\u0000'
	const quoted = patternOf(mark, context, 1)
	const pattern = (shape: string): Py =>
		fn(
			'concat',
			...javaEnds(shape)
				.split(hole)
				.flatMap((piece, at) => (at === 0 ? [lit(piece)] : [quoted, lit(piece)])),
		)
	const trimmed = trimPatterns(option, hole).reduce(
		(result, shape, step) => fn('regexp_replace', result, pattern(shape), lit(replacement(option, step))),
		text,
	)
	return decide(binary('==', mark, lit('')), text, trimmed)
}

const optionOf = (value: Value | undefined): string => (typeof value === 'string' ? value.toUpperCase() : 'R')

export const stringTrims = family('IBM: Parallel transform functions, Trim', {
	trim: {
		parameters: one,
		result: results.text,
		evaluate: ([text]) => trimBlanks(string(text)),
		pyspark: ([text]) => call('trim_blanks', text),
	},
	'trim-characters': {
		parameters: [...one, textOf('character'), textOf('option', { ...literal, ...optional })],
		result: (_types, literals) => {
			const option = literals[2]
			const known = option === undefined || (typeof option === 'string' && /^[ABDEFLRT]$/i.test(option))
			return known ? results.text() : { problem: 'the option of Trim is one of A, B, D, E, F, L, R, T' }
		},
		evaluate: ([text, mark, option]) => trimOption(string(text), string(mark), optionOf(option)),
		pyspark: ([text, mark], context) => trimText(text, mark, optionOf(context.literals[2]), context),
	},
	'trim-b': replaced(`${blanks}+$`, ''),
	'trim-f': replaced(`^${blanks}+`, ''),
	'trim-leading-trailing': replaced(`^${blanks}+|${blanks}+$`, ''),
	'strip-white-space': replaced(`${SPACE}+`, ''),
	'compact-white-space': replaced(`${SPACE}+`, ' '),
})
