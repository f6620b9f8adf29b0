/**
 * Pivot: rows of a set become one row (Microsoft: Pivot Transformation). Input columns say what they are for: 0 passes through,
 * 1 set key, 2 pivot key, 3 pivoted value.
 */
import type { RunFacts } from '#languages/catalogue.ts'
import { convert } from '#languages/ssis/convert.ts'
import { toModel } from '#languages/ssis/types.ts'
import type { KeyColumn } from '#model/operator-base.ts'
import type { PivotOperator, PivotTake } from '#model/reshaping.ts'
import type { Value } from '#model/values.ts'
import { isError, makeTimestamp } from '#model/values.ts'
import type { BufferColumn } from '../flow/buffer.ts'
import { byLineage, columnOf, extend, holds } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, mainInput, mainOutput, port, refuse } from '../flow/parts.ts'
import { isTrue, referenced, whole } from '../formats/properties.ts'
import type { OutputColumnRecord } from '../formats/records.ts'

/** No value of a key depends on the run. */
const noRun: RunFacts = { at: makeTimestamp(0n), job: '', project: '', host: '', invocation: '' }

const usage = { setKey: 1, pivotKey: 2, value: 3 } as const

interface UsedColumn {
	readonly usage: number
	readonly column: BufferColumn
}

export function lowerPivot(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	const output = mainOutput(component)
	if (input === undefined || output === undefined) return refuse('it has no input or no output')
	const arriving = context.arriving(input)
	const used = input.columns.flatMap(({ lineage, properties }): readonly UsedColumn[] => {
		const column = byLineage(arriving, lineage)
		return column === undefined ? [] : [{ usage: whole(properties.get('PivotUsage'), 0), column }]
	})
	if (used.length < input.columns.length) return refuse('a column of its input does not arrive')
	const sets = used.filter((one) => one.usage === usage.setKey)
	const [pivotKey, ...others] = used.filter((one) => one.usage === usage.pivotKey)
	if (pivotKey === undefined || others.length > 0) return refuse('it has not exactly one pivot key')
	const columns: PivotOperator['columns'][number][] = []
	const leaving = extend([], output.columns)
	for (const [index, target] of leaving.entries()) {
		const take = takeOf(output.columns[index], target, used, pivotKey.column)
		if ('reason' in take) return take
		columns.push({ ...columnOf(target), take })
	}
	const operator: PivotOperator = {
		...base(context),
		kind: 'pivot',
		keys: sets.map(({ column }): KeyColumn => ({ column: column.name, collation: 'binary' })),
		// The component begins a new row whenever the set key changes; in sorted input that is once for each key.
		grouping: sets.every(({ column }) => column.sortKey !== 0) ? 'all' : 'runs',
		pivotKey: {
			column: pivotKey.column.name,
			collation: 'binary',
			onUnknown: isTrue(component.properties.get('PassThroughUnmatchedPivotKeys')) ? 'drop' : 'fail',
		},
		columns,
	}
	add(context, operator)
	context.parts.takes.set(input.id, port(operator, 'in'))
	context.parts.gives.set(output.id, { from: port(operator, 'out'), buffer: leaving })
	return undefined
}

function takeOf(
	record: OutputColumnRecord | undefined,
	target: BufferColumn,
	used: readonly UsedColumn[],
	pivotKey: BufferColumn,
): PivotTake | Refusal {
	const lineage = referenced(record?.properties.get('SourceColumn'))
	const source = used.find(({ column }) => column.lineage === lineage)
	if (source === undefined) return refuse(`the column that ${target.name} takes does not arrive`)
	const { column } = source
	if (!holds(target, column)) return refuse(`the column ${target.name} has another type than ${column.name}`)
	if (source.usage !== usage.value) return { kind: 'first', column: column.name }
	const value = keyValue(record?.properties.get('PivotKeyValue') ?? '', pivotKey)
	if (value === undefined) return refuse(`the pivot key of ${target.name} is no value of ${pivotKey.name}`)
	return { kind: 'value', column: column.name, value }
}

/** A key as the designer spells it, as a value of the pivot key's type. */
function keyValue(written: string, { type }: BufferColumn): Value | undefined {
	switch (toModel(type).kind) {
		case 'string':
			return written
		case 'int':
			return /^\s*-?\d{1,19}\s*$/.test(written) ? BigInt(written.trim()) : undefined
		case 'boolean':
			return /^\s*(true|false)\s*$/i.test(written) ? isTrue(written) : undefined
		case 'decimal':
		case 'date':
		case 'timestamp': {
			const value = convert(written, { name: 'DT_NTEXT' }, type, { fastParse: false, run: noRun })
			return isError(value) ? undefined : value
		}
		default:
			return undefined
	}
}
