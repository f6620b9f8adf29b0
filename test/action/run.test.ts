import { afterEach, describe, expect, it } from 'vitest'
import type { ActionEvent } from '#action/event.ts'
import { runAction } from '#action/run.ts'
import { outputsOf, resultOf, summaryOf } from '#action/summary.ts'
import type { BotScene } from '../support/bot-scene.ts'
import { botScene, dsx } from '../support/bot-scene.ts'

const push: ActionEvent = {
	name: 'push',
	repository: { owner: 'acme', name: 'etl' },
	works: [{ kind: 'push', branch: 'main' }],
	isFromFork: false,
}
const exports = { 'exports/daily.dsx': dsx('Daily', { Read: 'copy' }) }

describe('a run of the Action', () => {
	let scene: BotScene
	afterEach(() => scene.close())

	it('makes the pull request of a push and runs its evidence at once: its own push starts no workflow', async () => {
		scene = await botScene({ files: exports })
		const facts = await runAction(scene.bot, push)
		expect(facts).toMatchObject({ problems: [], links: [], pulls: [{ number: 1, state: 'open' }] })
		const [pull] = await scene.forge.pullRequests({ state: 'open' })
		expect(await scene.forge.checkRuns(pull?.head.commit ?? '', 'reglue')).toMatchObject([
			{ status: 'completed', conclusion: 'success' },
		])
		expect(resultOf(facts)).toBe('success')
		expect(outputsOf(facts, { report: '/tmp/report.json', sarif: '/tmp/reglue.sarif' })).toMatchObject({
			jobs: '1',
			proven: '1',
			opaque: '0',
			result: 'success',
		})
		expect(summaryOf(facts)).toContain('| `Daily` |')
	})

	it('finds what there is to look at on the generated lines of the branch', async () => {
		scene = await botScene({ files: { 'exports/daily.dsx': dsx('Daily', { Read: 'copy', Sum: 'opaque' }) } })
		const { findings } = await runAction(scene.bot, push)
		expect(findings).toMatchObject([
			{
				unit: 'exports-daily',
				rule: 'element/opaque',
				title: 'Daily: Daily/Sum is not translated',
				generated: { file: 'generated/exports-daily/glue_jobs/daily.py', lines: [7, 8] },
				source: { file: 'exports/daily.dsx', lines: [3, 3] },
			},
		])
	})

	it('says so when there is nothing to do', async () => {
		scene = await botScene({ files: exports })
		await runAction(scene.bot, push)
		const facts = await runAction(scene.bot, push)
		expect(facts.jobs).toEqual([])
		expect(resultOf(facts)).toBe('success')
		expect(outputsOf(facts, { report: '', sarif: '' })['pull-requests']).toContain('"number":1')
	})

	it('leaves the branch and a link where the token may not open pull requests', async () => {
		scene = await botScene({ files: exports })
		scene.repository.mayOpenPullRequests = false
		const facts = await runAction(scene.bot, push)
		expect(facts.pulls).toEqual([])
		expect(facts.links).toEqual([expect.stringMatching(/\/acme\/etl\/compare\/main\.\.\.reglue%2F[\w-]+\?expand=1$/)])
		expect(await scene.forge.refs('refs/heads/reglue/')).toHaveProperty('size', 1)
		expect(summaryOf(facts)).toContain('open it by hand')
		expect(resultOf(facts)).not.toBe('failure')
	})

	it('keeps the check of a pull request from a fork for the log and the summary', async () => {
		scene = await botScene({ files: exports })
		await scene.dana.commit(scene.repository, 'change', { 'exports/daily.dsx': dsx('Daily', { Read: 'sort' }) })
		const pull = await scene.forge.openPullRequest({ title: 'Change', body: '', head: 'change', base: 'main' })
		const works = [{ kind: 'pull-request', number: pull.number }] as const
		const facts = await runAction(scene.bot, { ...push, name: 'pull_request', works, isFromFork: true })
		expect(facts.checks).toMatchObject([{ name: 'reglue', commit: pull.head.commit }])
		expect(await scene.forge.checkRuns(pull.head.commit, 'reglue')).toEqual([])
		expect(summaryOf(facts)).toContain(`### ${facts.checks[0]?.title.split(' ')[0] ?? ''}`)
	})

	it('falls back to that where the token turns out not to be allowed to write checks', async () => {
		scene = await botScene({ files: exports })
		await scene.dana.commit(scene.repository, 'change', { README: 'changed\n' })
		const pull = await scene.forge.openPullRequest({ title: 'Change', body: '', head: 'change', base: 'main' })
		const reader = scene.twin.installationToken(scene.installation, {
			contents: 'read',
			pull_requests: 'read',
			checks: 'read',
			issues: 'read',
			metadata: 'read',
		})
		const bot = { ...scene.bot, repository: scene.again({ auth: { kind: 'token', token: reader } }) }
		const works = [{ kind: 'pull-request', number: pull.number }] as const
		const facts = await runAction(bot, { ...push, name: 'pull_request', works })
		expect(facts).toMatchObject({ problems: [], checks: [{ conclusion: 'success' }] })
	})

	it('reports what the forge refuses as a problem, and fails', async () => {
		scene = await botScene({ files: exports })
		const nobody = scene.again({ auth: { kind: 'token', token: 'ghs_wrong' } })
		const facts = await runAction({ ...scene.bot, repository: nobody }, push)
		expect(facts.problems).toEqual([expect.stringMatching(/^push: .*(?:token|credentials)/i)])
		expect(resultOf(facts)).toBe('failure')
	})
})
