import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Compiler } from '#bot/bot.ts'
import { folderCompiler } from '#cli/publish/folder-compiler.ts'
import type { Place } from '#cli/publish/place.ts'
import { openPlace } from '#cli/publish/place.ts'
import type { Published } from '#cli/publish/publish.ts'
import { publish } from '#cli/publish/publish.ts'
import { needsPeople, publishedLines } from '#cli/publish/text.ts'
import { defaultConfig } from '#config/schema.ts'
import type { JobReport } from '#evidence/report.ts'
import { dsx } from '../support/bot-scene.ts'
import { githubScene } from '../support/github-scene.ts'
import { snapshot } from '../support/github-twin/snapshot.ts'
import { jobReportOf } from '../support/job-report.ts'
import type { LocalScene } from '../support/local-scene.ts'
import { localScene } from '../support/local-scene.ts'
import { stubCompiler } from '../support/stub-compiler.ts'

const { signal } = new AbortController()
const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
const config = { ...defaultConfig, dashboard: false }

type Done = Extract<Published, { readonly kind: 'done' }>

async function publishTo(place: Place, compiler: Compiler, folder?: string): Promise<Done> {
	const done = await publish({ place, config, compiler, log, signal, ...(folder === undefined ? {} : { folder }) })
	if (done.kind === 'idle') throw new Error(done.text)
	return done
}

const states = ({ units }: Done) => units.map(({ unit, state }) => [unit, state])

let scene: LocalScene
let place: Place

async function begin(files?: Readonly<Record<string, string>>): Promise<void> {
	scene = await localScene(files)
	place = await openPlace({ forge: 'local', repo: scene.folder }, {}, signal)
}
afterEach(async () => {
	await place.close()
	scene.close()
})

describe('publishing the exports of a repository', () => {
	const daily = { 'exports/daily.dsx': dsx('Daily', { Read: 'copy', Sum: 'declared' }) }
	const both = { ...daily, 'exports/weekly.dsx': dsx('Weekly', { Read: 'copy' }) }
	const run = () => publishTo(place, stubCompiler())

	it('makes a pull request with its check for each unit, and nothing the second time', async () => {
		await begin(both)
		const first = await run()
		expect(first.pulls.map(({ pull, check }) => [pull.number, pull.title, check?.conclusion])).toEqual([
			[1, 'Migrate Daily to AWS Glue', 'neutral'],
			[2, 'Migrate Weekly to AWS Glue', 'success'],
		])
		expect(publishedLines(first)[0]).toBe('#1 Migrate Daily to AWS Glue')
		expect(publishedLines(first).at(-1)).toContain('2 open pull requests. Wrote 2 commits, 2 branches')
		const again = await run()
		expect(again.written).toEqual([])
		expect(publishedLines(again)).toContain('2 open pull requests. Nothing has changed, nothing was written.')
		expect(await scene.git.raw(['show', '--format=', '--name-only', 'reglue/exports-daily'])).toContain('daily.py')
	})

	it('adds a revision where an export changed, and writes to no other pull request', async () => {
		await begin(both)
		await run()
		await scene.commit('main', { 'exports/weekly.dsx': dsx('Weekly', { Read: 'sort' }) })
		const { written } = await run()
		expect(new Set(written.filter(({ kind }) => kind === 'pull request').map(({ id }) => id))).toEqual(new Set([2]))
		expect((await scene.git.log(['main..reglue/exports-weekly'])).total).toBe(2)
	})

	it('keeps people’s edits, on the branch and checked out, and lists what cannot be put together', async () => {
		await begin(both)
		await run()
		const script = 'generated/exports-daily/glue_jobs/daily.py'
		const text = await scene.read('reglue/exports-daily', script)
		await scene.commit('reglue/exports-daily', { [script]: text.replace('# Daily', '# Daily, looked at') })
		await scene.commit('main', { 'exports/daily.dsx': dsx('Daily', { Read: 'copy', Sum: 'sorted' }) })
		await scene.git.checkout('reglue/exports-daily')
		const done = await run()
		expect(done.units.some(needsPeople)).toBe(false)
		const merged = await scene.read('reglue/exports-daily', script)
		expect(merged).toContain('# Daily, looked at')
		expect(merged).toContain("return 'sorted'")
		expect(readFileSync(path.join(scene.folder, script), 'utf8')).toBe(merged)
		await scene.commit('reglue/exports-daily', { [script]: merged.replace("'sorted'", "'by hand'") })
		await scene.commit('main', { 'exports/daily.dsx': dsx('Daily', { Read: 'copy', Sum: 'other' }) })
		const conflict = await run()
		expect(conflict.units.some(needsPeople)).toBe(true)
		expect(publishedLines(conflict)).toContain(`    ${script} was changed by people and generated anew: theirs stays`)
		expect(await scene.read('reglue/exports-daily', script)).toContain("'by hand'")
	})

	it('removes what was made of an export that is gone, or closes its pull request', async () => {
		await begin(both)
		await run()
		await scene.git.raw(['merge', '--quiet', '--no-ff', '-m', 'Merge', 'reglue/exports-daily'])
		expect(states(await run())).toEqual([
			['exports-daily', 'merged'],
			['exports-weekly', 'open'],
		])
		await scene.commit('main', { 'exports/daily.dsx': null, 'exports/weekly.dsx': null })
		const done = await run()
		expect(done.pulls.map(({ pull }) => pull.title)).toEqual(['Remove what was generated for exports-daily'])
		expect(publishedLines(done)).toContain('exports-weekly: its exports are gone; pull request 2 was closed')
		expect((await run()).written).toEqual([])
	})

	it('takes a closed pull request for a no, until its exports change', async () => {
		await begin(daily)
		await run()
		await scene.forge.editPullRequest(1, { state: 'closed' })
		const declined = await run()
		expect([states(declined), declined.written]).toEqual([[['exports-daily', 'declined']], []])
		expect(publishedLines(declined)[0]).toContain('pull request 1 was closed; nothing is written until')
		await scene.commit('main', { 'exports/daily.dsx': dsx('Daily', { Read: 'sort' }) })
		expect((await run()).pulls.map(({ pull }) => pull.number)).toEqual([2])
	})

	it('is not misled by branches of people with hostile names, and says when it has nothing to start from', async () => {
		await begin(daily)
		for (const name of [
			'reglue/--help',
			'reglue/a.batch',
			'reglue/$(id)',
			'reglue/exports-daily/x'.replace('/x', '-x'),
		])
			await scene.git.raw(['update-ref', `refs/heads/${name}`, 'main'])
		expect((await run()).pulls).toHaveLength(1)
		const trunk = { ...config, branch: '--upload-pack=sh' }
		expect(await publish({ place, config: trunk, compiler: stubCompiler(), log, signal })).toMatchObject({
			kind: 'idle',
			text: expect.stringContaining('no branch --upload-pack=sh'),
		})
	})
})

