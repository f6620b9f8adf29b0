/** Row Sampling and Percentage Sampling: random rows to the one output, the others to the other. */
import type { SampleOperator } from '#model/operators.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, declare, mainInput, port, refuse } from '../flow/parts.ts'
import { isTrue, whole } from '../formats/properties.ts'

export function lowerRowSampling(context: ComponentContext): Refusal | undefined {
	const rows = whole(context.component.properties.get('SamplingValue'), -1)
	if (rows < 0) return refuse('the number of its rows cannot be read')
	return lowerSample(context, { ...base(context), kind: 'sample', how: 'rows', seed: seedOf(context), rows })
}

export function lowerPercentageSampling(context: ComponentContext): Refusal | undefined {
	const percent = whole(context.component.properties.get('SamplingValue'), -1)
	if (percent < 0 || percent > 100) return refuse('its percentage cannot be read')
	const shares = [{ port: 'out', percent }]
	return lowerSample(context, { ...base(context), kind: 'sample', how: 'percent', seed: seedOf(context), shares })
}

/** Without a seed the source draws anew on each run; the new job draws the same, so that a run can be repeated. */
const seedOf = (context: ComponentContext): number => whole(context.component.properties.get('SamplingSeed'), 0)

function lowerSample(context: ComponentContext, operator: SampleOperator): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	if (input === undefined) return refuse('it has no input')
	add(context, operator)
	declare(context, 'RG-D040', 'Other random rows are taken than by the old package.')
	context.parts.takes.set(input.id, port(operator, 'in'))
	for (const output of component.outputs) {
		const from = port(operator, isTrue(output.properties.get('Selected')) ? 'out' : 'rest')
		context.parts.gives.set(output.id, { from, buffer: context.arriving(input) })
	}
	return undefined
}
