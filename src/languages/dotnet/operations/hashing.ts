/** Bytes: digests, hexadecimal and base64. */
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
const hash: ScriptType = { kind: 'thing', name: 'Hash' }

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
	fixed('Convert', 'FromBase64String', {
		id: 'Convert.FromBase64String',
		parameters: [string],
		result: bytes,
		evaluate: ([value]) => {
			const text = asText(value).replace(/[ \t\r\n]/g, '')
			if (!/^[A-Za-z\d+/]*={0,2}$/.test(text) || text.length % 4 !== 0)
				return raise('FormatException', 'The input is not a valid Base-64 string.')
			return makeBinary(Buffer.from(text, 'base64').toString('hex'))
		},
		python: ([value]) => call('from_base64', value),
	}),
	instance('binary', 'Slice', {
		id: 'Bytes.Slice',
		parameters: [bytes, int, int],
		result: bytes,
		evaluate: ([value, start, count]) => {
			const [from, size] = [Number(asInt(start)), Number(asInt(count))]
			if (from < 0 || size < 0) return raise('ArgumentOutOfRangeException', 'Index was out of range.')
			return makeBinary(asBytes(value).hex.slice(from * 2, (from + size) * 2))
		},
		python: ([value, start, count]) => call('bytes_part', value, start, count),
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

export const byteAndHashMembers: readonly Member[] = [...digestMembers, ...byteMembers]
