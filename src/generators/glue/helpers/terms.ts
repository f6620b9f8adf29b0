/** Functions that find terms in English text. */
import { irregularPlurals, pluralEndings, stopWords } from '#model/terms.ts'
import type { Helper } from './registry.ts'

const iterator = 'from collections.abc import Callable, Iterator'
const any = 'from typing import Any'

/** Lines of words, none longer than a script's lines. */
function inLines(words: readonly string[]): string {
	const lines: string[] = []
	for (const word of words) {
		const last = lines.at(-1)
		if (last === undefined || last.length + word.length > 90) lines.push(`    ${word}`)
		else lines[lines.length - 1] = `${last} ${word}`
	}
	return lines.join('\n')
}

const pairs = (all: readonly (readonly [string, string])[]): string =>
	all.map(([one, other]) => `    "${one}": "${other}",`).join('\n')

export const termHelpers = {
	english: {
		imports: ['import re'],
		needs: [],
		text: `
STOP_WORDS = frozenset(
    """
${inLines(stopWords)}
    """.split()
)
IRREGULAR_PLURALS = {
${pairs(Object.entries(irregularPlurals))}
}
PLURAL_ENDINGS = {
${pairs(pluralEndings)}
}


def english(text: str | None, caseless: bool) -> list[list[str]]:
    """The words of each sentence; what follows an apostrophe is no part of a word."""
    parts = re.split(r"[^\\w \\t\\r\\n'-]|[\\r\\n]{2,}", text or "")
    found = [[word.split("'")[0] for word in re.findall(r"\\w+(?:-\\w+)*(?:'\\w+)?", part)] for part in parts]
    return [[word.lower() for word in words] if caseless else words for words in found]


def as_term(words: list[str]) -> str:
    """Words with the last one in its singular."""
    return " ".join([*words[:-1], singular(words[-1])])


def singular(word: str) -> str:
    if word in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[word]
    for ending, instead in PLURAL_ENDINGS.items():
        if len(word) > len(ending) + 1 and word.endswith(ending):
            return word[: -len(ending)] + instead
    return word
`,
	},
	count_terms: {
		imports: [iterator, any],
		needs: ['english'],
		text: `
def count_terms(column: str, caseless: bool) -> Callable[[Iterator[dict[str, Any]]], Iterator[dict[str, Any]]]:
    """Rows with the terms of a list in a text, and how often each is there.

    From left to right the shortest term that begins at a word counts. A term stands for its plural too.
    """

    def by_words(terms: list[str]) -> dict[str, str]:
        words = ((" ".join(sum(english(term, caseless), [])), term) for term in reversed(terms))
        return {own: term for own, term in words if own}

    def count(text: str | None, terms: dict[str, str]) -> dict[str, int]:
        counts: dict[str, int] = {}
        longest = max((term.count(" ") + 1 for term in terms), default=0)
        for words in english(text, caseless):
            place = 0
            while place < len(words):
                parts = [words[place : place + size] for size in range(1, min(longest, len(words) - place) + 1)]
                own = next((part for part in parts if " ".join(part) in terms or as_term(part) in terms), None)
                if own is not None:
                    term = terms.get(" ".join(own)) or terms[as_term(own)]
                    counts[term] = counts.get(term, 0) + 1
                place += len(own or [""])
        return counts

    def work(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        known: list[str] = []
        terms: dict[str, str] = {}
        for row in rows:
            if row["_terms"] != known:
                known, terms = row["_terms"], by_words(row["_terms"])
            counts = count(row[column], terms)
            yield row | {"_found": [{"term": term, "frequency": number} for term, number in counts.items()]}

    return work
`,
	},
	find_terms: {
		imports: [iterator, any],
		needs: ['english'],
		text: `
def find_terms(
    column: str, finds: str, most_words: int, most_characters: int, caseless: bool
) -> Callable[[Iterator[dict[str, Any]]], Iterator[dict[str, Any]]]:
    """Rows with the terms of a text: words in their singular and runs of words, between words of grammar."""

    def runs(words: list[str]) -> list[list[str]]:
        found: list[list[str]] = [[]]
        for word in words:
            if word.lower() in STOP_WORDS:
                found.append([])
            else:
                found[-1].append(word)
        return [run for run in found if run]

    def terms(run: list[str]) -> list[str]:
        named = [word for word in run if not re.fullmatch("[0-9]+", word)]
        words = [] if finds == "phrases" else [singular(word) for word in named]
        is_phrase = finds != "words" and 2 <= len(run) <= most_words and named
        return words + ([as_term(run)] if is_phrase else [])

    def work(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for row in rows:
            found = [term for words in english(row[column], caseless) for run in runs(words) for term in terms(run)]
            yield row | {"_terms": [term for term in found if len(term) <= most_characters]}

    return work
`,
	},
} as const satisfies Record<string, Helper>
