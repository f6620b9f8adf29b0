import { pyString } from '#languages/python.ts'
import { columnsRead } from '#model/expressions.ts'
import type { ProjectColumn, ProjectOperator } from '#model/operators.ts'
import { identifier } from '../../names.ts'
import type { Node } from '../../text/tree.ts'
import { column, named } from './columns.ts'
import type { Emitter, FlowContext } from './context.ts'
import { assign } from './context.ts'
import { failures, part } from './exits.ts'
import { carryOrder } from './order.ts'
import type { Settled } from './settle.ts'
import { settle } from './settle.ts'

interface Derived {
	readonly column: ProjectColumn
	readonly settled: Settled
}

/** Derives, renames, drops and converts columns: one `select`, or `withColumns` where the other columns pass. */
export const project: Emitter<'project'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const groups = inTurn(operator)
	const lines: Node[] = []
	let frame = input.name
	let settled: readonly Derived[] = []
	const early: Derived[] = []
	for (const group of groups) {
		settled = group.map((one) => ({
			column: one,
			settled: settle(one, context.scope, (name) => context.fresh(identifier(name))),
		}))
		for (const { settled: one } of settled) {
			if (one.variable !== undefined) lines.push(`${one.variable.name} = ${one.variable.value.code}`)
		}
		const exits = settled.flatMap(({ settled: one }) => one.exits)
		if (exits.some(({ policy }) => policy.kind === 'fail')) {
			const checked = frame === input.name ? context.fresh(`${context.variable(operator, 'out')}_checked`) : frame
			lines.push(...failures(operator, frame, checked, exits, context))
			frame = checked
		}
		if (group !== groups.at(-1)) {
			const name = frame === input.name ? context.fresh(`${context.variable(operator, 'out')}_steps`) : frame
			lines.push(assign(name, frame, derive(settled)))
			frame = name
			early.push(...settled)
		}
	}
	const exits = [...early, ...settled].flatMap(({ settled: one }) => one.exits)
	const parted = part(operator, frame, exits, operator.reject, context)
	if (context.linkedPorts(operator).length === 0) {
		// Nobody takes its rows, and a row that stops the run stops it all the same.
		context.output(operator, frame)
		return frame === input.name ? [] : lines
	}
	if (context.links(operator, 'out').length === 0) return [...lines, ...parted.lines]
	const { calls, order } = outCalls(operator, settled, early, context)
	const name = context.variable(operator, 'out')
	context.give(operator, 'out', { name, order, isSorted: input.isSorted })
	return [...lines, ...parted.lines, assign(name, parted.frame, [...parted.keep, ...calls])]
}

/** Columns that can be derived in one step: none of a group reads another of it. */
function inTurn(operator: ProjectOperator): readonly (readonly ProjectColumn[])[] {
	if (operator.evaluation === 'together') return [operator.columns]
	const groups: ProjectColumn[][] = [[]]
	for (const one of operator.columns) {
		const last = groups.at(-1) ?? []
		const reads = columnsRead(one.value.expression)
		if (last.some(({ name }) => reads.includes(name) || name === one.name)) groups.push([one])
		else last.push(one)
	}
	return groups
}

function derive(group: readonly Derived[]): readonly string[] {
	const changed = group.filter(({ column: { name }, settled }) => settled.value.code !== column(name).code)
	if (changed.length === 0) return []
	if (changed.length <= 2 && !readEachOther(changed)) {
		return changed.map(({ column: { name }, settled }) => `withColumn(${pyString(name)}, ${settled.value.code})`)
	}
	const entries = changed.map(({ column: { name }, settled }) => `${pyString(name)}: ${settled.value.code}`)
	return [`withColumns({${entries.join(', ')}})`]
}

/** Chained `withColumn` calls see what the call before derived, which `together` must not. */
const readEachOther = (group: readonly Derived[]): boolean =>
	group.some(({ column: { name } }) => group.some((other) => columnsRead(other.column.value.expression).includes(name)))

function outCalls(
	operator: ProjectOperator,
	last: readonly Derived[],
	early: readonly Derived[],
	context: FlowContext,
) {
	const order = context.carries(operator) ? context.input(operator, 'in').order : []
	const own = new Set(operator.columns.map(({ name }) => name))
	const gone = operator.drop.filter((name) => !own.has(name))
	const passes = (name: string): boolean => operator.passThrough === 'all' && !own.has(name) && !gone.includes(name)
	const carried = carryOrder(order, operator.columns, passes)
	if (operator.passThrough === 'none') {
		const items = [
			...operator.columns.map(({ name }) => {
				const derived = last.find((one) => one.column.name === name)
				return named(derived?.settled.value ?? column(name), name)
			}),
			...carried.copies.map(([copy, from]) => named(column(from), copy)),
		]
		return { calls: [`select(${items.join(', ')})`], order: carried.order }
	}
	const copies = carried.copies.filter(([copy, from]) => copy !== from)
	const calls = [
		...copies.map(([copy, from]) => `withColumn(${pyString(copy)}, ${column(from).code})`),
		...derive(last),
		...(gone.length === 0 ? [] : [`drop(${gone.map(pyString).join(', ')})`]),
	]
	// Columns derived in earlier steps are in the frame already; a project always changes its name at least.
	return { calls: calls.length === 0 && early.length === 0 ? [] : calls, order: carried.order }
}
