import { afterEach, describe, expect, it } from 'vitest'
import { memoryRef } from '#bot/reconcile/memory.ts'
import { reconcile } from '#bot/reconcile/reconcile.ts'
import type { BotScene, BotSceneOptions } from '../support/bot-scene.ts'
import { botScene, dsx } from '../support/bot-scene.ts'
import { stubCompiler } from '../support/stub-compiler.ts'

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

const daily = (what: string) => ({ 'exports/daily.dsx': dsx('Daily', { Read: 'copy', Sum: what }) })
const quiet = (more = '') => ({ '.github/reglue.yml': `version: 1\ndashboard: false\n${more}` })
const writes = () => scene.twin.journal.writes().length

describe('what changes nothing', () => {
	it('is generated once, remembered in one commit of our own, and not generated again', async () => {
		await set({ files: daily('add') })
		await reconcile(scene.bot)
		const head = (await scene.state()).refs['refs/heads/reglue/exports-daily']
		await scene.dana.commit(scene.repository, 'main', quiet('connections: { DW: { dialect: oracle } }\n'))
		scene.twin.journal.clear()
		expect(await reconcile(scene.bot)).toMatchObject({ units: [{ state: 'open', wrote: false }], written: [] })
		expect(scene.twin.journal.writes().map(({ operation }) => operation)).toEqual([
			'POST /repos/{owner}/{repo}/git/trees',
			'POST /repos/{owner}/{repo}/git/commits',
			'POST /repos/{owner}/{repo}/git/refs',
		])
		expect(scene.calls.generate).toBe(2)
		scene.twin.journal.clear()
		await reconcile(scene.another())
		expect({ writes: writes(), generated: scene.calls.generate }).toEqual({ writes: 0, generated: 2 })
		expect((await scene.state()).refs['refs/heads/reglue/exports-daily']).toEqual(head)
	})

	it('of merged units is asked of the compiler once after an update of Reglue', async () => {
		await set({ files: daily('add') })
		await reconcile(scene.bot)
		await scene.dana.merge(scene.repository, 1)
		const updated = scene.another({ compiler: stubCompiler(() => '2.0.0') })
		await reconcile(updated)
		scene.twin.journal.clear()
		const calls = stubCompiler(() => '2.0.0')
		expect(await reconcile(scene.another({ compiler: calls }))).toMatchObject({ units: [{ state: 'merged' }] })
		expect({ writes: writes(), generated: calls.calls.generate }).toEqual({ writes: 0, generated: 0 })
	})

	it('is looked at again when the memory of it is lost', async () => {
		await set({ files: daily('add') })
		await reconcile(scene.bot)
		await scene.dana.commit(scene.repository, 'main', quiet('connections: { DW: { dialect: oracle } }\n'))
		await reconcile(scene.bot)
		await scene.forge.deleteRef(memoryRef, (await scene.forge.ref(memoryRef)) ?? '')
		await reconcile(scene.bot)
		expect(scene.calls.generate).toBe(3)
		expect(await scene.forge.ref(memoryRef)).toBeDefined()
	})

	it('is not written by a second recreate', async () => {
		await set({ files: daily('add') })
		await reconcile(scene.bot)
		const script = 'generated/exports-daily/glue_jobs/daily.py'
		await scene.dana.commit(scene.repository, 'reglue/exports-daily', { [script]: 'mine\n' })
		expect(await reconcile(scene.bot, { mode: 'recreate' })).toMatchObject({ units: [{ wrote: true }] })
		scene.twin.journal.clear()
		expect(await reconcile(scene.bot, { mode: 'recreate' })).toMatchObject({ units: [{ wrote: false }] })
		expect(writes()).toBe(0)
	})
})
