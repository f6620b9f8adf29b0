/**
 * The data types of Integration Services, exactly. The model's types are coarser in places (DT_CY is a decimal(19,4) there,
 * DT_DATE a timestamp), so expressions, the importer and the conversions keep these beside them.
 * Source: Microsoft, "Integration Services Data Types".
 */
import type { DataType } from '#model/types.ts'
import { binary, boolean, date, decimal, float, int, text, time, timestamp, uuid } from '#model/types.ts'

const plainNames = [
	'DT_I1',
	'DT_I2',
	'DT_I4',
	'DT_I8',
	'DT_UI1',
	'DT_UI2',
	'DT_UI4',
	'DT_UI8',
	'DT_R4',
	'DT_R8',
	'DT_CY',
	'DT_BOOL',
	'DT_GUID',
	'DT_DATE',
	'DT_DBDATE',
	'DT_DBTIME',
	'DT_DBTIMESTAMP',
	'DT_FILETIME',
	'DT_IMAGE',
	'DT_NTEXT',
] as const
const scaledNames = ['DT_DECIMAL', 'DT_DBTIME2', 'DT_DBTIMESTAMP2', 'DT_DBTIMESTAMPOFFSET'] as const

export type PlainName = (typeof plainNames)[number]
export type ScaledName = (typeof scaledNames)[number]

export type SsisType =
	| { readonly name: PlainName }
	/** `scale`: fractional digits; 0 to 28 of a DT_DECIMAL, 0 to 7 of the date and time types. */
	| { readonly name: ScaledName; readonly scale: number }
	| { readonly name: 'DT_NUMERIC'; readonly precision: number; readonly scale: number }
	/** `length` in bytes of the code page. Absent: not known (a variable). */
	| { readonly name: 'DT_STR'; readonly length?: number; readonly codePage: number }
	/** `length` in UTF-16 units. Absent: not known (a variable). */
	| { readonly name: 'DT_WSTR'; readonly length?: number }
	| { readonly name: 'DT_TEXT'; readonly codePage: number }
	| { readonly name: 'DT_BYTES'; readonly length?: number }

export type SsisTypeName = SsisType['name']

/** What a package stores beside the type's name. Code page 0 or absent means the usual 1252. */
export interface TypeParameters {
	readonly length?: number | undefined
	readonly precision?: number | undefined
	readonly scale?: number | undefined
	readonly codePage?: number | undefined
}

export const wstr = (length?: number): SsisType => ({ name: 'DT_WSTR', ...(length === undefined ? {} : { length }) })
const str = (length?: number, codePage = 1252): SsisType => ({
	name: 'DT_STR',
	...(length === undefined ? {} : { length }),
	codePage,
})
export const numeric = (precision: number, scale: number): SsisType => ({ name: 'DT_NUMERIC', precision, scale })
export const plain = (name: PlainName): SsisType => ({ name })

const codes: Readonly<Record<number, SsisTypeName>> = {
	2: 'DT_I2',
	3: 'DT_I4',
	4: 'DT_R4',
	5: 'DT_R8',
	6: 'DT_CY',
	7: 'DT_DATE',
	8: 'DT_WSTR',
	11: 'DT_BOOL',
	14: 'DT_DECIMAL',
	16: 'DT_I1',
	17: 'DT_UI1',
	18: 'DT_UI2',
	19: 'DT_UI4',
	20: 'DT_I8',
	21: 'DT_UI8',
	64: 'DT_FILETIME',
	72: 'DT_GUID',
	128: 'DT_BYTES',
	129: 'DT_STR',
	130: 'DT_WSTR',
	131: 'DT_NUMERIC',
	133: 'DT_DBDATE',
	134: 'DT_DBTIME',
	135: 'DT_DBTIMESTAMP',
	145: 'DT_DBTIME2',
	146: 'DT_DBTIMESTAMPOFFSET',
	301: 'DT_IMAGE',
	302: 'DT_TEXT',
	303: 'DT_NTEXT',
	304: 'DT_DBTIMESTAMP2',
}

