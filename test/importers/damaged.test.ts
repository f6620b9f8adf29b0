import { globSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultConfig } from '#config/schema.ts'
import { generators } from '#generators/registry.ts'
import { wellFormed } from '#generators/well-formed.ts'
import type { ImportResult } from '#importers/importer.ts'
import { importerFor } from '#importers/registry.ts'
import { totals } from '#model/accounting.ts'
import { makeRandom } from '#synthesis/random.ts'
import type { DamageKind } from '../support/damage.ts'
import { damage, damageKinds } from '../support/damage.ts'
import { isFull, sampled } from '../support/depth.ts'

const { paths, connections, parameters, glue, outputs } = defaultConfig
const options = { paths, connections, parameters, glue, outputs, testData: new Map(), differenceRows: new Map() }

/** What is wrong with what Reglue makes of a damaged export; it may understand less of it, and nothing more. */
function problemsOf(path: string, kind: DamageKind, seed: number): readonly string[] {
	// Latin-1 keeps every byte; what damage puts in beyond it is cut to a byte, as a broken encoding would.
	const text = damage(kind, readFileSync(path, 'latin1'), makeRandom(seed))
	const bytes = Buffer.from(text, 'latin1')
	const importer = importerFor(path, bytes.subarray(0, 4096))
	if (importer === undefined) return []
	const { jobs, diagnostics } = importer.read({ file: { path, bytes }, companions: [] })
	return [...silence(jobs, diagnostics), ...jobs.flatMap(problemsOfJob)]
}

const silence = (jobs: ImportResult['jobs'], diagnostics: ImportResult['diagnostics']): readonly string[] =>
	jobs.length === 0 && diagnostics.length === 0 ? ['neither a job nor a diagnostic'] : []

function problemsOfJob(job: ImportResult['jobs'][number]): readonly string[] {
	const { total, exact, declared, opaque, dropped } = totals(job.accounting)
	const { artifacts } = generators.glue({ name: 'unit', jobs: [job] }, options)
	const scripts = artifacts.filter((artifact) => artifact.path.startsWith('unit/glue_jobs/'))
	return [
		...(exact + declared + opaque + dropped === total ? [] : [`${job.name}: the accounting does not add up`]),
		...wellFormed(job, scripts).map(({ path, line, message }) => `${path}:${line}: ${message}`),
	]
}

const examples = ['examples/datastage-retail/daily_sales.dsx', 'examples/ssis-orders/LoadOrders.dtsx']

describe.each(examples)('%s, damaged', (path) => {
	it.each(damageKinds)('%s: the rest is read and printed, and nothing throws', (kind) => {
		for (let seed = 1; seed <= 12; seed++)
			expect({ seed, problems: problemsOf(path, kind, seed) }).toEqual({ seed, problems: [] })
	})
})

const corpus = globSync('../shared/corpus/**/*.{dsx,dtsx,xml}').filter((path) => statSync(path).size < 600_000)

describe.skipIf(corpus.length === 0 || !isFull)('public exports, each damaged once (REGLUE_FULL=1)', () => {
	it.each(sampled(corpus, 8))('%s', (path) => {
		const seed = basename(path).length
		const kind = makeRandom(seed).pick(damageKinds) ?? 'the end is missing'
		expect(problemsOf(path, kind, seed)).toEqual([])
	})
})
