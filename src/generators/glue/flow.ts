/** One data flow: its transform function, and what the functions around it need to know. */
import { pyString } from '#languages/python.ts'
import type { DataFlow, Link, Operator, OperatorKind } from '#model/operators.ts'
import { identifier, Names } from '../names.ts'
import type { Node } from '../text/tree.ts'
import { indent, traced } from '../text/tree.ts'
import { describe } from './describe.ts'
import { driverValue, withActiveSession } from './driver-value.ts'
import { typeText } from './emit/columns.ts'
import type { Emitter, FlowContext, Frame, VariableTaken } from './emit/context.ts'
import { assign } from './emit/context.ts'
import { emitters } from './emit/registry.ts'
import { orderNeeds } from './plan/order.ts'
import type { ScriptContext } from './script-context.ts'

export interface PrintedFlow {
	readonly flow: DataFlow
	/** Name of the transform function. */
	readonly name: string
	readonly transform: Node
	readonly usesVariables: boolean
	/** Variables that get something behind the last row. */
	readonly counts: readonly VariableTaken[]
	/** Operators that carry the order of their rows. */
	readonly carriers: ReadonlySet<string>
	/** Names of the outputs, in the order of the writes. */
	readonly outputs: readonly string[]
}

export function printFlow(flow: DataFlow, script: ScriptContext): PrintedFlow {
	const needs = orderNeeds(flow)
	const places = new Map(
		script.plan.places.filter((place) => place.flow === flow).map((place) => [place.operator.id, place.name]),
	)
	const name = script.plan.flows.get(flow.id) ?? 'transform'
	const frames = new Map<string, Frame>()
	const variables = nameFrames(flow)
	const outputs: { readonly key: string; readonly frame: string }[] = []
	const counts: VariableTaken[] = []
	const shared = sharedPorts(flow)
	const into = (operator: Operator, port: string): Link => {
		const found = flow.links.find(({ to }) => to.operator === operator.id && to.port === port)
		if (found === undefined) throw new Error(`no link enters ${operator.id}.${port}`)
		return found
	}
	const out = (operator: Operator, port?: string): readonly Link[] =>
		flow.links.filter(({ from }) => from.operator === operator.id && (port === undefined || from.port === port))
	const frameOf = ({ from, to }: Link): Frame => {
		const frame = frames.get(`${from.operator}\n${from.port}`)
		if (frame === undefined) throw new Error(`${to.operator} reads ${from.operator}.${from.port} before it is there`)
		return frame
	}
	const context: FlowContext = {
		scope: script.columns,
		scriptValue: script.scriptValue,
		driverText: (expression) => withActiveSession(driverValue(expression, script.driver)),
		connection: (connection) => script.connection(connection).code,
		movedPath: script.movedPath,
		carries: ({ id }) => needs.carriers.has(id),
		sorts: ({ id }) => needs.sorting.has(id),
		promises: ({ id }) => needs.sorted.has(id),
		link: into,
		input: (operator, port) => frameOf(into(operator, port)),
		inputs: (operator) => flow.links.filter(({ to }) => to.operator === operator.id).map(frameOf),
		links: out,
		linkedPorts: (operator) => [...new Set(out(operator).map(({ from }) => from.port))],
		variable: (operator, port) => variables.of(operator, port),
		fresh: (wanted) => variables.names.take(wanted),
		give: (operator, port, frame) => void frames.set(`${operator.id}\n${port}`, frame),
		place: ({ id }) => places.get(id) ?? id,
		output: (operator, frame) =>
			void outputs.push({ key: places.get(operator.id) ?? identifier(operator.name), frame }),
		use: script.use,
		needs: script.needs,
		message: (operator, what) => `${script.noun} ${operator.name}: ${what}`,
		observe: (taken) => void counts.push(taken),
	}
	script.takeVariableUse()
	const steps = flow.operators.map((operator) => step(operator, context, shared, frames))
	const usesVariables = script.takeVariableUse()
	const results = outputs.map(({ key, frame }) => `${pyString(key)}: ${frame}`)
	const observed = [...new Set(counts.map(({ key }) => `${pyString(key)}: ${key}`))]
	const asked = [...new Set(counts.map(({ type }) => type))].toSorted()
	const returns =
		counts.length === 0 ? 'dict[str, DataFrame]' : `tuple[dict[str, DataFrame], dict[str, ${asked.join(' | ')}]]`
	const result = counts.length === 0 ? `{${results.join(', ')}}` : `{${results.join(', ')}}, {${observed.join(', ')}}`
	const arguments_ = [
		'inputs: dict[str, DataFrame]',
		'params: dict[str, str]',
		...(usesVariables ? ['variables: Variables'] : []),
	]
	// The frame around the steps belongs to no operator, but to the flow as a whole.
	const origin = { element: flow.id, provenance: flow.provenance }
	return {
		flow,
		name,
		usesVariables,
		counts,
		carriers: needs.carriers,
		outputs: outputs.map(({ key }) => key),
		transform: [
			traced(origin, [
				`def ${name}(${arguments_.join(', ')}) -> ${returns}:`,
				indent('"""Everything between the sources and the targets."""'),
			]),
			indent([...steps, traced(origin, `return ${result}`)]),
		],
	}
}