/** Names in the pipeline's XML, in lower case: writers do not agree on capitals (`nText`, `dbTimeStampOffset`). */
const xmlNames: Readonly<Record<string, SsisTypeName>> = { datetime: 'DT_FILETIME' }

/**
 * The type of a numeric code (`DTS:DataType` of variables and parameters, flat file columns, parameter bindings).
 * `undefined` for the codes that hold no scalar (0 empty, 1 null, 13 object) and for unknown ones.
 */
export function fromCode(code: number, parameters: TypeParameters = {}): SsisType | undefined {
	const name = codes[code]
	return name === undefined ? undefined : fromName(name, parameters)
}

/** The type of a `dataType` or `cachedDataType` attribute (`wstr`, `dbTimeStamp`, in old packages also a code), or undefined. */
export function fromXml(xmlName: string, parameters: TypeParameters = {}): SsisType | undefined {
	if (/^\d+$/.test(xmlName)) return fromCode(Number(xmlName), parameters)
	const name = Object.hasOwn(xmlNames, xmlName.toLowerCase())
		? xmlNames[xmlName.toLowerCase()]
		: `DT_${xmlName.toUpperCase()}`
	return name === undefined ? undefined : fromName(name, parameters)
}

/** The type of a `DT_…` name in any letter case with its parameters; missing ones get what the engine assumes. */
export function fromName(typeName: string, parameters: TypeParameters = {}): SsisType | undefined {
	const name = typeName.toUpperCase()
	const { length, precision, scale, codePage } = parameters
	if (isPlain(name)) return { name }
	if (isScaled(name)) return { name, scale: scale ?? (name === 'DT_DECIMAL' ? 0 : 7) }
	switch (name) {
		case 'DT_NUMERIC':
			// The engine's numeric holds 38 digits; 18 is what the designer fills in.
			return numeric(Math.min(Math.max(precision || 18, 1), 38), Math.min(scale ?? 0, precision || 18, 38))
		case 'DT_STR':
			return str(length, codePage || 1252)
		case 'DT_WSTR':
			return wstr(length)
		case 'DT_TEXT':
			return { name, codePage: codePage || 1252 }
		case 'DT_BYTES':
			return { name, ...(length === undefined ? {} : { length }) }
		default:
			return undefined
	}
}

/** Reads `DT_WSTR,20`, `DT_STR,30,1252`, `DT_NUMERIC,18,2`, `DT_I4`; the inverse of {@link formatType}. */
export function parseType(spelled: string): SsisType | undefined {
	const [name = '', ...rest] = spelled.split(',').map((part) => part.trim())
	const [first, second] = rest.map(Number)
	switch (name.toUpperCase()) {
		case 'DT_NUMERIC':
			return fromName(name, { precision: first, scale: second })
		case 'DT_TEXT':
			return fromName(name, { codePage: first })
		case 'DT_STR':
			return fromName(name, { length: first, codePage: second })
		case 'DT_WSTR':
		case 'DT_BYTES':
			return fromName(name, { length: first })
		default:
			return fromName(name, { scale: first })
	}
}

/** Spells a type as expressions do: `DT_STR,30,1252`. */
export function formatType(type: SsisType): string {
	switch (type.name) {
		case 'DT_NUMERIC':
			return `DT_NUMERIC,${type.precision},${type.scale}`
		case 'DT_STR':
			return `DT_STR,${type.length ?? ''},${type.codePage}`.replace(',,', ',')
		case 'DT_WSTR':
		case 'DT_BYTES':
			return type.length === undefined ? type.name : `${type.name},${type.length}`
		case 'DT_TEXT':
			return `DT_TEXT,${type.codePage}`
		default:
			return 'scale' in type ? `${type.name},${type.scale}` : type.name
	}
}

