/** How the value of a COBOL field is made of its bytes. */
import type { Expression } from '#model/expressions.ts'
import { text } from '#model/types.ts'
import { cast } from '../../expressions.ts'
import { propertyOf } from '../../keys.ts'
import type { StageContext } from '../../stage-context.ts'
import type { PlacedField } from './places.ts'

/** What holds for all fields of the stage. */
export interface Encoding {
	/** The character set of texts and of digits. */
	readonly charset: 'IBM037' | 'UTF-8'
	readonly order: 'big' | 'little'
	/** The stage does not say the order. */
	readonly isNative: boolean
	/** A packed decimal of zeros alone, without a sign, is a zero. */
	readonly zeros: boolean
	readonly isText: boolean
}

/** IBM: Complex Flat File stage, record options. The order of bytes is that of the machine unless it is set. */
export function readEncoding(context: StageContext): Encoding {
	const told = (name: string): string => propertyOf(context.stage.properties, name)
	const charset = told('charset') || 'ebcdic'
	const order = told('byteorder') || 'native_endian'
	const float = told('floatrepresentation') || 'IEEE'
	if (charset !== 'ebcdic' && charset !== 'ascii') context.refuse(`its character set is "${charset}"`)
	if (!['big_endian', 'little_endian', 'native_endian'].includes(order)) context.refuse(`its byte order is "${order}"`)
	if (float !== 'IEEE') context.refuse(`its floating-point numbers are ${float}`)
	const map = context.stage.record.values.get('NLSMapName') ?? ''
	if (charset === 'ebcdic' && !/^(?:utf-?8|ascl_ebcdic(?:-037)?|ibm-?0?37.*)?$/i.test(map))
		context.refuse(`its character set is ${map}`)
	if (charset === 'ascii' && !/^(?:utf-?8|(?:us-)?ascii|ascl_ascii)?$/i.test(map))
		context.refuse(`its character set is ${map}`)
	if (charset === 'ebcdic' && !map.includes('37')) context.differ('RG-D160', 'The code page of its EBCDIC is not told.')
	return {
		charset: charset === 'ebcdic' ? 'IBM037' : 'UTF-8',
		order: order === 'big_endian' ? 'big' : 'little',
		isNative: order === 'native_endian',
		zeros: told('allowzeros') === 'fix_zero',
		isText: told('dataformat') === 'text',
	}
}

const places = ['trailing', 'leading', 'trailing', 'leading separate', 'trailing separate'] as const

/** @param bytes the field, as characters that stand for its bytes */
export function fieldValueOf(
	context: StageContext,
	{ field, isGroup }: PlacedField,
	bytes: Expression,
	encoding: Encoding,
): Expression {
	const { column, nativeType, signed, sign } = field
	const shown = cast('datastage.bytes-text', bytes, text(), encoding.charset)
	if (isGroup || nativeType === 'CHARACTER' || nativeType === 'GROUP') {
		if (column.type.kind !== 'string') context.refuse(`${column.name} holds characters, and is a ${column.type.kind}`)
		return shown
	}
	if (column.type.kind !== 'int' && column.type.kind !== 'decimal')
		context.refuse(`${column.name} holds a number, and is a ${column.type.kind}`)
	if (column.type.kind === 'int' && field.scale > 0)
		context.refuse(`${column.name} has digits behind the point, and is a whole number`)
	const isPlain = nativeType === 'DISPLAY_NUMERIC' && !signed && sign === 0 && column.type.kind === 'int'
	if (encoding.isText && !isPlain) context.refuse(`how ${column.name} is written as text is not documented`)
	switch (nativeType) {
		case 'DISPLAY_NUMERIC':
			return cast(
				'datastage.zoned',
				encoding.charset === 'UTF-8' ? bytes : shown,
				column.type,
				places[sign] ?? 'trailing',
			)
		case 'DECIMAL':
			return cast('datastage.packed', bytes, column.type, encoding.zeros ? 'zeros' : undefined)
		default:
			if (encoding.isNative) context.differ('RG-D160', `The order of bytes in ${column.name} is that of the machine.`)
			return cast('datastage.binary', bytes, column.type, `${encoding.order}${signed ? '' : ' unsigned'}`)
	}
}
