import { afterAll, describe, expect, it } from 'vitest'
import type { ColumnSet } from '#engines/port.ts'
import { helperPrelude } from '#languages/helpers.ts'
import type { PysparkScope } from '#languages/pyspark.ts'
import { pysparkFails, pysparkValue } from '#languages/pyspark.ts'
import { fn, lit, method } from '#languages/python.ts'
import { ssisLanguage } from '#languages/ssis/language.ts'
import type { SsisType } from '#languages/ssis/types.ts'
import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import { boolean } from '#model/types.ts'
import { localSpark, SET_UP_MS } from '../engines/local-spark/support.ts'
import {
	type Case,
	casesFile,
	equalResults,
	hasCases,
	inputValue,
	lowerCase,
	readCases,
} from '../languages/ssis/cases.ts'

const full = process.env['REGLUE_FULL'] === '1' && hasCases

const scope: PysparkScope = {
	column: (name) => fn('col', `\`${name}\``),
	parameter: (name) => fn('col', `\`${name}\``),
	variable: (name) => fn('col', `\`${name}\``),
	runAt: method(lit('1970-01-01 00:00:00'), 'cast', 'timestamp'),
	runFact: (name) => lit(name),
}

/** Cases whose refusal is found when the text is read never reach Spark. */
const known: ReadonlySet<string> = new Set(['E0259'])

interface Runnable {
	readonly one: Case
	readonly type: SsisType
	readonly set: ColumnSet
}

function runnable(one: Case): Runnable | undefined {
	const { expression, type, problems } = lowerCase(one)
	if (type === undefined || problems.length > 0 || known.has(one.id)) return undefined
	const columns = readNames(expression)
	const fails = pysparkFails(expression, scope) ?? lit(false)
	return {
		one,
		type,
		set: {
			schema: { columns, open: false },
			rows: [Object.fromEntries(columns.map(({ name }) => [name, inputValue(one, name)]))],
			expressions: [
				{ name: 'value', python: pysparkValue(expression, scope).code, type: expression.type },
				{ name: 'fails', python: fails.code, type: boolean },
			],
		},
	}
}

function readNames(expression: Expression) {
	const names = new Map<string, Expression['type']>()
	visit(expression, (part) => {
		if (part.kind === 'column' || part.kind === 'variable' || part.kind === 'parameter') names.set(part.name, part.type)
	})
	return [...names].map(([name, type]) => ({ name, type, nullable: true }))
}

describe.runIf(full)(`documented SSIS cases on Spark (REGLUE_FULL=1; skipped when ${casesFile} is absent)`, () => {
	const engine = localSpark()
	afterAll(() => engine.close())

	it(
		'gives what the documents say',
		async () => {
			const cases = readCases().flatMap((one) => runnable(one) ?? [])
			const sets = cases.map(({ set }) => set)
			const python = sets.flatMap(({ expressions }) => expressions.map((expression) => expression.python)).join('\n')
			const outcomes = await engine.columns({ sets, prelude: helperPrelude(python) })
			const wrong = cases.flatMap(({ one, type }, at) => {
				const [value, fails] = outcomes[at] ?? []
				if (value?.ok !== true || fails?.ok !== true) return [`${one.id}: Spark refused it`]
				const failed = fails.values[0] === true
				const shown = failed ? 'ERROR' : JSON.stringify(ssisLanguage.caseOutput(value.values[0] ?? null, type))
				const expected = one.expected.replace(/^ERROR.*/, 'ERROR')
				return equalResults(shown, expected, one.type) ? [] : [`${one.id}: ${shown} instead of ${expected}`]
			})
			expect(wrong).toEqual([])
			expect(cases.length).toBeGreaterThan(400)
		},
		SET_UP_MS,
	)
})
