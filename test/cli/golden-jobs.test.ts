/**
 * Jobs whose files the real engine wrote, from the export to E5: proven on synthesised rows, run on the real inputs, and
 * reconciled with the engine's own outputs.
 */
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Golden, GoldenLine } from '../reference/goldens-support.ts'
import { goldensOf } from '../reference/goldens-support.ts'
import { isWhole } from '../support/depth.ts'
import { reglue, temporaryFolder } from './reglue.ts'

const shared = process.env['REGLUE_SHARED'] ?? '/work/shared'
const tables = [`${shared}/corpus/datastage/goldens.tsv`, `${shared}/corpus/ssis-goldens/goldens.tsv`]

const outputs = z.array(z.object({ legacy: z.string(), path: z.string() }))
const reconciled = z.object({ target: z.string(), status: z.string() })
const jobs = z.object({
	jobs: z.array(
		z.object({
			name: z.string(),
			evidence: z.object({ level: z.string(), reconciled: z.array(reconciled).optional() }),
		}),
	),
})

/** Where Spark is installed. */
const here = { cwd: process.cwd() }

const read = <T>(file: string, schema: z.ZodType<T>): T => schema.parse(JSON.parse(readFileSync(file, 'utf8')))

/** `@order` in the table is about names, which the columns of a comparison have anyway. */
function rules({ delimiter, header, qualifier, encoding, ignore }: GoldenLine): readonly string[] {
	const columns = ignore.split(',').filter((one) => one !== '' && one !== '@order')
	return [
		...(delimiter === '' ? [] : ['--delimiter', delimiter]),
		...(header === 'yes' || delimiter === 'jsonl' ? [] : ['--no-header']),
		...(qualifier === '' ? [] : ['--quote', qualifier]),
		...(encoding === '' ? [] : ['--encoding', encoding]),
		...(columns.length === 0 ? [] : ['--ignore', columns.join(',')]),
	]
}

async function command(...args: readonly string[]): Promise<void> {
	const { code, error } = await reglue(args, here)
	expect([args[0], code, code === 0 ? '' : error]).toEqual([args[0], 0, ''])
}

/** A copy, since a job may write where it reads. */
function copied({ base }: Golden, file: string, to: string): string {
	const place = path.join(to, path.basename(file))
	mkdirSync(to, { recursive: true })
	cpSync(path.join(base, file), place, { recursive: true })
	return place
}

async function evidenceOf(golden: Golden, folder: string) {
	const generated = path.join(folder, 'generated')
	const report = path.join(folder, 'report.json')
	const written = path.join(folder, 'out')
	const migrate = ['migrate', path.join(golden.base, golden.export), '--out', generated, '--json', report, '--quiet']
	await reglue(migrate, here)
	const given = golden.lines.flatMap((line, index) => {
		if (line.role === 'param') return ['--param', `${line.legacy}=${line.file}`]
		if (line.role === 'output') return []
		return ['--bind', `${line.legacy}=${copied(golden, line.file, path.join(folder, `in${index}`))}`]
	})
	await command('run', golden.job, '--in', generated, ...given, '--out', written)
	const places = read(path.join(written, 'outputs.json'), outputs)
	for (const line of golden.lines.filter(({ role, note }) => role === 'output' && !note.startsWith('stale'))) {
		const actual = places.find(({ legacy }) => legacy === line.legacy)?.path ?? ''
		const sides = ['--expected', path.join(golden.base, line.file), '--actual', path.join(written, actual)]
		const kept = ['--job', golden.job, '--target', line.legacy, '--in', generated]
		await command('reconcile', ...sides, ...kept, ...rules(line))
	}
	// What was proven is kept, so that nothing runs again.
	await reglue(migrate, here)
	return read(report, jobs).jobs.find(({ name }) => name === golden.job)?.evidence
}

describe.each(tables)('jobs of %s', (table) => {
	const goldens = goldensOf(table)
	const found: string[] = []
	afterAll(() => {
		if (found.length > 0) process.stdout.write(`${found.join('\n')}\n`)
	})

	it.runIf(!existsSync(table))('are not on this machine', ({ skip }) => skip(`${table} is absent`))
	it.skipIf(!isWhole).each(goldens)(
		'$job of $export is at E5, but for targets whose rows nobody kept (REGLUE_FULL=1)',
		async (golden) => {
			const folder = temporaryFolder()
			try {
				const evidence = await evidenceOf(golden, folder.path)
				const targets = evidence?.reconciled ?? []
				found.push(
					`${golden.job}: ${evidence?.level}, ${targets.map((one) => `${one.target} ${one.status}`).join(', ')}`,
				)
				expect(targets.filter(({ status }) => status === 'equal').length).toBeGreaterThan(0)
				expect(targets.filter(({ status }) => status !== 'equal' && status !== 'missing')).toEqual([])
				if (targets.every(({ status }) => status === 'equal')) expect(evidence?.level).toBe('E5')
			} finally {
				folder.remove()
			}
		},
		1_200_000,
	)
})
