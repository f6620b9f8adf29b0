/** Types as scripts write them, and what each begins with. */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import type { DataType } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { makeDecimal, makeTimestamp } from '#model/values.ts'
import type { ScriptOperation } from '../operation.ts'
import type { TypeName } from '../syntax.ts'
import { typeNamed } from '../syntax.ts'
import { outside } from './outside.ts'

const { string, boolean, byte, int, long, double, float, moment, span, uuid, char, decimal, object, exception } =
	scriptTypes

const integer = (bits: 8 | 16 | 32 | 64, signed: boolean): ScriptType => ({
	kind: 'value',
	type: { kind: 'int', bits, signed },
})

/** Names of both languages and of the runtime, in small letters. */
const simple: Readonly<Record<string, ScriptType>> = {
	string,
	bool: boolean,
	boolean,
	byte,
	sbyte: integer(8, true),
	short: integer(16, true),
	int16: integer(16, true),
	ushort: integer(16, false),
	uint16: integer(16, false),
	int,
	integer: int,
	int32: int,
	uint: integer(32, false),
	uinteger: integer(32, false),
	uint32: integer(32, false),
	long,
	int64: long,
	ulong: integer(64, false),
	uint64: integer(64, false),
	double,
	float,
	single: float,
	decimal,
	char,
	object,
	datetime: moment,
	date: moment,
	timespan: span,
	guid: uuid,
	dayofweek: { kind: 'thing', name: 'DayOfWeek' },
	stringbuilder: { kind: 'thing', name: 'StringBuilder' },
	arraylist: listOf(object),
	exception,
	formatexception: exception,
	overflowexception: exception,
	dividebyzeroexception: exception,
	arithmeticexception: exception,
	nullreferenceexception: exception,
	keynotfoundexception: exception,
	filenotfoundexception: exception,
	ioexception: exception,
	webexception: exception,
	smtpexception: exception,
	sqlexception: exception,
	oledbexception: exception,
	regex: { kind: 'thing', name: 'Regex' },
	match: { kind: 'thing', name: 'Match' },
	matchcollection: listOf({ kind: 'thing', name: 'Match' }),
	group: { kind: 'thing', name: 'Group' },
	groupcollection: { kind: 'thing', name: 'GroupCollection' },
	variables: { kind: 'thing', name: 'Variables' },
	idtsvariables100: { kind: 'thing', name: 'Variables' },
	idtsvariables90: { kind: 'thing', name: 'Variables' },
	connectionmanager: { kind: 'thing', name: 'ConnectionManager' },
	idtsconnectionmanager90: { kind: 'thing', name: 'ConnectionManager' },
	idtsconnectionmanager100: { kind: 'thing', name: 'ConnectionManager' },
	encoding: { kind: 'thing', name: 'Encoding' },
	cultureinfo: { kind: 'thing', name: 'CultureInfo' },
	iformatprovider: { kind: 'thing', name: 'CultureInfo' },
	numberformatinfo: { kind: 'thing', name: 'CultureInfo' },
	datetimeformatinfo: { kind: 'thing', name: 'CultureInfo' },
	textinfo: { kind: 'thing', name: 'TextInfo' },
	utf8encoding: { kind: 'thing', name: 'Encoding' },
	fileinfo: { kind: 'thing', name: 'FileInfo' },
	directoryinfo: { kind: 'thing', name: 'DirectoryInfo' },
	streamreader: { kind: 'thing', name: 'StreamReader' },
	streamwriter: { kind: 'thing', name: 'StreamWriter' },
	textreader: { kind: 'thing', name: 'StreamReader' },
	textwriter: { kind: 'thing', name: 'StreamWriter' },
	md5: { kind: 'thing', name: 'Hash' },
	sha1: { kind: 'thing', name: 'Hash' },
	sha256: { kind: 'thing', name: 'Hash' },
	sha384: { kind: 'thing', name: 'Hash' },
	sha512: { kind: 'thing', name: 'Hash' },
	hashalgorithm: { kind: 'thing', name: 'Hash' },
	file: { kind: 'thing', name: 'File' },
	xmldocument: { kind: 'thing', name: 'XmlDocument' },
	xmlnode: { kind: 'thing', name: 'XmlNode' },
	xmlelement: { kind: 'thing', name: 'XmlNode' },
	xmlattribute: { kind: 'thing', name: 'XmlAttribute' },
	xmlnodelist: listOf({ kind: 'thing', name: 'XmlNode' }),
	gzipstream: { kind: 'thing', name: 'GZipStream' },
	ziparchive: { kind: 'thing', name: 'ZipArchive' },
	ziparchiveentry: { kind: 'thing', name: 'ZipArchiveEntry' },
	filestream: { kind: 'thing', name: 'FileStream' },
	memorystream: { kind: 'thing', name: 'MemoryStream' },
	binarywriter: { kind: 'thing', name: 'BinaryWriter' },
	random: { kind: 'thing', name: 'Random' },
	calendar: { kind: 'thing', name: 'Calendar' },
	gregoriancalendar: { kind: 'thing', name: 'Calendar' },
	datetimeoffset: { kind: 'thing', name: 'DateTimeOffset' },
	webclient: { kind: 'thing', name: 'WebClient' },
	webrequest: { kind: 'thing', name: 'WebRequest' },
	httpwebrequest: { kind: 'thing', name: 'WebRequest' },
	webresponse: { kind: 'thing', name: 'WebResponse' },
	httpwebresponse: { kind: 'thing', name: 'WebResponse' },
	httpresponsemessage: { kind: 'thing', name: 'WebResponse' },
	httpclient: { kind: 'thing', name: 'HttpClient' },
	stringcontent: { kind: 'thing', name: 'StringContent' },
	httpcontent: { kind: 'thing', name: 'StringContent' },
	stream: { kind: 'thing', name: 'Stream' },
	uri: string,
	smtpclient: { kind: 'thing', name: 'SmtpClient' },
	mailmessage: { kind: 'thing', name: 'MailMessage' },
	mailaddress: { kind: 'thing', name: 'MailAddress' },
	attachment: { kind: 'thing', name: 'Attachment' },
	sqlconnection: { kind: 'thing', name: 'Connection' },
	oledbconnection: { kind: 'thing', name: 'Connection' },
	odbcconnection: { kind: 'thing', name: 'Connection' },
	sqlcommand: { kind: 'thing', name: 'Command' },
	oledbcommand: { kind: 'thing', name: 'Command' },
	odbccommand: { kind: 'thing', name: 'Command' },
	sqlparameter: { kind: 'thing', name: 'Parameter' },
	oledbparameter: { kind: 'thing', name: 'Parameter' },
	odbcparameter: { kind: 'thing', name: 'Parameter' },
	sqldatareader: { kind: 'thing', name: 'Reader' },
	oledbdatareader: { kind: 'thing', name: 'Reader' },
	odbcdatareader: { kind: 'thing', name: 'Reader' },
	idatareader: { kind: 'thing', name: 'Reader' },
	datatable: { kind: 'thing', name: 'DataTable' },
	dataset: { kind: 'thing', name: 'DataSet' },
	datarow: { kind: 'thing', name: 'DataRow' },
	datarowcollection: listOf({ kind: 'thing', name: 'DataRow' }),
	datacolumn: { kind: 'thing', name: 'DataColumn' },
	datacolumncollection: listOf({ kind: 'thing', name: 'DataColumn' }),
	datatablecollection: listOf({ kind: 'thing', name: 'DataTable' }),
	sqldataadapter: { kind: 'thing', name: 'DataAdapter' },
	oledbdataadapter: { kind: 'thing', name: 'DataAdapter' },
	odbcdataadapter: { kind: 'thing', name: 'DataAdapter' },
}
for (const name of [
	'md5cryptoserviceprovider',
	'sha1managed',
	'sha256managed',
	'sha512managed',
	'sha1cryptoserviceprovider',
	'sha256cryptoserviceprovider',
	'sha512cryptoserviceprovider',
	'sha384managed',
]) {
	Object.assign(simple, { [name]: { kind: 'thing', name: 'Hash' } })
}

