/** What an empty or missing field of a file means (Microsoft: Flat File Source, property RetainNulls). */
import type { SsisType } from '#languages/ssis/types.ts'
import type { Expression } from '#model/expressions.ts'
import { boolean, text } from '#model/types.ts'
import type { BufferColumn } from './buffer.ts'
import { column, literal, typeDefault } from './values.ts'

/** With RetainNulls null; without it the empty text, or the type's default (zero, false, 1899-12-30). */
export function emptyField(
	field: BufferColumn,
	converted: Expression,
	type: SsisType,
	retainNulls: boolean,
): Expression {
	const instead = literal(retainNulls ? null : typeDefault(type), type)
	return {
		kind: 'if',
		condition: isEmpty(field),
		then: { ...instead, type: converted.type },
		otherwise: converted,
		onNull: 'otherwise',
		type: converted.type,
	}
}

function isEmpty(field: BufferColumn): Expression {
	const empty: Expression = {
		kind: 'call',
		operation: 'ssis.equal',
		args: [column(field), { kind: 'literal', value: '', type: text() }],
		type: boolean,
	}
	const missing: Expression = { kind: 'call', operation: 'shared.is-null', args: [column(field)], type: boolean }
	return { kind: 'call', operation: 'shared.or', args: [missing, empty], type: boolean }
}
