import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sqliteStore } from '#queue/sqlite/store.ts'
import type { Claim, NewWork, WorkStore } from '#queue/store.ts'

let folder: string
let now: number
let store: WorkStore
const stores: WorkStore[] = []

const open = (): WorkStore => {
	const opened = sqliteStore({ file: path.join(folder, 'queue.sqlite'), now: () => now })
	stores.push(opened)
	return opened
}

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'reglue-queue-'))
	now = 1_000_000
	store = open()
})
afterEach(() => {
	for (const opened of stores.splice(0)) opened.close()
	rmSync(folder, { recursive: true, force: true })
})

const work = (key: string, more: Partial<NewWork> = {}): NewWork => ({
	lane: 'repository 1, writes',
	scope: 'installation 1',
	pool: 'write',
	key,
	inOrder: false,
	background: false,
	kind: key.split(' ')[0] ?? key,
	content: key,
	...more,
})
const lease = 30_000
const claim = (from = store, owner = 'a', pool = 'write') => from.claim({ pool, owner, lease })
const claimed = async (from = store, owner = 'a', pool = 'write'): Promise<Claim> => {
	const found = await claim(from, owner, pool)
	if (found === undefined) throw new Error('there is nothing to claim')
	return found
}
const receive = (id: string, ...works: readonly NewWork[]) => store.receive({ id, event: 'push' }, works)

describe('a delivery', () => {
	it('is kept with its work, and its work comes out once', async () => {
		expect(await receive('d1', work('push main'))).toBe('stored')
		const { kind, content, attempt, fence, waited } = await claimed()
		expect({ kind, content, attempt, fence, waited }).toEqual({
			kind: 'push',
			content: 'push main',
			attempt: 1,
			fence: 1,
			waited: 0,
		})
		expect(await claim()).toBeUndefined()
	})

	it('that comes again before its work is done adds nothing', async () => {
		await receive('d1', work('push main'))
		expect(await receive('d1', work('push main'))).toBe('unfinished')
		const held = await claimed()
		expect(await receive('d1', work('push main'))).toBe('unfinished')
		await store.finish(held, 'done')
		expect(await receive('d1', work('push main'))).toBe('finished')
		expect(await claim()).toBeUndefined()
	})

	it('that comes again after its work was given up has it tried again', async () => {
		await receive('d1', work('push main'))
		await store.finish(await claimed(), 'failed')
		expect((await store.counts()).failed).toBe(1)
		expect(await receive('d1', work('push main'))).toBe('unfinished')
		expect((await claimed()).attempt).toBe(1)
	})

	it('without work is finished when it comes again', async () => {
		expect(await receive('d1')).toBe('stored')
		expect(await receive('d1')).toBe('finished')
		expect(await store.known(['d1', 'd2'])).toEqual(new Set(['d1']))
	})

	it('outlives the process', async () => {
		await receive('d1', work('push main'))
		store.close()
		stores.length = 0
		store = open()
		expect(await receive('d1', work('push main'))).toBe('unfinished')
		expect((await claimed()).content).toBe('push main')
	})
})

describe('works of one key', () => {
	it('are one while they wait', async () => {
		for (const id of ['d1', 'd2', 'd3']) await receive(id, work('push main'))
		await store.finish(await claimed(), 'done')
		expect(await claim()).toBeUndefined()
		for (const id of ['d1', 'd2', 'd3']) expect(await receive(id, work('push main'))).toBe('finished')
	})

	it('are two when the first has begun: it may not have seen what the second tells', async () => {
		await receive('d1', work('push main'))
		const first = await claimed()
		await receive('d2', work('push main'))
		await store.finish(first, 'done')
		expect(await receive('d2', work('push main'))).toBe('unfinished')
		expect((await claimed()).work).not.toBe(first.work)
	})

	it('are two in two lanes', async () => {
		await receive('d1', work('push main'), work('push main', { lane: 'repository 2, writes' }))
		await claimed()
		expect((await claimed()).lane).toBe('repository 2, writes')
	})
})

