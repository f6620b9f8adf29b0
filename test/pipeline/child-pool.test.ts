import { afterEach, describe, expect, it } from 'vitest'
import type { ChildPool } from '#pipeline/child-pool.ts'
import { childPool } from '#pipeline/child-pool.ts'

interface Request {
	readonly do: 'double' | 'throw' | 'hang' | 'eat' | 'step'
	readonly value?: bigint
}
interface Response {
	readonly doubled: bigint
	readonly pid: number
}

const pools: ChildPool<Request, Response>[] = []

function open(options: { readonly size?: number; readonly seconds?: number; readonly signal?: AbortSignal } = {}) {
	const pool = childPool<Request, Response>({
		script: new URL('fixtures/child.ts', import.meta.url),
		size: 1,
		memoryMb: 64,
		seconds: 20,
		...options,
	})
	pools.push(pool)
	return pool
}

afterEach(() => {
	for (const pool of pools.splice(0)) pool.close()
})

describe('a pool of child processes', () => {
	it('answers with exact values, and keeps its children warm', async () => {
		const pool = open()
		const first = await pool.run({ do: 'double', value: 2n ** 62n })
		const second = await pool.run({ do: 'double', value: 1n })
		expect(first).toMatchObject({ ok: true, value: { doubled: 2n ** 63n } })
		expect(first.ok && second.ok && first.value.pid === second.value.pid).toBe(true)
	})

	it('survives a child that throws, and says why', async () => {
		const pool = open()
		expect(await pool.run({ do: 'throw' })).toEqual({ ok: false, why: expect.stringContaining('no such luck') })
		expect(await pool.run({ do: 'double', value: 4n })).toMatchObject({ ok: true })
	})

	it('caps memory', async () => {
		expect(await open().run({ do: 'eat' })).toEqual({ ok: false, why: 'it needed more than 64 MB of memory' })
	})

	it('ends a child that takes too long', async () => {
		expect(await open({ seconds: 0.5 }).run({ do: 'hang' })).toEqual({ ok: false, why: 'it took longer than 0.5 s' })
	})

	it('lets a child work on that tells its steps', async () => {
		const answer = await open({ seconds: 2 }).run({ do: 'step', value: 3n })
		expect(answer).toMatchObject({ ok: true, value: { doubled: 6n } })
	})

	it('stops at once when the signal says so', async () => {
		const stop = new AbortController()
		const pool = open({ signal: stop.signal })
		const running = pool.run({ do: 'hang' })
		const waiting = pool.run({ do: 'double', value: 1n })
		stop.abort()
		expect(await waiting).toEqual({ ok: false, why: 'the run was stopped' })
		expect(await running).toMatchObject({ ok: false })
	})
})
