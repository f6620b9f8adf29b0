import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pipelineCompiler } from '#bot/compiler/compiler.ts'
import { defaultConfig } from '#config/schema.ts'

const root = path.resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(path.join(tmpdir(), 'compiler-'))
const compiler = pipelineCompiler({ engine: () => undefined, size: 1 })
const checkout = { commit: '', folder, release: () => Promise.resolve() }
const signal = new AbortController().signal

beforeAll(() => {
	const example = path.join(root, 'examples')
	for (const file of readdirSync(example, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(dsx|dtsx)$/.test(name))) {
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
		execFileSync(process.execPath, [path.join(root, 'src/cli/main.ts'), 'migrate', 'exports', '--out', 'generated', '--engine', 'none', '--quiet'], { cwd: folder })
		for (const unit of await compiler.units(checkout, defaultConfig)) {
			const { files, jobs } = await compiler.generate(unit, checkout, defaultConfig, undefined, signal)
			expect(jobs.length).toBeGreaterThan(0)
			for (const [file, bytes] of files) expect(new TextDecoder().decode(bytes), file).toBe(readFileSync(path.join(folder, file), 'utf8'))
		}
	})
})