describe('publishing what `reglue migrate` wrote', () => {
	let out = ''
	const job = (level: 'E1' | 'E3'): JobReport => {
		const report = jobReportOf({ name: 'Load', unit: 'retail', id: 'load.dsx#Load' })
		return { ...report, predicted: level === 'E1', evidence: { ...report.evidence, level } }
	}
	const put = (file: string, text: string) => {
		mkdirSync(path.dirname(path.join(out, file)), { recursive: true })
		writeFileSync(path.join(out, file), text)
	}
	const prove = (level: 'E1' | 'E3') =>
		put('.reglue/units/retail.json', JSON.stringify({ input: 'a', exports: 'b', files: [], jobs: [job(level)] }))
	const run = () => publishTo(place, folderCompiler(out, stubCompiler()), out)
	const script = 'generated/retail/glue_jobs/load.py'

	beforeEach(async () => {
		await begin()
		out = mkdtempSync(path.join(tmpdir(), 'publish-'))
		put('retail/reglue.lock.json', '{}\n')
		put('retail/glue_jobs/load.py', 'print(1)\n')
		put('retail/glue_jobs/__pycache__/load.pyc', 'bytes')
		put('terraform/main.tf', '# all\n')
		put('terraform/terraform.tfstate', '{"secret": 1}')
		put('terraform/env/retail-prod.tfvars', 'a = 1\n')
		put('terraform/env/retail-eu-prod.tfvars', 'a = 2\n')
		put('retail-eu/reglue.lock.json', '{"eu": 1}\n')
		prove('E3')
	})
	afterEach(() => rmSync(out, { recursive: true }))

	it('brings the unit, the module and its values into the branch, without what runs left behind', async () => {
		const done = await run()
		expect(states(done)).toEqual([
			['retail', 'open'],
			['retail-eu', 'open'],
		])
		const files = await scene.git.raw(['diff', '--name-only', 'main', 'reglue/retail'])
		expect(files.trim().split('\n')).toEqual([
			script,
			'generated/retail/reglue.lock.json',
			'generated/terraform/env/retail-prod.tfvars',
			'generated/terraform/main.tf',
		])
		expect((await run()).written).toEqual([])
	})

	it('shows new evidence of the same files with a run of its own', async () => {
		prove('E1')
		await run()
		prove('E3')
		const { pulls, written } = await run()
		expect(pulls[0]?.pull.body).toContain('| E3 |')
		expect(written.map(({ kind }) => kind)).toContain('check')
		expect((await run()).written).toEqual([])
	})

	it('does not call proven what people changed on the branch', async () => {
		await run()
		await scene.commit('reglue/retail', { [script]: 'print(2)\n' })
		const { pulls } = await run()
		expect(pulls[0]?.check).toMatchObject({ conclusion: 'neutral', title: 'Nothing has run: 1 job without evidence' })
		expect(pulls[0]?.pull.body).toContain('people changed glue\\_jobs/load.py on the branch')
		expect(await scene.read('reglue/retail', script)).toBe('print(2)\n')
	})

	it('leaves a unit alone whose decisions on the branch are others than those it was made with', async () => {
		await run()
		await scene.commit('reglue/retail', { 'generated/retail/decisions.yml': 'version: 1\n' })
		put('retail/glue_jobs/load.py', 'print(3)\n')
		put('retail/reglue.lock.json', '{"now": 3}\n')
		put('.reglue/units/retail.json', JSON.stringify({ input: 'a', exports: 'c', files: [], jobs: [job('E3')] }))
		const done = await run()
		expect(done.units[0]).toMatchObject({ state: 'failed', why: expect.stringContaining('decisions.yml') })
		expect(done.units.some(needsPeople)).toBe(true)
		expect(await scene.read('reglue/retail', script)).toBe('print(1)\n')
	})

	it('touches no unit that the folder does not have', async () => {
		await run()
		rmSync(path.join(out, 'retail-eu'), { recursive: true })
		expect((await run()).written).toEqual([])
		expect(await scene.forge.pullRequests({ state: 'open' })).toHaveLength(2)
	})
})

