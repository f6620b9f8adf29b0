/** MATCHES and MATCHFIELD. The pattern must be a constant. */
import type { Value } from '#model/values.ts'
import { intOf, literal, results, string, textAt, textOf } from '../../datastage-parallel/operations/define.ts'
import { toCount } from '../../datastage-parallel/spark-text.ts'
import { fn, method } from '../../python.ts'
import { type MatchPattern, readMatchPattern } from '../match-pattern.ts'
import { family } from './define.ts'

type Literals = readonly (Value | undefined)[]

const patternIn = (literals: Literals): MatchPattern =>
	readMatchPattern(textAt(literals, 1)) ?? { source: '', groups: 0 }
const unread = (literals: Literals) => ({ problem: `the pattern ${textAt(literals, 1)} is not understood` })
const part = (literals: Literals): number => toCount(literals[2] ?? 0n)

export const patternFunctions = family('IBM: DataStage BASIC, pattern matching; MATCHFIELD function', {
	matches: {
		parameters: [textOf('text'), textOf('pattern', literal)],
		result: (_types, literals) =>
			readMatchPattern(textAt(literals, 1)) === undefined ? unread(literals) : results.boolean(),
		evaluate: ([text], { literals }) => new RegExp(`^(?:${patternIn(literals).source})$`, 'u').test(string(text)),
		pyspark: ([text], { literals }) => method(text, 'rlike', `\\A(?:${patternIn(literals).source})\\z`),
	},
	// The part of the text that one part of the pattern matches; empty where the whole does not match.
	'match-field': {
		parameters: [textOf('text'), textOf('pattern', literal), intOf('part', literal)],
		result: (_types, literals) => {
			const read = readMatchPattern(textAt(literals, 1))
			return read === undefined || part(literals) < 1 || part(literals) > read.groups
				? unread(literals)
				: results.text()
		},
		evaluate: ([text], { literals }) =>
			new RegExp(`^(?:${patternIn(literals).source})$`, 'u').exec(string(text))?.[part(literals)] ?? '',
		pyspark: ([text], { literals }) =>
			fn('regexp_extract', text, `\\A(?:${patternIn(literals).source})\\z`, part(literals)),
	},
})
