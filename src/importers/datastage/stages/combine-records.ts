import type { GatherOperator } from '#model/nesting.ts'
import { record, vector } from '#model/types.ts'
import { findDsColumn, schemaOf } from '../columns.ts'
import { propertyOf, readKeys } from '../keys.ts'
import { columnNamed } from '../mapping.ts'
import { declareCollation } from '../sorting.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'
import { inKnownOrder, warnOfDealing } from './order.ts'
import { toOutputs } from './vectors.ts'

/**
 * Combine Records: the rows of a key become one, as a vector of sub-records that hold their columns. The keys are among them,
 * unless they stay columns of their own (IBM: Combine Records stage). The engine sorts by the keys where nothing before it did.
 */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const { stream, input } = only
	const { properties } = context.stage
	const into = propertyOf(properties, 'subrecname')
	const keys = readKeys(properties)
	if (keys.length === 0) context.refuse('it has no key')
	if (into === '') context.refuse('it names no column for the sub-records')
	if (stream.schema.open) context.refuse('its input carries columns that the export does not name')
	declareCollation(context)
	warnOfDealing(context, [input])
	if (!inKnownOrder(input))
		context.differ('RG-D001', `${context.stage.name} takes the rows of a key in the order in which they come`)
	const named = keys.map(({ column, collation }) => ({ column: columnNamed(context, stream, column), collation }))
	const top = /^(?:false)?$/i.test(propertyOf(properties, 'toplevelkeys')) ? [] : named.map(({ column }) => column)
	const passes = top.flatMap((name) => findDsColumn(stream.schema.columns, name) ?? [])
	const fields = stream.schema.columns.filter(({ name }) => !top.includes(name))
	if (fields.length === 0) context.refuse('its sub-records would hold no column')
	if (passes.some(({ name }) => name.toLowerCase() === into.toLowerCase()))
		context.refuse(`its input has a key ${into} already`)
	const operator: GatherOperator = { ...context.base(), kind: 'gather', keys: named, passes: top, fields, into }
	context.flow.add(operator, { in: stream })
	const made = { name: into, type: vector(record(fields), false), nullable: false }
	return toOutputs(context, leaving(stream, operator, schemaOf([...passes, made], false)))
}
