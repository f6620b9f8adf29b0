/**
 * Test packages of the Multiple Hash component: a script makes one row with a column of every type, and others compare its
 * hashes with those that the component once gave, and fail. The author's machine was ten hours ahead of UTC, and a file time
 * is kept in UTC (RG-D159): on a machine in UTC the script has to give the moment that was meant.
 */
import { Buffer } from 'node:buffer'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import type { Job } from '#model/job.ts'
import { makeTimestamp } from '#model/values.ts'
import { interpretFlow } from '#reference/flow.ts'

const folder = '../shared/corpus'
/** Those with all hashes, as they are and as older versions of the component stored them. */
const whole = /^EveryDataType(_V1\.3\.1(_Backup)?)?\.dtsx$/
const files = (existsSync(folder) ? globSync(`${folder}/ssis*/**/*.dtsx`).sort() : []).filter(
	(path) => whole.test(basename(path)) && readFileSync(path, 'utf8').includes('Columnfiletimestamp ='),
)
if (files.length === 0) process.stderr.write(`The test packages of hashes are skipped: ${folder} is not there.\n`)

const run = { at: makeTimestamp(0n), job: 'J', project: '', host: '', invocation: '' }

function read(path: string, text: string): Job {
	const [job] = dtsxImporter.read({ file: { path, bytes: Buffer.from(text, 'utf8') }, companions: [] }).jobs
	if (job === undefined) throw new Error(`no job was read from ${path}`)
	return job
}

/** What the scripts of a package say of its hashes. */
function complaint(job: Job): string | undefined {
	const [flow] = job.flows
	if (flow === undefined) throw new Error('the package has no data flow')
	return interpretFlow(flow, { inputs: new Map(), parameters: new Map(), variables: new Map(), run }).failure?.message
}

describe.skipIf(files.length === 0)('hashes that the component gave for a column of every type', () => {
	it.each(files)('%s', (path) => {
		const text = readFileSync(path, 'utf8')
		const inUtc = text.replace(/(Columnfiletimestamp = DateTime\.Parse\([^)]*\))/, '$1.AddHours(-10)')
		expect(complaint(read(path, inUtc))).toBeUndefined()

		const unchanged = read(path, text)
		expect(complaint(unchanged)).toBe('MD5 Hash is BAD')
		expect(unchanged.differences.map(({ id }) => id)).toContain('RG-D159')
	})
})
