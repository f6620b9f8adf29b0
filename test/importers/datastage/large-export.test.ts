import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { dsxJob, header, packed, reads, source, target, writes } from '../../support/dsx-builder.ts'

const columns = Array.from({ length: 40 }, (_one, index) => ({
	name: `COLUMN_${index}`,
	precision: 30,
	more: {
		TableDef: 'Sequential\\definitions\\table',
		ColumnReference: `COLUMN_${index}`,
		DisplaySize: '0',
		Group: '0',
		SortKey: '0',
		SortType: '0',
		AllowCRLF: '0',
		LevelNo: '0',
		Occurs: '0',
		PadNulls: '0',
	},
}))
const job = dsxJob({
	name: 'NAME_OF_JOB',
	stages: [
		source('In'),
		{ name: 'So', type: 'PxSort', properties: { key: packed(['key', 'COLUMN_0']) } },
		target('Out'),
	],
	links: [
		{ name: 'a', from: 'In', to: 'So', columns, outProperties: reads('/in') },
		{ name: 'b', from: 'So', to: 'Out', columns, inProperties: writes('/out') },
	],
})
const compiled = `BEGIN DSEXECJOB\n   Identifier "NAME_OF_JOB"\n   BEGIN DSBPBINARY\n${'0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF\n'.repeat(800)}   END DSBPBINARY\nEND DSEXECJOB\n`

/** Imports what it makes of the given texts, and prints jobs and the most memory it had. */
const script = `
	import { dsxImporter } from '#importers/datastage/importer.ts'
	const [header, job, compiled, wanted] = process.argv.slice(1)
	const room = Buffer.alloc(Number(wanted) + 1_000_000)
	let size = room.write(header)
	for (let number = 0; size < Number(wanted); number++) size += room.write(job.replaceAll('NAME_OF_JOB', 'JOB' + number) + compiled, size)
	const bytes = room.subarray(0, size)
	const { jobs, diagnostics } = dsxImporter.read({ file: { path: 'large.dsx', bytes }, companions: [] })
	const megabytes = process.resourceUsage().maxRSS / 1024
	console.log(JSON.stringify({ jobs: jobs.length, diagnostics: diagnostics.length, megabytes, size: bytes.length }))
`

function importLarge(size: number): {
	readonly jobs: number
	readonly diagnostics: number
	readonly megabytes: number
	readonly size: number
} {
	const output = execFileSync(
		process.execPath,
		['--max-old-space-size=400', '--input-type=module', '-e', script, '--', header, job, compiled, String(size)],
		{ encoding: 'utf8' },
	)
	return JSON.parse(output) as ReturnType<typeof importLarge>
}

describe('a large export', () => {
	it.runIf(process.env['REGLUE_FULL'] === '1')('of 100 MB is read in 512 MB of memory', () => {
		const result = importLarge(100_000_000)
		expect(result.diagnostics).toBe(0)
		expect(result.jobs).toBeGreaterThan(800)
		expect(result.megabytes).toBeLessThan(512)
	})

	it('of 8 MB is read whole', () => {
		const result = importLarge(8_000_000)
		expect(result.diagnostics).toBe(0)
		expect(result.jobs).toBeGreaterThan(60)
	})
})