/** The last part of a name: namespaces say nothing here. */
export const lastPart = (name: string): string => name.split('.').at(-1) ?? name

/** A class or an enumeration of the script's own. */
function ownType(name: string, nullable: boolean, names: TypeName['names']): ScriptType | undefined {
	if (names === undefined) return { kind: 'thing', name }
	return nullable ? undefined : { kind: 'thing', name, names }
}

/** The type that a name means, undefined for one that is not understood. */
export function knownType({ name, args, dimensions, nullable, names, isUntyped }: TypeName): ScriptType | undefined {
	if (dimensions === 0 && (name.startsWith('class ') || names !== undefined)) return ownType(name, nullable, names)
	const plain = lastPart(name).toLowerCase()
	if (dimensions === 1 && plain === 'byte') return { kind: 'value', type: { kind: 'binary' } }
	if (dimensions > 0) {
		const of = knownType({
			name,
			args,
			dimensions: dimensions - 1,
			nullable,
			...(names === undefined ? {} : { names }),
		})
		if (of === undefined) return undefined
		return listOf(of)
	}
	const held = collectionOf(plain, args)
	if (held !== undefined) return isUntyped === true && held.kind !== 'set' ? { ...held, isUntyped } : held
	const [first] = args
	const missing = plain === 'nullable' && first !== undefined ? first : nullable ? typeNamed(name) : undefined
	if (missing !== undefined && (nullable || args.length === 1)) return nullableOf(knownType(missing))
	return args.length > 0 || !Object.hasOwn(simple, plain) ? undefined : simple[plain]
}

