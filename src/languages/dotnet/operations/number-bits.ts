/** Bits of whole numbers, and their texts in base 2, 8 and 16. */
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import type { IntType } from '#model/types.ts'
import { atom, call, loose } from '../../python.ts'
import type { Member, ScriptOperation } from '../operation.ts'
import { fixed } from '../operation.ts'
import { asInt, asText, raise } from '../runtime.ts'
import { bounded, intOf, operand, wrapped } from './numbers.ts'

const { string, object, int } = scriptTypes

const typeOf = (type: ScriptType): IntType => intOf(type) ?? { kind: 'int', bits: 32, signed: true }

/** As many places as the lowest five bits say, six of long numbers (C# specification 12.11). */
const places = (count: bigint, { bits }: IntType): bigint => count & BigInt(bits - 1)

export const bitOperations: readonly ScriptOperation[] = [
	...(['Left', 'Right'] as const).map(
		(way): ScriptOperation => ({
			id: `Number.Shift${way}`,
			parameters: [object, int],
			result: object,
			evaluate: ([value, count], { result }) => {
				const type = typeOf(result)
				const by = places(asInt(count), type)
				return wrapped(way === 'Left' ? asInt(value) << by : asInt(value) >> by, type)
			},
			python: ([value, count], { result }) => {
				const type = typeOf(result)
				const isShort = /^\d+$/.test(count.code) && Number(count.code) < type.bits
				const by = isShort ? count.code : `(${operand(count)} & ${type.bits - 1})`
				const left = value.level === 'atom' ? value.code : `(${value.code})`
				return way === 'Left' ? bounded(loose(`${left} << ${by}`), type, false) : loose(`${left} >> ${by}`)
			},
		}),
	),
	{
		id: 'Number.Complement',
		parameters: [object],
		result: object,
		evaluate: ([value], { result }) => wrapped(~asInt(value), typeOf(result)),
		python: ([value], { result }) => {
			const type = typeOf(result)
			const text = loose(`~${value.level === 'atom' ? value.code : `(${value.code})`}`)
			return type.signed ? text : bounded(text, type, false)
		},
	},
]

const refuses: ScriptOperation['refuses'] = ([, base]) =>
	base === 2n || base === 8n || base === 16n ? undefined : `numbers in base ${typeof base === 'bigint' ? base : '?'}`

const badFormat = (): never => raise('FormatException', 'Could not find any recognizable digits.')

/** The highest digit is the sign, as the number stands in memory (Microsoft: Convert.ToInt32(String, Int32)). */
function read(text: string, base: bigint, { bits, signed }: IntType): bigint {
	const digits = base === 16n ? text.replace(/^0x/i, '') : text
	const known = '0123456789abcdef'.slice(0, Number(base))
	if (digits === '' || Array.from(digits.toLowerCase()).some((one) => !known.includes(one))) return badFormat()
	const value = Array.from(digits.toLowerCase()).reduce((sum, one) => sum * base + BigInt(known.indexOf(one)), 0n)
	if (value >= 1n << BigInt(bits)) return raise('OverflowException', 'Value was either too large or too small.')
	return signed ? BigInt.asIntN(bits, value) : value
}

const letters: Readonly<Record<string, string>> = { '2': '"b"', '8': '"o"', '16': '"x"' }

export const baseMembers: readonly Member[] = [
	...(
		[
			['ToInt16', 16, true],
			['ToInt32', 32, true],
			['ToInt64', 64, true],
			['ToByte', 8, false],
			['ToUInt32', 32, false],
		] as const
	).map(([name, bits, signed]) =>
		fixed('Convert', name, {
			id: `Convert.${name}(string,int)`,
			parameters: [string, int],
			result: { kind: 'value', type: { kind: 'int', bits, signed } },
			literals: [1],
			refuses,
			evaluate: ([text, base], { result }) => (text === null ? 0n : read(asText(text), asInt(base), typeOf(result))),
			python: ([text, base]) => call('from_base', text, base, bits, ...(signed ? [] : [atom('signed=False')])),
		}),
	),
	...([32, 64] as const).map((bits): Member => {
		const type: ScriptType = { kind: 'value', type: { kind: 'int', bits, signed: true } }
		return fixed('Convert', 'ToString', {
			id: `Convert.ToString(${scriptTypeKey(type)},int)`,
			parameters: [type, int],
			result: string,
			literals: [1],
			refuses,
			evaluate: ([value, base]) => BigInt.asUintN(bits, asInt(value)).toString(Number(asInt(base))),
			python: ([value, base]) =>
				call('format', loose(`${operand(value)} % 2**${bits}`), atom(letters[base.code] ?? '"d"')),
		})
	}),
]
