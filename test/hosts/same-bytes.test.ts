/** App, Action and command line on the same push: the same files, the same words. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { configOf } from '#action/inputs.ts'
import { runAction } from '#action/run.ts'
import type { RunningApp } from '#app/app.ts'
import { openWorkspaces } from '#app/workspace/workspace.ts'
import type { Compiler } from '#bot/bot.ts'
import { pipelineCompiler } from '#bot/compiler/compiler.ts'
import { runWork } from '#bot/run-work.ts'
import { openPlace } from '#cli/publish/place.ts'
import { publish } from '#cli/publish/publish.ts'
import { loadConfig } from '#config/load.ts'
import { examples, reglue } from '../cli/reglue.ts'
import type { AppScene } from '../support/app-scene.ts'
import { appScene } from '../support/app-scene.ts'
import { testBot } from '../support/bot-scene.ts'
import { githubScene } from '../support/github-scene.ts'
import { git } from '../support/github-twin/git.ts'
import type { Repository } from '../support/github-twin/state.ts'
import { localScene } from '../support/local-scene.ts'

const { signal } = new AbortController()
const config = 'version: 1\nengine: { check: none }\n'
const files = {
	README: 'hello\n',
	'.github/reglue.yml': config,
	'legacy/daily_sales.dsx': readFileSync(path.join(examples, 'datastage-retail/daily_sales.dsx'), 'utf8'),
	'legacy/orders/LoadOrders.dtsx': readFileSync(path.join(examples, 'ssis-orders/LoadOrders.dtsx'), 'utf8'),
}
const compiler = pipelineCompiler({ engine: () => undefined, size: 1 })
afterAll(() => compiler.close())

/** Evidence as if everything had run. */
const proving: Compiler = {
	...compiler,
	prove: async (request) =>
		(await compiler.prove(request)).map((job) => ({
			...job,
			predicted: false,
			evidence: {
				level: 'E3',
				reached: ['E0', 'E1', 'E2', 'E3'],
				rows_compared: 120,
				effects_compared: 2,
				outputs: [{ name: 'out', expected: 60, actual: 60, equal: true }],
				branches: { covered: 7, total: 8, unreached: ['the constraint of lnkSales is null'] },
			},
		})),
}

interface End {
	/** Tree of each branch. */
	readonly trees: Readonly<Record<string, string>>
	readonly pulls: readonly { readonly title: string; readonly body: string }[]
	/** Conclusion, title and summary of each, in the order of these words. */
	readonly checks: readonly string[]
}

/** Commits have a date and an author, so their ids are others each time. */
const withoutIds = (text: string): string => text.replace(/\b[0-9a-f]{40}\b/g, '<id>')

async function treesOf(folder: string): Promise<End['trees']> {
	const refs = (await git(folder, ['for-each-ref', '--format=%(refname)', 'refs/heads/reglue', 'refs/reglue'])).trim()
	const trees = refs.split('\n').map(async (ref) => {
		const tree = (await git(folder, ['rev-parse', `${ref}^{tree}`])).trim()
		return [ref, tree] as const
	})
	return Object.fromEntries(await Promise.all(trees))
}

const checkText = (run: {
	readonly conclusion?: string | null | undefined
	readonly title?: string | null | undefined
	readonly summary?: string | null | undefined
}): string => [run.conclusion, run.title, run.summary].join('\n')

async function onGitHub(repository: Repository): Promise<End> {
	const issues = [...repository.issues.values()]
	return {
		trees: await treesOf(repository.folder),
		pulls: issues.map(({ title, body }) => ({ title, body: withoutIds(body ?? '') })),
		checks: [...repository.checkRuns.values()].map(checkText).sort(),
	}
}

async function app(used: Compiler): Promise<End> {
	const scene = await appScene({ run: (bot, work) => runWork({ ...bot, compiler: used }, work) })
	try {
		await scene.dana.commit(scene.repository, 'main', files)
		const running = await scene.start()
		await scene.deliver(running)
		// Reading exports takes a while where the machine has much to do.
		await idle(scene, running)
		return await onGitHub(scene.repository)
	} finally {
		await scene.close()
	}
}

async function idle(scene: AppScene, running: RunningApp): Promise<void> {
	for (let round = 1; ; round++) {
		try {
			await scene.idle(running)
			return
		} catch (error) {
			if (round === 20) throw new Error(`${String(error)}\n${scene.log()}`)
		}
	}
}

async function action(used: Compiler): Promise<End> {
	const scene = await githubScene(files)
	const workspaces = await openWorkspaces(mkdtempSync(path.join(tmpdir(), 'same-bytes-')), {
		files: 1000,
		fileBytes: 1e8,
		checkoutBytes: 1e9,
		milliseconds: 120_000,
	})
	try {
		const token = () => Promise.resolve(scene.twin.installationToken(scene.installation))
		const source = { repository: 1, url: `${scene.twin.url}/acme/etl.git`, token }
		const given = configOf(config, () => '', 'reglue.yml').config
		const bot = testBot({
			repository: scene.forge,
			workspace: workspaces.of(source, signal),
			compiler: used,
			...(given === undefined ? {} : { config: given }),
		})
		const works = [{ kind: 'push', branch: 'main' }] as const
		const facts = await runAction(bot, {
			name: 'push',
			repository: { owner: 'acme', name: 'etl' },
			works,
			isFromFork: false,
		})
		expect(facts.problems).toEqual([])
		return await onGitHub(scene.repository)
	} finally {
		await workspaces.close()
		await scene.close()
	}
}

/** @param used absent: as a process of its own */
async function commandLine(used: Compiler | undefined): Promise<End> {
	const scene = await localScene(files)
	try {
		if (used === undefined) {
			const { code, error } = await reglue(['publish', '--forge', 'local', '--repo', '.'], { cwd: scene.folder })
			expect([error, code]).toEqual(['', 0])
		} else {
			const place = await openPlace({ forge: 'local', repo: scene.folder }, {}, signal)
			const { config: near } = loadConfig(scene.folder)
			if (near === undefined) throw new Error('the config is valid')
			const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
			await publish({ place, config: near, compiler: used, log, signal })
			await place.close()
		}
		const pulls = await scene.forge.pullRequests({ state: 'all' })
		const issues = await scene.forge.issues({ state: 'all' })
		const runs = await Promise.all(pulls.map(({ head }) => scene.forge.checkRuns(head.commit, 'reglue')))
		return {
			trees: await treesOf(path.join(scene.folder, '.git')),
			pulls: [...pulls, ...issues]
				.toSorted((left, right) => left.number - right.number)
				.map(({ title, body }) => ({ title, body: withoutIds(body) })),
			checks: runs.flat().map(checkText).sort(),
		}
	} finally {
		scene.close()
	}
}

describe('App, Action and command line', () => {
	it.each([
		['nothing runs', compiler, undefined],
		['everything is proven', proving, proving],
	] as const)(
		'give the same trees, pull requests, dashboard and checks: %s',
		async (_what, used, inCli) => {
			const [fromApp, fromAction, fromCli] = [await app(used), await action(used), await commandLine(inCli)]
			expect(Object.keys(fromApp.trees)).toEqual(
				expect.arrayContaining(['refs/heads/reglue/legacy-daily-sales', 'refs/heads/reglue/legacy-orders']),
			)
			expect(fromApp.pulls).toHaveLength(3)
			expect(fromAction).toEqual(fromApp)
			expect(fromCli).toEqual(fromApp)
		},
		900_000,
	)
})
