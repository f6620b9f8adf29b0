/**
 * Scripts of public packages: how many of each intent are translated, and rows of some of them, worked out by hand from
 * reading the script. Rows stand here as digests of their cells, so that nothing of the packages is copied.
 */
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import { valueText } from '#model/json-values.ts'
import type { Row } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'
import { createTracker } from '#reference/coverage.ts'
import { interpretJob } from '#reference/job.ts'
import { script } from '#reference/operators/script.ts'
import { makeRowOrder } from '#reference/row-order.ts'

const folder = '../shared/corpus'
const files = existsSync(folder) ? globSync(`${folder}/ssis*/**/*.dtsx`).sort() : []
if (files.length === 0) process.stderr.write(`The tests of the corpus' scripts are skipped: ${folder} is not there.\n`)

function jobOf(path: string): Job {
	const companions = globSync(`${dirname(path)}/*.{conmgr,params}`).map((one) => ({
		path: one,
		bytes: readFileSync(one),
	}))
	const [job] = dtsxImporter.read({ file: { path, bytes: readFileSync(path) }, companions }).jobs
	if (job === undefined) throw new Error(`no job was read from ${path}`)
	return job
}

const endingIn = (end: string): Job => jobOf(files.find((path) => path.endsWith(end)) ?? end)
const run = { at: makeTimestamp(0n), job: 'J', project: '', host: '', invocation: '' }

/** Rows that a script component makes of nothing, or of the rows given. */
function rowsOf(job: Job, name: string, input: readonly Row[] = []): readonly Row[] {
	const flow = job.flows.find(({ operators }) => operators.some((one) => one.kind === 'script' && one.name === name))
	const operator = flow?.operators.find((one) => one.kind === 'script' && one.name === name)
	if (operator?.kind !== 'script') throw new Error(`${name} is not translated`)
	const names = new Map()
	const outputs = script(
		operator,
		{ in: input },
		{
			request: { inputs: new Map(), parameters: names, variables: names, run },
			tracker: createTracker(),
			order: makeRowOrder(),
			schemaOf: () => ({ columns: [], open: false }),
			isLinked: () => true,
			linkedPorts: () => operator.outputs.map(({ port }) => port),
			write: () => undefined,
			setVariable: () => undefined,
			act: () => ({}),
			keep: () => undefined,
		},
	)
	return Object.values(outputs).flat()
}

function digest(rows: readonly Row[]): string {
	const cells = (row: Row): string =>
		Object.values(row)
			.map((value) => (value === null ? '' : valueText(value)))
			.join('\t')
	return createHash('sha256').update(rows.map(cells).join('\n')).digest('hex').slice(0, 16)
}

describe.skipIf(files.length === 0)('scripts of public packages', () => {
	it('are translated, all but thirteen, each of these with a reason', () => {
		const counts = { translated: 0, opaque: 0 }
		for (const path of files) {
			for (const { type, outcome, reason } of jobOf(path).accounting) {
				if (!/^Microsoft\.Script(?:Task|Component)$/.test(type)) continue
				counts[outcome === 'opaque' ? 'opaque' : 'translated'] += 1
				if (outcome === 'opaque') expect(reason, path).toMatch(/no source code|line \d+/)
			}
		}
		expect(counts.translated).toBeGreaterThanOrEqual(83)
		expect(counts.translated + counts.opaque).toBe(96)
	})

	it.each([
		['Chapter06/Solution/AdventureWorksETL/ExecutionTrees.dtsx', 'scr_src_OrderProvenance', 2, '5bc354fb094da3a7'],
		['SSIS2008TestMultipleHash/TestStringGT1000Bytes.dtsx', 'Script Component', 1, 'eaeab4060880b415'],
		['SSIS2008TestMultipleHash/EmptyUnitTestPackage.dtsx', 'Script Component', 2, 'db8f4eeff415aee9'],
	])('%s: the rows that %s makes', (path, name, count, expected) => {
		const rows = rowsOf(endingIn(path), name)
		expect(rows).toHaveLength(count)
		expect(digest(rows)).toBe(expected)
	})

	it('a script that sets variables sets them', () => {
		const job = endingIn('SampleSSISProject/Package 221.dtsx')
		const [task] = allTasks(job.control).filter(({ kind }) => kind === 'script')
		if (task === undefined) throw new Error('the script is not translated')
		const only = { ...job, control: { tasks: [task], precedences: [], joins: [] } }
		const outside = () => ({ value: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' })
		const { variables, failure } = interpretJob(only, { flows: new Map(), parameters: new Map(), run, outside })
		expect(failure).toBeUndefined()
		expect(variables.get('User::DestinationFilePath')).toBe('C:\\Windows\\TEMP\\3f2504e04f8941d39a0c0305e82c3301.csv')
	})
})
