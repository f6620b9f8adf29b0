import { describe, expect, it } from 'vitest'
import { valueText } from '#model/json-values.ts'
import { makeTimestamp } from '#model/values.ts'
import { interpretJob } from '#reference/job.ts'
import { db, jobOf, parameter, sqlTask, variables, x } from '../../support/ssis-tasks.ts'

/** What a statement is told of the variables, when the tasks before it have run in turn. */
function told(
	names: readonly string[],
	all: readonly string[],
	assignments: readonly string[] = [],
): readonly string[] {
	const bound = names.map((name, place) => parameter(String(place), `User::${name}`)).join('')
	const tell = x.executable('Tell', 'Microsoft.ExecuteSQLTask', sqlTask('tell', '', bound))
	const tasks = assignments.map((text, place) =>
		x.executable(`Set${place}`, 'Microsoft.ExpressionTask', `<ExpressionTask Expression="${text}"/>`),
	)
	const order = assignments.map((_text, place) => {
		const next = place + 1 === assignments.length ? 'Tell' : `Set${place + 1}`
		return x.constraint(`Set${place}`, next, { Value: 0 })
	})
	const job = jobOf(db, variables(...all), x.executables(...tasks, tell), x.constraints(...order))
	const { effects, failure } = interpretJob(job, {
		flows: new Map(),
		parameters: new Map(),
		run: { at: makeTimestamp(0n), job: 'P', project: '', host: '', invocation: '' },
	})
	expect(failure).toBeUndefined()
	return effects.flatMap((effect) => (effect.kind === 'sql' ? effect.parameters.map(valueText) : []))
}

const computed = (name: string, type: number, expression: string): string =>
	x.variable(name, type, '', { EvaluateAsExpression: 'True', Expression: expression })

/** Variables of these types cannot be null: the default of the type stands for it. */
describe('a null that an expression gives to a variable', () => {
	it('is the default of its type when a task assigns it', () => {
		const all = [x.variable('S', 8, 'x'), x.variable('N', 3, '5'), x.variable('D', 7, '2020-01-01')]
		const nulls = ['@[User::S] = NULL(DT_WSTR, 9)', '@[User::N] = NULL(DT_I4)', '@[User::D] = NULL(DT_DBTIMESTAMP)']
		expect(told(['S', 'N', 'D'], all, nulls)).toEqual(['', '0', '1899-12-30 00:00:00'])
	})

	it('is so too where a condition leads to it', () => {
		const text = '@[User::S] = @[User::N] &gt; 10 ? &quot;many&quot; : NULL(DT_WSTR, 9)'
		const values = [5, 50].map((n) => told(['S'], [x.variable('S', 8, 'x'), x.variable('N', 3, `${n}`)], [text]))
		expect(values).toEqual([[''], ['many']])
	})

	it('is so too in a variable that is an expression, and in one that reads it', () => {
		const all = [computed('D', 7, 'NULL(DT_DBTIMESTAMP)'), computed('Y', 3, 'YEAR(@[User::D])')]
		expect(told(['D', 'Y'], all)).toEqual(['1899-12-30 00:00:00', '1899'])
	})

	it('stays null in a variable that takes any value', () => {
		expect(told(['O'], [x.variable('O', 13, '')], ['@[User::O] = NULL(DT_I4)'])).toEqual(['null'])
	})
})

describe('a variable that is an expression', () => {
	it('holds its value in its own type', () => {
		const all = [
			x.variable('N', 3, '7'),
			computed('Half', 3, '@[User::N] / 2.0'),
			computed('Next', 20, '@[User::N] + 1'),
		]
		expect(told(['Half', 'Next'], all)).toEqual(['4', '8'])
	})
})
