/**
 * Unpivot: columns of a row become rows (Microsoft: Unpivot Transformation). An input column names the output column that takes
 * its value and, where it is unpivoted, the key of its row; without a key it passes through.
 */
import { toModel } from '#languages/ssis/types.ts'
import type { ProjectOperator } from '#model/operators.ts'
import type { UnpivotOperator } from '#model/reshaping.ts'
import type { BufferColumn } from '../flow/buffer.ts'
import { byLineage, extend, holds } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, declare, mainInput, mainOutput, port, refuse } from '../flow/parts.ts'
import { passed } from '../flow/values.ts'
import { isTrue, referenced } from '../formats/properties.ts'
import type { InputRecord, OutputRecord } from '../formats/records.ts'
import { UniqueNames } from '../formats/unique-names.ts'

interface Fed {
	readonly source: BufferColumn
	readonly target: BufferColumn
	/** Absent: it passes through. */
	readonly key?: string
}

export function lowerUnpivot(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	const output = mainOutput(component)
	if (input === undefined || output === undefined) return refuse('it has no input or no output')
	const leaving = extend([], output.columns)
	const fed = fedColumns(context, input, leaving)
	if ('reason' in fed) return fed
	const passing = fed.filter(({ key }) => key === undefined)
	const taken = fed.filter(({ key }) => key !== undefined)
	const targets = leaving.filter((column) => taken.some(({ target }) => target === column))
	const keyColumn = keyOf(output, leaving)
	if (targets.length === 0) return refuse('it unpivots no column')
	const names = new UniqueNames()
	for (const { source } of passing) names.take(source.name)
	const inner = new Map(
		[...targets, ...(keyColumn === undefined ? [] : [keyColumn])].map((column) => [column, names.take(column.name)]),
	)
	const innerName = (column: BufferColumn): string => inner.get(column) ?? column.name
	const keys = [...new Set(taken.map(({ key = '' }) => key))]
	const operator: UnpivotOperator = {
		...base(context),
		kind: 'unpivot',
		passes: passing.map(({ source }) => source.name),
		made: targets.map((column) => ({ name: innerName(column), type: toModel(column.type), nullable: true })),
		...(keyColumn === undefined
			? {}
			: { key: { name: innerName(keyColumn), type: toModel(keyColumn.type), nullable: true } }),
		rows: keys.map((key) => ({
			from: targets.map((column) => taken.find((one) => one.key === key && one.target === column)?.source.name ?? null),
			key,
		})),
		nulls: 'skip',
	}
	declare(context, 'RG-D042', 'A row whose unpivoted columns are all null leaves one row without key.')
	const columns = leaving.map((column) => {
		const pass = passing.find(({ target }) => target === column)
		const source = pass?.source ?? { ...column, name: innerName(column) }
		const isFed = pass !== undefined || inner.has(column)
		return isFed ? passed(source, column.name, context.provenance) : undefined
	})
	const known = columns.filter((one) => one !== undefined)
	if (known.length < columns.length) return refuse('nothing feeds a column of its output')
	const pick: ProjectOperator = {
		...base(context, 'columns'),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		columns: known,
		evaluation: 'together',
		reject: {},
	}
	add(context, operator, pick)
	const buffer = [...passing.map(({ source }) => source), ...[...inner].map(([column, name]) => ({ ...column, name }))]
	connect(context, { from: port(operator, 'out'), buffer }, port(pick, 'in'))
	context.parts.takes.set(input.id, port(operator, 'in'))
	context.parts.gives.set(output.id, { from: port(pick, 'out'), buffer: leaving })
	return undefined
}

function fedColumns(
	context: ComponentContext,
	input: InputRecord,
	leaving: readonly BufferColumn[],
): readonly Fed[] | Refusal {
	const arriving = context.arriving(input)
	const fed: Fed[] = []
	for (const { name, lineage, properties } of input.columns) {
		const source = byLineage(arriving, lineage)
		const target = byLineage(leaving, referenced(properties.get('DestinationColumn')))
		const key = properties.get('PivotKeyValue') ?? ''
		if (source === undefined) return refuse(`the column ${name} does not arrive`)
		if (target === undefined) return refuse(`the column ${name} leads to no column of the output`)
		if (!holds(target, source)) return refuse(`the column ${target.name} has another type than ${name}`)
		fed.push({ source, target, ...(key === '' ? {} : { key }) })
	}
	return fed
}

/** The output column that takes the key of each row; it holds text. */
function keyOf(output: OutputRecord, leaving: readonly BufferColumn[]): BufferColumn | undefined {
	const record = output.columns.find(({ properties }) => isTrue(properties.get('PivotKey')))
	return byLineage(leaving, record?.lineage)
}
