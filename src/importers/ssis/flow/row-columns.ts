/** What synchronous transformations share: the row passes, some columns are added or replaced, a bad row leaves by the error output. */
import type { ProjectColumn, ProjectOperator } from '#model/operators.ts'
import type { InputRecord, OutputRecord } from '../formats/records.ts'
import type { Buffer } from './buffer.ts'
import type { ComponentContext } from './parts.ts'
import { add, base, errorOutput, port } from './parts.ts'
import { declareErrorNumbers, rejected } from './policies.ts'

export interface RowColumns {
	readonly input: InputRecord
	readonly output: OutputRecord
	readonly arriving: Buffer
	readonly leaving: Buffer
	readonly columns: readonly ProjectColumn[]
}

export function giveDerived(context: ComponentContext, row: RowColumns): void {
	const { input, output, arriving, leaving, columns } = row
	const errors = errorOutput(context.component)
	const { buffer, reject } = rejected(arriving, errors)
	const operator: ProjectOperator = {
		...base(context),
		kind: 'project',
		passThrough: 'all',
		drop: [],
		columns,
		evaluation: 'together',
		reject,
	}
	add(context, operator)
	context.parts.takes.set(input.id, port(operator, 'in'))
	context.parts.gives.set(output.id, { from: port(operator, 'out'), buffer: leaving })
	if (errors !== undefined) context.parts.gives.set(errors.id, { from: port(operator, 'reject'), buffer })
	declareErrorNumbers(context, errors)
}
