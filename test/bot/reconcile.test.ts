import { afterEach, describe, expect, it } from 'vitest'
import { reconcile } from '#bot/reconcile/reconcile.ts'
import type { BotScene, BotSceneOptions } from '../support/bot-scene.ts'
import { botScene, dsx } from '../support/bot-scene.ts'

let scene: BotScene
const set = async (options: BotSceneOptions) => {
	scene = await botScene(options)
}
afterEach(() => scene.close())

describe('the first push', () => {
	it('makes branch, commit, pull request and pristine ref, and nothing the second time', async () => {
		await set({ files: { 'exports/daily.dsx': dsx('Daily', { Read: 'copy' }) } })
		const done = await reconcile(scene.bot)
		expect(done).toMatchObject({ kind: 'done', units: [{ unit: 'exports-daily', state: 'open' }], written: [1] })
		const { refs, issues } = await scene.state()
		expect(Object.keys(refs)).toEqual([
			'refs/heads/main',
			'refs/heads/reglue/exports-daily',
			'refs/reglue/pristine/exports-daily',
		])
		expect(issues[0]).toMatchObject({ title: 'Migrate Daily to AWS Glue', head: 'reglue/exports-daily', state: 'open' })
		scene.twin.journal.clear()
		expect(await reconcile(scene.bot)).toMatchObject({ units: [{ state: 'open' }], written: [] })
		expect(scene.twin.journal.writes()).toEqual([])
		expect(scene.calls.generate).toBe(1)
	})

	it('does nothing without a config, with a broken one, and in an archived repository', async () => {
		await set({ config: null, files: { 'exports/daily.dsx': dsx('Daily', { Read: 'copy' }) } })
		expect(await reconcile(scene.bot)).toMatchObject({ kind: 'idle', why: 'no-config' })
	})
})
