/** Small expressions that lowering makes. */
import { writeFormat } from '#languages/ssis/cast-format.ts'
import type { SsisType } from '#languages/ssis/types.ts'
import { formatType, toModel } from '#languages/ssis/types.ts'
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import type { ProjectColumn } from '#model/operators.ts'
import type { Provenance } from '#model/provenance.ts'
import type { Value } from '#model/values.ts'
import { makeDate, makeDecimal, makeTime, makeTimestamp } from '#model/values.ts'
import type { BufferColumn } from './buffer.ts'
import { failing } from './policies.ts'

export type ConversionRule = 'ssis.implicit' | 'ssis.data-conversion' | 'ssis.flat-file-read' | 'ssis.flat-file-write'

export function column(from: BufferColumn): Expression {
	return { kind: 'column', name: from.name, type: toModel(from.type) }
}

export function literal(value: Value, type: SsisType): Expression {
	return { kind: 'literal', value, type: toModel(type) }
}

export const unlimited: SsisType = { name: 'DT_NTEXT' }

/** A conversion. `format` tells the exact type that the model's type does not (DT_CY is a decimal there). */
export function cast(operand: Expression, rule: ConversionRule, to: SsisType, format?: string): Expression {
	return { kind: 'cast', rule, operand, type: toModel(to), ...(format === undefined ? {} : { format }) }
}

/** The value as another type: text of any length is text, what is too long is for the column's policy to judge. */
export function assign(value: Expression, from: SsisType, to: SsisType): Expression {
	const model = toModel(to)
	if (value.type.kind === 'string' && model.kind === 'string') return value
	return formatType(from) === formatType(to) && sameModel(value.type, model)
		? value
		: cast(value, 'ssis.implicit', to, writeFormat(from, to))
}

const sameModel = (left: object, right: object): boolean => JSON.stringify(left) === JSON.stringify(right)

/** A column that is taken over as it is. */
export function passed(from: BufferColumn, name: string, provenance: Provenance): ProjectColumn {
	return derived(name, from.type, { expression: column(from), text: from.name }, provenance)
}

export function derived(name: string, type: SsisType, value: SourcedExpression, provenance: Provenance): ProjectColumn {
	return { name, type: toModel(type), nullable: true, value, ...failing, onNull: { kind: 'allow' }, provenance }
}

/** What a flat file source without RetainNulls gives for an empty field; 1899-12-30 is day zero of OLE dates. */
export function typeDefault(type: SsisType): Value {
	const model = toModel(type)
	const dayZero = -25_569
	switch (model.kind) {
		case 'string':
			return ''
		case 'int':
			return 0n
		case 'decimal':
			return makeDecimal(0n, model.scale)
		case 'float':
			return 0
		case 'boolean':
			return false
		case 'date':
			return makeDate(dayZero)
		case 'time':
			return makeTime(0n)
		case 'timestamp':
			return makeTimestamp(BigInt(dayZero) * 86_400_000_000n)
		case 'binary':
			return { kind: 'binary', hex: '' }
		case 'uuid':
			return '00000000-0000-0000-0000-000000000000'
		case 'vector':
		case 'record':
			throw new Error('no SSIS type holds others')
	}
}
