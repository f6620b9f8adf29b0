/** The output links: each takes the rows of one record that meet its constraint. */

import type { SourcedExpression } from '#model/expressions.ts'
import type { RouteOperator } from '#model/operators.ts'
import { boolean } from '#model/types.ts'
import { columnExpression, equalsText } from '../../expressions.ts'
import type { Stream } from '../../flow.ts'
import { propertyOf } from '../../keys.ts'
import { mapOutput } from '../../mapping.ts'
import type { StageContext, StageOutput } from '../../stage-context.ts'
import { deriveWhere } from '../../where.ts'
import { leaving } from '../inputs.ts'
import { recordColumn } from './columns.ts'
import type { Plan } from './plan.ts'
import type { CobolRecord } from './records.ts'

export function routed(
	context: StageContext,
	links: readonly StageOutput[],
	rows: Stream,
	plan: Plan,
): readonly (readonly [string, Stream])[] {
	const wanted = links.map((output) => {
		const record = recordOf(context, output, plan)
		return { output, record, condition: conditionOf(context, output, record, rows, plan) }
	})
	const conditions = wanted.flatMap(({ condition }) => (condition === undefined ? [] : [condition]))
	const operator: RouteOperator = {
		...context.base('records'),
		kind: 'route',
		mode: 'every',
		routes: conditions.map((condition, index) => ({
			port: `out${index}`,
			condition,
			provenance: context.provenance(),
		})),
		otherwise: [],
		onNull: { kind: 'false' },
		onError: { kind: 'drop' },
		reject: {},
	}
	if (conditions.length > 0) context.flow.add(operator, { in: rows })
	return wanted.map(({ output, record, condition }) => {
		const port = condition === undefined ? undefined : `out${conditions.indexOf(condition)}`
		const stream = port === undefined ? rows : leaving(rows, operator, rows.schema, port)
		const names = new Map(
			plan.taken
				.filter((one) => one.record === record)
				.map(({ name, place }) => [place.field.column.name.toLowerCase(), name]),
		)
		return [output.pin.id, mapOutput(context, output, stream, ({ name }) => names.get(name.toLowerCase()))]
	})
}

/** The one record that has all columns of the link. */
function recordOf(context: StageContext, { link }: StageOutput, { records, taken }: Plan): CobolRecord | undefined {
	const [record, ...others] = records.filter((one) =>
		link.columns.every(({ name }) =>
			taken.some(
				({ record: own, place }) => own === one && place.field.column.name.toLowerCase() === name.toLowerCase(),
			),
		),
	)
	if (record === undefined) context.refuse(`the columns of link ${link.name} are not those of one record`)
	if (others.length > 0) context.refuse(`the columns of link ${link.name} may be of several records`)
	if (link.columns.length === 0) context.refuse('its columns are not in the export')
	return record
}

/** Absent: the link takes every row. */
function conditionOf(
	context: StageContext,
	{ pin }: StageOutput,
	record: CobolRecord | undefined,
	rows: Stream,
	{ taken }: Plan,
): SourcedExpression | undefined {
	const written = propertyOf(pin.properties, 'predicate')
	const own = taken.filter((one) => one.record === record).map(({ name }) => name)
	const columns = rows.schema.columns.filter(({ name }) => own.includes(name))
	const predicate = written === '' ? undefined : deriveWhere(context, written, { columns, open: false }, 'first')
	if (record?.id === undefined) return predicate
	const type = rows.schema.columns.find(({ name }) => name === recordColumn)
	if (type === undefined) return predicate
	const isRecord = equalsText(columnExpression(type), record.name)
	const told = `${record.id.column} = ${record.id.value}`
	if (predicate === undefined) return { expression: isRecord, text: told }
	return {
		expression: { kind: 'call', operation: 'shared.and', args: [isRecord, predicate.expression], type: boolean },
		text: `${told} and (${predicate.text})`,
	}
}