/** The model type that holds values of this type. A seventh digit of a second is beyond what it can hold. */
export function toModel(type: SsisType): DataType {
	switch (type.name) {
		case 'DT_I1':
			return int(8)
		case 'DT_I2':
			return int(16)
		case 'DT_I4':
			return int(32)
		case 'DT_I8':
			return int(64)
		case 'DT_UI1':
			return int(8, false)
		case 'DT_UI2':
			return int(16, false)
		case 'DT_UI4':
			return int(32, false)
		case 'DT_UI8':
			return int(64, false)
		case 'DT_R4':
			return float(32)
		case 'DT_R8':
			return float(64)
		case 'DT_CY':
			return decimal(19, 4)
		case 'DT_DECIMAL':
			return decimal(29, type.scale)
		case 'DT_NUMERIC':
			return decimal(type.precision, type.scale)
		case 'DT_BOOL':
			return boolean
		case 'DT_GUID':
			return uuid
		case 'DT_STR':
			return text(type.length, { unicode: false })
		case 'DT_TEXT':
			return text(undefined, { unicode: false })
		case 'DT_WSTR':
			return text(type.length)
		case 'DT_NTEXT':
			return text()
		case 'DT_BYTES':
			return binary(type.length)
		case 'DT_IMAGE':
			return binary()
		case 'DT_DBDATE':
			return date
		case 'DT_DBTIME':
			return time(0)
		case 'DT_DBTIME2':
			return time(Math.min(type.scale, 6))
		case 'DT_DATE':
			return timestamp(6)
		case 'DT_DBTIMESTAMP':
		case 'DT_FILETIME':
			return timestamp(3)
		case 'DT_DBTIMESTAMP2':
			return timestamp(Math.min(type.scale, 6))
		case 'DT_DBTIMESTAMPOFFSET':
			return timestamp(Math.min(type.scale, 6), true)
	}
}

const integers = { 8: 'DT_I1', 16: 'DT_I2', 32: 'DT_I4', 64: 'DT_I8' } as const
const unsigned = { 8: 'DT_UI1', 16: 'DT_UI2', 32: 'DT_UI4', 64: 'DT_UI8' } as const

/** The type to assume where only the model type is known. `toModel(ofModel(type))` is `type` again but for fixed-width texts. */
export function ofModel(type: DataType): SsisType {
	switch (type.kind) {
		case 'int':
			return plain((type.signed ? integers : unsigned)[type.bits])
		case 'float':
			return plain(type.bits === 32 ? 'DT_R4' : 'DT_R8')
		case 'decimal':
			return numeric(type.precision, type.scale)
		case 'boolean':
			return plain('DT_BOOL')
		case 'uuid':
			return plain('DT_GUID')
		case 'string':
			if (type.unicode) return type.length === undefined ? plain('DT_NTEXT') : wstr(type.length)
			return type.length === undefined ? { name: 'DT_TEXT', codePage: 1252 } : str(type.length)
		case 'binary':
			return type.length === undefined ? plain('DT_IMAGE') : { name: 'DT_BYTES', length: type.length }
		case 'date':
			return plain('DT_DBDATE')
		case 'time':
			return type.digits === 0 ? plain('DT_DBTIME') : { name: 'DT_DBTIME2', scale: type.digits }
		case 'timestamp':
			if (type.zone) return { name: 'DT_DBTIMESTAMPOFFSET', scale: type.digits }
			return type.digits === 3 ? plain('DT_DBTIMESTAMP') : { name: 'DT_DBTIMESTAMP2', scale: type.digits }
		case 'vector':
		case 'record':
			throw new TypeError(`no SSIS type is a ${type.kind}`)
	}
}

function isPlain(name: string): name is PlainName {
	return (plainNames as readonly string[]).includes(name)
}

function isScaled(name: string): name is ScaledName {
	return (scaledNames as readonly string[]).includes(name)
}
