/** The documented cases of stages: each as a small job of files, run by the reference and on Spark. */
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { otherCases } from '../../support/other-stage-cases.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'
import type { StageCase } from '../../support/stage-cases.ts'
import { caseInputs, caseJob, caseOutputs, stageCases } from '../../support/stage-cases.ts'

const file = '../shared/cases/datastage-stages.jsonl'
const cases = existsSync(file) ? stageCases(readFileSync(file, 'utf8')) : []
if (cases.length === 0) process.stderr.write(`The documented cases of stages are skipped: ${file} is not there.\n`)

const { runnable, elsewhere } = Object.groupBy(cases, (one) => (caseJob(one) === undefined ? 'elsewhere' : 'runnable'))
for (const { id, stage } of elsewhere ?? [])
	if (!otherCases.has(id)) process.stderr.write(`${id} (${stage}) is not run: nothing here knows such a stage.\n`)

const engine = startSpark()
beforeAll(async () => {
	if (cases.length > 0) await warmUp(engine)
})
afterAll(() => engine.close())

/** Rows come in an order that a case can state only behind a sort. */
const promisesOrder = ({ stage }: StageCase): boolean => stage === 'Sort'

/** Rows as texts, those without a promised order sorted. */
function inOrder(one: StageCase, outputs: ReturnType<typeof caseOutputs>): unknown {
	if (typeof outputs === 'string') return outputs
	const lines = Object.entries(outputs).map(([name, rows]): [string, readonly string[]] => {
		const texts = rows.map((row) =>
			JSON.stringify(Object.entries(row).toSorted(([one], [other]) => (one < other ? -1 : 1))),
		)
		return [name, promisesOrder(one) ? texts : texts.toSorted()]
	})
	return Object.fromEntries(lines)
}

describe.skipIf(cases.length === 0)('documented cases of stages', () => {
	it.each(
		(elsewhere ?? []).flatMap((one): [string, StageCase][] =>
			otherCases.has(one.id) ? [[`${one.id} ${one.stage}`, one]] : [],
		),
	)('%s', async (_name, one) => {
		const sides = await otherCases.get(one.id)?.(one, engine)
		expect(sides?.expected).toEqual(inOrder(one, one.outputs))
		expect(sides?.actual, sides?.script).toEqual(inOrder(one, one.outputs))
	})

	it.each((runnable ?? []).map((one): [string, StageCase] => [`${one.id} ${one.stage}`, one]))(
		'%s',
		async (_name, one) => {
			const job = caseJob(one)
			if (job === undefined) throw new Error('the case has no job')
			expect(job.accounting.filter(({ outcome }) => outcome === 'opaque')).toEqual([])
			const { expected, actual, script } = await runBoth(engine, job, caseInputs(one), { ordered: promisesOrder(one) })
			expect(inOrder(one, caseOutputs(one, expected))).toEqual(inOrder(one, one.outputs))
			expect(inOrder(one, caseOutputs(one, actual)), script).toEqual(inOrder(one, one.outputs))
		},
	)
})
