/** Conditional Split: each row goes to the first output whose condition holds, in EvaluationOrder, else to the default output. */
import type { Route, RouteOperator } from '#model/operators.ts'
import { isProblem, lowerProperty } from '../flow/expressions.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, errorOutput, mainInput, port, refuse } from '../flow/parts.ts'
import { declareErrorNumbers, errorCodes, policy, rejected } from '../flow/policies.ts'
import { isTrue, whole } from '../formats/properties.ts'
import type { OutputRecord } from '../formats/records.ts'
import { UniqueNames } from '../formats/unique-names.ts'

export function lowerConditionalSplit(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	if (input === undefined) return refuse('it has no input')
	const arriving = context.arriving(input)
	const outputs = component.outputs.filter((output) => !output.isError)
	const tested = outputs.filter((output) => !isDefault(output)).sort((left, right) => order(left) - order(right))
	const disposition = tested[0]?.dispositions.onError ?? 'FailComponent'
	const ports = portNames(outputs)
	const routes: Route[] = []
	for (const output of tested) {
		const condition = lowerProperty(context, output.properties, arriving, output)
		if (isProblem(condition)) return condition
		const { expression, text } = condition
		const provenance = { ...context.provenance, lines: output.lines }
		const { onError } = output.dispositions
		const failing = onError === disposition ? {} : { failing: failures(onError) }
		routes.push({ port: ports.get(output.id) ?? output.name, condition: { expression, text }, ...failing, provenance })
	}
	const errors = errorOutput(component)
	const { buffer, reject } = rejected(arriving, errors)
	const operator: RouteOperator = {
		...base(context),
		kind: 'route',
		mode: 'first',
		routes,
		otherwise: outputs
			.filter(isDefault)
			.map((output) => ({ port: ports.get(output.id) ?? output.name, after: routes.length })),
		...failures(disposition),
		reject,
	}
	add(context, operator)
	context.parts.takes.set(input.id, port(operator, 'in'))
	for (const output of outputs) {
		context.parts.gives.set(output.id, { from: port(operator, ports.get(output.id) ?? output.name), buffer: arriving })
	}
	if (errors !== undefined) context.parts.gives.set(errors.id, { from: port(operator, 'reject'), buffer })
	declareErrorNumbers(context, errors)
	return undefined
}

const isDefault = (output: OutputRecord): boolean => isTrue(output.properties.get('IsDefaultOut'))
const order = (output: OutputRecord): number => whole(output.properties.get('EvaluationOrder'), 0)

/** A null condition is an error (0xC020902B) that IgnoreFailure turns into false. */
const failures = (disposition: string): Pick<RouteOperator, 'onNull' | 'onError'> => ({
	onNull:
		disposition === 'IgnoreFailure'
			? { kind: 'false' }
			: policy(disposition, { kind: 'null' }, errorCodes.nullCondition, 0),
	onError: policy(disposition, { kind: 'null' }, errorCodes.error, 0),
})

function portNames(outputs: readonly OutputRecord[]): ReadonlyMap<string, string> {
	const names = new UniqueNames()
	for (const taken of ['in', 'reject']) names.take(taken)
	return new Map(outputs.map((output) => [output.id, names.take(output.name)]))
}
