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
] as const satisfies readonly TypeKind[]

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
		case 'boolean':
		case 'date':
		case 'uuid':
			return type.kind
	}
}

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
