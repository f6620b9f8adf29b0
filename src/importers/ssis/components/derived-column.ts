/** Derived Column: every expression sees the values at the component's input (Microsoft: Derived Column Transformation). */
import type { ProjectColumn } from '#model/operators.ts'
import type { Provenance } from '#model/provenance.ts'
import type { BufferColumn } from '../flow/buffer.ts'
import { byLineage, extend } from '../flow/buffer.ts'
import type { LoweredText } from '../flow/expressions.ts'
import { isProblem, lowerProperty } from '../flow/expressions.ts'
import { declareNarrowed } from '../flow/narrowed.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { infer, mainInput, mainOutput, refuse } from '../flow/parts.ts'
import { policies } from '../flow/policies.ts'
import { giveDerived } from '../flow/row-columns.ts'
import { assign, derived } from '../flow/values.ts'
import type { Dispositions } from '../formats/records.ts'

export function lowerDerivedColumn(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	const output = mainOutput(component)
	if (input === undefined || output === undefined) return refuse('it has no input or no output')
	const arriving = context.arriving(input)
	const leaving = extend(arriving, output.columns)
	const columns: ProjectColumn[] = []
	const replaced = input.columns.filter((column) => column.readWrite)
	for (const written of [...replaced, ...output.columns]) {
		const target = byLineage(leaving, written.lineage)
		if (target === undefined) return refuse(`column ${written.name} does not arrive`)
		const value = lowerProperty(context, written.properties, arriving, written)
		if (isProblem(value)) return value
		// A column that is replaced keeps its type, whatever the expression gives.
		if (output.columns.some((one) => one.lineage === written.lineage)) infer(context, target, value.type)
		columns.push(computed(context, target, value, written.dispositions, written.lines))
	}
	declareNarrowed(context, arriving, leaving, columns)
	giveDerived(context, { input, output, arriving, leaving, columns })
	return undefined
}

function computed(
	context: ComponentContext,
	target: BufferColumn,
	value: LoweredText,
	dispositions: Dispositions,
	lines: Provenance['lines'],
): ProjectColumn {
	const expression = assign(value.expression, value.type, target.type)
	return {
		...derived(target.name, target.type, { expression, text: value.text }, { ...context.provenance, lines }),
		...policies(dispositions, context.columnNumber(target.lineage)),
	}
}
