import type { TermLookupOperator } from '#model/terms.ts'
import type { Value } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { compareValues } from '../keys.ts'
import { withColumns } from '../policies.ts'
import { asTerm, sentences } from '../terms.ts'

export const termLookup: Interpreter<'term-lookup'> = (operator, inputs, context) => {
	const hit = declareBranches(context, operator, ['a term is found', 'no term is found'])
	const terms = termsByWords(
		(inputs['reference'] ?? []).map((row) => row[operator.list] ?? null),
		operator.caseless,
	)
	const out = (inputs['in'] ?? []).flatMap((row) => {
		const found = countTerms(row[operator.text] ?? null, terms, operator)
		hit(found.size === 0 ? 'no term is found' : 'a term is found')
		return [...found].map(([term, frequency]) =>
			withColumns(row, [
				[operator.term, term],
				[operator.frequency, BigInt(frequency)],
			]),
		)
	})
	return { out }
}

interface Terms {
	readonly byWords: ReadonlyMap<string, string>
	readonly mostWords: number
}

function termsByWords(list: readonly Value[], caseless: boolean): Terms {
	const byWords = new Map<string, string>()
	let mostWords = 0
	const texts = list.filter((one) => typeof one === 'string').toSorted(compareValues)
	for (const text of texts) {
		const words = sentences(text, caseless).flat()
		if (words.length === 0 || byWords.has(words.join(' '))) continue
		byWords.set(words.join(' '), text)
		mostWords = Math.max(mostWords, words.length)
	}
	return { byWords, mostWords }
}

function countTerms(text: Value, terms: Terms, { caseless }: TermLookupOperator): ReadonlyMap<string, number> {
	const counts = new Map<string, number>()
	for (const words of sentences(text, caseless)) {
		let place = 0
		while (place < words.length) {
			const found = termAt(words.slice(place, place + terms.mostWords), terms)
			if (found !== undefined) counts.set(found.term, (counts.get(found.term) ?? 0) + 1)
			place += found?.words ?? 1
		}
	}
	return counts
}

/** The shortest term that these words begin with. */
function termAt(
	words: readonly string[],
	{ byWords }: Terms,
): { readonly term: string; readonly words: number } | undefined {
	for (let length = 1; length <= words.length; length += 1) {
		const own = words.slice(0, length)
		const term = byWords.get(own.join(' ')) ?? byWords.get(asTerm(own))
		if (term !== undefined) return { term, words: length }
	}
	return undefined
}
