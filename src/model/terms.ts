/** Operators that find terms in English text, and what they know of English. */
import type { KeyPair, OperatorBase } from './operator-base.ts'

/**
 * How text is read. Every sign but letters, digits, underscores, hyphens and apostrophes ends a sentence, and so do two line
 * breaks in a row. Hyphens inside words belong to them; what follows an apostrophe does not. `caseless`: all words in lower case.
 */
interface TextReading extends OperatorBase {
	readonly text: string
	readonly caseless: boolean
	/** Name of the text column that takes the term. */
	readonly term: string
}

/**
 * Counts the terms of a list in texts. Ports: `in`, `reference` → `out`: for each term of a row, in the order in which it finds
 * them, the row with the term as the list spells it and how often it is there. From left to right, the shortest term that begins
 * at a word counts, and takes its words. A term stands for its plural too, which shows at its last word, unless the list has that.
 * Of several terms of the same words the list spells the first by code point.
 */
export interface TermLookupOperator extends TextReading {
	readonly kind: 'term-lookup'
	/** Column of the reference with the terms. */
	readonly list: string
	/** Name of a 32-bit column. */
	readonly frequency: string
}

/** A text that is a term has it. */
export const termKeys = ({ text, list }: TermLookupOperator): readonly KeyPair[] => [
	{ left: text, right: list, collation: 'binary' },
]

/**
 * Finds terms in all texts together. Ports: `in` → `out`: each term once, with its score. Words of grammar (`stopWords`) part a
 * sentence into runs. Each word of a run that is no number is a term, in its singular; and so is a run of several words, the last
 * one in its singular, unless all are numbers.
 */
export interface TermExtractionOperator extends TextReading {
	readonly kind: 'term-extraction'
	readonly finds: 'words' | 'phrases' | 'both'
	/** The most words of a run that is a term. */
	readonly mostWords: number
	/** Terms of more characters are none. */
	readonly mostCharacters: number
	/** Terms that occur less often leave no row. */
	readonly least: number
	/** `tfidf`: the frequency times the natural logarithm of rows by rows that have the term. */
	readonly scoring: 'frequency' | 'tfidf'
	/** Name of a double. */
	readonly score: string
}

/** Articles, pronouns, prepositions, conjunctions, auxiliaries, and frequent adverbs and verbs. */
export const stopWords: readonly string[] = `
a about above across actually after again against all almost along already also although always am among an and another any
anyone anything are aren around as at away be became because become been before behind being below between both but by came can
cannot come could couldn did didn do does doesn doing don done down during each either else enough even ever every everyone
everything few for from further gave get gets getting give given go goes going gone got had hadn has hasn have haven having he
hence her here hers herself him himself his how however i if in indeed into is isn it its itself just keep kept know knows known
least less let like ll made make makes making many may maybe me might more most much must my myself near need needs neither never
no nor not nothing now of off often on once one only onto or other others our ours ourselves out over own perhaps put quite
rather re really said same saw say says see seen several shall she should shouldn since so some someone something sometimes soon
still such take taken takes than that the their theirs them themselves then there therefore these they this those though through
thus to together too took toward under until up upon us use used uses using ve very via want wants was wasn we well went were
weren what whatever when where whether which while who whom whose why will with within without won would wouldn yet you your
yours yourself
`
	.trim()
	.split(/\s+/)

/** Plurals that no rule forms, and words that only look like plurals of a rule. */
export const irregularPlurals: Readonly<Record<string, string>> = {
	children: 'child',
	feet: 'foot',
	geese: 'goose',
	men: 'man',
	mice: 'mouse',
	oxen: 'ox',
	shoes: 'shoe',
	teeth: 'tooth',
	toes: 'toe',
	women: 'woman',
}

/** Endings of plurals, the first that fits, with what the singular has instead; the words have more letters than the ending. */
export const pluralEndings: readonly (readonly [plural: string, singular: string])[] = [
	['ies', 'y'],
	['sses', 'ss'],
	['shes', 'sh'],
	['ches', 'ch'],
	['xes', 'x'],
	['zes', 'z'],
	['oes', 'o'],
	['ss', 'ss'],
	['us', 'us'],
	['is', 'is'],
	['s', ''],
]
