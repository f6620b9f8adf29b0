/** `DT_WSTR,20` inside a cast or NULL(): a type name and its static parameters. Source: Microsoft, "Cast (SSIS Expression)". */
import type { Token } from './lexer.ts'
import type { TokenReader } from './parser.ts'
import type { SsisType } from './types.ts'
import { fromName } from './types.ts'

interface Parameter {
	readonly name: 'length' | 'codePage' | 'precision' | 'scale'
	readonly min: number
	readonly max: number
}

const scale7: readonly Parameter[] = [{ name: 'scale', min: 0, max: 7 }]
const length: Parameter = { name: 'length', min: 0, max: 2 ** 31 - 1 }
const codePage: Parameter = { name: 'codePage', min: 0, max: 65535 }

const parameters: Readonly<Record<string, readonly Parameter[]>> = {
	DT_STR: [length, codePage],
	DT_WSTR: [length],
	DT_BYTES: [length],
	DT_TEXT: [codePage],
	DT_DECIMAL: [{ name: 'scale', min: 0, max: 28 }],
	DT_NUMERIC: [
		{ name: 'precision', min: 1, max: 38 },
		{ name: 'scale', min: 0, max: 38 },
	],
	DT_DBTIME2: scale7,
	DT_DBTIMESTAMP2: scale7,
	DT_DBTIMESTAMPOFFSET: scale7,
}

/** Reads the type at the reader's position, up to but without the closing parenthesis. */
export function readType(reader: TokenReader): SsisType | undefined {
	const token = reader.next()
	if (token.kind !== 'name' || fromName(token.name) === undefined) {
		reader.refuse(token, 'a type name such as DT_WSTR is expected here')
		return undefined
	}
	const wanted = parameters[token.name.toUpperCase()] ?? []
	const given: Record<string, number> = {}
	for (const parameter of wanted) {
		if (!reader.at(',')) reader.refuse(reader.peek(), `${token.name.toUpperCase()} needs a ${words[parameter.name]}`)
		if (!reader.take(',')) return undefined
		const value = readStatic(reader, parameter)
		if (value === undefined) return undefined
		given[parameter.name] = value
	}
	if (wanted.length > 1 && (given['scale'] ?? 0) > (given['precision'] ?? 38)) {
		reader.refuse(token, 'the scale must not be greater than the precision')
		return undefined
	}
	return fromName(token.name, given)
}

const words = { length: 'length', codePage: 'code page', precision: 'precision', scale: 'scale' } as const

function readStatic(reader: TokenReader, { name, min, max }: Parameter): number | undefined {
	const token: Token = reader.next()
	const value =
		token.kind === 'literal' && typeof token.literal.value === 'bigint' ? Number(token.literal.value) : undefined
	if (value !== undefined && value >= min && value <= max) return value
	reader.refuse(token, `the ${words[name]} must be a whole number from ${min} to ${max}, written out`)
	return undefined
}
