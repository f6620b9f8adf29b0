import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkMutants } from '../../bench/mutations/check.ts'
import { reasonFor } from '../../bench/mutations/equivalents.ts'
import { mutationJobs } from '../../bench/mutations/jobs.ts'
import { findMutants, mutated, sampleOf } from '../../bench/mutations/mutants.ts'
import { localSpark } from '../engines/local-spark/support.ts'

let root = ''
beforeAll(async () => {
	root = await mkdtemp(path.join(tmpdir(), 'reglue-mutants-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const script = `
def helper(value):
    return value < 3


def transform(inputs, params):
    """Not < this."""
    rows = inputs["é"].filter((F.col("A") < F.lit(10)) & F.col("B").isNull())
    return rows.join(inputs["b"], "K", "left").orderBy(F.asc_nulls_first("A"), "B")
`

async function changes(): Promise<readonly string[]> {
	const place = path.join(root, 'script.py')
	await writeFile(place, script)
	const found = await findMutants(place)
	return found.map((mutant) => {
		const lines = mutated(Buffer.from(script), mutant).toString().split('\n')
		return `${mutant.kind}: ${lines[mutant.line - 1]?.trim()}`
	})
}

describe('breaking a script', () => {
	it('changes one thing of the job itself at a time, and leaves what all scripts share', async () => {
		const found = await changes()
		expect(found).toContain(
			'< for <=: rows = inputs["é"].filter((((F.col("A")) <= (F.lit(10)))) & F.col("B").isNull())',
		)
		expect(found).toContain(
			'null test reversed: rows = inputs["é"].filter((F.col("A") < F.lit(10)) & F.col("B").isNotNull())',
		)
		expect(found).toContain('removed filter: rows = inputs["é"]')
		expect(found).toContain(
			`other join: return rows.join(inputs["b"], "K", 'inner').orderBy(F.asc_nulls_first("A"), "B")`,
		)
		expect(found).toContain(
			'swapped sort order: return rows.join(inputs["b"], "K", "left").orderBy(F.desc_nulls_first("A"), "B")',
		)
		expect(found.filter((one) => one.includes('value'))).toEqual([])
	})

	it.runIf(process.env['REGLUE_FULL'] === '1')('is seen on the synthesised rows', async () => {
		const engine = localSpark()
		try {
			const job = mutationJobs().find(({ name }) => name === 'Kinds')
			const judged = job === undefined ? [] : await checkMutants(job.job, engine, (found) => sampleOf(found, 1))
			const seen = judged.filter(({ fate }) => fate === 'fails' || fate === 'differs')
			const survivors = judged.filter(
				({ fate, mutant }) => fate === 'survives' && reasonFor('Kinds', mutant) === undefined,
			)
			expect(seen.length).toBeGreaterThan(12)
			expect(survivors.map(({ mutant: { kind, before } }) => `${kind}: ${before}`)).toEqual([])
		} finally {
			await engine.close()
		}
	})
})
