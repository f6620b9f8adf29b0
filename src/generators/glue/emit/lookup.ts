import { pysparkFails, pysparkValue } from '#languages/pyspark.ts'
import type { Py } from '#languages/python.ts'
import { allOf, atom, binary, lit, method, pyString, unary } from '#languages/python.ts'
import { neverNull } from '#languages/python-nulls.ts'
import type { LookupOperator, MissPolicy } from '#model/operators.ts'
import type { Node } from '../../text/tree.ts'
import { hidden, orderTexts } from '../plan/row-order.ts'
import { column, list, named, noneOf, orFalse, selected, sideColumn } from './columns.ts'
import type { Emitter, FlowContext, Frame } from './context.ts'
import { assign } from './context.ts'
import { rejectCalls } from './exits.ts'
import { keyCondition, takenText } from './keys.ts'
import { oneByKey } from './one-by-key.ts'

const found = '_found'
const wanted = '_wanted'
/** Number of the input row, and place of the reference row, where one of several within a range is chosen. */
const numbered = '_row'
const placed = '_place'

/** Adds columns of the reference row of the same key. The reference is held in memory, as the source does. */
export const lookup: Emitter<'lookup'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const { lines, name: reference } = chosenRows(operator, context)
	const matches = matchOrder(operator, context)
	const order = context.carries(operator) ? [...input.order, ...matches.map(({ key }) => key)] : []
	const out = context.variable(operator, 'out')
	const all = context.linkedPorts(operator)
	const isSplit = policies(operator).some((policy) => policy !== 'continue')
	const matched = isSplit ? context.fresh(`${out}_matched`) : out
	const calls = joinCalls(operator, reference, isSplit, context)
	lines.push(assign(matched, leftSide(operator, input, context, lines), calls))
	lines.push(...oneOfRange(operator, matched, context))
	if (!isSplit) {
		context.give(operator, 'out', { name: out, order, isSorted: input.isSorted })
		return lines
	}
	lines.push(...misses(operator, matched, context))
	if (all.includes('out')) {
		context.give(operator, 'out', { name: out, order, isSorted: input.isSorted })
		lines.push(assign(out, matched, [...keepCalls(operator), `drop(${marks(operator, context)})`]))
	}
	if (all.includes('reject')) {
		const rejected = context.variable(operator, 'reject')
		context.give(operator, 'reject', { ...input, name: rejected })
		const test = missing(operator, 'reject')
		const link = context.link(operator, 'in')
		const own = [...link.schema.columns.map(({ name }) => name), ...hiddenOf(input)]
		lines.push(
			assign(rejected, matched, [
				`filter(${(test ?? lit(false)).code})`,
				`select(${own.map((name) => named(column(rejectName(operator, name)), name)).join(', ')})`,
				...rejectCalls(operator.reject, operator.missCode, 0),
			]),
		)
	}
	return lines
}

/** Where a row meets several reference rows, they follow each other in the order of the reference. */
function matchOrder(operator: LookupOperator, context: FlowContext) {
	if (operator.match !== 'all' || !context.carries(operator)) return []
	const taken = new Set(context.input(operator, 'in').order.map(({ column: name }) => name))
	return context.input(operator, 'reference').order.map((key) => {
		let index = 0
		while (taken.has(`${hidden}_match_${index}`)) index += 1
		const name = `${hidden}_match_${index}`
		taken.add(name)
		return { from: key.column, key: { ...key, column: name } }
	})
}

const hiddenOf = (frame: Frame): readonly string[] =>
	frame.order.map((key) => key.column).filter((name) => name.startsWith(hidden))

/** A reference that the source holds in memory is sent to every executor. */
const held = (operator: LookupOperator, frame: string): string =>
	operator.large === true ? frame : `F.broadcast(${frame})`

/** An input column that a reference column replaces is kept aside where rows may be rejected with it. */
const rejectName = (operator: LookupOperator, name: string): string =>
	replaces(operator, name) ? `_input_${name}` : name
const replaces = (operator: LookupOperator, name: string): boolean => operator.take.some((taken) => taken.name === name)

const policies = (operator: LookupOperator): readonly MissPolicy[] =>
	operator.condition === undefined ? [operator.onMiss] : [operator.onMiss, operator.onConditionNotMet]

/** One reference row for each key, or all of them; marked, so that a miss is never told by a null in the data. */
function chosenRows(operator: LookupOperator, context: FlowContext): { readonly lines: Node[]; readonly name: string } {
	const reference = context.input(operator, 'reference')
	const name = context.fresh(`${reference.name}_by_key`)
	const mark = `withColumn("${found}", F.lit(True))`
	if (operator.match === 'all') return { lines: [assign(name, reference.name, [mark])], name }
	if (choosesInRange(operator)) {
		context.needs('from pyspark.sql import Window')
		const place = `withColumn("${placed}", F.row_number().over(Window.orderBy(${list(orderTexts(reference.order))})))`
		return { name, lines: [assign(name, reference.name, [place, mark])] }
	}
	const keys = operator.keys.map(({ right, collation }) => ({ column: right, collation }))
	const once =
		operator.onDuplicates === 'fail'
			? context.message(operator, 'two rows of the reference have the same key')
			: undefined
	return { name, lines: [...oneByKey(reference, name, keys, operator.match, found, context, once)] }
}

/** Which rows of a reference are within the bounds depends on the input row: so one is chosen after the join. */
const choosesInRange = (operator: LookupOperator): boolean =>
	operator.match !== 'all' && (operator.ranges ?? []).length > 0

