import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sqliteStore } from '#queue/sqlite/store.ts'

let folder: string
beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'reglue-queue-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('two processes on one file share the work: everything once, each lane in order, fencing numbers without gaps', async () => {
	const file = path.join(folder, 'queue.sqlite')
	const store = sqliteStore({ file })
	const lanes = Array.from({ length: 10 }, (_unused, lane) => `lane ${lane}`)
	for (let round = 0; round < 20; round++) {
		for (const lane of lanes) {
			const key = `${lane} round ${round}`
			const common = { scope: 's', pool: 'write', inOrder: true, background: false, kind: 'k' }
			await store.receive({ id: key, event: 'push' }, [{ ...common, lane, key, content: key.replaceAll(' ', '-') }])
		}
	}
	const script = new URL('worker.ts', import.meta.url).pathname
	const outputs = await Promise.all(
		['one', 'two'].map((owner) => promisify(execFile)(process.execPath, [script, file, owner])),
	)
	const lines = outputs.flatMap(({ stdout }) => stdout.split('\n').filter(Boolean))
	expect(lines).toHaveLength(200)
	expect(new Set(lines.map((line) => line.split(' ')[0])).size).toBe(200)
	for (const lane of lanes) {
		const fences = lines.filter((line) => line.startsWith(lane.replace(' ', '-'))).map((line) => line.split(' '))
		const inOrder = fences.map(([content, fence]) => [Number(content?.split('-').at(-1)), Number(fence)])
		expect(inOrder.sort(([, one = 0], [, other = 0]) => one - other)).toEqual(
			Array.from({ length: 20 }, (_unused, round) => [round, round + 1]),
		)
	}
	expect(await store.counts()).toMatchObject({ waiting: 0, running: 0, failed: 0 })
	store.close()
})
