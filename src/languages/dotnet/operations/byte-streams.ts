/** Bytes in memory, and the writer that packs values into them (Microsoft: BinaryWriter; little-endian throughout). */
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import { makeBinary } from '#model/values.ts'
import type { Py } from '../../python.ts'
import { atom, call, method } from '../../python.ts'
import type { Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asBoolean, asBytes, asFloat, asInt, asText, asThing, raise } from '../runtime.ts'

const { string, boolean, double, float, long, nothing } = scriptTypes
const bytes: ScriptType = { kind: 'value', type: { kind: 'binary' } }
const stream: ScriptType = { kind: 'thing', name: 'MemoryStream' }
const writer: ScriptType = { kind: 'thing', name: 'BinaryWriter' }

const contents = (value: ScriptValue | undefined): string => asText(asThing(value).state['hex'])

/** A writer is its stream: what is written is there at once. */
function put(value: ScriptValue | undefined, hex: string): null {
	asThing(value).state['hex'] = contents(value) + hex
	return null
}

/** Its length in UTF-8, seven bits to a byte, then the text. */
function packedText(text: string): string {
	const body = Buffer.from(text, 'utf8')
	const head: number[] = []
	let rest = body.length
	while (rest >= 0x80) {
		head.push((rest & 0x7f) | 0x80)
		rest >>= 7
	}
	return Buffer.from([...head, rest]).toString('hex') + body.toString('hex')
}

function packedInt(value: bigint, bits: number): string {
	const hex = BigInt.asUintN(bits, value)
		.toString(16)
		.padStart(bits / 4, '0')
	return (hex.match(/../g) ?? []).toReversed().join('')
}

function packedFloat(value: number, bits: 32 | 64): string {
	const body = Buffer.alloc(bits / 8)
	if (bits === 32) body.writeFloatLE(value)
	else body.writeDoubleLE(value)
	return body.toString('hex')
}

const write = (type: ScriptType, pack: (value: ScriptValue | undefined) => string, python: (value: Py) => Py): Member =>
	instance('BinaryWriter', 'Write', {
		id: `BinaryWriter.Write(${scriptTypeKey(type)})`,
		parameters: [writer, type],
		result: nothing,
		isEffect: true,
		evaluate: ([one, value]) => put(one, pack(value)),
		python: ([one, value]) => method(one, 'extend', python(value)),
	})

const ints = ([8, 16, 32, 64] as const).flatMap((bits) =>
	[true, false].map(
		(signed): Member =>
			write(
				{ kind: 'value', type: { kind: 'int', bits, signed } },
				(value) => packedInt(asInt(value), bits),
				(value) =>
					method(
						value.level === 'atom' && !/^\d/.test(value.code) ? value : atom(`(${value.code})`),
						'to_bytes',
						atom(String(bits / 8)),
						atom('"little"'),
						...(signed ? [atom('signed=True')] : []),
					),
			),
	),
)

const opened = (
	name: string,
	parameters: readonly ScriptType[],
	rest: Pick<ScriptOperation, 'evaluate' | 'python' | 'result'>,
) => fixed(name, 'new', { id: `${name}.new(${parameters.length})`, parameters, ...rest })

const decoded = (id: string, decode: (body: Buffer) => string, encoding: string): Member =>
	instance('binary', id, {
		id: `Bytes.${id}`,
		parameters: [bytes],
		result: string,
		evaluate: ([value]) => decode(Buffer.from(asBytes(value).hex, 'hex')),
		python: ([value]) => method(value, 'decode', atom(`"${encoding}"`)),
	})

const undecodable = (): never => raise('DecoderFallbackException', 'Unable to translate bytes to characters.')

export const byteStreamMembers: readonly Member[] = [
	opened('MemoryStream', [], {
		result: stream,
		evaluate: () => ({ kind: 'thing', name: 'MemoryStream', state: { hex: '' } }),
		python: () => call('bytearray'),
	}),
	opened('BinaryWriter', [stream], {
		result: writer,
		evaluate: ([one]) => asThing(one),
		python: ([one]) => one,
	}),
	instance('MemoryStream', 'ToArray', {
		id: 'MemoryStream.ToArray',
		parameters: [stream],
		result: bytes,
		evaluate: ([one]) => makeBinary(contents(one)),
		python: ([one]) => call('bytes', one),
	}),
	instance('MemoryStream', 'Length', {
		id: 'MemoryStream.Length',
		parameters: [stream],
		result: long,
		evaluate: ([one]) => BigInt(contents(one).length / 2),
		python: ([one]) => call('len', one),
	}),
	write(
		string,
		(value) => packedText(asText(value)),
		(value) => call('packed_text', value),
	),
	write(
		bytes,
		(value) => asBytes(value).hex,
		(value) => value,
	),
	write(
		boolean,
		(value) => (asBoolean(value) ? '01' : '00'),
		(value) =>
			method(value.level === 'atom' ? value : atom(`(${value.code})`), 'to_bytes', atom('1'), atom('"little"')),
	),
	write(
		double,
		(value) => packedFloat(asFloat(value), 64),
		(value) => call('struct.pack', atom('"<d"'), value),
	),
	write(
		float,
		(value) => packedFloat(asFloat(value), 32),
		(value) => call('struct.pack', atom('"<f"'), value),
	),
	...ints,
	// What the engine reads out of bytes that were put into a column of text; text without a meaning is a fault.
	decoded(
		'AsUnicode',
		(body) => {
			const text = body.toString('utf16le')
			return body.length % 2 === 1 || !text.isWellFormed() ? undecodable() : text
		},
		'utf-16-le',
	),
	decoded(
		'AsLatin',
		(body) =>
			body.some((one) => [0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(one))
				? undecodable()
				: new TextDecoder('windows-1252').decode(body),
		'cp1252',
	),
]
