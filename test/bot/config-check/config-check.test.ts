import { afterEach, describe, expect, it } from 'vitest'
import { checkConfigChange } from '#bot/config-check/check-config-change.ts'
import { healConfigIssue } from '#bot/config-check/heal-config-issue.ts'
import { settingsInWords } from '#bot/config-check/words.ts'
import { runWork } from '#bot/run-work.ts'
import { configSchema } from '#config/schema.ts'
import type { BotScene } from '../../support/bot-scene.ts'
import { botScene, dsx } from '../../support/bot-scene.ts'

let scene: BotScene
afterEach(() => scene.close())

async function propose(files: Readonly<Record<string, string>>, removed: readonly string[] = []) {
	await scene.dana.commit(scene.repository, 'settings', files, { from: 'main', removed })
	const wanted = { title: 'Settings', body: 'b', head: 'settings', base: 'main' }
	return scene.forge.openPullRequest(wanted)
}
const checks = async () => (await scene.state()).checks

const broken = `version: 2\nglue:\n  workers: many\nhooks: { before_publish: [make] }\nparameters: { KEY: "\${TOKEN}" }\n`

describe('a pull request that touches the config', () => {
	it('is told every problem at its line', async () => {
		scene = await botScene()
		const pull = await propose({ '.github/reglue.yml': broken })
		expect(await checkConfigChange(scene.bot, pull)).toBe(true)
		expect(await checks()).toMatchObject([
			{ name: 'reglue config', conclusion: 'failure', title: '4 problems in the settings' },
		])
		const [check] = await checks()
		await expect(`${check?.summary}\n\n${JSON.stringify(check?.annotations, undefined, 1)}\n`).toMatchFileSnapshot(
			'goldens/broken.md',
		)
		scene.twin.journal.clear()
		await checkConfigChange(scene.bot, pull)
		expect(scene.twin.journal.writes()).toEqual([])
	})

	it('is told what the settings mean, as far as the operator allows', async () => {
		scene = await botScene()
		const text =
			'branch: main\nglue: { workers: 4 }\nlimits: { open_pull_requests: 50 }\npermissions: { run: admin }\npaths: { /a/: s3://a/ }\n'
		await checkConfigChange(scene.bot, await propose({ '.github/reglue.yml': text }))
		const [check] = await checks()
		expect(check?.conclusion).toBe('success')
		await expect(`${check?.summary}\n`).toMatchFileSnapshot('goldens/valid.md')
	})

	it('is told what it means to remove them, and others are told nothing', async () => {
		scene = await botScene()
		await checkConfigChange(scene.bot, await propose({}, ['.github/reglue.yml']))
		expect(await checks()).toMatchObject([{ conclusion: 'neutral', title: 'The settings are removed' }])
		await scene.dana.commit(scene.repository, 'else', { README: 'x' }, { from: 'main' })
		const other = await scene.forge.openPullRequest({ title: 'Else', body: 'b', head: 'else', base: 'main' })
		expect(await checkConfigChange(scene.bot, other)).toBe(false)
		expect(await checks()).toHaveLength(1)
	})
})

describe('a config on the default branch that is not valid', () => {
	it('is one issue, and nothing else is written until it is mended', async () => {
		scene = await botScene({ config: broken, files: { 'exports/daily.dsx': dsx('Daily', { Read: 'copy' }) } })
		await runWork(scene.bot, { kind: 'push', branch: 'main' })
		await runWork(scene.bot, { kind: 'push', branch: 'main' })
		const { issues, refs } = await scene.state()
		expect(issues).toHaveLength(1)
		expect(Object.keys(refs)).toEqual(['refs/heads/main'])
		const text = issues[0]?.body.replaceAll(scene.twin.url, 'https://github.example')
		await expect(text).toMatchFileSnapshot('goldens/issue.md')

		await scene.dana.commit(scene.repository, 'main', { '.github/reglue.yml': 'dashboard: false\n' })
		await runWork(scene.bot, { kind: 'push', branch: 'main' })
		expect((await scene.state()).issues.map(({ state, title }) => [state, title])).toEqual([
			['closed', 'Mend .github/reglue.yml'],
			['open', 'Migrate Daily to AWS Glue'],
		])
	})

	it('stays closed where people closed it, until there is something new to say', async () => {
		scene = await botScene({ config: broken })
		const state = async () => (await scene.state()).issues.map((issue) => issue.state)
		expect(await healConfigIssue(scene.bot)).toMatchObject({ state: 'broken' })
		await scene.forge.editIssue(1, { state: 'closed' })
		await healConfigIssue(scene.bot)
		expect(await state()).toEqual(['closed'])
		await scene.dana.commit(scene.repository, 'main', { '.github/reglue.yml': 'unit: galaxy\n' })
		await healConfigIssue(scene.bot)
		expect(await state()).toEqual(['open'])
		await scene.dana.commit(scene.repository, 'main', { '.github/reglue.yml': '' })
		expect(await healConfigIssue(scene.bot)).toMatchObject({ state: 'ready' })
		await scene.dana.commit(scene.repository, 'main', { '.github/reglue.yml': 'unit: galaxy\n' })
		await healConfigIssue(scene.bot)
		expect(await state()).toEqual(['open'])
	})
})

it('words leave out what is usual', () => {
	const config = configSchema.parse({ engine: { check: 'none' }, outputs: { terraform: false, documentation: false } })
	expect(settingsInWords(config).join('\n')).toContain('The check runs nothing')
	expect(settingsInWords(config).join('\n')).not.toContain('Terraform')
})
