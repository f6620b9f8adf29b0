/**
 * Casts of texts follow the locale of the transformation, or of the task or package around it (Microsoft: Cast (SSIS Expression)).
 * Windows spells 31 December 2020 as 31/12/2020 in en-GB (2057) and as 31.12.2020 in de-DE (1031), and one and a half as 1,5 there.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import { makeTimestamp } from '#model/values.ts'
import { interpretJob } from '#reference/job.ts'
import { proveJob } from '../../support/prove-job.ts'
import { startSpark, warmUp } from '../../support/run-flow.ts'
import { jobOf, variables, x } from '../../support/ssis-tasks.ts'
import { column, job } from './component-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const localeOf = (id: number): string => `<DTS:Property DTS:Name="LocaleID">${id}</DTS:Property>`
const own = variables(x.variable('Text', 8, '31/12/2020'), x.variable('Day', 3, '0'), x.variable('Half', 5, '0'))

function expressionTasks(locale: number, ...expressions: readonly string[]): Job {
	const tasks = expressions.map((text, at) =>
		x.executable(
			`Set ${at}`,
			'Microsoft.ExpressionTask',
			`<ExpressionTask Expression="${text.replaceAll('"', '&quot;')}"/>`,
		),
	)
	return jobOf(localeOf(locale), own, x.executables(...tasks))
}

function ended(made: Job) {
	return interpretJob(made, {
		flows: new Map(),
		parameters: new Map(),
		run: { at: makeTimestamp(0n), job: made.name, project: '', host: '', invocation: '' },
		outside: () => ({}),
	})
}

describe('an Expression task', () => {
	it.each([
		[2057, '@[User::Day] = DAY((DT_DBTIMESTAMP)@[User::Text])', 'User::Day', 31n],
		[1031, '@[User::Day] = MONTH((DT_DATE)"07.03.2021 10:20")', 'User::Day', 3n],
		[1033, '@[User::Day] = MONTH((DT_DATE)"07/03/2021")', 'User::Day', 7n],
		[2057, '@[User::Day] = MONTH((DT_DATE)"2021-03-07")', 'User::Day', 3n],
		[1031, '@[User::Half] = (DT_R8)"1.234,5"', 'User::Half', 1234.5],
		[2057, '@[User::Half] = (DT_R8)"1,234.5"', 'User::Half', 1234.5],
	] as const)('reads texts by the locale %i: %s', (locale, text, name, value) => {
		const { variables: found, failure } = ended(expressionTasks(locale, text))
		expect(failure).toBeUndefined()
		expect(found.get(name)).toEqual(value)
	})

	it('reads the same on both sides', async () => {
		const made = expressionTasks(
			1031,
			'@[User::Day] = DAY((DT_DBTIMESTAMP)"31.12.2020")',
			'@[User::Half] = (DT_R8)"1,5"',
			'@[User::Text] = (DT_WSTR,10)((DT_DBDATE)"01.02.2021")',
		)
		const { proof, script } = await proveJob(engine, made)
		expect(proof.report, script).toMatchObject({ level: 'E3' })
	})
})

describe('a Derived Column', () => {
	const derived = (expression: string, locale: number, dataType = 'dbTimeStamp'): Job =>
		job(
			[
				{
					name: 'Derive',
					type: 'Microsoft.DerivedColumn',
					inputs: [{ id: 'dc.in' }],
					outputs: [
						{
							id: 'dc.out',
							columns: [
								column(
									'dc.1',
									'made',
									dataType,
									{ length: 20 },
									{ FriendlyExpression: expression, Expression: expression },
								),
							],
						},
					],
				},
			],
			[['src', 'dc.in']],
			localeOf(locale),
		)

	it('casts texts by the locale of its package, and numbers no otherwise than before', () => {
		const formats = (made: Job): string =>
			JSON.stringify(made.flows, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))
		expect(formats(derived('(DT_DBTIMESTAMP)name', 2057))).toContain(';locale=2057')
		expect(formats(derived('(DT_DBTIMESTAMP)name', 1033))).not.toContain('locale=')
		expect(formats(derived('(DT_WSTR,20)LEN(name)', 2057, 'wstr'))).not.toContain('locale=')
	})

	it('declares what no document tells of a locale', () => {
		const differences = (expression: string, locale: number, type = 'wstr') =>
			derived(expression, locale, type).differences.map(({ id }) => id)
		expect(differences('(DT_WSTR,20)(LEN(name) * 1.5)', 1031)).toEqual(['RG-D195'])
		expect(differences('(DT_WSTR,20)(LEN(name) * 1.5)', 2057)).toEqual([])
		expect(differences('(DT_DBTIMESTAMP)name', 1041, 'dbTimeStamp')).toEqual(['RG-D195'])
	})
})