function oneOfRange(operator: LookupOperator, matched: string, context: FlowContext): readonly Node[] {
	if (!choosesInRange(operator)) return []
	const window = context.fresh(`${matched}_window`)
	const order = operator.match === 'first' ? `"${placed}"` : `F.desc("${placed}")`
	return [
		`${window} = Window.partitionBy("${numbered}").orderBy(${order})`,
		assign(matched, matched, [
			`withColumn("_rank", F.row_number().over(${window}))`,
			'filter(F.col("_rank") == 1)',
			`drop("_rank", "${numbered}", "${placed}")`,
		]),
	]
}

/** The input, with a mark of the rows that are to be looked up at all. */
function leftSide(operator: LookupOperator, input: Frame, context: FlowContext, lines: Node[]): string {
	const number = choosesInRange(operator) ? `.withColumn("${numbered}", F.monotonically_increasing_id())` : ''
	if (operator.condition === undefined) return `${input.name}${number}.alias("left")`
	const { expression } = operator.condition
	const test = orFalse(pysparkValue(expression, context.scope))
	const fails = pysparkFails(expression, context.scope)
	if (fails === undefined) return `${input.name}${number}.withColumn("${wanted}", ${test.code}).alias("left")`
	const checked = context.fresh(`${input.name}_checked`)
	const message = pyString(context.message(operator, 'the condition of the lookup cannot be computed'))
	lines.push(`${checked} = ${context.use('ensure')}(${input.name}, ${fails.code}, ${message})`)
	return `${checked}${number}.withColumn("${wanted}", ${test.code}).alias("left")`
}

function joinCalls(
	operator: LookupOperator,
	reference: string,
	isSplit: boolean,
	context: FlowContext,
): readonly string[] {
	const bounds = (operator.ranges ?? []).map(({ left, test, right }) =>
		binary(test, sideColumn('left', left), sideColumn('right', right)),
	)
	const equal =
		operator.keys.length === 0 && bounds.length > 0 ? [] : [keyCondition(operator.keys, operator.nullsEqual)]
	const keys = allOf([...equal, ...bounds]) ?? lit(true)
	const chooses = choosesInRange(operator)
	const condition = operator.condition === undefined ? keys : binary('&', sideColumn('left', wanted), keys)
	const schema = context.link(operator, 'reference').schema
	const input = context.link(operator, 'in').schema
	const taken = operator.take
		.filter(({ side }) => side === 'right')
		.map((one) => {
			const value = takenText(one, schema, found)
			return one.whenMissing === null && one.column === one.name
				? selected(value)
				: method(value, 'alias', one.name).code
		})
	const replaced = operator.take.some(({ name }) => input.columns.some((own) => own.name === name))
	const kept = replaced
		? [
				...input.columns.flatMap(({ name }) => {
					if (!replaces(operator, name)) return [sideColumn('left', name).code]
					return isSplit ? [method(sideColumn('left', name), 'alias', `_input_${name}`).code] : []
				}),
				...hiddenOf(context.input(operator, 'in')).map((name) => sideColumn('left', name).code),
				...(operator.condition === undefined ? [] : [sideColumn('left', wanted).code]),
				...(chooses ? [`"left.${numbered}"`] : []),
			]
		: ['"left.*"']
	const lefts = operator.take
		.filter(({ side }) => side === 'left')
		.map(({ column: from, name }) => method(sideColumn('left', from), 'alias', name).code)
	const matches = matchOrder(operator, context).map(
		({ from, key }) => method(sideColumn('right', from), 'alias', key.column).code,
	)
	const mark = [...(isSplit ? [`"right.${found}"`] : []), ...(chooses ? [`"right.${placed}"`] : [])]
	return [
		`join(${held(operator, reference)}.alias("right"), ${condition.code}, "left")`,
		`select(${[...kept, ...taken, ...lefts, ...matches, ...mark].join(', ')})`,
		...(isSplit || operator.condition === undefined ? [] : [`drop("${wanted}")`]),
	]
}

const isMissing: Py = method(atom(`F.col("${found}")`), 'isNull')
const isWanted: Py = { ...atom(`F.col("${wanted}")`), nulls: neverNull }

/** Rows that a policy of that kind concerns. */
function missing(operator: LookupOperator, policy: MissPolicy): Py | undefined {
	const onMiss = operator.onMiss === policy
	if (operator.condition === undefined) return onMiss ? isMissing : undefined
	const onCondition = operator.onConditionNotMet === policy
	if (onMiss && onCondition) return isMissing
	if (onMiss) return binary('&', isWanted, isMissing)
	return onCondition ? unary('~', isWanted) : undefined
}

function misses(operator: LookupOperator, matched: string, context: FlowContext): readonly Node[] {
	const failed = missing(operator, 'fail')
	const lines: Node[] = []
	if (failed !== undefined) {
		const message = pyString(context.message(operator, 'no reference row has the key'))
		lines.push(`${matched} = ${context.use('ensure')}(${matched}, ${failed.code}, ${message})`)
	}
	if (context.linkedPorts(operator).length > 1) lines.push(`${matched} = ${matched}.persist()`)
	return lines
}

/** Rows that go on: those that were found, and those that continue without. */
function keepCalls(operator: LookupOperator): readonly string[] {
	const leaving = [missing(operator, 'drop'), missing(operator, 'reject')].filter((test) => test !== undefined)
	const staying = noneOf(leaving)
	return staying === undefined ? [] : [`filter(${staying.code})`]
}

function marks(operator: LookupOperator, context: FlowContext): string {
	const own = context.link(operator, 'in').schema.columns
	const kept = own.filter(({ name }) => replaces(operator, name)).map(({ name }) => `_input_${name}`)
	return [found, ...(operator.condition === undefined ? [] : [wanted]), ...kept].map(pyString).join(', ')
}