export function typeOf(name: TypeName, place: { readonly line: number }): ScriptType {
	const shown = `${name.name}${name.nullable ? '?' : ''}${'[]'.repeat(name.dimensions)}`
	return knownType(name) ?? outside(`the type ${shown} is not understood`, place)
}

/** Lists, dictionaries and sets of types that are understood. */
type Collection = Extract<ScriptType, { kind: 'list' | 'map' | 'set' }>

function collectionOf(plain: string, args: readonly TypeName[]): Collection | undefined {
	const [first, second] = args.map(knownType)
	if (first === undefined) return undefined
	if (['list', 'ienumerable', 'ilist', 'icollection', 'queue', 'stack'].includes(plain))
		return { kind: 'list', of: first }
	if (!canBeKey(first)) return undefined
	if (plain === 'hashset' || plain === 'iset') return { kind: 'set', of: first }
	if (second === undefined || (plain !== 'dictionary' && plain !== 'idictionary')) return undefined
	return scriptTypeKey(first) === 'string' ? { kind: 'map', of: second } : { kind: 'map', of: second, key: first }
}

/** Types whose values are equal on both sides where they are in .NET. */
const canBeKey = (type: ScriptType): boolean =>
	type.kind === 'char' ||
	isEnumeration(type) ||
	(type.kind === 'value' && ['string', 'int', 'timestamp', 'uuid'].includes(type.type.kind))

/** Numbers that have names: days of the week, and enumerations of the script's own. */
export const isEnumeration = (type: ScriptType): boolean =>
	type.kind === 'thing' && (type.name === 'DayOfWeek' || type.names !== undefined)

/** The type of a value that may be missing; a text may be anyway. */
export function nullableOf(type: ScriptType | undefined): ScriptType | undefined {
	if (type === undefined || isReference(type)) return type
	return { kind: 'thing', name: `${scriptTypeKey(type)}?` }
}

/** The type without the question mark. */
export function underlying(type: ScriptType): ScriptType | undefined {
	return type.kind === 'thing' && type.name.endsWith('?')
		? Object.values(simple).find((one) => scriptTypeKey(one) === type.name.slice(0, -1))
		: undefined
}

/** The type by which a script holds a column or variable. Undefined: none is understood. */
export function heldAs(type: DataType): ScriptType {
	switch (type.kind) {
		case 'string':
			return string
		case 'decimal':
			return decimal
		case 'date':
		case 'timestamp':
			return moment
		case 'time':
			return span
		case 'binary':
			return { kind: 'value', type: { kind: 'binary' } }
		case 'int':
		case 'float':
		case 'boolean':
		case 'uuid':
		case 'vector':
		case 'record':
			return { kind: 'value', type }
	}
}

/** Whose members a value has. */
export function ownerOf(type: ScriptType): string {
	if (type.kind === 'thing') return type.name
	if (type.kind === 'value' && type.type.kind === 'timestamp') return 'DateTime'
	return type.kind === 'list' || type.kind === 'map' || type.kind === 'set' ? type.kind : scriptTypeKey(type)
}

/** What a local or field of the type holds before anything is assigned. */
export function defaultOf(type: ScriptType, line: number): ScriptExpression {
	return { kind: 'literal', value: defaultValue(type), type, line }
}

function defaultValue(type: ScriptType): Value {
	if (type.kind === 'decimal') return makeDecimal(0n, 0)
	if (type.kind === 'char') return '\0'
	if (isEnumeration(type)) return 0n
	if (type.kind !== 'value') return null
	switch (type.type.kind) {
		case 'int':
			return 0n
		case 'float':
			return 0
		case 'boolean':
			return false
		case 'timestamp':
			return makeTimestamp(-62_135_596_800_000_000n)
		case 'uuid':
			return '00000000-0000-0000-0000-000000000000'
		default:
			return null
	}
}

/** Can a value of the type be null? */
export function isReference(type: ScriptType): boolean {
	if (type.kind === 'value') return type.type.kind === 'string' || type.type.kind === 'binary'
	return (
		type.kind !== 'decimal' &&
		type.kind !== 'char' &&
		type.kind !== 'nothing' &&
		!isEnumeration(type) &&
		!(type.kind === 'thing' && type.name === 'TimeSpan')
	)
}

export const sameType = (left: ScriptType, right: ScriptType): boolean => scriptTypeKey(left) === scriptTypeKey(right)

/** Lists, dictionaries and sets give what they hold. */
export function resultOf({ id, result }: ScriptOperation, { type }: ScriptExpression): ScriptType {
	if (type.kind === 'map' && id === 'Map.Keys') return listOf(type.key ?? string)
	if (type.kind === 'map' && id === 'Map.Values') return listOf(type.of)
	if (result.kind === 'object' && (type.kind === 'list' || type.kind === 'map')) return type.of
	return result.kind === 'list' && result.of.kind === 'object' && type.kind === 'list' ? type : result
}
