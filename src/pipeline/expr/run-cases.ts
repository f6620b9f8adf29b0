/** Evaluates expressions on the reference and on Spark, each case by itself. */
import type { ColumnOutcome, ColumnSet, Engine } from '#engines/port.ts'
import type { RunFacts } from '#languages/catalogue.ts'
import { evaluate } from '#languages/evaluate.ts'
import { helperPrelude } from '#languages/helpers.ts'
import type { PysparkScope } from '#languages/pyspark.ts'
import { pysparkFails, pysparkValue } from '#languages/pyspark.ts'
import { fn, lit, method } from '#languages/python.ts'
import { sparkType } from '#languages/spark-types.ts'
import { formatTimestamp } from '#model/calendar.ts'
import type { JsonValue } from '#model/json-values.ts'
import { boolean } from '#model/types.ts'
import { isError } from '#model/values.ts'
import type { Case, CaseLanguage, PreparedCase } from './prepared-case.ts'
import { sameJson } from './same-json.ts'

export type Side = 'reference' | 'spark'

export interface CaseResult {
	readonly id: string
	readonly on: Side
	readonly status: 'pass' | 'fail' | 'unsupported'
	readonly expected: JsonValue
	readonly actual: JsonValue
}

/** Clock (2022-11-21 16:37:38 UTC) and names of a run of expressions: fixed, so that two runs agree. */
const caseFacts: RunFacts = {
	at: { kind: 'timestamp', micros: 1_669_048_658_000_000n },
	job: 'expr',
	project: 'reglue',
	host: 'localhost',
	invocation: '',
}

/** @param engine needed for `spark` only */
export async function runCases(
	cases: readonly Case[],
	language: CaseLanguage,
	sides: readonly Side[],
	engine: Engine,
	signal?: AbortSignal,
): Promise<readonly CaseResult[]> {
	const prepared = cases.map((given) => ({ given, prepared: language.prepare(given) }))
	const onSpark = sides.includes('spark')
		? await sparkValues(
				prepared.map((entry) => entry.prepared),
				engine,
				signal,
			)
		: []
	return prepared.flatMap(({ given, prepared: one }, position) =>
		sides.map((on) => judge(given, on, one, on === 'reference' ? referenceValue(one) : (onSpark[position] ?? null))),
	)
}

function judge(given: Case, on: Side, prepared: PreparedCase, computed: JsonValue): CaseResult {
	const expected = expectedJson(given.expected)
	const actual = prepared.problem === undefined ? computed : { error: prepared.problem.kind }
	if (prepared.problem?.unsupported === true) return { id: given.id, on, status: 'unsupported', expected, actual }
	return { id: given.id, on, status: sameJson(expected, actual, given.resultType) ? 'pass' : 'fail', expected, actual }
}

function expectedJson(text: string | undefined): JsonValue {
	if (text === undefined) return null
	if (text.startsWith('ERROR')) return { error: text.slice('ERROR:'.length) }
	try {
		return JSON.parse(text) as JsonValue
	} catch {
		return text
	}
}

function referenceValue(prepared: PreparedCase): JsonValue {
	if (prepared.expression === undefined) return null
	const value = (name: string) => prepared.names.find((known) => known.name === name)?.value ?? null
	const result = evaluate(prepared.expression, { column: value, parameter: value, variable: value, run: caseFacts })
	return isError(result) ? { error: result.error } : prepared.output(result)
}

/** Every name is a column, called `v0`, `v1` …: names of exports hold dots and brackets. */
async function sparkValues(
	prepared: readonly PreparedCase[],
	engine: Engine,
	signal?: AbortSignal,
): Promise<readonly JsonValue[]> {
	const runnable = prepared.filter((one) => one.expression !== undefined)
	const sets = runnable.map(columnSet)
	const prelude = preludeOf(sets)
	const outcomes = await engine.columns({ sets, prelude }, signal)
	const values = new Map(runnable.map((one, position) => [one, sparkValue(one, outcomes[position] ?? [])]))
	return prepared.map((one) => values.get(one) ?? null)
}

/** What the expressions call: a program that is run before them. */
const preludeOf = (sets: readonly ColumnSet[]): string =>
	helperPrelude(sets.flatMap(({ expressions }) => expressions.map(({ python }) => python)).join('\n'))

function columnSet(prepared: PreparedCase): ColumnSet {
	const columns = prepared.names.map((name, position) => ({ name: `v${position}`, type: name.type, nullable: true }))
	const row = Object.fromEntries(prepared.names.map((name, position) => [`v${position}`, name.value]))
	const { expression } = prepared
	if (expression === undefined) throw new Error('a case without an expression cannot run')
	const text = (name: string) => fn('col', `v${prepared.names.findIndex((known) => known.name === name)}`)
	const scope: PysparkScope = {
		column: text,
		parameter: text,
		variable: text,
		runAt: method(lit(formatTimestamp(caseFacts.at.micros)), 'cast', 'timestamp'),
		runFact: (name) => lit(caseFacts[name]),
	}
	const fails = pysparkFails(expression, scope)
	return {
		schema: { columns, open: false },
		rows: [row],
		expressions: [
			{ name: 'value', python: pysparkValue(expression, scope).code, type: expression.type },
			...(fails === undefined ? [] : [{ name: 'failed', python: fails.code, type: boolean }]),
		],
	}
}

function sparkValue(prepared: PreparedCase, outcomes: readonly ColumnOutcome[]): JsonValue {
	const broken = outcomes.find((outcome) => !outcome.ok)
	if (broken !== undefined && !broken.ok) return { error: `raised: ${broken.failure.message.slice(0, 200)}` }
	const of = (name: string) => outcomes.find((outcome) => outcome.name === name)
	const failed = of('failed')
	if (failed?.ok === true && failed.values[0] === true) return { error: 'failed' }
	const value = of('value')
	return value?.ok === true ? prepared.output(value.values[0] ?? null) : { error: 'raised' }
}

/** Spark's name for the type of an expression, for `--emit pyspark`. */
export function emitPyspark(prepared: PreparedCase): string | undefined {
	if (prepared.expression === undefined) return undefined
	const named = (name: string) => fn('col', name)
	const text = pysparkValue(prepared.expression, {
		column: named,
		parameter: (name) =>
			method(fn('lit', { code: `params[${JSON.stringify(name)}]`, level: 'atom' }), 'cast', 'string'),
		variable: named,
		runAt: method(fn('lit', { code: 'params["run_at"]', level: 'atom' }), 'cast', 'timestamp'),
		runFact: (name) => lit(caseFacts[name]),
	})
	const prelude = helperPrelude(text.code)
	const line = `${text.code}  # ${sparkType(prepared.expression.type)}`
	return prelude === '' ? line : `${prelude}\n\n${line}`
}
