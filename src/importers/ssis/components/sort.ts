/** Sort, with or without the removal of rows that repeat a sort key. */
import type { ProjectOperator, SortKey, SortOperator } from '#model/operators.ts'
import { byLineage, extend } from '../flow/buffer.ts'
import { collationOf } from '../flow/collation.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, declare, mainInput, mainOutput, port, refuse } from '../flow/parts.ts'
import { passed } from '../flow/values.ts'
import { isTrue, referenced, whole } from '../formats/properties.ts'

export function lowerSort(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	const output = mainOutput(component)
	if (input === undefined || output === undefined) return refuse('it has no input or no output')
	const arriving = context.arriving(input)
	const keys: SortKey[] = []
	const unique = isTrue(component.properties.get('EliminateDuplicates'))
	for (const { column, position } of rankedColumns(input.columns)) {
		const source = byLineage(arriving, column.lineage)
		const collation = collationOf(column.properties.get('NewComparisonFlags'))
		if (source === undefined) return refuse(`sort key ${column.name} does not arrive`)
		if (collation === undefined) return refuse(`sort key ${column.name} compares in a way that is not supported`)
		if (/^DT_(N|W)?(STR|TEXT)$/.test(source.type.name))
			declare(context, 'RG-D005', `Rows are sorted by the text ${source.name}.`)
		// Nulls come before every value; a descending key turns that round.
		keys.push({
			column: source.name,
			direction: position > 0 ? 'ascending' : 'descending',
			nulls: position > 0 ? 'first' : 'last',
			collation,
		})
	}
	if (unique) declare(context, 'RG-D001', 'Of the rows that share a sort key, another one may be kept.')
	const sort: SortOperator = { ...base(context), kind: 'sort', keys, stable: false, unique }
	const leaving = extend([], output.columns)
	const columns = leaving.map((target, index) => {
		const source = byLineage(arriving, referenced(output.columns[index]?.properties.get('SortColumnId')))
		return source === undefined ? undefined : passed(source, target.name, context.provenance)
	})
	const known = columns.filter((one) => one !== undefined)
	if (known.length < columns.length) return refuse('a column of its output does not arrive')
	const pick: ProjectOperator = {
		...base(context, 'columns'),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		columns: known,
		evaluation: 'together',
		reject: {},
	}
	add(context, sort, pick)
	connect(context, { from: port(sort, 'out'), buffer: arriving }, port(pick, 'in'))
	context.parts.takes.set(input.id, port(sort, 'in'))
	context.parts.gives.set(output.id, { from: port(pick, 'out'), buffer: leaving })
	return undefined
}

function rankedColumns<T extends { readonly properties: ReadonlyMap<string, string> }>(columns: readonly T[]) {
	return columns
		.map((column) => ({ column, position: whole(column.properties.get('NewSortKeyPosition'), 0) }))
		.filter(({ position }) => position !== 0)
		.sort((left, right) => Math.abs(left.position) - Math.abs(right.position))
}
