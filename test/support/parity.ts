/**
 * Holds the two meanings of expressions against each other: `evaluate` and the Spark text, over the same rows.
 * Expressions come in sets of one schema; all sets go to Spark together.
 */
import type { ColumnOutcome, ColumnSet, Engine } from '#engines/port.ts'
import { evaluate } from '#languages/evaluate.ts'
import { helperPrelude } from '#languages/helpers.ts'
import { type PysparkScope, pysparkFails, pysparkValue } from '#languages/pyspark.ts'
import { fn, lit, method } from '#languages/python.ts'
import type { Expression } from '#model/expressions.ts'
import { encodeValue } from '#model/json-values.ts'
import { boolean, type DataType } from '#model/types.ts'
import { isError, makeTimestamp, type Result, type Value } from '#model/values.ts'

export interface ParityCase {
	readonly name: string
	readonly expression: Expression
	/** Types of the columns `a0`, `a1` … that the expression reads. */
	readonly types: readonly DataType[]
	readonly rows: readonly (readonly Value[])[]
}

/** Sets that go to Spark together: few actions, but no plan that exhausts its memory. */
const BATCH = 60

export const columnName = (at: number): string => `a${at}`

export const run = {
	at: makeTimestamp(1_705_320_000_250_000n),
	job: 'LoadOrders',
	project: 'retail',
	host: 'server',
	invocation: 'night',
}

export const pysparkScope: PysparkScope = {
	column: (name) => fn('col', name),
	parameter: (name) => fn('col', name),
	variable: (name) => fn('col', name),
	runAt: method(lit('2024-01-15 12:00:00.25'), 'cast', 'timestamp'),
	runFact: (name) => lit(run[name]),
}

function columnSet({ expression, types, rows }: ParityCase): ColumnSet {
	const columns = types.map((type, at) => ({ name: columnName(at), type, nullable: true }))
	return {
		// A set needs a column even when the expression reads none.
		schema: { columns: columns.length > 0 ? columns : [{ name: 'none', type: boolean, nullable: true }], open: false },
		rows: rows.map((row) => Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null]))),
		expressions: [
			{ name: 'value', python: pysparkValue(expression, pysparkScope).code, type: expression.type },
			{ name: 'fails', python: (pysparkFails(expression, pysparkScope) ?? lit(false)).code, type: boolean },
		],
	}
}

/** Runs every case on both sides. @returns what differs, in words; nothing when all agree. */
export async function disagreements(engine: Engine, cases: readonly ParityCase[]): Promise<readonly string[]> {
	const outcomes: (readonly ColumnOutcome[])[] = []
	for (let at = 0; at < cases.length; at += BATCH) {
		const sets = cases.slice(at, at + BATCH).map(columnSet)
		const python = sets.flatMap(({ expressions }) => expressions.map((expression) => expression.python)).join('\n')
		outcomes.push(...(await engine.columns({ sets, prelude: helperPrelude(python), limits: { seconds: 1200 } })))
	}
	return cases.flatMap((one, at) => {
		const [value, fails] = outcomes[at] ?? []
		if (value?.ok !== true)
			return [`${one.name}: Spark failed: ${value === undefined ? 'no answer' : value.failure.message.slice(0, 300)}`]
		if (fails?.ok !== true)
			return [
				`${one.name}: Spark failed to tell failures: ${fails === undefined ? 'no answer' : fails.failure.message.slice(0, 300)}`,
			]
		const wrong = one.rows.flatMap((row, position) => {
			const difference = compareRow(one, row, value.values[position] ?? null, fails.values[position] ?? null)
			return difference === undefined ? [] : [difference]
		})
		return wrong.length === 0
			? []
			: [`${one.name}: ${wrong.length} of ${one.rows.length} rows differ, as ${wrong.slice(0, 3).join('; ')}`]
	})
}

function compareRow(one: ParityCase, row: readonly Value[], spark: Value, failed: Value): string | undefined {
	const column = (name: string): Value => row[Number(name.slice(1))] ?? null
	const expected = evaluate(one.expression, { column, parameter: column, variable: column, run })
	const agree = isError(expected)
		? failed === true && spark === null
		: failed === false && same(expected, spark, one.expression.type)
	if (agree) return undefined
	const inputs = row.map((value, at) => show(value, one.types[at] ?? boolean)).join(', ')
	return `(${inputs}) gives ${show(expected, one.expression.type)}, on Spark ${show(spark, one.expression.type)}${failed === true ? ' (failed)' : ''}`
}

function show(result: Result, type: DataType): string {
	if (isError(result)) return `error ${result.error}`
	try {
		return JSON.stringify(encodeValue(result, type))
	} catch {
		return `a ${typeof result} that is no ${type.kind}`
	}
}

/** Equal, doubles to the last digits that two mathematical libraries may disagree about. */
function same(left: Value, right: Value, type: DataType): boolean {
	if (typeof left === 'number' && typeof right === 'number') {
		const tolerance = type.kind === 'float' && type.bits === 32 ? 1e-6 : 1e-12
		return Object.is(left, right) || Math.abs(left - right) <= tolerance * Math.max(Math.abs(left), Math.abs(right))
	}
	return show(left, type) === show(right, type)
}
