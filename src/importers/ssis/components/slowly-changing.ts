/**
 * Slowly Changing Dimension: compares each row with the current record of its business key, and sends it to the outputs of what
 * differs (Microsoft: Slowly Changing Dimension Transformation; Slowly Changing Dimension Transformation Outputs).
 */
import type { SlowlyChangingOperator } from '#model/changes.ts'
import type { ProjectOperator, Route, RouteOperator } from '#model/operators.ts'
import type { BufferColumn } from '../flow/buffer.ts'
import { schemaOf } from '../flow/buffer.ts'
import { isProblem, lowerProperty } from '../flow/expressions.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, declare, mainInput, port, refuse } from '../flow/parts.ts'
import { isTrue, whole } from '../formats/properties.ts'
import type { InputRecord, OutputRecord } from '../formats/records.ts'
import { attributesOf, readDimension } from './slowly-changing-dimension.ts'
import { conditionsOf, marksOf, newRows } from './slowly-changing-marks.ts'

/** `IncomingRowChangeType`: each row is compared. Otherwise all rows are taken for new ones (Microsoft: Transformation Custom Properties). */
const DETECT = 1

export function lowerSlowlyChanging(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	if (input === undefined) return refuse('it has no input')
	const arriving = context.arriving(input)
	if (whole(component.properties.get('IncomingRowChangeType'), DETECT) !== DETECT) {
		giveAllAsNew(context, input)
		return undefined
	}
	const attributes = attributesOf(input, arriving)
	if ('reason' in attributes) return attributes
	const indicator = isTrue(component.properties.get('EnableInferredMember'))
		? (component.properties.get('InferredMemberIndicator') ?? '').trim()
		: undefined
	const dimension = readDimension(context, attributes, indicator)
	if ('reason' in dimension) return dimension
	const marks = marksOf(arriving, attributes, indicator)
	const compare: SlowlyChangingOperator = {
		...base(context),
		kind: 'slowly-changing',
		keys: attributes.key.map(({ left, right }) => ({ left, right: right.name, collation: 'binary' })),
		found: marks.found.name,
		changes: marks.changes.map(({ mark, kind }) => ({
			name: mark.name,
			values: attributes[kind].map(({ left, right }) => ({ left, right: right.name, collation: 'binary' as const })),
		})),
		take: marks.taken.map(({ mark, column }) => ({ name: mark.name, side: 'right', column, whenMissing: null })),
	}
	const marked = [
		...arriving,
		marks.found,
		...marks.changes.map(({ mark }) => mark),
		...marks.taken.map(({ mark }) => mark),
	]
	const conditions = conditionsOf(marks, isTrue(component.properties.get('UpdateChangingAttributeHistory')))
	const routes = routesOf(context, marked, conditions)
	if ('reason' in routes) return routes
	const gate = gateOf(context, marked, conditions)
	if (gate !== undefined && 'reason' in gate) return gate
	const direct: RouteOperator = {
		...base(context, 'outputs'),
		kind: 'route',
		mode: 'every',
		routes: routes.map(({ route }) => route),
		otherwise: [],
		onNull: { kind: 'false' },
		onError: { kind: 'fail' },
		reject: {},
	}
	add(context, dimension.read, compare, ...(gate === undefined ? [] : [gate]), direct)
	connect(context, { from: port(dimension.read, 'out'), buffer: dimension.columns }, port(compare, 'dimension'))
	connect(context, { from: port(compare, 'out'), buffer: marked }, port(gate ?? direct, 'in'))
	if (gate !== undefined) connect(context, { from: port(gate, 'out'), buffer: marked }, port(direct, 'in'))
	context.parts.takes.set(input.id, port(compare, 'in'))
	const drop = marked.slice(arriving.length).map(({ name }) => name)
	for (const { output, route } of routes) {
		const rows = { ...base(context, `rows of ${output.name}`), kind: 'project', passThrough: 'all', drop } as const
		const plain = { ...rows, columns: [], evaluation: 'together', reject: {} } as const
		add(context, plain)
		connect(context, { from: port(direct, route.port), buffer: marked }, port(plain, 'in'))
		context.parts.gives.set(output.id, { from: port(plain, 'out'), buffer: arriving })
	}
	for (const output of component.outputs)
		if (!context.parts.gives.has(output.id))
			context.parts.gives.set(output.id, { from: port(direct, 'reject'), buffer: arriving })
	declare(
		context,
		'RG-D113',
		`It compares ${schemaOf(dimension.columns)
			.columns.map(({ name }) => name)
			.join(', ')}.`,
	)
	declare(context, 'RG-D021', 'The database compares the business key.')
	return undefined
}

/** The first load of a dimension: nothing is read of it, and its other outputs get no row. */
function giveAllAsNew(context: ComponentContext, input: InputRecord): void {
	const buffer = context.arriving(input)
	const pass: ProjectOperator = {
		...base(context),
		kind: 'project',
		passThrough: 'all',
		drop: [],
		columns: [],
		evaluation: 'together',
		reject: {},
	}
	add(context, pass)
	context.parts.takes.set(input.id, port(pass, 'in'))
	for (const { id, name } of context.component.outputs)
		context.parts.gives.set(id, { from: port(pass, newRows.test(name) ? 'out' : 'reject'), buffer })
}

/** Lets rows through unless the run has to end: for a fixed attribute that differs, or for a row without a record. */
function gateOf(
	context: ComponentContext,
	marked: readonly BufferColumn[],
	conditions: ReturnType<typeof conditionsOf>,
): RouteOperator | Refusal | undefined {
	const { component, provenance } = context
	const stops = (property: string, output: string, why: string) => {
		const found = conditions.find(({ pattern }) => pattern.test(output))
		return found !== undefined && isTrue(component.properties.get(property)) ? [{ ...found, why }] : []
	}
	const found = [
		...stops('FailOnFixedAttributeChange', 'Fixed', 'a fixed attribute differs'),
		...stops('FailOnLookupFailure', 'New', 'the dimension has no record of the row'),
	]
	const [output] = component.outputs
	if (found.length === 0 || output === undefined) return undefined
	const text = found.map(({ condition }) => `!(${condition})`).join(' && ')
	const condition = lowerProperty(context, new Map([['FriendlyExpression', text]]), marked, output)
	if (isProblem(condition)) return condition
	return {
		...base(context, 'allowed rows'),
		kind: 'route',
		mode: 'first',
		routes: [{ port: 'out', condition: { expression: condition.expression, text: condition.text }, provenance }],
		otherwise: [],
		onNull: { kind: 'false' },
		onError: { kind: 'fail' },
		unrouted: 'fail',
		unroutedMessage: found.map(({ why }) => why).join(', or '),
		reject: {},
	}
}

/** A route for each output that a path leads from. */
function routesOf(
	context: ComponentContext,
	marked: readonly BufferColumn[],
	conditions: ReturnType<typeof conditionsOf>,
): readonly { readonly output: OutputRecord; readonly route: Route }[] | Refusal {
	const routes: { readonly output: OutputRecord; readonly route: Route }[] = []
	for (const output of context.component.outputs.filter((one) => !one.isError && context.isLinked(one))) {
		const found = conditions.find(({ pattern }) => pattern.test(output.name))
		if (found === undefined) return refuse(`nothing says which rows its output ${output.name} takes`)
		const condition = lowerProperty(context, new Map([['FriendlyExpression', found.condition]]), marked, output)
		if (isProblem(condition)) return condition
		const { expression, text } = condition
		const provenance = { ...context.provenance, lines: output.lines }
		routes.push({ output, route: { port: output.name, condition: { expression, text }, provenance } })
	}
	return routes
}
