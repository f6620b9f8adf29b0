import type { Change, ChangeCaptureOperator } from '#model/changes.ts'
import type { Column } from '#model/types.ts'
import { int } from '#model/types.ts'
import type { DsColumn } from '../columns.ts'
import { findDsColumn, schemaOf } from '../columns.ts'
import { propertyOf } from '../keys.ts'
import { mapOutput, mappedName } from '../mapping.ts'
import { declareCollation } from '../sorting.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { changeCodes, codeColumn, comparedColumns } from './change-keys.ts'
import { leaving, noStreams, sortedInputs } from './inputs.ts'
import { warnOfDealing } from './order.ts'

/** What each change does by default, and the property that says otherwise (IBM: Change Capture stage, Stage page). */
const kept: readonly (readonly [Change, string, boolean])[] = [
	['insert', 'keepInsert\\dropInsert', true],
	['delete', 'keepDelete\\dropDelete', true],
	['edit', 'keepEdit\\dropEdit', true],
	['copy', 'keepCopy\\dropCopy', false],
]

/**
 * Change Capture: compares a before and an after input by key. The output has the after columns and a code; deleted rows bring
 * their columns from before.
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
	const code: Column = { name: codeColumn(context), type: int(8), nullable: false }
	const columns = after.stream.schema.columns.map((column): ChangeCaptureOperator['columns'][number] => {
		const source = findDsColumn(before.schema.columns, column.name)
		const nullable = column.nullable || (source?.nullable ?? true)
		const take =
			source === undefined
				? { kind: 'after' as const, column: column.name, whenMissing: null }
				: { kind: 'current' as const, before: source.name, after: column.name }
		return { ...column, nullable, take }
	})
	const operator: ChangeCaptureOperator = {
		...context.base(),
		kind: 'change-capture',
		keys,
		values,
		columns: [...columns, { ...code, take: { kind: 'code' } }],
		codes: changeCodes(context),
		keeps: kept.flatMap(([change, property, byDefault]) => (keeps(context, property, byDefault) ? [change] : [])),
	}
	context.flow.add(operator, { before, after: after.stream })
	const stream = leaving(after.stream, operator, schemaOf(operator.columns, false))
	// The after image is what names of both inputs mean.
	const find = (column: DsColumn): string | undefined => mappedName(column)?.column
	return new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, stream, find)]))
}

function keeps(context: StageContext, property: string, byDefault: boolean): boolean {
	const written = propertyOf(context.stage.properties, property)
	if (written === '') return byDefault
	return written.startsWith('keep')
}