describe('publishing on GitHub', () => {
	it('works with a person’s token, which may not post checks: the check is shown', async () => {
		await begin()
		const github = await githubScene({ README: 'hello\n', 'exports/daily.dsx': dsx('Daily', { Read: 'copy' }) })
		const environment = {
			GITHUB_TOKEN: github.twin.person('dana'),
			GITHUB_API_URL: github.twin.url,
			GITHUB_SERVER_URL: github.twin.url,
		}
		const there = await openPlace({ forge: 'github', repo: 'acme/etl' }, environment, signal)
		try {
			expect(there.self).toBe('dana')
			const done = await publishTo(there, stubCompiler())
			expect(done.pulls).toMatchObject([{ isOnlyShown: true, check: { conclusion: 'success' } }])
			expect(publishedLines(done).join('\n')).toContain('may not post checks')
			const { issues, checks } = await snapshot(github.repository)
			expect([issues.length, checks.length]).toEqual([1, 0])
			expect(issues[0]?.body).toContain('| E3 |')
			expect((await publishTo(there, stubCompiler())).written).toEqual([])
		} finally {
			await there.close()
			await github.close()
		}
	}, 120_000)

	it.each([
		[{ forge: 'github', repo: 'acme' }, { GITHUB_TOKEN: 't' }, 'OWNER/NAME'],
		[{ forge: 'github', repo: 'acme/etl' }, {}, 'GITHUB_TOKEN'],
		[{ forge: 'gitlab', repo: 'acme/etl' }, {}, 'there are local and github'],
		[{ forge: 'local', repo: tmpdir() }, {}, 'is not a git repository'],
	])('says what is missing: %j', async (options, environment, words) => {
		await begin()
		await expect(openPlace(options, environment, signal)).rejects.toThrow(words)
	})

	it('asks for the account of a token that does not say it', async () => {
		await begin()
		const github = await githubScene()
		const environment = {
			GITHUB_TOKEN: github.twin.installationToken(github.installation),
			GITHUB_API_URL: github.twin.url,
		}
		const options = { forge: 'github', repo: 'acme/etl' }
		await expect(openPlace(options, environment, signal)).rejects.toThrow('--login')
		const there = await openPlace({ ...options, login: 'reglue[bot]' }, environment, signal)
		expect(there.self).toBe('reglue[bot]')
		await there.close()
		await github.close()
	})
})
