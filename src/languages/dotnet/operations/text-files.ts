/** Files of text, read line by line and written piece by piece. */
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { atom, call, method } from '../../python.ts'
import type { Args, Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import type { ScriptThing } from '../runtime.ts'
import { asBoolean, asInt, asText, asThing, raise } from '../runtime.ts'
import { encoding } from './encodings.ts'
import { encodingName, readCall, textOfFile } from './file-texts.ts'

const { string, boolean, int, nothing } = scriptTypes
const reader: ScriptType = { kind: 'thing', name: 'StreamReader' }
const writer: ScriptType = { kind: 'thing', name: 'StreamWriter' }

function readerOf(args: Args): ScriptThing {
	return asThing(args[0])
}

/** The next line, without its end; null when there is none. */
function nextLine(one: ScriptThing): string | null {
	const text = asText(one.state['text'])
	const at = Number(asInt(one.state['at']))
	if (at >= text.length) return null
	const found = /\r\n|\r|\n/g
	found.lastIndex = at
	const end = found.exec(text)
	one.state['at'] = BigInt(end === null ? text.length : end.index + end[0].length)
	return text.slice(at, end === null ? undefined : end.index)
}

const isOver = (one: ScriptThing): boolean => Number(asInt(one.state['at'])) >= asText(one.state['text']).length

/** Whether marks at the beginning of the file are looked for says nothing: they always are, as by default. */
const opened = (id: string, parameters: readonly ScriptType[]): ScriptOperation => {
	const hasEncoding = parameters.includes(encoding)
	return {
		id,
		parameters,
		result: reader,
		isEffect: true,
		helper: 'read_text',
		paths: [0],
		evaluate: ([path, how], context) => ({
			kind: 'thing',
			name: 'StreamReader',
			state: { text: textOfFile(path, hasEncoding ? how : undefined, context), at: 0n },
		}),
		python: ([path, how]) => call('TextReader', readCall(path, hasEncoding ? how : undefined)),
	}
}

const readers: readonly Member[] = [
	fixed('StreamReader', 'new', opened('StreamReader.new', [string])),
	fixed('StreamReader', 'new', opened('StreamReader.new(bool)', [string, boolean])),
	fixed('StreamReader', 'new', opened('StreamReader.new(encoding)', [string, encoding])),
	fixed('StreamReader', 'new', opened('StreamReader.new(encoding, bool)', [string, encoding, boolean])),
	fixed('File', 'OpenText', opened('File.OpenText', [string])),
	instance('StreamReader', 'ReadLine', {
		id: 'StreamReader.ReadLine',
		parameters: [reader],
		result: string,
		evaluate: (args) => nextLine(readerOf(args)),
		python: ([one]) => method(one, 'read_line'),
	}),
	instance('StreamReader', 'EndOfStream', {
		id: 'StreamReader.EndOfStream',
		parameters: [reader],
		result: boolean,
		evaluate: (args) => isOver(readerOf(args)),
		python: ([one]) => method(one, 'is_over'),
	}),
	instance('StreamReader', 'Peek', {
		id: 'StreamReader.Peek',
		parameters: [reader],
		result: int,
		evaluate: (args) =>
			isOver(readerOf(args))
				? -1n
				: BigInt(asText(readerOf(args).state['text']).codePointAt(Number(asInt(readerOf(args).state['at']))) ?? 0),
		python: ([one]) => method(one, 'peek'),
	}),
	instance('StreamReader', 'ReadToEnd', {
		id: 'StreamReader.ReadToEnd',
		parameters: [reader],
		result: string,
		evaluate: (args) => {
			const one = readerOf(args)
			const rest = asText(one.state['text']).slice(Number(asInt(one.state['at'])))
			one.state['at'] = BigInt(asText(one.state['text']).length)
			return rest
		},
		python: ([one]) => method(one, 'read_rest'),
	}),
]

/** What is written reaches the file when the writer is closed. */
const making = (id: string, parameters: readonly ScriptType[], appends = false): ScriptOperation => ({
	id,
	parameters,
	result: writer,
	isEffect: true,
	helper: 'write_text',
	paths: [0],
	evaluate: ([path, append, how]) => ({
		kind: 'thing',
		name: 'StreamWriter',
		state: {
			path: asText(path),
			append: append === undefined ? appends : asBoolean(append),
			encoding: encodingName(how),
			text: '',
			open: true,
		},
	}),
	python: (args) => {
		const given = parameters.length === 1 && appends ? [args[0], atom('True')] : args.slice(0, parameters.length)
		return call('TextWriter', atom('spark'), ...given)
	},
})

function written(name: string, more: string): Member {
	return instance('StreamWriter', name, {
		id: `StreamWriter.${name}`,
		parameters: [writer, string],
		result: nothing,
		isEffect: true,
		evaluate: ([one, text]) => {
			const thing = asThing(one)
			if (thing.state['open'] === false) return raise('ObjectDisposedException', 'Cannot write to a closed TextWriter.')
			thing.state['text'] = `${asText(thing.state['text'])}${text === null ? '' : asText(text)}${more}`
			return null
		},
		python: ([one, text]) => method(one, name === 'Write' ? 'write' : 'write_line', text),
	})
}

const writers: readonly Member[] = [
	fixed('StreamWriter', 'new', making('StreamWriter.new', [string])),
	fixed('StreamWriter', 'new', making('StreamWriter.new(bool)', [string, boolean])),
	fixed('StreamWriter', 'new', making('StreamWriter.new(bool, encoding)', [string, boolean, encoding])),
	fixed('File', 'CreateText', making('File.CreateText', [string])),
	fixed('File', 'AppendText', making('File.AppendText', [string], true)),
	written('Write', ''),
	written('WriteLine', '\r\n'),
	...['Close', 'Dispose'].map((name) =>
		instance('StreamWriter', name, {
			id: `StreamWriter.${name}`,
			parameters: [writer],
			result: nothing,
			isEffect: true,
			helper: 'write_text',
			evaluate: ([one], { outside: ask }) => {
				const { state } = asThing(one)
				if (state['open'] === false) return null
				// The body of a request is sent when its answer is asked for.
				if (state['url'] !== undefined) return null
				state['open'] = false
				const args = [state['path'], state['text'], state['append'], state['encoding']].map((one) => one ?? null)
				return ask({ helper: 'write_text', args, names: ['path', 'text', 'append', 'encoding'] })
			},
			python: ([value]) => method(value, 'close'),
		}),
	),
	instance('StreamWriter', 'Flush', {
		id: 'StreamWriter.Flush',
		parameters: [writer],
		result: nothing,
		isEffect: true,
		evaluate: () => null,
		python: ([one]) => method(one, 'flush'),
	}),
]

export const textFileMembers: readonly Member[] = [...readers, ...writers]
