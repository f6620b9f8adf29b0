import { afterEach, describe, expect, it } from 'vitest'
import type { UnitInput } from '#bot/bot.ts'
import { configText } from '#bot/onboarding/config-text.ts'
import { detected } from '#bot/onboarding/found.ts'
import { onboard, onboardingBranch } from '#bot/onboarding/onboard.ts'
import { parseConfig } from '#config/parse.ts'
import { defaultConfig } from '#config/schema.ts'
import type { BotScene } from '../../support/bot-scene.ts'
import { botScene, dsx } from '../../support/bot-scene.ts'

let scene: BotScene
afterEach(() => scene.close())

const files = {
	'exports/retail/daily.dsx': dsx('Daily', { Read: 'copy' }),
	'exports/retail/weekly.dsx': dsx('Weekly', { Read: 'copy' }),
	'exports/web/orders.dsx': dsx('Orders', { Read: 'copy' }),
}
const pulls = async () => (await scene.state()).issues

describe('onboarding', () => {
	it('offers a config with what it found, once', async () => {
		scene = await botScene({ config: null, files })
		expect(await onboard(scene.bot)).toBe('offered')
		const [pull] = await pulls()
		await expect(pull?.body).toMatchFileSnapshot('goldens/pull-request.md')
		const { refs } = await scene.state()
		const text = refs[`refs/heads/${onboardingBranch}`]?.files['.github/reglue.yml'] ?? ''
		await expect(text).toMatchFileSnapshot('goldens/reglue.yml')
		scene.twin.journal.clear()
		expect(await onboard(scene.bot)).toBe('offered before')
		expect(scene.twin.journal.writes()).toEqual([])
	})

	it('follows the exports while it is open, and leaves a config alone that people changed', async () => {
		scene = await botScene({ config: null, files })
		await onboard(scene.bot)
		await scene.dana.commit(scene.repository, 'main', { 'legacy/load.dsx': dsx('Load', { Read: 'copy' }) })
		expect(await onboard(scene.bot)).toBe('offered')
		const config = async () => (await scene.state()).refs[`refs/heads/${onboardingBranch}`]?.files['.github/reglue.yml']
		expect(await config()).toContain('- legacy/**/')
		await scene.dana.commit(scene.repository, onboardingBranch, { '.github/reglue.yml': 'unit: folder\n' })
		expect(await onboard(scene.bot)).toBe('offered before')
		expect(await config()).toBe('unit: folder\n')
	})

	it('offers nothing where somebody pushes a config while it looks', async () => {
		scene = await botScene({ config: null, files })
		const { forge } = scene
		const ref: typeof forge.ref = async (name) => {
			await scene.dana.commit(scene.repository, 'main', { '.github/reglue.yml': 'unit: folder\n' })
			return forge.ref(name)
		}
		expect(await onboard({ ...scene.bot, repository: { ...forge, ref } })).toBe('nothing to do')
		expect(await pulls()).toEqual([])
	})

	it('takes a closed pull request for a no, and a merged one for the end', async () => {
		scene = await botScene({ config: null, files })
		await onboard(scene.bot)
		await scene.dana.closePull(scene.repository, 1)
		expect(await onboard(scene.bot)).toBe('declined')
		expect(await pulls()).toHaveLength(1)
	})

	it('has nothing to offer without exports, with a config, and in an archived repository', async () => {
		scene = await botScene({ config: null })
		expect(await onboard(scene.bot)).toBe('no exports')
		await scene.dana.commit(scene.repository, 'main', { '.github/reglue.yml': '', ...files })
		expect(await onboard(scene.bot)).toBe('nothing to do')
		scene.repository.archived = true
		expect(await onboard(scene.bot)).toBe('nothing to do')
		expect(await pulls()).toEqual([])
	})
})

describe('a detected config', () => {
	const unit = (...exports: readonly string[]): UnitInput => ({ name: 'u', files: exports, companions: [], input: 'x' })
	const sources = (...exports: readonly string[]) =>
		detected([unit(...exports)], 'main').sources?.map((glob) => glob.replace(/\{.*/, ''))

	it.each([
		[['a/b/x.dsx', 'a/b/c/y.dsx'], ['a/b/**/*.']],
		[
			['a/x.dsx', 'b/y.dtsx', 'c/z.isx'],
			['a/**/*.', 'b/**/*.', 'c/**/*.'],
		],
		[['x.dsx', 'y.dsx'], ['*.']],
		[
			['x.dsx', 'a/y.dsx'],
			['a/**/*.', '*.'],
		],
		[
			['1/a.dsx', '2/a.dsx', '3/a.dsx', '4/a.dsx', '5/a.dsx', '6/a.dsx'],
			['**/*.', '**/'],
		],
		[['odd[1]/x.dsx'], ['**/*.', '**/']],
		[['data_intg_flow/Load'], ['*.', '']],
		[['p/data_intg_flow/Load'], ['p/**/*.', 'p/**/']],
	])('%j are found by %j', (exports, globs) => {
		expect(sources(...exports)).toEqual(globs)
	})

	it('is valid as it is, and with every comment taken away', () => {
		const text = configText({ sources: ['exports/**/*.dsx'], branch: 'trunk' })
		expect(parseConfig(text, 'reglue.yml').config).toEqual({
			...defaultConfig,
			sources: ['exports/**/*.dsx'],
			branch: 'trunk',
		})
		const all = text.replace(/^# (?=[a-z_]+:| {2})/gm, '')
		expect(parseConfig(all, 'reglue.yml').diagnostics).toEqual([])
		expect(Object.keys(defaultConfig).every((key) => new RegExp(`^${key}:`, 'm').test(all))).toBe(true)
	})
})