function step(
	operator: Operator,
	context: FlowContext,
	shared: ReadonlySet<string>,
	frames: ReadonlyMap<string, Frame>,
): Node {
	// The table pairs each kind with its own emitter; TypeScript cannot see the pairing through the index.
	const emit = emitters[operator.kind] as Emitter<OperatorKind>
	const [given] = context.inputs(operator)
	if (given !== undefined && isDeadEnd(operator, context)) {
		const checks = operator.kind === 'project' ? emit(operator, context) : []
		if (operator.kind !== 'project') context.output(operator, given.name)
		return traced(operator, [`# ${describe(operator)} (nobody takes its rows)`, checks, ''])
	}
	const body = emit(operator, context)
	const silent = context
		.linkedPorts(operator)
		.filter((port) => !frames.has(`${operator.id}\n${port}`))
		.map((port) => noRows(operator, port, context))
	const kept = context
		.linkedPorts(operator)
		.filter((port) => shared.has(`${operator.id}\n${port}`))
		.map((port) => frames.get(`${operator.id}\n${port}`)?.name)
		.filter((frame) => frame !== undefined)
		.map((frame) => `${frame} = ${frame}.persist()`)
	if (operator.kind === 'write' && Array.isArray(body) && body.length === 0) return []
	return traced(operator, [`# ${describe(operator)}`, body, ...silent, ...kept, ''])
}

/** Steps whose rows go nowhere: they are read to their end, as the source engine does. */
const isDeadEnd = (operator: Operator, context: FlowContext): boolean =>
	operator.kind !== 'write' &&
	operator.kind !== 'opaque' &&
	operator.kind !== 'observe' &&
	operator.kind !== 'script' &&
	operator.kind !== 'command' &&
	context.linkedPorts(operator).length === 0

/** A port that no row can leave, though a link does: its columns, without a row. */
function noRows(operator: Operator, port: string, context: FlowContext): Node {
	const name = context.variable(operator, port)
	const [input] = context.inputs(operator)
	const [link] = context.links(operator, port)
	context.give(operator, port, { name, order: [], isSorted: false })
	const items = (link?.schema.columns ?? []).map(
		({ name: column, type }) => `F.lit(None).cast(${pyString(typeText(type))}).alias(${pyString(column)})`,
	)
	return assign(name, input?.name ?? 'inputs', ['limit(0)', `select(${items.join(', ')})`])
}

/** Ports that several links leave: what they carry is computed once. */
function sharedPorts(flow: DataFlow): ReadonlySet<string> {
	const count = new Map<string, number>()
	for (const { from } of flow.links)
		count.set(`${from.operator}\n${from.port}`, (count.get(`${from.operator}\n${from.port}`) ?? 0) + 1)
	return new Set([...count].filter(([, links]) => links > 1).map(([port]) => port))
}

/** Frames are called after the link that carries them; after the operator where several links, or none, do. */
function nameFrames(flow: DataFlow) {
	const names = new Names()
	const known = new Map<string, string>()
	for (const operator of flow.operators) {
		const ports = [
			...new Set(flow.links.filter(({ from }) => from.operator === operator.id).map(({ from }) => from.port)),
		]
		for (const port of ports) {
			const links = flow.links.filter(({ from }) => from.operator === operator.id && from.port === port)
			const [only] = links
			const wanted =
				only !== undefined && links.length === 1
					? only.name
					: port === 'out'
						? operator.name
						: `${operator.name} ${port}`
			known.set(`${operator.id}\n${port}`, names.take(identifier(wanted)))
		}
	}
	return {
		names,
		of: (operator: Operator, port: string): string => {
			const key = `${operator.id}\n${port}`
			const name = known.get(key) ?? names.take(identifier(operator.name))
			known.set(key, name)
			return name
		},
	}
}
