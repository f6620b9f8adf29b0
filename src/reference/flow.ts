import type { DataFlow, Operator } from '#model/operators.ts'
import type { Schema } from '#model/types.ts'
import type { Row, Value } from '#model/values.ts'
import type { FlowContext, FlowOutput, FlowRequest, Interpreter, Ports } from './context.ts'
import type { CountedBranch, Tracker } from './coverage.ts'
import { createTracker } from './coverage.ts'
import { silent } from './effects.ts'
import { legacyWays } from './legacy/registry.ts'
import { leavingWithoutNulls } from './not-null.ts'
import { interpreters } from './operators/registry.ts'
import { makeRowOrder } from './row-order.ts'
import type { RunFailure } from './stop.ts'
import { catchStop } from './stop.ts'

export interface FlowResult {
	/** In the order of the write operators; none when the flow failed. */
	readonly outputs: readonly FlowOutput[]
	/** Variables that row counts set; none when the flow failed. */
	readonly variables: ReadonlyMap<string, Value>
	/** Rows that it leaves to the run, by what holds them; none when the flow failed. */
	readonly kept: ReadonlyMap<string, readonly Row[]>
	readonly failure?: RunFailure
	readonly branches: readonly CountedBranch[]
}

/**
 * Runs a data flow row by row with the source engine's meaning.
 *
 * @param tracker counts branches over several runs; by default those of this run alone.
 */
export function interpretFlow(flow: DataFlow, request: FlowRequest, tracker: Tracker = createTracker()): FlowResult {
	const outputs: FlowOutput[] = []
	const variables = new Map<string, Value>()
	const kept = new Map<string, readonly Row[]>()
	const context = makeContext(flow, request, tracker, { outputs, variables, kept })
	const run = catchStop(() => runOperators(flow, context))
	if ('failure' in run) {
		return { outputs: [], variables: new Map(), kept: new Map(), failure: run.failure, branches: tracker.branches() }
	}
	return { outputs, variables, kept, branches: tracker.branches() }
}

/** Rows are held from the operator that gives them to the last one that takes them, no longer: a flow may be long. */
function runOperators(flow: DataFlow, context: FlowContext): void {
	const waiting = new Map<string, number>()
	for (const { from } of flow.links) waiting.set(portId(from), (waiting.get(portId(from)) ?? 0) + 1)
	const held = new Map<string, readonly Row[]>()
	const take = (port: string): readonly Row[] => {
		const rows = held.get(port) ?? []
		const left = (waiting.get(port) ?? 0) - 1
		waiting.set(port, left)
		if (left <= 0) held.delete(port)
		return rows
	}
	for (const operator of flow.operators) {
		const inputs: Ports = Object.fromEntries(
			flow.links
				.filter((link) => link.to.operator === operator.id)
				.map((link) => [link.to.port, take(portId(link.from))]),
		)
		for (const [port, out] of Object.entries(context.order.settle(operator, runIts(operator, inputs, context, flow)))) {
			const id = portId({ operator: operator.id, port })
			if (waiting.has(id)) held.set(id, out)
		}
	}
}

/** With the meaning of the new job, or of the old one where the request asks for it. */
function runIts(operator: Operator, inputs: Ports, context: FlowContext, { id }: DataFlow): Ports {
	const { legacy } = context.request
	if (legacy?.operators.has(`${id}/${operator.id}`) !== true) return runOperator(operator, inputs, context)
	const way = legacyWays[legacy.meaning]
	return way.kinds.includes(operator.kind)
		? way.run(operator, inputs, context, runOperator)
		: runOperator(operator, inputs, context)
}

function runOperator(operator: Operator, inputs: Ports, context: FlowContext): Ports {
	// The table pairs each kind with the interpreter of that very kind; TypeScript cannot see the pairing through the index.
	const interpret = interpreters[operator.kind] as Interpreter<Operator['kind']>
	return interpret(operator, inputs, context)
}

const portId = ({ operator, port }: { readonly operator: string; readonly port: string }): string =>
	`${operator}\n${port}`

/** With what the steps before have seen to: a column that they leave no null in is not nullable, whatever the link says. */
function schemaProven(link: DataFlow['links'][number], flow: DataFlow): Schema {
	const there = leavingWithoutNulls(flow, link.from)
	const columns = link.schema.columns.map((column) =>
		there.has(column.name) ? { ...column, nullable: false } : column,
	)
	return { ...link.schema, columns }
}

function makeContext(
	flow: DataFlow,
	request: FlowRequest,
	tracker: Tracker,
	results: {
		readonly outputs: FlowOutput[]
		readonly variables: Map<string, Value>
		readonly kept: Map<string, readonly Row[]>
	},
): FlowContext {
	const entering = new Map(flow.links.map((link) => [portId(link.to), { ...link, schema: schemaProven(link, flow) }]))
	const leaving = new Set(flow.links.map((link) => portId(link.from)))
	return {
		request,
		tracker,
		order: makeRowOrder(),
		schemaOf: (operator, port) =>
			entering.get(portId({ operator: operator.id, port }))?.schema ?? { columns: [], open: false },
		isLinked: (operator, port) => leaving.has(portId({ operator: operator.id, port })),
		linkedPorts: (operator) => [
			...new Set(flow.links.filter(({ from }) => from.operator === operator.id).map(({ from }) => from.port)),
		],
		write: (output) => void results.outputs.push(output),
		setVariable: (name, value) => void results.variables.set(name, value),
		act: request.outside ?? silent,
		keep: (holder, rows) => void results.kept.set(holder, rows),
	}
}
