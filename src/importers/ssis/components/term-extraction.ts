/**
 * Term Extraction: the terms of a text column, and how telling they are (Microsoft: Term Extraction Transformation). The legacy
 * transformation tags parts of speech with a dictionary of its own; the new job has rules, which the declared difference names.
 */
import type { TermExtractionOperator } from '#model/terms.ts'
import { byLineage, extend } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, declare, errorOutput, mainInput, mainOutput, port, refuse } from '../flow/parts.ts'
import { isTrue, whole } from '../formats/properties.ts'

/** `WordOrPhrase` (Microsoft: Transformation Custom Properties). */
const found = ['words', 'phrases', 'both'] as const
/** `ScoreType`. */
const scorings = ['frequency', 'tfidf'] as const
/** Longest text of the column that takes terms, where it says none. */
const LONGEST = 128

export function lowerTermExtraction(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const { properties } = component
	const [input, output] = [mainInput(component), mainOutput(component)]
	if (input === undefined || output === undefined) return refuse('it has no input or no output')
	if (isTrue(properties.get('NeedReferenceData'))) return refuse('it leaves out the terms of a table')
	if (context.isLinked(errorOutput(component))) return refuse('its error output is used')
	const [only, ...others] = input.columns
	const text = byLineage(context.arriving(input), only?.lineage)
	if (text === undefined || others.length > 0) return refuse('it finds terms in no column, or in several')
	const [finds, scoring] = [
		found[whole(properties.get('WordOrPhrase'), 0)],
		scorings[whole(properties.get('ScoreType'), 0)],
	]
	if (finds === undefined || scoring === undefined) return refuse('its type of terms or of scores is not known')
	const leaving = extend([], output.columns)
	const term = leaving.find(({ type }) => type.name === 'DT_WSTR' || type.name === 'DT_NTEXT')
	const score = leaving.find(({ type }) => type.name === 'DT_R8')
	if (leaving.length !== 2 || term === undefined || score === undefined)
		return refuse('its output has not exactly one column for terms and one for their scores')
	const operator: TermExtractionOperator = {
		...base(context),
		kind: 'term-extraction',
		text: text.name,
		caseless: !isTrue(properties.get('IsCaseSensitive')),
		term: term.name,
		finds,
		mostWords: whole(properties.get('MaxLengthOfTerm'), 12),
		mostCharacters: ('length' in term.type ? term.type.length : undefined) ?? LONGEST,
		least: whole(properties.get('FrequencyThreshold'), 2),
		scoring,
		score: score.name,
	}
	add(context, operator)
	context.parts.takes.set(input.id, port(operator, 'in'))
	context.parts.gives.set(output.id, {
		from: port(operator, 'out'),
		buffer: leaving.toSorted((one) => (one === term ? -1 : 1)),
	})
	declare(context, 'RG-D144', `It finds ${finds === 'both' ? 'words and phrases' : finds} in ${text.name}.`)
	return undefined
}
