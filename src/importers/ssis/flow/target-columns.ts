/** What all destinations with typed columns share: the mapped columns under the names and in the types of the target. */
import type { SsisType } from '#languages/ssis/types.ts'
import type { ProjectColumn, ProjectOperator, WriteOperator } from '#model/operators.ts'
import type { Target } from '#model/places.ts'
import type { InputColumnRecord, InputRecord } from '../formats/records.ts'
import { UniqueNames } from '../formats/unique-names.ts'
import type { BufferColumn } from './buffer.ts'
import { byLineage, schemaOf, typeOf } from './buffer.ts'
import type { ComponentContext, Refusal } from './parts.ts'
import { add, base, connect, declare, errorOutput, port, refuse } from './parts.ts'
import { declareErrorNumbers, policies, rejected } from './policies.ts'
import { assign, column, derived } from './values.ts'

export interface MappedColumn {
	readonly mapped: InputColumnRecord
	/** Of the target. */
	readonly name: string
	readonly type: SsisType
}

/** Input columns with the target columns that they fill; those that fill none are left out. */
export function mappedColumns(input: InputRecord): readonly MappedColumn[] {
	return input.columns.flatMap((mapped) => {
		const external = input.external.find((one) => one.id === mapped.externalId)
		return external === undefined ? [] : [{ mapped, name: external.name, type: typeOf(external.type) }]
	})
}

/**
 * Adds the write of the mapped columns. Rows whose values do not fit the target's types go to the error output; what the
 * target itself refuses is not known before the write.
 */
export function fillTarget(
	context: ComponentContext,
	input: InputRecord,
	columns: readonly MappedColumn[],
	target: Target,
): Refusal | undefined {
	const arriving = context.arriving(input)
	const names = new UniqueNames()
	const leaving: BufferColumn[] = []
	const picked: ProjectColumn[] = []
	for (const { mapped, name, type } of columns) {
		const source = byLineage(arriving, mapped.lineage)
		if (source === undefined) return refuse(`column ${mapped.name || name} does not arrive`)
		const filled = { ...source, name: names.take(name), type }
		const expression = assign(column(source), source.type, filled.type)
		const provenance = { ...context.provenance, lines: mapped.lines }
		leaving.push(filled)
		picked.push({
			...derived(filled.name, filled.type, { expression, text: source.name }, provenance),
			...policies(input.dispositions, context.columnNumber(mapped.lineage)),
		})
	}
	// A statement may take no value of the row and still run for each.
	if (picked.length === 0 && target.kind !== 'command') return refuse('no column is mapped to its target')
	const errors = errorOutput(context.component)
	const { buffer, reject } = rejected(arriving, context.isLinked(errors) ? errors : undefined)
	const pick: ProjectOperator = {
		...base(context, 'columns'),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		columns: picked,
		evaluation: 'together',
		reject,
	}
	const operator: WriteOperator = { ...base(context), kind: 'write', target, schema: schemaOf(leaving) }
	add(context, pick, operator)
	connect(context, { from: port(pick, 'out'), buffer: leaving }, port(operator, 'in'))
	context.parts.takes.set(input.id, port(pick, 'in'))
	if (errors === undefined || !context.isLinked(errors)) return undefined
	context.parts.gives.set(errors.id, { from: port(pick, 'reject'), buffer })
	declare(
		context,
		'RG-D022',
		'Its error output gets the rows that cannot be converted, not those that the target refuses.',
	)
	declareErrorNumbers(context, errors)
	return undefined
}