describe('a lane', () => {
	it('has one worker at a time, and goes in the order of arrival', async () => {
		await receive('d1', work('push main'))
		await receive('d2', work('command 7', { inOrder: true }))
		const first = await claimed()
		expect(await claim()).toBeUndefined()
		await store.finish(first, 'done')
		expect((await claimed()).content).toBe('command 7')
	})

	it('of another pool does not wait for it', async () => {
		await receive('d1', work('push main'), work('command 7', { lane: 'repository 1, reads', pool: 'read' }))
		await claimed()
		expect(await claim()).toBeUndefined()
		expect((await claimed(store, 'a', 'read')).content).toBe('command 7')
	})

	it('goes to another worker when its holder is silent for too long', async () => {
		await receive('d1', work('push main'))
		const first = await claimed(store, 'a')
		now += lease
		const second = await claimed(open(), 'b')
		expect(second).toMatchObject({ work: first.work, attempt: 2, fence: 2, owner: 'b' })
		expect(await store.holds(first)).toBe(false)
		expect(await store.renew(first, lease)).toBe(false)
		expect(await store.finish(first, 'done')).toBe(false)
		expect(await store.giveBack(first, { notBefore: 0, counted: true })).toBe(false)
		expect(await store.holds(second)).toBe(true)
		expect(await store.finish(second, 'done')).toBe(true)
	})

	it('stays with a holder that renews its lease', async () => {
		await receive('d1', work('push main'))
		const held = await claimed()
		for (let beat = 0; beat < 5; beat++) {
			now += lease - 1
			expect(await store.renew(held, lease)).toBe(true)
		}
		expect(await claim(open(), 'b')).toBeUndefined()
	})

	it('is free again when its work is given back, which may count as a try or not', async () => {
		await receive('d1', work('push main'))
		await store.giveBack(await claimed(), { notBefore: now, counted: false })
		const again = await claimed()
		expect(again.attempt).toBe(1)
		await store.giveBack(again, { notBefore: now + 5000, counted: true })
		expect(await claim()).toBeUndefined()
		now += 5000
		expect((await claimed()).attempt).toBe(2)
	})
})

describe('order', () => {
	const command = (comment: number) => work(`command ${comment}`, { inOrder: true })

	it('of commands holds while the first of them waits to be tried again; other work goes on', async () => {
		await receive('d1', command(1))
		await receive('d2', command(2))
		await receive('d3', work('push main'))
		await store.giveBack(await claimed(), { notBefore: now + 60_000, counted: true })
		const push = await claimed()
		expect(push.content).toBe('push main')
		await store.finish(push, 'done')
		expect(await claim()).toBeUndefined()
		now += 60_000
		for (const comment of [1, 2]) {
			const held = await claimed()
			expect(held.content).toBe(`command ${comment}`)
			await store.finish(held, 'done')
		}
	})

	it('puts background work last', async () => {
		await store.add([work('sweep', { background: true, lane: 'repository 2, writes' })])
		await receive('d1', work('push main'))
		expect((await claimed()).content).toBe('push main')
		expect((await claimed()).content).toBe('sweep')
	})

	it('shows what waits, in order', async () => {
		await receive('d1', work('push main'), command(1), work('command 2', { lane: 'repository 1, reads', pool: 'read' }))
		await claimed()
		const lanes = ['repository 1, writes', 'repository 1, reads']
		expect(await store.waiting(lanes)).toEqual([
			{ key: 'push main', kind: 'push', running: true },
			{ key: 'command 1', kind: 'command', running: false },
			{ key: 'command 2', kind: 'command', running: false },
		])
	})
})

describe('a scope', () => {
	it('that is parked runs nothing until its time, and nobody else waits for it', async () => {
		await receive('d1', work('push main'))
		await receive('d2', work('push main', { lane: 'repository 9, writes', scope: 'installation 2' }))
		await store.park('installation 1', now + 60_000)
		expect((await claimed()).scope).toBe('installation 2')
		expect(await claim()).toBeUndefined()
		expect((await store.counts()).parked).toBe(1)
		now += 60_000
		expect((await claimed()).scope).toBe('installation 1')
	})

	it('can be forgotten, whole or by lanes; what runs is left to its end', async () => {
		await receive('d1', work('push main'))
		await receive('d2', work('push dev'))
		await receive('d3', work('push main', { lane: 'repository 2, writes' }))
		await claimed()
		expect(await store.drop('installation 1', ['repository 2, writes'])).toBe(1)
		expect(await store.drop('installation 1')).toBe(1)
		expect(await store.counts()).toMatchObject({ waiting: 0, running: 1 })
		expect(await receive('d2', work('push dev'))).toBe('finished')
	})
})

describe('the file', () => {
	it('is readable for its owner alone', () => {
		expect(statSync(path.join(folder, 'queue.sqlite')).mode & 0o777).toBe(0o600)
	})

	it('of a newer version is refused', () => {
		const file = path.join(folder, 'newer.sqlite')
		const database = new DatabaseSync(file)
		database.exec('PRAGMA user_version = 99')
		database.close()
		expect(() => sqliteStore({ file })).toThrow('of version 99')
	})

	it('forgets what ended long ago, and nothing that waits', async () => {
		await receive('d1', work('push main'))
		await receive('d2', work('push dev'))
		await store.finish(await claimed(), 'done')
		now += 10 * 86_400_000
		await store.prune(now - 7 * 86_400_000)
		expect(await store.known(['d1', 'd2'])).toEqual(new Set(['d2']))
		expect((await claimed()).content).toBe('push dev')
	})

	it('counts what there is, and how long the oldest has been waiting', async () => {
		await receive('d1', work('push main'))
		await receive('d2', work('push dev', { lane: 'repository 2, writes' }))
		now += 2500
		await claimed()
		expect(await store.counts()).toEqual({ waiting: 1, running: 1, failed: 0, parked: 0, oldest: 2500 })
	})
})
