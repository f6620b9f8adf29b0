/** Whole files of text: `File.ReadAllText` and its kin, with and without an encoding. */
import type { ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import type { Py } from '../../python.ts'
import { atom, call } from '../../python.ts'
import type { Args, CallContext, Member, ScriptOperation } from '../operation.ts'
import { fixed } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asList, asText, asThing } from '../runtime.ts'
import { encoding } from './encodings.ts'
import { answered } from './outside.ts'

const { string, nothing } = scriptTypes

/** Python's name of an encoding; none is UTF-8. */
export const encodingName = (value: ScriptValue | undefined): string =>
	value === undefined ? '' : asText(asThing(value).state['name'])

/** A marked file says itself what it is, so that UTF-8 need not be told. */
const readingName = (value: ScriptValue | undefined): string =>
	encodingName(value) === 'utf-8' ? '' : encodingName(value)

export function textOfFile(path: ScriptValue | undefined, how: ScriptValue | undefined, context: CallContext): string {
	const args = [asText(path), readingName(how)]
	return asText(answered(context.outside({ helper: 'read_text', args, names: ['path', 'encoding'] }), string))
}

/** @param how Python text of the encoding, undefined where none is given */
export function readCall(path: Py, how: Py | undefined): Py {
	const isPlain = how === undefined || how.code === '"utf-8"'
	return call('read_text', atom('spark'), path, ...(isPlain ? [] : [how]))
}

const linesOf = (text: string): string[] => {
	const lines = text.split(/\r\n|\r|\n/)
	return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/** The same with an encoding behind its other parameters, and without one. */
function withEncoding(make: (hasEncoding: boolean) => ScriptOperation): readonly ScriptOperation[] {
	return [make(false), make(true)]
}

const reading = { isEffect: true, helper: 'read_text', paths: [0] } as const
const writing = { isEffect: true, helper: 'write_text', paths: [0] } as const
const named = (id: string, hasEncoding: boolean): string => (hasEncoding ? `${id}(encoding)` : id)

const wholeText = (hasEncoding: boolean): ScriptOperation => ({
	...reading,
	id: named('File.ReadAllText', hasEncoding),
	parameters: hasEncoding ? [string, encoding] : [string],
	result: string,
	evaluate: ([path, how], context) => textOfFile(path, how, context),
	python: ([path, how]) => readCall(path, hasEncoding ? how : undefined),
})

const allLines = (hasEncoding: boolean): ScriptOperation => ({
	...reading,
	id: named('File.ReadAllLines', hasEncoding),
	parameters: hasEncoding ? [string, encoding] : [string],
	result: listOf(string),
	evaluate: ([path, how], context) => ({ kind: 'list', items: linesOf(textOfFile(path, how, context)) }),
	python: ([path, how]) => call('text_lines', readCall(path, hasEncoding ? how : undefined)),
})

interface Writing {
	readonly name: string
	readonly takes: ScriptType
	readonly text: (value: ScriptValue | undefined) => string
	readonly python: (value: Py) => Py
}

const ways: readonly Writing[] = [
	...['WriteAllLines', 'AppendAllLines'].map((name) => ({
		name,
		takes: listOf(string),
		text: (value: ScriptValue | undefined) =>
			asList(value)
				.items.map((one) => `${one === null ? '' : asText(one)}\r\n`)
				.join(''),
		python: (value: Py) => call('lines_text', value),
	})),
	...['WriteAllText', 'AppendAllText'].map((name) => ({
		name,
		takes: string,
		text: (value: ScriptValue | undefined) => (value === null ? '' : asText(value)),
		python: (value: Py) => value,
	})),
]

const written =
	({ name, takes, text, python }: Writing) =>
	(hasEncoding: boolean): ScriptOperation => {
		const append = name.startsWith('Append')
		return {
			...writing,
			id: named(`File.${name}`, hasEncoding),
			parameters: hasEncoding ? [string, takes, encoding] : [string, takes],
			result: nothing,
			evaluate: ([path, value, how]: Args, { outside }) =>
				outside({
					helper: 'write_text',
					args: [asText(path), text(value), append, encodingName(how)],
					names: ['path', 'text', 'append', 'encoding'],
				}),
			python: ([path, value, how]) =>
				call(
					'write_text',
					atom('spark'),
					path,
					python(value),
					...(append ? [atom('append=True')] : []),
					...(hasEncoding ? [atom(`encoding=${how.code}`)] : []),
				),
		}
	}

export const fileTextMembers: readonly Member[] = [
	...withEncoding(wholeText).map((one) => fixed('File', 'ReadAllText', one)),
	...withEncoding(allLines).flatMap((one) => [fixed('File', 'ReadAllLines', one), fixed('File', 'ReadLines', one)]),
	...ways.flatMap((way) => withEncoding(written(way)).map((one) => fixed('File', way.name, one))),
]
