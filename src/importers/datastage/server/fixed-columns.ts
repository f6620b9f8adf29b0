/**
 * Records of fixed-width columns: each is as wide as its SQL display size, and so many blanks stand between two as the link
 * says (IBM: Sequential File outputs page, Format tab). What stands behind the last one counts for nothing.
 */
import type { FieldEnd } from '#model/places.ts'
import type { Schema } from '#model/types.ts'
import { numberOf, textOf } from '../columns.ts'
import { declareWidths } from '../fixed-fields.ts'
import { freeColumn } from '../mapping.ts'
import type { StageContext, StageOutput } from '../stage-context.ts'

export interface FixedRecord {
	/** Columns, and a name for each gap between two. */
	readonly names: readonly string[]
	readonly fields: readonly FieldEnd[]
}

export function fixedColumns(context: StageContext, { pin, link }: StageOutput): FixedRecord {
	const items = pin.record.collections.get('Columns') ?? []
	const schema: Schema = { columns: link.columns, open: false }
	const space = numberOf(pin.record.values, 'ColSpace')
	const parts = link.columns.flatMap(({ name }, at) => {
		const item = items.find(({ values }) => textOf(values, 'Name') === name)
		const width = item === undefined ? 0 : numberOf(item.values, 'DisplaySize')
		if (width <= 0) context.refuse(`its columns have fixed widths, and ${name} has no display size`)
		const gap = at === 0 || space <= 0 ? [] : [{ name: freeColumn(schema, `gap_${at}`), width: space }]
		return [...gap, { name, width: Math.max(width, 1) }]
	})
	declareWidths(context)
	return {
		names: parts.map(({ name }) => name),
		fields: parts.map(({ width }): FieldEnd => ({ kind: 'width', width })),
	}
}
