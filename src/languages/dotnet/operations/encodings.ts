/** Texts as bytes and bytes as texts (Microsoft: System.Text.Encoding). What an encoding lacks becomes a question mark. */
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { makeBinary } from '#model/values.ts'
import type { Py } from '../../python.ts'
import { atom, method } from '../../python.ts'
import type { Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asBytes, asText, asThing } from '../runtime.ts'

const { string, boolean, int } = scriptTypes
const bytes: ScriptType = { kind: 'value', type: { kind: 'binary' } }
export const encoding: ScriptType = { kind: 'thing', name: 'Encoding' }

/** Names in Python by what scripts call them: a name, or the number of a code page. */
const named: Readonly<Record<string, string>> = {
	'utf-8': 'utf-8',
	'65001': 'utf-8',
	'utf-16': 'utf-16-le',
	'1200': 'utf-16-le',
	'us-ascii': 'ascii',
	'20127': 'ascii',
	'windows-1252': 'cp1252',
	'1252': 'cp1252',
	'iso-8859-1': 'latin-1',
	'28591': 'latin-1',
}

const decoders: Readonly<Record<string, (body: Uint8Array) => string>> = {
	'utf-8': (body) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(body),
	'utf-16-le': (body) => new TextDecoder('utf-16le', { ignoreBOM: true }).decode(body),
	ascii: (body) => Array.from(body, (one) => (one > 0x7f ? '?' : String.fromCodePoint(one))).join(''),
	'latin-1': (body) => Array.from(body, (one) => String.fromCodePoint(one)).join(''),
	// Five bytes of code page 1252 stand for nothing.
	cp1252: (body) =>
		Array.from(body, (one) =>
			[0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(one)
				? '\ufffd'
				: new TextDecoder('windows-1252').decode(Uint8Array.of(one)),
		).join(''),
}

/** A text of Python that is spelled the same as bytes. */
const asciiLiteral = /^(?:"(?:[ !#-[\]-~]|\\[^uUNx])*"|'(?:[ -&(-[\]-~]|\\[^uUNx])*')$/

function encode(text: string, name: string): Uint8Array {
	if (name === 'utf-8' || name === unmarked) return Buffer.from(text, 'utf8')
	if (name === 'utf-16-le') return Buffer.from(text, 'utf16le')
	const decoder = decoders[name] ?? String
	const known = new Map(Array.from({ length: 256 }, (_none, one) => [decoder(Uint8Array.of(one)), one]))
	if (name === 'ascii') for (let one = 0x80; one < 0x100; one += 1) known.delete(String.fromCodePoint(one))
	return Uint8Array.from(Array.from(text), (one) => known.get(one) ?? 0x3f)
}

const thing = (name: string): ScriptValue => ({ kind: 'thing', name: 'Encoding', state: { name } })
const nameOf = (value: ScriptValue | undefined): string => asText(asThing(value).state['name'])

const property = (name: string, python: string, more: Pick<ScriptOperation, 'differences'> = {}): Member =>
	fixed('Encoding', name, {
		id: `Encoding.${name}`,
		parameters: [],
		result: encoding,
		evaluate: () => thing(python),
		python: () => atom(`"${python}"`),
		...more,
	})

const wordOf = (name: ScriptValue | undefined): string =>
	typeof name === 'bigint' || typeof name === 'string' ? String(name).toLowerCase() : ''

const byName = (parameter: ScriptType): ScriptOperation => ({
	id: `Encoding.GetEncoding(${parameter === int ? 'int' : 'string'})`,
	parameters: [parameter],
	result: encoding,
	literals: [0],
	refuses: ([name]) => (wordOf(name) in named ? undefined : `the encoding ${wordOf(name)}`),
	evaluate: ([name]) => thing(named[wordOf(name)] ?? ''),
	python: ([name]) => atom(`"${named[name.code.replaceAll('"', '').toLowerCase()] ?? ''}"`),
})

/** UTF-8 whose files begin without a mark: another of Python's names for the same. */
const unmarked = 'utf8'

const withoutMark = (parameters: readonly ScriptType[]): ScriptOperation => ({
	id: `UTF8Encoding.new(${parameters.length})`,
	parameters,
	result: encoding,
	literals: parameters.map((_type, at) => at),
	evaluate: ([isMarked]) => thing(isMarked === true ? 'utf-8' : unmarked),
	python: ([isMarked]) => atom(parameters.length === 1 && isMarked.code === 'True' ? '"utf-8"' : `"${unmarked}"`),
})

const replaces = ({ code }: Py): boolean => code !== '"utf-8"' && code !== '"utf-16-le"'

export const encodingMembers: readonly Member[] = [
	property('UTF8', 'utf-8'),
	property('Unicode', 'utf-16-le'),
	property('ASCII', 'ascii'),
	property('Default', 'cp1252', { differences: ['RG-D173'] }),
	fixed('UTF8Encoding', 'new', withoutMark([])),
	fixed('UTF8Encoding', 'new', withoutMark([boolean])),
	fixed('Encoding', 'GetEncoding', byName(string)),
	fixed('Encoding', 'GetEncoding', byName(int)),
	instance('Encoding', 'GetBytes', {
		id: 'Encoding.GetBytes',
		parameters: [encoding, string],
		result: bytes,
		evaluate: ([how, text]) => makeBinary(Buffer.from(encode(asText(text), nameOf(how))).toString('hex')),
		python: ([how, text]) =>
			how.code === '"utf-8"' && asciiLiteral.test(text.code)
				? atom(`b${text.code}`)
				: method(text, 'encode', how, ...(replaces(how) ? [atom('"replace"')] : [])),
		intent: 'hashing',
	}),
	instance('Encoding', 'GetString', {
		id: 'Encoding.GetString',
		parameters: [encoding, bytes],
		result: string,
		evaluate: ([how, value]) => (decoders[nameOf(how)] ?? String)(Buffer.from(asBytes(value).hex, 'hex')),
		python: ([how, value]) => {
			// The bytes of a text in the same encoding are that text.
			const end = `.encode(${how.code})`
			if (value.level === 'atom' && value.code.endsWith(end) && !replaces(how))
				return atom(value.code.slice(0, -end.length))
			const read = method(value, 'decode', how, atom('"replace"'))
			return how.code === '"ascii"' ? method(read, 'replace', atom('"\\ufffd"'), atom('"?"')) : read
		},
	}),
]

/** The code page of columns of DT_TEXT. */
export const encodingOperations: readonly ScriptOperation[] = [property('Latin', 'cp1252').operation]
