/**
 * The rows of a dimension that a lookup sees: all of them, or only the current ones where a column is of Type 2, as the value that
 * a new row gets in its current indicator tells, else that in its expiration date (IBM: Purpose codes in a Slowly Changing
 * Dimension stage).
 */

import type { Expression } from '#model/expressions.ts'
import type { FilterOperator } from '#model/operators.ts'
import { boolean } from '#model/types.ts'
import { findDsColumn } from '../../columns.ts'
import { derive } from '../../derive.ts'
import { assign, columnExpression, isNull } from '../../expressions.ts'
import type { Stream } from '../../flow.ts'
import { assigned, project } from '../../mapping.ts'
import type { StageContext } from '../../stage-context.ts'
import { leaving } from '../inputs.ts'
import type { Field } from './fields.ts'
import type { DimensionLinks } from './links.ts'
import { readsSource } from './values.ts'

export function currentRows(context: StageContext, links: DimensionLinks, fields: readonly Field[]): Stream {
	const rows = asOnUpdateLink(context, links, fields)
	if (!fields.some(({ purpose }) => purpose === 'type-2')) return rows
	const mark =
		fields.find(({ purpose }) => purpose === 'current-indicator') ??
		fields.find(({ purpose }) => purpose === 'expiration-date')
	if (mark === undefined) return rows
	const { column, derivation } = mark
	if (readsSource(derivation, links.source)) {
		context.refuse(
			`which rows of the dimension are current tells ${column.name}, whose derivation differs from row to row`,
		)
		return rows
	}
	const value = derive(context, derivation, new Map(), column.lines, { target: column.type })
	if (value === undefined) return rows
	const filter: FilterOperator = {
		...context.base('current rows', column.lines),
		kind: 'filter',
		condition: {
			expression: equals(columnExpression(column), assign(context, value.expression, column.type)),
			text: `${column.name} = ${derivation}`,
		},
		onError: { kind: 'fail' },
	}
	context.flow.add(filter, { in: rows })
	return leaving(rows, filter)
}

const equals = (column: Expression, value: Expression): Expression =>
	isNullLiteral(value)
		? isNull(column)
		: { kind: 'call', operation: 'datastage.eq', args: [column, value], type: boolean }

const isNullLiteral = (value: Expression): boolean =>
	(value.kind === 'literal' && value.value === null) || (value.kind === 'cast' && isNullLiteral(value.operand))

/** The dimension with the columns and types of the dimension update link. */
function asOnUpdateLink(
	context: StageContext,
	{ reference, update }: DimensionLinks,
	fields: readonly Field[],
): Stream {
	const failing = { kind: 'fail' } as const
	const columns = fields.flatMap(({ column }) => {
		const own = findDsColumn(reference.stream.schema.columns, column.name)
		if (own === undefined) return []
		const wanted = { name: column.name, type: column.type, nullable: true }
		const value = {
			column: wanted,
			expression: columnExpression(own),
			text: own.name,
			nullable: true,
			lines: update.link.lines,
		}
		return [assigned(context, value, failing, failing)]
	})
	return project(context, reference.stream, columns, { part: 'dimension', lines: update.link.lines })
}
