import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pipelineCompiler } from '#bot/compiler/compiler.ts'
import { defaultConfig } from '#config/schema.ts'
import type { Engine } from '#engines/port.ts'
import { EngineError } from '#engines/port.ts'

const root = path.resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(path.join(tmpdir(), 'compiler-'))
const compiler = pipelineCompiler({ engine: () => undefined, size: 1 })
const checkout = { commit: '', folder, release: () => Promise.resolve() }
const signal = new AbortController().signal

beforeAll(() => {
	const example = path.join(root, 'examples')
	for (const file of readdirSync(example, { recursive: true, encoding: 'utf8' }).filter((name) =>
		/\.(dsx|dtsx)$/.test(name),
	)) {
		mkdirSync(path.join(folder, 'exports'), { recursive: true })
		writeFileSync(path.join(folder, 'exports', path.basename(file)), readFileSync(path.join(example, file)))
	}
})
afterAll(() => {
	compiler.close()
	rmSync(folder, { recursive: true, force: true })
})

describe('the compiler of the bot', () => {
	it('finds units by the sources of the config, with paths of the repository', async () => {
		const units = await compiler.units(checkout, defaultConfig)
		expect(units.length).toBeGreaterThan(0)
		for (const { files, input } of units) {
			expect(files.every((file) => file.startsWith('exports/'))).toBe(true)
			expect(input).toMatch(/^[0-9a-f]{40}$/)
		}
		expect(await compiler.units(checkout, { ...defaultConfig, sources: ['nowhere/**'] })).toEqual([])
	})

	it('gives the same bytes as `reglue migrate`', async () => {
		const { execFileSync } = await import('node:child_process')
		execFileSync(
			process.execPath,
			[path.join(root, 'src/cli/main.ts'), 'migrate', 'exports', '--out', 'generated', '--engine', 'none', '--quiet'],
			{ cwd: folder },
		)
		for (const unit of await compiler.units(checkout, defaultConfig)) {
			const { files, jobs } = await compiler.generate(unit, checkout, defaultConfig, undefined, signal)
			expect(jobs.length).toBeGreaterThan(0)
			for (const [file, bytes] of files)
				expect(new TextDecoder().decode(bytes), file).toBe(readFileSync(path.join(folder, file), 'utf8'))
		}
	})

	it('runs what a person has changed without trust, and what it wrote itself with it', async () => {
		const trusts: unknown[] = []
		const engine: Engine = {
			run: (request) => {
				trusts.push(request.trust)
				return Promise.reject(new EngineError('this test runs nothing'))
			},
			columns: () => Promise.resolve([]),
			close: () => Promise.resolve(),
		}
		const proving = pipelineCompiler({ engine: () => engine, size: 1 })
		try {
			const unit = (await proving.units(checkout, defaultConfig)).find(({ name }) => name.includes('daily-sales'))
			if (unit === undefined) throw new Error('the example is gone')
			const common = { unit, checkout, config: defaultConfig, decisions: undefined, signal }
			const { files } = await proving.generate(unit, checkout, defaultConfig, undefined, signal)
			const [script = ''] = [...files.keys()].filter((file) => file.includes('/glue_jobs/'))
			const edited = `${new TextDecoder().decode(files.get(script))}# looked at\n`
			// Runs of a job go on side by side: each says how far it is trusted.
			const asked = (): readonly unknown[] => [...new Set(trusts.splice(0))]
			await expect(proving.prove({ ...common, files })).rejects.toThrow('runs nothing')
			expect(asked()).toEqual([undefined])
			const changed = new Map(files).set(script, new TextEncoder().encode(edited))
			await expect(proving.prove({ ...common, files: changed })).rejects.toThrow('runs nothing')
			expect(asked()).toEqual(['foreign'])
		} finally {
			proving.close()
		}
	})

	it('says in sentences what changed between two states', async () => {
		const after = path.join(folder, '..', `${path.basename(folder)}-after`)
		const [unit] = (await compiler.units(checkout, defaultConfig)).filter(({ name }) => name.includes('daily-sales'))
		if (unit === undefined) throw new Error('the example is gone')
		const [file = ''] = unit.files
		mkdirSync(path.join(after, path.dirname(file)), { recursive: true })
		const text = readFileSync(path.join(folder, file), 'utf8').replaceAll('QTY > 0 And', 'QTY > 1 And')
		writeFileSync(path.join(after, file), text)
		try {
			const other = { unit, checkout: { ...checkout, folder: after } }
			expect(await compiler.semanticDifference({ unit, checkout }, other, defaultConfig)).toEqual([
				{
					job: 'DailySales',
					change: 'changed',
					details: [
						'stage XfmPrice: constraint of link lnkSales changed from `lnkKnown.QTY > 0 And svNet >= MinAmount` to `lnkKnown.QTY > 1 And svNet >= MinAmount`',
					],
				},
			])
		} finally {
			rmSync(after, { recursive: true, force: true })
		}
	})
})
