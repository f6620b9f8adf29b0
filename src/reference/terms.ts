/** Terms in English text, as src/model/terms.ts defines them. */
import type { TermExtractionOperator } from '#model/terms.ts'
import { irregularPlurals, pluralEndings, stopWords } from '#model/terms.ts'
import type { Value } from '#model/values.ts'

const sentenceEnd = /[^\p{L}\p{N}_ \t\r\n'-]|[\r\n]{2,}/u
const word = /[\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)*(?:'[\p{L}\p{N}_]+)?/gu

/** The words of each sentence. */
export function sentences(value: Value, caseless: boolean): readonly (readonly string[])[] {
	const text = typeof value === 'string' ? value : ''
	return text.split(sentenceEnd).map((part) =>
		[...part.matchAll(word)].map(([found]) => {
			const [own = ''] = found.split("'")
			return caseless ? own.toLowerCase() : own
		}),
	)
}

function singular(plural: string): string {
	const irregular = Object.hasOwn(irregularPlurals, plural) ? irregularPlurals[plural] : undefined
	if (irregular !== undefined) return irregular
	const found = pluralEndings.find(([ending]) => plural.length > ending.length + 1 && plural.endsWith(ending))
	return found === undefined ? plural : plural.slice(0, -found[0].length) + found[1]
}

/** The last word in its singular. */
export const asTerm = (words: readonly string[]): string =>
	[...words.slice(0, -1), singular(words.at(-1) ?? '')].join(' ')

const grammar = new Set(stopWords)
const isNumber = (one: string): boolean => /^[0-9]+$/.test(one)

/** Every occurrence of a term in a text. */
export function termsIn(value: Value, operator: TermExtractionOperator): readonly string[] {
	const { finds, mostWords, mostCharacters, caseless } = operator
	const found = sentences(value, caseless)
		.flatMap(runs)
		.flatMap((run) => [
			...(finds === 'phrases' ? [] : run.filter((one) => !isNumber(one)).map(singular)),
			...(finds === 'words' || run.length < 2 || run.length > mostWords || run.every(isNumber) ? [] : [asTerm(run)]),
		])
	return found.filter((term) => Array.from(term).length <= mostCharacters)
}

function runs(words: readonly string[]): readonly (readonly string[])[] {
	const all: string[][] = [[]]
	for (const one of words) {
		if (grammar.has(one.toLowerCase())) all.push([])
		else all.at(-1)?.push(one)
	}
	return all.filter((run) => run.length > 0)
}
