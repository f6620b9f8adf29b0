/** Merge Join: joins on the leading sort keys of both inputs, paired by rank. */
import { sameCollation } from '#model/collation.ts'
import type { JoinOperator, KeyPair, TakenColumn } from '#model/operators.ts'
import type { BufferColumn } from '../flow/buffer.ts'
import { byLineage, extend } from '../flow/buffer.ts'
import { collationOf } from '../flow/collation.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, mainOutput, port, refuse } from '../flow/parts.ts'
import { isTrue, referenced, whole } from '../formats/properties.ts'
import type { InputRecord } from '../formats/records.ts'

const joinTypes = ['full', 'left', 'inner'] as const

export function lowerMergeJoin(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const [left, right] = component.inputs
	const output = mainOutput(component)
	const how = joinTypes[whole(component.properties.get('JoinType'), 2)]
	if (left === undefined || right === undefined || output === undefined || how === undefined) {
		return refuse('its inputs, its output or its join type cannot be read')
	}
	const keys: KeyPair[] = []
	for (let rank = 1; rank <= whole(component.properties.get('NumKeyColumns'), 1); rank += 1) {
		const [one, other] = [keyOf(context, left, rank), keyOf(context, right, rank)]
		if (one === undefined || other === undefined) return refuse(`join key ${rank} is not sorted on both inputs`)
		// Microsoft, Merge Join: texts compare as the Sort has ordered them.
		const collation = collationOf(one.comparisonFlags)
		const otherCollation = collationOf(other.comparisonFlags)
		if (collation === undefined || otherCollation === undefined || !sameCollation(collation, otherCollation))
			return refuse(`join key ${rank} compares in a way that is not supported`)
		keys.push({ left: one.name, right: other.name, collation })
	}
	const leaving = extend([], output.columns)
	const columns: TakenColumn[] = []
	for (const [index, target] of leaving.entries()) {
		const id = referenced(output.columns[index]?.properties.get('InputColumnID'))
		const taken = takenFrom(context, left, 'left', id, target) ?? takenFrom(context, right, 'right', id, target)
		if (taken === undefined) return refuse(`the column that ${target.name} takes does not arrive`)
		columns.push(taken)
	}
	const nulls = component.properties.get('TreatNullsAsEqual')
	const operator: JoinOperator = {
		...base(context),
		kind: 'join',
		how,
		keys,
		nullsEqual: nulls === undefined || isTrue(nulls),
		columns,
	}
	add(context, operator)
	context.parts.takes.set(left.id, port(operator, 'left'))
	context.parts.takes.set(right.id, port(operator, 'right'))
	context.parts.gives.set(output.id, { from: port(operator, 'out'), buffer: leaving })
	return undefined
}

/** Formats 2 and 3 do not repeat the rank on the input column; it travels with the column. */
function keyOf(context: ComponentContext, input: InputRecord, rank: number): BufferColumn | undefined {
	const arriving = context.arriving(input)
	const marked = input.columns.find((one) => Math.abs(one.sortKeyPosition) === rank)
	return byLineage(arriving, marked?.lineage) ?? arriving.find((one) => Math.abs(one.sortKey) === rank)
}

function takenFrom(
	context: ComponentContext,
	input: InputRecord,
	side: 'left' | 'right',
	id: string | undefined,
	target: BufferColumn,
): TakenColumn | undefined {
	const source = input.columns.find((one) => one.id === id)
	const column = byLineage(context.arriving(input), source?.lineage)
	return column === undefined ? undefined : { name: target.name, side, column: column.name, whenMissing: null }
}
