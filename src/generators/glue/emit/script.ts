import type { Py } from '#languages/python.ts'
import { atom, call, pyString } from '#languages/python.ts'
import type { ScriptOperator, ScriptOutput } from '#model/operators.ts'
import type { ScriptType } from '#model/scripts.ts'
import { visitProgram } from '#model/scripts.ts'
import type { Column, DataType } from '#model/types.ts'
import { identifier } from '../../names.ts'
import type { Node } from '../../text/tree.ts'
import { render } from '../../text/tree.ts'
import { variableKind } from '../control/variable-kind.ts'
import { withActiveSession } from '../driver-value.ts'
import { byHidden, hidden, orderTexts } from '../plan/row-order.ts'
import { useNames } from '../scripts/names-used.ts'
import type { OutsideValues } from '../scripts/row-function.ts'
import { readProgram, rowFunction, variablesPort } from '../scripts/row-function.ts'
import { list, reference, typeText } from './columns.ts'
import type { Emitter, FlowContext } from './context.ts'
import { assign } from './context.ts'

/** Code over rows: a Python function, and the frame that it gives. */
export const script: Emitter<'script'> = (operator, context) => {
	const ports = operator.outputs.filter(({ port }) => context.linkedPorts(operator).includes(port))
	const several = operator.outputs.length > 1 || operator.sets.length > 0
	const name = context.fresh(identifier(`${operator.name} code`))
	const types = new Map<string, DataType>(
		operator.hasInput ? context.link(operator, 'in').schema.columns.map((one) => [one.name, one.type]) : [],
	)
	for (const { columns } of operator.outputs)
		for (const one of columns) if (!types.has(one.name)) types.set(one.name, one.type)
	const outside = heldOutside(operator, context)
	const { lines: own } = rowFunction(operator, name, types, outside, several)
	const lines = [...outside.lines, ...own]
	const code = render(lines).text
	useNames(
		code,
		(helper) => context.use(helper),
		(line) => context.needs(line),
	)
	const source = operator.hasInput ? prepared(operator, context) : undefined
	const [only] = operator.outputs
	if (ports.length === 0 && operator.sets.length === 0) {
		const end = context.fresh(`${name}_end`)
		context.output(operator, end)
		return [...lines, assign(end, unread(operator, name, source, context), [])]
	}
	if (!several && only !== undefined) {
		const out = context.variable(operator, only.port)
		return [...lines, assign(out, single(operator, only, name, source, context, out), [])]
	}
	return [...lines, ...severalOutputs(operator, ports, name, source, context)]
}

/** What is not just a name is computed once, before the rows. */
function heldOutside(
	operator: ScriptOperator,
	context: FlowContext,
): OutsideValues & { readonly lines: readonly string[] } {
	const values = new Map<string, Py>()
	const lines: string[] = []
	const names: string[] = []
	visitProgram(readProgram(operator), (part) => {
		if ((part.kind !== 'variable' && part.kind !== 'parameter') || values.has(part.name)) return
		const value = context.scriptValue(part.kind, part.name)
		if (/^(?:variables\.\w+|params\["\w+"\])$/.test(value.code)) {
			values.set(part.name, value)
			return
		}
		const local = context.fresh(identifier(part.name.split('::').at(-1) ?? part.name))
		names.push(local)
		lines.push(`${local} = ${withActiveSession(value.code)}`)
		values.set(part.name, atom(local))
	})
	const { movedPath: place } = context
	const connection = (name: string): Py => atom(context.connection(name))
	return { names, lines, value: (name) => values.get(name) ?? atom('None'), place, connection }
}

/** Rows in order of arrival, one after another, where the code remembers; otherwise as they come. */
function prepared(operator: ScriptOperator, context: FlowContext): string {
	const input = context.input(operator, 'in')
	if (!operator.remembers) return input.name
	const sorted = input.order.length === 0 ? '' : `.sortWithinPartitions(${list(orderTexts(input.order))})`
	return `${input.name}.repartition(1)${sorted}`
}

function single(
	operator: ScriptOperator,
	output: ScriptOutput,
	name: string,
	source: string | undefined,
	context: FlowContext,
	frame: string,
): string {
	const stage = pyString(operator.name)
	const carries = context.carries(operator)
	if (output.rows !== 'made' && source !== undefined) {
		const columns = [...output.columns, ...operator.replaces].map(
			(one) => `${pyString(one.name)}: ${pyString(typeText(one.type))}`,
		)
		const { order } = context.input(operator, 'in')
		context.give(operator, output.port, { name: frame, order: carries ? order : [], isSorted: operator.remembers })
		const over = context.use(helpersFor(operator).over)
		return `${over}(${source}, ${stage}, ${name}, {${columns.join(', ')}})`
	}
	const numbered = carries ? call(context.use('numbered_rows'), atom(name)).code : name
	const schema = pyString([...output.columns.map(ddl), ...(carries ? [`${hidden} bigint`] : [])].join(', '))
	context.give(operator, output.port, { name: frame, order: carries ? [byHidden(hidden)] : [], isSorted: true })
	return makingRows(operator, source, numbered, schema, context)
}

