/** Aggregate: each output is a grouping of its own over the same rows. */
import { toModel } from '#languages/ssis/types.ts'
import type { AggregateFunction, AggregateOperator, Measure, ProjectOperator } from '#model/operators.ts'
import type { Buffer, BufferColumn } from '../flow/buffer.ts'
import { byLineage, extend, holds } from '../flow/buffer.ts'
import { collationOf } from '../flow/collation.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, mainInput, port, refuse } from '../flow/parts.ts'
import { referenced, whole } from '../formats/properties.ts'
import type { OutputColumnRecord, OutputRecord } from '../formats/records.ts'

const GROUP_BY = 0
/** By AggregationType (Microsoft: Transformation Custom Properties). */
const functions: readonly (AggregateFunction | undefined)[] = [
	undefined,
	'count',
	'count-rows',
	'count-distinct',
	'sum',
	'mean',
	'min',
	'max',
]

export function lowerAggregate(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	const outputs = component.outputs.filter((output) => !output.isError && context.isLinked(output))
	if (input === undefined || outputs.length === 0) return refuse('it has no input, or no path leads from it')
	const arriving = context.arriving(input)
	const several = outputs.length > 1
	const operators: AggregateOperator[] = []
	for (const [index, output] of outputs.entries()) {
		const grouping = lowerOutput(context, output, arriving, several ? `group ${index + 1}` : undefined)
		if ('reason' in grouping) return grouping
		operators.push(grouping)
		context.parts.gives.set(output.id, { from: port(grouping, 'out'), buffer: inOrder(output) })
	}
	const [only] = operators
	if (!several && only !== undefined) {
		add(context, only)
		context.parts.takes.set(input.id, port(only, 'in'))
		return undefined
	}
	const fan: ProjectOperator = {
		...base(context),
		kind: 'project',
		passThrough: 'all',
		drop: [],
		columns: [],
		evaluation: 'together',
		reject: {},
	}
	add(context, fan, ...operators)
	context.parts.takes.set(input.id, port(fan, 'in'))
	for (const operator of operators) connect(context, { from: port(fan, 'out'), buffer: arriving }, port(operator, 'in'))
	return undefined
}

const typeNumber = (column: OutputColumnRecord): number => whole(column.properties.get('AggregationType'), GROUP_BY)

/** Keys first: so they leave the operator. */
function inOrder(output: OutputRecord): Buffer {
	const isKey = (column: OutputColumnRecord): boolean => typeNumber(column) === GROUP_BY
	return extend([], [...output.columns.filter(isKey), ...output.columns.filter((column) => !isKey(column))])
}

function lowerOutput(
	context: ComponentContext,
	output: OutputRecord,
	arriving: Buffer,
	part: string | undefined,
): AggregateOperator | Refusal {
	const leaving = inOrder(output)
	const keys: AggregateOperator['keys'][number][] = []
	const measures: Measure[] = []
	for (const column of output.columns) {
		const target = byLineage(leaving, column.lineage)
		const source = byLineage(arriving, referenced(column.properties.get('AggregationColumnId')))
		const collation = collationOf(column.properties.get('AggregationComparisonFlags'))
		if (target === undefined) return refuse(`column ${column.name} cannot be read`)
		if (collation === undefined) return refuse(`column ${column.name} compares in a way that is not supported`)
		if (typeNumber(column) !== GROUP_BY) {
			const measure = measureOf(column, target, source, collation)
			if ('reason' in measure) return measure
			measures.push(measure)
			continue
		}
		if (source === undefined) return refuse(`the column that ${column.name} groups by does not arrive`)
		if (!holds(target, source)) return refuse(`the group key ${column.name} has another type than its source`)
		keys.push({ column: source.name, name: target.name, collation })
	}
	return { ...base(context, part), kind: 'aggregate', keys, measures, rowForNoInput: true, ordered: false }
}

function measureOf(
	column: OutputColumnRecord,
	target: BufferColumn,
	source: BufferColumn | undefined,
	collation: Measure['collation'],
): Measure | Refusal {
	const name = functions[typeNumber(column)]
	if (name === undefined) return refuse(`column ${column.name} has the unknown aggregation type ${typeNumber(column)}`)
	const needed = name !== 'count-rows'
	if (needed && source === undefined) return refuse(`the column that ${column.name} aggregates does not arrive`)
	return {
		name: target.name,
		type: toModel(target.type),
		nullable: !name.startsWith('count'),
		function: name,
		...(needed && source !== undefined ? { column: source.name } : {}),
		whenEmpty: name.startsWith('count') ? 0n : null,
		collation,
	}
}
