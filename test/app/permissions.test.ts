import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { permissions, refused, subscribed, unasked } from '#app/permissions.ts'
import { eventNames } from '#bot/github-events.ts'
import { startTwin } from '../support/github-twin/twin.ts'

const manifest = z
	.strictObject({
		name: z.string(),
		description: z.string(),
		url: z.url(),
		public: z.boolean(),
		default_permissions: z.record(z.string(), z.enum(['read', 'write'])),
		default_events: z.array(z.string()),
	})
	.parse(parse(readFileSync(new URL('../../app.yml', import.meta.url), 'utf8')))

describe('app.yml', () => {
	it('asks for exactly what the design allows', () => {
		expect(manifest.default_permissions).toEqual({
			contents: 'write',
			pull_requests: 'write',
			checks: 'write',
			issues: 'write',
			metadata: 'read',
		})
		for (const name of Object.keys(refused)) expect(Object.keys(permissions)).not.toContain(name)
	})

	it('listens to every event that the bot makes work of, and to no other', () => {
		const asked = Object.keys(subscribed)
		expect([...asked, ...Object.keys(unasked)].sort()).toEqual([...eventNames].sort())
		expect([...manifest.default_events].sort()).toEqual(asked.sort())
	})

	it('is what the App of the tests has', async () => {
		const twin = await startTwin()
		const { app } = twin.world
		expect(app.permissions).toEqual(manifest.default_permissions)
		expect([...app.events].sort()).toEqual([...manifest.default_events].sort())
		await twin.close()
	})
})
