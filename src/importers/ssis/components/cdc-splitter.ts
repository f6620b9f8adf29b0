/**
 * CDC Splitter: sends each change row to the output of its operation, by `__$operation`: 1 deleted, 2 inserted, 3 to 5 the kinds of
 * updated rows; any other value is an error (Microsoft: CDC Splitter).
 */
import type { Route, RouteOperator } from '#model/operators.ts'
import { isProblem, lowerProperty } from '../flow/expressions.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, errorOutput, mainInput, port, refuse } from '../flow/parts.ts'
import type { OutputRecord } from '../formats/records.ts'

const operation = '[__$operation]'
/** By the output's property `OutputType`, whatever the output is called, or else by its name. */
const conditions: readonly { readonly type: string; readonly name: RegExp; readonly test: string }[] = [
	{ type: '2', name: /delete/i, test: `${operation} == 1` },
	{ type: '0', name: /insert/i, test: `${operation} == 2` },
	{ type: '1', name: /update/i, test: `${operation} >= 3 && ${operation} <= 5` },
]

export function lowerCdcSplitter(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	if (input === undefined) return refuse('it has no input')
	const errors = errorOutput(component)
	const { onError } = input.dispositions
	if (onError === 'RedirectRow' && context.isLinked(errors)) return refuse('it redirects rows of no known operation')
	const arriving = context.arriving(input)
	const outputs = component.outputs.filter((output) => !output.isError)
	const routes: Route[] = []
	for (const output of outputs) {
		const condition = conditionOf(output)
		if (condition === undefined) return refuse(`its output ${output.name} is for no known operation`)
		const lowered = lowerProperty(context, new Map([['FriendlyExpression', condition]]), arriving, output)
		if (isProblem(lowered)) return lowered
		const { expression, text } = lowered
		routes.push({
			port: output.name,
			condition: { expression, text },
			provenance: { ...context.provenance, lines: output.lines },
		})
	}
	const ignores = onError === 'IgnoreFailure' || onError === 'RedirectRow'
	const operator: RouteOperator = {
		...base(context),
		kind: 'route',
		mode: 'first',
		routes,
		otherwise: [],
		onNull: { kind: 'false' },
		onError: { kind: 'fail' },
		...(ignores ? {} : { unrouted: 'fail' as const }),
		reject: {},
	}
	add(context, operator)
	context.parts.takes.set(input.id, port(operator, 'in'))
	for (const output of outputs)
		context.parts.gives.set(output.id, { from: port(operator, output.name), buffer: arriving })
	if (errors !== undefined) context.parts.gives.set(errors.id, { from: port(operator, 'reject'), buffer: arriving })
	return undefined
}

const conditionOf = (output: OutputRecord): string | undefined => {
	const type = output.properties.get('OutputType')
	return conditions.find((one) => (type === undefined ? one.name.test(output.name) : one.type === type))?.test
}
