/**
 * Data types of link columns and expressions: our own small set, whatever the source tool calls them.
 * docs/types.md tells how each DataStage and SSIS type becomes one of these, and which Spark type prints it.
 */

export type IntBits = 8 | 16 | 32 | 64

export interface StringType {
	readonly kind: 'string'
	/** Most characters (SSIS counts UTF-16 units; DT_STR bytes of its code page). Absent: unbounded. */
	readonly length?: number
	readonly unicode: boolean
	/** A fixed-width text (Char, NChar), padded on assignment where the source engine does so. */
	readonly fixed: boolean
}
export interface IntType {
	readonly kind: 'int'
	readonly bits: IntBits
	readonly signed: boolean
}
export interface DecimalType {
	readonly kind: 'decimal'
	/** 1 to 38; larger source precisions are capped with a diagnostic. */
	readonly precision: number
	readonly scale: number
}
export interface FloatType {
	readonly kind: 'float'
	readonly bits: 32 | 64
}
export interface BooleanType {
	readonly kind: 'boolean'
}
export interface DateType {
	readonly kind: 'date'
}
export interface TimeType {
	readonly kind: 'time'
	/** Fractional digits kept, 0 to 6. */
	readonly digits: number
}
export interface TimestampType {
	readonly kind: 'timestamp'
	/** Fractional digits kept, 0 to 6 (a seventh digit of SQL Server is cut, which is declared). */
	readonly digits: number
	/** The source type carries an offset; values are held in UTC. */
	readonly zone: boolean
}
export interface BinaryType {
	readonly kind: 'binary'
	readonly length?: number
}
export interface UuidType {
	readonly kind: 'uuid'
}

/** Several values of one type in one column, in order; the first has the place 0 (a DataStage vector). */
export interface VectorType {
	readonly kind: 'vector'
	readonly element: DataType
	/** May an element be null? */
	readonly nullable: boolean
	/** How many elements each value has. Absent: that differs from row to row. */
	readonly length?: number
}
/** Columns within a column (a DataStage sub-record). */
export interface RecordType {
	readonly kind: 'record'
	readonly fields: readonly Column[]
}

export type DataType =
	| StringType
	| IntType
	| DecimalType
	| FloatType
	| BooleanType
	| DateType
	| TimeType
	| TimestampType
	| BinaryType
	| UuidType
	| VectorType
	| RecordType

export type TypeKind = DataType['kind']

export const typeKinds = [
	'string',
	'int',
	'decimal',
	'float',
	'boolean',
	'date',
	'time',
	'timestamp',
	'binary',
	'uuid',
	'vector',
	'record',
] as const satisfies readonly TypeKind[]

/** Kinds of values that hold no others. */
export const scalarKinds: readonly TypeKind[] = typeKinds.filter((kind) => kind !== 'vector' && kind !== 'record')

/** One column of a link. */
export interface Column {
	readonly name: string
	readonly type: DataType
	readonly nullable: boolean
}

/** The columns of a link, in order. `open`: more columns, unknown here, travel along by name (runtime column propagation). */
export interface Schema {
	readonly columns: readonly Column[]
	readonly open: boolean
}

export const text = (length?: number, options: { unicode?: boolean; fixed?: boolean } = {}): StringType => ({
	kind: 'string',
	...(length === undefined ? {} : { length }),
	unicode: options.unicode ?? true,
	fixed: options.fixed ?? false,
})
export const int = (bits: IntBits = 32, signed = true): IntType => ({ kind: 'int', bits, signed })
export const decimal = (precision: number, scale: number): DecimalType => ({ kind: 'decimal', precision, scale })
export const float = (bits: 32 | 64 = 64): FloatType => ({ kind: 'float', bits })
export const boolean: BooleanType = { kind: 'boolean' }
export const date: DateType = { kind: 'date' }
export const time = (digits = 0): TimeType => ({ kind: 'time', digits })
export const timestamp = (digits = 6, zone = false): TimestampType => ({ kind: 'timestamp', digits, zone })
export const binary = (length?: number): BinaryType => ({ kind: 'binary', ...(length === undefined ? {} : { length }) })
export const uuid: UuidType = { kind: 'uuid' }
export const vector = (element: DataType, nullable: boolean, length?: number): VectorType => ({
	kind: 'vector',
	element,
	nullable,
	...(length === undefined ? {} : { length }),
})
export const record = (fields: readonly Column[]): RecordType => ({ kind: 'record', fields })

/** Types that hold other types: what a text file or a table has no column for. */
export const isNested = (type: DataType): type is VectorType | RecordType =>
	type.kind === 'vector' || type.kind === 'record'

/** Prints a type the way documents and diagnostics name it: `decimal(7,2)`, `string(20)`, `int32`, `uint64`. */
export function typeName(type: DataType): string {
	switch (type.kind) {
		case 'string':
			return type.length === undefined ? 'string' : `${type.fixed ? 'char' : 'string'}(${type.length})`
		case 'int':
			return `${type.signed ? '' : 'u'}int${type.bits}`
		case 'decimal':
			return `decimal(${type.precision},${type.scale})`
		case 'float':
			return type.bits === 32 ? 'float' : 'double'
		case 'time':
			return type.digits === 0 ? 'time' : `time(${type.digits})`
		case 'timestamp':
			return `timestamp${type.digits === 6 ? '' : `(${type.digits})`}${type.zone ? ' with zone' : ''}`
		case 'binary':
			return type.length === undefined ? 'binary' : `binary(${type.length})`
		case 'vector':
			return `vector[${type.length ?? ''}] of ${typeName(type.element)}${type.nullable ? '?' : ''}`
		case 'record':
			return `record(${type.fields.map(fieldName).join(', ')})`
		case 'boolean':
		case 'date':
		case 'uuid':
			return type.kind
	}
}

const fieldName = ({ name, type, nullable }: Column): string => `${name} ${typeName(type)}${nullable ? '?' : ''}`

/** Least and greatest value of an integer type. */
export function intRange(type: IntType): { readonly min: bigint; readonly max: bigint } {
	const bits = BigInt(type.bits)
	return type.signed
		? { min: -(1n << (bits - 1n)), max: (1n << (bits - 1n)) - 1n }
		: { min: 0n, max: (1n << bits) - 1n }
}

/** The column of that name, letter case as written, or undefined. */
export function findColumn(schema: Schema, name: string): Column | undefined {
	return schema.columns.find((column) => column.name === name)
}
