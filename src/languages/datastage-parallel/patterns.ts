/**
 * Regular expressions that mean the same to the engine, to Java and to JavaScript: literals, `.`, classes, groups, alternatives,
 * greedy and lazy quantifiers, `^`, `$` and the escapes `\d \w \s`. Anything else is refused rather than guessed.
 */
import { failure, type ValueError } from '#model/values.ts'

const TOKEN =
	/\\[dDwW]|\\[^A-Za-z0-9]|\[\^?\]?(?:\\[dDwW]|\\[^A-Za-z0-9]|[^\]\\[&])*\]|\((?:\?:)?|\)|[*+?]\??|\{\d+(?:,\d*)?\}\??|[|.^$]|[^\\[\](){}*+?|.^$]/gu

/** Why the pattern is refused, if it is. */
export function patternProblem(pattern: string): string | undefined {
	const read = (pattern.match(TOKEN) ?? []).join('')
	if (read !== pattern) return `the regular expression ${pattern} holds something that engines read differently`
	try {
		new RegExp(pattern, 'u')
		return undefined
	} catch {
		return `${pattern} is no regular expression`
	}
}

/** For Java: `$` is the very end there too, and `^` the very start. */
export function javaPattern(pattern: string): string {
	return (pattern.match(TOKEN) ?? []).map((token) => (token === '$' ? '\\z' : token)).join('')
}

export const wholePattern = (pattern: string): string => `\\A(?:${javaPattern(pattern)})\\z`

export function compile(pattern: string, flags = ''): RegExp | ValueError {
	const problem = patternProblem(pattern)
	return problem === undefined ? new RegExp(pattern, `u${flags}`) : failure('argument', problem)
}
