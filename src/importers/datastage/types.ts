/** ODBC type codes of columns, stage variables and parameters → model types. */
import type { DataType } from '#model/types.ts'
import { binary, date, decimal, float, int, text, time, timestamp } from '#model/types.ts'

export interface SqlTypeFacts {
	/** `SqlType` as written: an ODBC code. */
	readonly code: string
	/** `Precision`: length of a text, digits of a number. 0 = not given. */
	readonly precision: number
	readonly scale: number
	/** `ExtendedPrecision` 1: Unicode text, microseconds, or an unsigned integer. */
	readonly extended: boolean
}

export interface TypeReading {
	readonly type: DataType
	/** The source type has more digits than the model holds. */
	readonly capped: boolean
	/** The code is none of those known; the type is a guess. */
	readonly unknown: boolean
}

const maximumPrecision = 38

/**
 * The model type of an ODBC code. IBM: Data types (parallel job developer's guide), SQL type and underlying data type:
 * Float and Real are sfloat; a decimal without precision is decimal[38,10]. Bit
 * is a uint16 in the code that the engine's compiler makes of such columns.
 */
export function readType(facts: SqlTypeFacts): TypeReading {
	const known = (type: DataType): TypeReading => ({ type, capped: false, unknown: false })
	const { extended } = facts
	const length = facts.precision > 0 ? facts.precision : undefined
	switch (facts.code) {
		case '1':
			return known(text(length, { unicode: extended, fixed: length !== undefined }))
		case '-8':
			return known(text(length, { unicode: true, fixed: length !== undefined }))
		case '12':
		case '-1':
			return known(text(length, { unicode: extended }))
		case '-9':
		case '-10':
			return known(text(length, { unicode: true }))
		case '2':
		case '3':
			return readDecimal(facts)
		case '4':
			return known(int(32, !extended))
		case '5':
			return known(int(16, !extended))
		case '-5':
			return known(int(64, !extended))
		case '-6':
			return known(int(8, !extended))
		case '-7':
			return known(int(16, false))
		case '6':
		case '7':
			return known(float(32))
		case '8':
			return known(float(64))
		case '9':
			return known(date)
		case '10':
			return known(time(extended ? 6 : 0))
		case '11':
			return known(timestamp(extended ? 6 : 0))
		case '-2':
		case '-3':
		case '-4':
			return known(binary(length))
		default:
			return { type: text(), capped: false, unknown: true }
	}
}

function readDecimal({ precision, scale }: SqlTypeFacts): TypeReading {
	if (precision <= 0) return { type: decimal(maximumPrecision, 10), capped: false, unknown: false }
	const type = decimal(Math.min(precision, maximumPrecision), Math.min(scale, precision, maximumPrecision))
	return { type, capped: precision > maximumPrecision, unknown: false }
}
