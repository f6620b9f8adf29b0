/** Options and arguments of a command, taken from its words one after the other; what is left over is an error. */
import type { Reading } from './command.ts'
import type { Word } from './grammar.ts'
import { closest } from './near.ts'

export interface Arguments {
	readonly values: readonly string[]
	/** By name without dashes; `''` for one without a value. */
	readonly options: ReadonlyMap<string, string>
}

/** What a command takes beside its verb. */
export interface Accepts {
	/** At least and at most so many values. */
	readonly values: readonly [number, number]
	/** Names of options, and whether a value follows. */
	readonly options?: Readonly<Record<string, 'flag' | 'value'>>
}

/** @returns a sentence about what is wrong where the words do not fit */
function readArguments(words: readonly Word[], accepts: Accepts): Arguments | string {
	const values: string[] = []
	const options = new Map<string, string>()
	for (let at = 0; at < words.length; at++) {
		const [word, next] = [words[at], words[at + 1]]
		// A phone makes one long dash of two.
		const match = word?.quoted === true ? null : /^(?:--|—|–)([A-Za-z][A-Za-z-]*)(?:=(.*))?$/s.exec(word?.text ?? '')
		if (match === null) {
			values.push(word?.text ?? '')
			continue
		}
		const option = readOption({ name: match[1] ?? '', given: match[2], next: next?.text }, accepts.options ?? {})
		if (typeof option === 'string') return option
		if (options.has(option.name)) return `\`--${option.name}\` is there twice`
		options.set(option.name, option.value)
		if (option.tookNext) at += 1
	}
	return countProblem(values.length, accepts.values) ?? { values, options }
}

function readOption(
	{
		name,
		given,
		next,
	}: { readonly name: string; readonly given: string | undefined; readonly next: string | undefined },
	known: NonNullable<Accepts['options']>,
): { readonly name: string; readonly value: string; readonly tookNext: boolean } | string {
	const kind = Object.hasOwn(known, name) ? known[name] : undefined
	if (kind === undefined) return unknownOption(name, Object.keys(known))
	if (kind === 'flag') {
		return given === undefined ? { name, value: '', tookNext: false } : `\`--${name}\` takes no value`
	}
	const value = given ?? next
	return value === undefined ? `\`--${name}\` needs a value` : { name, value, tookNext: given === undefined }
}

function unknownOption(name: string, known: readonly string[]): string {
	const near = closest(name, known)
	if (near !== undefined) return `there is no option of that name; did you mean \`--${near}\`?`
	return known.length === 0
		? 'it takes no options'
		: `there is no option of that name; there is ${known.map((one) => `\`--${one}\``).join(', ')}`
}

function countProblem(count: number, [least, most]: readonly [number, number]): string | undefined {
	if (count < least) return count === 0 ? 'something is missing after it' : 'more is missing after it'
	if (count > most)
		return most === 0 ? 'nothing may follow it' : 'there is too much after it; put quotes around a name with spaces'
	return undefined
}

/** The `read` of a command that takes these words. */
export function wordsFor(accepts: Accepts, then: (given: Arguments) => Reading): (words: readonly Word[]) => Reading {
	return (words) => {
		const given = readArguments(words, accepts)
		return typeof given === 'string' ? { problem: given } : then(given)
	}
}
