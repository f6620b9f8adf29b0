import { pyString } from '#languages/python.ts'
import type { SampleOperator } from '#model/operators.ts'
import type { SampleShare } from '#model/reshaping.ts'
import type { Node } from '../../text/tree.ts'
import { orderTexts } from '../plan/row-order.ts'
import { list } from './columns.ts'
import type { Emitter, FlowContext } from './context.ts'
import { assign } from './context.ts'

/** Some of the rows, told apart by their place in the order of arrival. */
export const sample: Emitter<'sample'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const ports = context.linkedPorts(operator)
	const [only] = ports
	if (operator.how === 'head' && only === 'out' && ports.length === 1) return firstRows(operator, context)
	if (operator.how === 'tail' && only === 'out' && ports.length === 1) {
		const name = context.variable(operator, 'out')
		context.give(operator, 'out', { ...input, name, isSorted: false })
		return assign(name, input.name, [`orderBy(${list(orderTexts(input.order, true))})`, `limit(${operator.rows})`])
	}
	return byPlace(operator, ports, context)
}

type Head = Extract<SampleOperator, { how: 'head' }>

function firstRows(operator: Head, context: FlowContext): Node {
	const input = context.input(operator, 'in')
	const name = context.variable(operator, 'out')
	const { period = 1, rows, skip } = operator
	const ordered = [
		`orderBy(${list(orderTexts(input.order))})`,
		...(skip > 0 ? [`offset(${skip})`] : []),
		...(rows === undefined ? [] : [`limit(${rows})`]),
	]
	if (period > 1) return byPlace(operator, ['out'], context)
	context.give(operator, 'out', { ...input, name })
	return assign(name, input.name, ordered)
}

/** Numbers the rows; each port then takes those that its test lets through. */
function byPlace(operator: SampleOperator, ports: readonly string[], context: FlowContext): Node {
	const input = context.input(operator, 'in')
	context.needs('from pyspark.sql import Window')
	const placed = context.fresh(`${input.name}_placed`)
	const { calls, tests, helper } = placing(operator)
	const order = list(orderTexts(input.order))
	const lines: Node[] = [
		assign(placed, input.name, [`withColumn("_place", F.row_number().over(Window.orderBy(${order})))`, ...calls]),
	]
	if (ports.length > 1) lines.push(`${placed} = ${placed}.persist()`)
	const drop = `drop(${['_place', ...helper].map(pyString).join(', ')})`
	for (const port of ports) {
		const name = context.variable(operator, port)
		context.give(operator, port, { ...input, name, isSorted: false })
		lines.push(assign(name, placed, [`filter(${tests.get(port) ?? 'F.lit(False)'})`, drop]))
	}
	return lines
}

interface Placing {
	/** Calls that add what the tests look at. */
	readonly calls: readonly string[]
	readonly helper: readonly string[]
	/** Test of each port. */
	readonly tests: ReadonlyMap<string, string>
}

function placing(operator: SampleOperator): Placing {
	switch (operator.how) {
		case 'head': {
			const { skip, period = 1, rows } = operator
			const parts = [
				...(skip > 0 ? [`(F.col("_place") > ${skip})`] : []),
				...(period > 1 ? [`((F.col("_place") - ${skip + 1}) % ${period} == 0)`] : []),
				...(rows === undefined ? [] : [`(F.col("_place") <= ${skip + rows * period})`]),
			]
			return outAndRest(parts.length === 0 ? 'F.lit(True)' : parts.join(' & '), [])
		}
		case 'tail': {
			const count = 'withColumn("_count", F.count(F.lit(1)).over(Window.partitionBy()))'
			return outAndRest(`F.col("_place") > F.col("_count") - ${operator.rows}`, [count], ['_count'])
		}
		case 'rows': {
			const rank = 'withColumn("_rank", F.row_number().over(Window.orderBy("_draw", "_place")))'
			return outAndRest(`F.col("_rank") <= ${operator.rows}`, [draw(operator.seed), rank], ['_draw', '_rank'])
		}
		case 'percent':
			return { calls: [draw(operator.seed)], helper: ['_draw'], tests: shareTests(operator.shares) }
	}
}

const outAndRest = (test: string, calls: readonly string[], helper: readonly string[] = []): Placing => ({
	calls,
	helper,
	tests: new Map([
		['out', test],
		['rest', `~(${test})`],
	]),
})

/** A number from 0 to 2³² - 1 that looks random and follows from seed and place. */
const draw = (seed: number): string =>
	`withColumn("_draw", F.conv(F.left(F.md5(F.concat(F.lit("${seed}:"), "_place")), F.lit(8)), 16, 10).cast("bigint"))`

function shareTests(shares: readonly SampleShare[]): ReadonlyMap<string, string> {
	let below = 0
	const threshold = (): number => Math.floor((below * 2 ** 32) / 100)
	const tests = shares.map(({ port, percent }) => {
		const from = threshold()
		below += percent
		const test = from === 0 ? `F.col("_draw") < ${threshold()}` : `F.col("_draw").between(${from}, ${threshold() - 1})`
		return [port, test] as const
	})
	return new Map([...tests, ['rest', `F.col("_draw") >= ${threshold()}`]])
}
