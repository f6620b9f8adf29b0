import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEvent } from '#action/event.ts'

const repository = { id: 7, full_name: 'acme/etl' }
const sender = { login: 'dana', type: 'User' }

describe('what started the workflow', () => {
	let folder = ''
	beforeAll(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'event-'))
	})
	afterAll(() => rmSync(folder, { recursive: true }))

	function eventOf(name: string, payload: unknown, more: Readonly<Record<string, string>> = {}) {
		const file = path.join(folder, 'event.json')
		writeFileSync(file, JSON.stringify(payload))
		return readEvent({ GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file, GITHUB_REPOSITORY: 'acme/etl', ...more })
	}

	it('a push is work for its branch', () => {
		const { works, repository: at } = eventOf('push', { repository, ref: 'refs/heads/main' })
		expect(works).toEqual([{ kind: 'push', branch: 'main' }])
		expect(at).toEqual({ owner: 'acme', name: 'etl' })
	})

	it('a start by hand is work for the branch it was started on', () => {
		const ref = { GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'main' }
		expect(eventOf('workflow_dispatch', {}, ref).works).toEqual([{ kind: 'push', branch: 'main' }])
		expect(eventOf('workflow_dispatch', {}, { ...ref, GITHUB_REF_TYPE: 'tag' }).works).toEqual([])
	})

	it('a schedule sweeps', () => {
		expect(eventOf('schedule', {}).works).toEqual([{ kind: 'sweep' }])
	})

	const pull = (from: unknown) => ({
		action: 'opened',
		repository,
		sender,
		pull_request: { number: 3, head: { repo: from }, base: { repo: { id: 7 } } },
	})

	it('a pull request from a fork is known as one, also when the fork is gone', () => {
		expect(eventOf('pull_request', pull({ id: 7 })).isFromFork).toBe(false)
		expect(eventOf('pull_request', pull({ id: 8 })).isFromFork).toBe(true)
		expect(eventOf('pull_request', pull(null)).isFromFork).toBe(true)
	})

	it('a comment is a command', () => {
		const comment = { id: 5, body: '/migrate status', user: sender }
		const { works } = eventOf('issue_comment', { action: 'created', repository, sender, issue: { number: 3 }, comment })
		expect(works).toMatchObject([{ kind: 'command', number: 3, author: 'dana' }])
	})

	it('outside a workflow it says what is missing', () => {
		expect(() => readEvent({})).toThrow('GITHUB_EVENT_NAME is not set')
	})
})
