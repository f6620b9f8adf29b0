/** `Split` by whole texts, and at most into so many parts (Microsoft: String.Split). */
import type { ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import type { Py } from '../../python.ts'
import { call } from '../../python.ts'
import type { Args, Member, ScriptOperation } from '../operation.ts'
import { instance } from '../operation.ts'
import { asBoolean, asInt, asList, asText, raise } from '../runtime.ts'
import { blanks } from './strings.ts'

const { string, int, boolean, char } = scriptTypes
const texts = listOf(string)
const chars = listOf(char)

/** The place of the first separator from a place on, and its length: of several at one place the first of the list. */
function nextSeparator(text: string, separators: readonly string[], from: number) {
	for (let at = from; at < text.length; at += 1) {
		const found = separators.find((one) => one !== '' && text.startsWith(one, at))
		if (found !== undefined) return { at, size: found.length }
	}
	return undefined
}

/** Empty parts that are dropped do not count among the parts. */
function splitText(text: string, separators: readonly string[], dropsEmpty: boolean, most: number): string[] {
	if (most < 0) return raise('ArgumentOutOfRangeException', 'Count cannot be less than zero.')
	if (most === 0) return []
	const usual = separators.length === 0 ? Array.from(blanks) : separators
	const parts: string[] = []
	let from = 0
	for (;;) {
		const next = parts.length + 1 >= most ? undefined : nextSeparator(text, usual, from)
		const part = text.slice(from, next?.at)
		if (!dropsEmpty || part !== '') parts.push(part)
		if (next === undefined) return parts
		from = next.at + next.size
		// The last part begins behind the separators that nothing stands between.
		if (dropsEmpty && parts.length + 1 >= most) {
			for (let more = nextSeparator(text, usual, from); more?.at === from; more = nextSeparator(text, usual, from))
				from += more.size
		}
	}
}

type Place = 'separators' | 'most' | 'dropsEmpty'

const types: Readonly<Record<Place, ScriptType>> = { separators: texts, most: int, dropsEmpty: boolean }

function split(id: string, separators: ScriptType, places: readonly Place[]): ScriptOperation {
	const at = (args: Args, place: Place) => (places.includes(place) ? args[places.indexOf(place) + 1] : undefined)
	return {
		id: `String.Split(${id})`,
		parameters: [string, ...places.map((one) => (one === 'separators' ? separators : types[one]))],
		result: texts,
		evaluate: (args) => {
			const most = at(args, 'most')
			return {
				kind: 'list',
				items: splitText(
					asText(args[0]),
					asList(at(args, 'separators')).items.map(asText),
					asBoolean(at(args, 'dropsEmpty') ?? false),
					most === undefined ? Number.POSITIVE_INFINITY : Number(asInt(most)),
				),
			}
		},
		python: (args) => {
			const given = (place: Place): Py | undefined =>
				places.includes(place) ? args[places.indexOf(place) + 1] : undefined
			const [by, most, drops] = [given('separators'), given('most'), given('dropsEmpty')]
			const options: Py[] = []
			if (most !== undefined) options.push({ code: `most=${most.code}`, level: 'atom' })
			if (drops !== undefined && drops.code !== 'False')
				options.push({ code: `drop_empty=${drops.code}`, level: 'atom' })
			return call('split_text', args[0], by ?? '[]', ...options)
		},
	}
}

export const textSplitMembers: readonly Member[] = [
	split('string[], StringSplitOptions', texts, ['separators', 'dropsEmpty']),
	split('string[], int, StringSplitOptions', texts, ['separators', 'most', 'dropsEmpty']),
	split('char[], int', chars, ['separators', 'most']),
	split('char[], int, StringSplitOptions', chars, ['separators', 'most', 'dropsEmpty']),
].map((operation) => instance('string', 'Split', operation))
