import type { ChangeApplyOperator } from '#model/changes.ts'
import { findDsColumn, schemaOf } from '../columns.ts'
import { propertyOf } from '../keys.ts'
import { columnNamed, mapOutput } from '../mapping.ts'
import { declareCollation } from '../sorting.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { changeCodes, codeColumn, comparedColumns } from './change-keys.ts'
import { leaving, noStreams, sortedInputs } from './inputs.ts'
import { warnOfDealing } from './order.ts'

/**
 * Change Apply: applies the changes that Change Capture found to the rows before (IBM: Change Apply stage). Both inputs are read
 * in key order; the source promises a result for unique keys only.
 */
export function lower(context: StageContext): StageStreams {
	const [first, changes, ...others] = sortedInputs(context)
	if (first === undefined || changes === undefined || others.length > 0) {
		context.refuse(`it has ${context.inputs.length} input links, not two`)
		return noStreams
	}
	declareCollation(context)
	warnOfDealing(context, context.inputs)
	const code = columnNamed(context, changes.stream, codeColumn(context))
	const { before, keys, values } = comparedColumns(context, first.stream, changes.stream, [code])
	const ignores = propertyOf(context.stage.properties, 'ignoreDeleteValues') !== ''
	const columns = first.stream.schema.columns.flatMap((column): readonly ChangeApplyOperator['columns'][number][] => {
		const change = findDsColumn(changes.stream.schema.columns, column.name)
		if (change === undefined) context.refuse(`the changes lack the column ${column.name}`)
		const { type, nullable } = change ?? column
		return [
			{
				name: column.name,
				type,
				nullable: nullable || column.nullable,
				before: column.name,
				change: change?.name ?? '',
			},
		]
	})
	const operator: ChangeApplyOperator = {
		...context.base(),
		kind: 'change-apply',
		keys,
		code,
		codes: changeCodes(context),
		deleteValues: ignores ? [] : values,
		columns,
	}
	context.flow.add(operator, { before, changes: changes.stream })
	const stream = leaving(first.stream, operator, schemaOf(columns, false))
	return new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, stream)]))
}
