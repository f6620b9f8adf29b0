/** Bytes: encodings, digests, hexadecimal and base64. */
import { createHash } from 'node:crypto'
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { makeBinary } from '#model/values.ts'
import { atom, call, method } from '../../python.ts'
import type { Member } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import { asBytes, asInt, asText, asThing, raise } from '../runtime.ts'

const { string, int, byte } = scriptTypes
const bytes: ScriptType = { kind: 'value', type: { kind: 'binary' } }
const encoding: ScriptType = { kind: 'thing', name: 'Encoding' }
const hash: ScriptType = { kind: 'thing', name: 'Hash' }

const encodings = [
	{ names: ['UTF8'], node: 'utf8', python: 'utf-8' },
	{ names: ['Unicode'], node: 'utf16le', python: 'utf-16-le' },
	{ names: ['ASCII'], node: 'ascii', python: 'ascii' },
] as const

function encode(text: string, name: string): Buffer {
	// A character that ASCII lacks becomes a question mark (.NET: ASCIIEncoding).
	if (name === 'ascii') return Buffer.from(Array.from(text, (one) => (one > '\x7f' ? '?' : one)).join(''), 'latin1')
	return Buffer.from(text, name === 'utf-8' ? 'utf8' : 'utf16le')
}

const encodingMembers: readonly Member[] = [
	...encodings.flatMap(({ names, python }) =>
		names.map((name) =>
			fixed('Encoding', name, {
				id: `Encoding.${name}`,
				parameters: [],
				result: encoding,
				evaluate: () => ({ kind: 'thing', name: 'Encoding', state: { name: python } }),
				python: () => atom(`"${python}"`),
			}),
		),
	),
	instance('Encoding', 'GetBytes', {
		id: 'Encoding.GetBytes',
		parameters: [encoding, string],
		result: bytes,
		evaluate: ([how, text]) => makeBinary(encode(asText(text), asText(asThing(how).state['name'])).toString('hex')),
		python: ([how, text]) => method(text, 'encode', how, ...(how.code === '"ascii"' ? [atom('"replace"')] : [])),
		intent: 'hashing',
	}),
]

const digests = [
	{ owner: ['MD5', 'MD5CryptoServiceProvider'], name: 'md5' },
	{ owner: ['SHA1', 'SHA1Managed', 'SHA1CryptoServiceProvider'], name: 'sha1' },
	{ owner: ['SHA256', 'SHA256Managed', 'SHA256CryptoServiceProvider'], name: 'sha256' },
	{ owner: ['SHA384', 'SHA384Managed'], name: 'sha384' },
	{ owner: ['SHA512', 'SHA512Managed', 'SHA512CryptoServiceProvider'], name: 'sha512' },
] as const

const digestMembers: readonly Member[] = [
	...digests.flatMap(({ owner, name }) =>
		owner.map((one) =>
			fixed(one, one.length <= 6 ? 'Create' : 'new', {
				id: `Hash.${name}.${one.length <= 6 ? 'Create' : one}`,
				parameters: [],
				result: hash,
				intent: 'hashing' as const,
				evaluate: () => ({ kind: 'thing' as const, name: 'Hash', state: { name } }),
				python: () => atom(`hashlib.${name}`),
			}),
		),
	),
	instance('Hash', 'ComputeHash', {
		id: 'Hash.ComputeHash',
		parameters: [hash, bytes],
		result: bytes,
		intent: 'hashing',
		evaluate: ([how, value]) =>
			makeBinary(
				createHash(asText(asThing(how).state['name']))
					.update(Buffer.from(asBytes(value).hex, 'hex'))
					.digest('hex'),
			),
		python: ([how, value]) => method(call(how.code, value), 'digest'),
	}),
]

const byteMembers: readonly Member[] = [
	instance('binary', 'Length', {
		id: 'Bytes.Length',
		parameters: [bytes],
		result: int,
		evaluate: ([value]) => BigInt(asBytes(value).hex.length / 2),
		python: ([value]) => call('len', value),
	}),
	instance('binary', 'Item', {
		id: 'Bytes.Item',
		parameters: [bytes, int],
		result: byte,
		evaluate: ([value, index]) => {
			const at = Number(asInt(index))
			const hex = asBytes(value).hex.slice(at * 2, at * 2 + 2)
			return at < 0 || hex === ''
				? raise('IndexOutOfRangeException', 'Index was outside the bounds of the array.')
				: BigInt(`0x${hex}`)
		},
		python: ([value, index]) => call('item', value, index),
	}),
	instance('binary', 'Items', {
		id: 'Bytes.Items',
		parameters: [bytes],
		result: { kind: 'list', of: byte },
		evaluate: ([value]) => ({
			kind: 'list',
			items: (asBytes(value).hex.match(/../g) ?? []).map((pair) => BigInt(`0x${pair}`)),
		}),
		python: ([value]) => value,
	}),
	fixed('BitConverter', 'ToString', {
		id: 'BitConverter.ToString',
		parameters: [bytes],
		result: string,
		intent: 'hashing',
		evaluate: ([value]) => (asBytes(value).hex.match(/../g) ?? []).join('-'),
		python: ([value]) => method(method(value, 'hex', atom('"-"')), 'upper'),
	}),
	fixed('Convert', 'ToBase64String', {
		id: 'Convert.ToBase64String',
		parameters: [bytes],
		result: string,
		evaluate: ([value]) => Buffer.from(asBytes(value).hex, 'hex').toString('base64'),
		python: ([value]) => method(call('base64.b64encode', value), 'decode'),
	}),
	fixed('Guid', 'NewGuid', {
		id: 'Guid.NewGuid',
		parameters: [],
		result: scriptTypes.uuid,
		isEffect: true,
		helper: 'new_guid',
		evaluate: (_args, { outside }) => outside({ helper: 'new_guid', args: [], names: [] }),
		python: () => call('new_guid'),
	}),
	instance('uuid', 'ToString', {
		id: 'Guid.ToString',
		parameters: [scriptTypes.uuid],
		result: string,
		evaluate: ([value]) => asText(value).toLowerCase(),
		python: ([value]) => method(value, 'lower'),
	}),
]

export const byteAndHashMembers: readonly Member[] = [...encodingMembers, ...digestMembers, ...byteMembers]
