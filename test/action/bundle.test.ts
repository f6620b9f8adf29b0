/** The Action as people run it: the one bundled file, in a process of its own, against the twin. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundle } from '../../scripts/bundle/bundle.ts'
import type { Scene } from '../support/github-scene.ts'
import { githubScene } from '../support/github-scene.ts'

const root = path.resolve(import.meta.dirname, '../..')

describe('the bundled Action', () => {
	let folder = ''
	let scene: Scene
	beforeAll(async () => {
		folder = mkdtempSync(path.join(tmpdir(), 'action-'))
		writeFileSync(path.join(folder, 'index.mjs'), await bundle(root))
		scene = await githubScene({
			README: 'hello\n',
			'exports/daily_sales.dsx': readFileSync(path.join(root, 'examples/datastage-retail/daily_sales.dsx'), 'utf8'),
		})
	}, 120_000)
	afterAll(async () => {
		await scene.close()
		rmSync(folder, { recursive: true, force: true })
	})

	async function run(name: string, payload: unknown, inputs: Readonly<Record<string, string>> = {}) {
		const files = { GITHUB_EVENT_PATH: 'event.json', GITHUB_OUTPUT: 'output', GITHUB_STEP_SUMMARY: 'summary' }
		const paths = Object.fromEntries(Object.entries(files).map(([key, file]) => [key, path.join(folder, file)]))
		for (const file of Object.values(paths)) writeFileSync(file, file.endsWith('.json') ? JSON.stringify(payload) : '')
		const token = scene.twin.installationToken(scene.installation)
		const given = { token, login: 'reglue[bot]', engine: 'check: none', ...inputs }
		const child = spawn(process.execPath, [path.join(folder, 'index.mjs')], {
			cwd: folder,
			env: {
				PATH: process.env['PATH'] ?? '',
				...paths,
				...Object.fromEntries(Object.entries(given).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value])),
				GITHUB_EVENT_NAME: name,
				GITHUB_REPOSITORY: 'acme/etl',
				GITHUB_API_URL: scene.twin.url,
				GITHUB_SERVER_URL: scene.twin.url,
				RUNNER_TEMP: folder,
			},
		})
		let log = ''
		child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()))
		child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()))
		const code = await new Promise((resolve) => child.on('close', resolve))
		return {
			code,
			log: log.replace(`::add-mask::${token}`, ''),
			token,
			output: readFileSync(paths['GITHUB_OUTPUT'] ?? '', 'utf8'),
			summary: readFileSync(paths['GITHUB_STEP_SUMMARY'] ?? '', 'utf8'),
		}
	}

	const push = { repository: { id: 1, full_name: 'acme/etl' }, ref: 'refs/heads/main' }

	it('turns a push into a pull request with generated files, and tells later steps', async () => {
		const { code, log, token, output, summary } = await run('push', push)
		expect(log).not.toContain('::error')
		expect(code).toBe(0)
		expect(log).not.toContain(token)
		const [pull] = await scene.forge.pullRequests({ state: 'open' })
		const files = await scene.forge.tree(pull?.head.commit ?? '')
		expect([...files.keys()]).toContain('generated/exports-daily-sales/glue_jobs/daily_sales.py')
		expect(output).toMatch(/pull-requests<<.*\n\[\{"number":1,/)
		expect(output).toMatch(/jobs<<.*\n1\n/)
		const sarif = /sarif<<.*\n(.*)\n/.exec(output)?.[1] ?? ''
		expect(JSON.parse(readFileSync(sarif, 'utf8'))).toMatchObject({
			version: '2.1.0',
			runs: [{ automationDetails: { id: 'reglue/exports-daily-sales/' } }],
		})
		expect(summary).toContain('| `DailySales` |')
	}, 180_000)

	it('names an input that is wrong, and writes nothing', async () => {
		const { code, log } = await run('push', push, { output: '../outside' })
		expect(code).toBe(1)
		expect(log).toContain('The input `output` is not valid.')
	}, 60_000)
})