/** By where the function runs: on a worker that gets all rows, or on the driver, which reaches files and the web. */
const helpersFor = ({ reachesOutside }: ScriptOperator) =>
	reachesOutside === true
		? ({ over: 'over_rows_on_driver', made: 'made_rows_on_driver', source: 'source_rows_on_driver' } as const)
		: ({ over: 'over_rows', made: 'made_rows', source: 'source_rows' } as const)

/** Rows that the function makes, of those of a frame or of nothing. */
function makingRows(
	operator: ScriptOperator,
	source: string | undefined,
	name: string,
	schema: string,
	context: FlowContext,
): string {
	const { made, source: ofNothing } = helpersFor(operator)
	const rest = `${pyString(operator.name)}, ${name}, ${schema}`
	return source === undefined ? `${context.use(ofNothing)}(${rest})` : `${context.use(made)}(${source}, ${rest})`
}

/** Nobody takes the rows, and the code runs all the same: what it makes is of no interest. */
function unread(operator: ScriptOperator, name: string, source: string | undefined, context: FlowContext): string {
	const stage = pyString(operator.name)
	const columns = operator.outputs.flatMap((output) => output.columns)
	const passes = operator.outputs.length > 1 || operator.outputs.some(({ rows }) => rows !== 'made')
	if (passes && operator.outputs.length === 1 && source !== undefined) {
		const kinds = [...columns, ...operator.replaces].map(
			(one) => `${pyString(one.name)}: ${pyString(typeText(one.type))}`,
		)
		return `${context.use(helpersFor(operator).over)}(${source}, ${stage}, ${name}, {${kinds.join(', ')}})`
	}
	const schema = pyString(operator.outputs.length === 1 ? columns.map(ddl).join(', ') : '`end` int')
	return makingRows(operator, source, name, schema, context)
}

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``
const ddl = ({ name, type }: Column): string => `${quoted(name)} ${typeText(type)}`

/** How Python holds a variable of that type, as a type of Spark. */
function storedType(type: ScriptType): string {
	const plain = type.kind === 'value' ? type.type : undefined
	const texts = { int: 'bigint', boolean: 'boolean', float: 'double', text: 'string' } as const
	return texts[variableKind(plain)]
}

/** Each row is a struct under the name of its output. */
function severalOutputs(
	operator: ScriptOperator,
	ports: readonly ScriptOutput[],
	name: string,
	source: string | undefined,
	context: FlowContext,
): readonly Node[] {
	const input = operator.hasInput ? context.link(operator, 'in').schema.columns : []
	const own = new Map(operator.replaces.map((one) => [one.name, one]))
	const columnsOf = ({ rows, columns }: ScriptOutput): readonly Column[] =>
		rows === 'made' ? columns : [...input.map((one) => own.get(one.name) ?? one), ...columns]
	const schema = operator.outputs.map(
		(output) =>
			`${quoted(output.port)} struct<${columnsOf(output)
				.map((one) => `${quoted(one.name)}: ${typeText(one.type)}`)
				.join(', ')}>`,
	)
	const all = context.fresh(`${name}_rows`)
	const carries = context.carries(operator)
	const numbered = carries ? call(context.use('numbered_rows'), atom(name)).code : name
	const sets = operator.sets.map(({ variable, type }) => `${quoted(variable)}: ${storedType(type)}`)
	const handed = sets.length === 0 ? [] : [`${variablesPort} struct<${sets.join(', ')}>`]
	const whole = pyString([...schema, ...handed, ...(carries ? [`${hidden} bigint`] : [])].join(', '))
	const made = makingRows(operator, source, numbered, whole, context)
	const lines: Node[] = [assign(all, made, ['persist()'])]
	if (sets.length > 0) {
		const key = context.fresh(`${name}_variables`)
		lines.push(`${key} = ${context.use('HandedOver')}(${all})`)
		for (const { variable } of operator.sets) context.observe({ variable, key, type: 'HandedOver', field: variable })
	}
	if (ports.length === 0) context.output(operator, all)
	for (const output of ports) {
		const frame = context.variable(operator, output.port)
		const port = pyString(reference(output.port))
		context.give(operator, output.port, { name: frame, order: carries ? [byHidden(hidden)] : [], isSorted: false })
		lines.push(
			assign(frame, all, [
				`where(F.col(${port}).isNotNull())`,
				`select(${pyString(`${reference(output.port)}.*`)}${carries ? `, ${pyString(hidden)}` : ''})`,
			]),
		)
	}
	return lines
}
