import type { ChangeCaptureOperator } from '#model/changes.ts'
import type { Column } from '#model/types.ts'
import { int } from '#model/types.ts'
import { findDsColumn, schemaOf } from '../columns.ts'
import { propertyOf } from '../keys.ts'
import { mapOutput } from '../mapping.ts'
import { declareCollation } from '../sorting.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { changeCodes, comparedColumns } from './change-keys.ts'
import { leaving, noStreams, sortedInputs } from './inputs.ts'
import { whenMissing } from './missing.ts'
import { warnOfDealing } from './order.ts'

/**
 * Difference: compares a before and an after input by key, and gives the columns of both with a code (IBM: Difference stage). Of
 * columns that both have, other than keys, one image overwrites the other, and which one the documents do not tell.
 */
export function lower(context: StageContext): StageStreams {
	const [first, after, ...others] = sortedInputs(context)
	if (first === undefined || after === undefined || others.length > 0) {
		context.refuse(`it has ${context.inputs.length} input links, not two`)
		return noStreams
	}
	declareCollation(context)
	warnOfDealing(context, context.inputs)
	const { before, keys, values } = comparedColumns(context, first.stream, after.stream)
	const isKey = (name: string): boolean => keys.some(({ right }) => right === name)
	const codeName =
		propertyOf(context.stage.properties, 'diff_name') || propertyOf(context.stage.properties, 'codeField') || 'diff'
	const own = (column: Column, kind: 'before' | 'after'): ChangeCaptureOperator['columns'][number] => ({
		...column,
		take: { kind, column: column.name, whenMissing: whenMissing(context, column) },
	})
	const behind = after.stream.schema.columns.map((column): ChangeCaptureOperator['columns'][number] => {
		const source = findDsColumn(before.schema.columns, column.name)
		if (source === undefined) return own(column, 'after')
		const wanted = context.outputs.some(({ link }) => findDsColumn(link.columns, column.name) !== undefined)
		if (!isKey(column.name) && wanted)
			context.refuse(
				`both inputs have the column ${column.name}; give one of them another name, so that it is clear which is meant`,
			)
		return { ...column, take: { kind: 'current', before: source.name, after: column.name } }
	})
	const front = before.schema.columns.filter(
		({ name }) => findDsColumn(after.stream.schema.columns, name) === undefined,
	)
	const drops = (properties: readonly string[]): boolean =>
		properties.some((property) => propertyOf(context.stage.properties, property).startsWith('drop'))
	const unset = ['copyCode', 'insertCode', 'deleteCode', 'editCode'].filter(
		(property) => propertyOf(context.stage.properties, property) === '',
	)
	if (unset.length > 0) context.differ('RG-D150', `${context.stage.name} does not say ${unset.join(', ')}`)
	const operator: ChangeCaptureOperator = {
		...context.base(),
		kind: 'change-capture',
		keys,
		values,
		columns: [
			...front.map((column) => own(column, 'before')),
			...behind,
			{ name: codeName, type: int(8), nullable: false, take: { kind: 'code' } },
		],
		codes: changeCodes(context),
		keeps: (
			[
				['copy', ['dropCopy', 'keepCopy\\dropCopy']],
				['insert', ['dropInsert', 'keepInsert\\dropInsert']],
				['delete', ['dropDelete', 'keepDelete\\dropDelete']],
				['edit', ['dropEdit', 'keepEdit\\dropEdit']],
			] as const
		).flatMap(([change, properties]) => (drops(properties) ? [] : [change])),
	}
	context.flow.add(operator, { before, after: after.stream })
	const stream = leaving(after.stream, operator, schemaOf(operator.columns, false))
	return new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, stream)]))
}
