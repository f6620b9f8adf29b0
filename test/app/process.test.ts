import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { AppChild } from '../support/app-child.ts'
import { startAppChild } from '../support/app-child.ts'
import { dsx } from '../support/bot-scene.ts'
import { as } from '../support/github-twin/people.ts'
import { snapshot } from '../support/github-twin/snapshot.ts'
import type { Twin } from '../support/github-twin/twin.ts'
import { startTwin } from '../support/github-twin/twin.ts'

let folder: string
const running: AppChild[] = []
const twins: Twin[] = []
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'reglue-process-'))
})
afterEach(async () => {
	for (const child of running.splice(0)) await child.end('SIGKILL').catch(() => undefined)
	for (const twin of twins.splice(0)) await twin.close()
	rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
})

async function world() {
	const twin = await startTwin()
	twins.push(twin)
	const repository = await twin.repository('acme/etl', { collaborators: { dana: 'write' } })
	const dana = as(twin, 'dana')
	const files = {
		'.github/reglue.yml': 'version: 1\n',
		'jobs/daily.dsx': dsx('Daily', { Read: 'copy', Write: 'copy' }),
	}
	twin.install(repository)
	await dana.commit(repository, 'main', files)
	// Commits are made at other moments, and are called otherwise.
	const state = async () =>
		z
			.looseObject({ issues: z.array(z.looseObject({ kind: z.string() })) })
			.parse(JSON.parse(JSON.stringify(await snapshot(repository)).replace(/\b[0-9a-f]{40}\b/g, 'id')))
	return { twin, repository, state }
}

async function start(twin: Twin, data: string, settings: Readonly<Record<string, unknown>> = {}): Promise<AppChild> {
	const child = await startAppChild({ twin, folder: data, settings })
	running.push(child)
	// GitHub sends at once, and once: what comes while nobody listens is lost until it is asked for.
	twin.webhooks.target(child.webhook, true)
	return child
}

/** Waits until there is neither an event on its way nor work. */
const quiet = async (twin: Twin, child: AppChild): Promise<void> => {
	do {
		await twin.webhooks.settled()
		await child.idle()
	} while (twin.webhooks.pending().length > 0)
}

/** The end state when nothing goes wrong, and how many writes it takes. */
async function undisturbed() {
	const { twin, state } = await world()
	const data = mkdtempSync(path.join(folder, 'calm-'))
	const child = await start(twin, data)
	await twin.webhooks.flush()
	await quiet(twin, child)
	const writes = twin.journal.writes().length
	const end = await state()
	await child.end('SIGTERM')
	return { end, writes }
}

describe('the process', () => {
	it('that is killed between writes, again and again, leaves the same end state behind as one that is not', async () => {
		const calm = await undisturbed()
		expect(calm.end.issues.some(({ kind }) => kind === 'pull request')).toBe(true)
		const { twin, state } = await world()
		const data = mkdtempSync(path.join(folder, 'killed-'))
		const points = [2, 6].filter((point) => point < calm.writes)
		let kills = 0
		for (const [round, point] of points.entries()) {
			const child = await start(twin, data)
			if (round === 0) await twin.webhooks.flush()
			twin.faults.dieAtWrite(point, round % 2 === 0 ? 'after' : 'before')
			await expect.poll(() => twin.faults.dead(), { timeout: 60_000 }).toBe(true)
			expect(await child.end('SIGKILL')).toBe('SIGKILL')
			kills++
			twin.faults.clear()
		}
		const last = await start(twin, data)
		await quiet(twin, last)
		expect(await state()).toEqual(calm.end)
		expect(kills).toBe(points.length)
		expect(kills).toBeGreaterThan(1)
		expect(await last.health()).toMatchObject({ failed: 0 })
	})

	it('ends in order on SIGTERM: nothing new is begun, the door closes last, the exit code is 0', async () => {
		const { twin } = await world()
		const child = await start(twin, folder)
		await twin.webhooks.flush()
		expect(await child.end('SIGTERM')).toBe(0)
		expect(child.log()).toContain('the App has ended')
		const next = await start(twin, folder)
		await quiet(twin, next)
		expect(await next.health()).toMatchObject({ status: 'ok', waiting: 0, failed: 0 })
	})

	it('shows its secrets in no line of its log, and not in its arguments', async () => {
		const { twin } = await world()
		const child = await start(twin, folder, { log: 'debug' })
		await twin.webhooks.flush()
		await quiet(twin, child)
		const { privateKey, webhookSecret } = twin.app
		const tokens = [...twin.world.tokens.keys()].filter((token) => token.startsWith('ghs_'))
		expect(tokens.length).toBeGreaterThan(0)
		for (const secret of [webhookSecret, ...privateKey.split('\n').filter((line) => line.length > 30), ...tokens]) {
			expect(child.log()).not.toContain(secret)
			expect(child.log()).not.toContain(Buffer.from(secret).toString('base64').slice(2, -4))
		}
	})
})
