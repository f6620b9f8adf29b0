/** Which Spark type holds which model type (docs/types.md). */

import type { DataType, IntType } from '#model/types.ts'

const SIGNED = {
	8: 'TINYINT',
	16: 'SMALLINT',
	32: 'INT',
	64: 'BIGINT',
} as const

/** Spark has no unsigned integers: the next wider type holds every value, and for 64 bits that is a decimal. */
const UNSIGNED = {
	8: 'SMALLINT',
	16: 'INT',
	32: 'BIGINT',
	64: 'DECIMAL(20,0)',
} as const

const intType = (type: IntType): string => (type.signed ? SIGNED : UNSIGNED)[type.bits]

/**
 * The Spark SQL name of the type that holds a model type.
 *
 * A time is BIGINT microseconds since midnight, because Spark has no time of day (before 4.1). A timestamp is TIMESTAMP under a
 * session in UTC and not TIMESTAMP_NTZ, which half of Spark's functions turn into TIMESTAMP again.
 */
export function sparkType(type: DataType): string {
	switch (type.kind) {
		case 'string':
		case 'uuid':
			return 'STRING'
		case 'int':
			return intType(type)
		case 'decimal':
			return `DECIMAL(${type.precision},${type.scale})`
		case 'float':
			return type.bits === 32 ? 'FLOAT' : 'DOUBLE'
		case 'boolean':
			return 'BOOLEAN'
		case 'date':
			return 'DATE'
		case 'time':
			return 'BIGINT'
		case 'timestamp':
			return 'TIMESTAMP'
		case 'binary':
			return 'BINARY'
		case 'vector':
			return `ARRAY<${sparkType(type.element)}>`
		case 'record':
			return `STRUCT<${type.fields.map((field) => `${quoted(field.name)}: ${sparkType(field.type)}`).join(', ')}>`
	}
}

/** The same in lower case, as scripts write it; names of fields stay as they are. */
export function plainSparkType(type: DataType): string {
	if (type.kind === 'vector') return `array<${plainSparkType(type.element)}>`
	if (type.kind !== 'record') return sparkType(type).toLowerCase()
	return `struct<${type.fields.map((field) => `${quoted(field.name)}: ${plainSparkType(field.type)}`).join(', ')}>`
}

/** A field name as Spark SQL reads it, whatever it is made of. */
const quoted = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``)
