import { describe, expect, it } from 'vitest'
import { eventNames, workOf } from '#bot/github-events.ts'

const repository = { id: 7, full_name: 'acme/etl' }
const sender = { login: 'dana', type: 'User' }
const at = { id: 7, owner: 'acme', name: 'etl' }

describe('events as work', () => {
	it('a push to a branch', () => {
		expect(workOf('push', { repository, ref: 'refs/heads/release/1' })).toEqual([
			{ repository: at, work: { kind: 'push', branch: 'release/1' } },
		])
	})

	it.each([
		['a tag', { ref: 'refs/tags/v1' }],
		['a deleted branch', { ref: 'refs/heads/main', deleted: true }],
		['a branch of the bot', { ref: 'refs/heads/reglue/payroll' }],
	])('%s is no work', (_what, more) => {
		expect(workOf('push', { repository, ...more })).toEqual([])
	})

	it.each([
		['opened', 'pull-request'],
		['synchronize', 'pull-request'],
		['reopened', 'pull-request'],
		['edited', 'pull-request'],
		['closed', 'pull-request-closed'],
	])('a pull request that was %s', (action, kind) => {
		expect(workOf('pull_request', { action, repository, sender, pull_request: { number: 3 } })).toEqual([
			{ repository: at, work: { kind, number: 3 } },
		])
	})

	it('a label on a pull request is no work', () => {
		expect(workOf('pull_request', { action: 'labeled', repository, sender, pull_request: { number: 3 } })).toEqual([])
	})

	const comment = { id: 11, body: '/migrate status', user: sender }

	it('a comment with a command', () => {
		expect(workOf('issue_comment', { action: 'created', repository, sender, issue: { number: 3 }, comment })).toEqual([
			{ repository: at, work: { kind: 'command', number: 3, comment: 11, body: '/migrate status', author: 'dana' } },
		])
	})

	it.each([
		['an edited comment', { action: 'edited' }],
		['a comment of a bot', { sender: { login: 'reglue[bot]', type: 'Bot' } }],
		['other talk', { comment: { ...comment, body: 'looks good' } }],
		['a comment of a deleted account', { comment: { ...comment, user: null } }],
	])('%s is no command', (_what, more) => {
		const payload = { action: 'created', repository, sender, issue: { number: 3 }, comment, ...more }
		expect(workOf('issue_comment', payload)).toEqual([])
	})

	it('a check again, one or all of a commit', () => {
		const run = { check_run: { id: 5, head_sha: 'abc' } }
		expect(workOf('check_run', { action: 'rerequested', repository, sender, ...run })).toEqual([
			{ repository: at, work: { kind: 'check-rerun', check: 5, commit: 'abc' } },
		])
		expect(
			workOf('check_suite', { action: 'rerequested', repository, sender, check_suite: { head_sha: 'abc' } }),
		).toEqual([{ repository: at, work: { kind: 'check-rerun', commit: 'abc' } }])
	})

	it('a button of a check', () => {
		const payload = { action: 'requested_action', repository, sender, check_run: { id: 5, head_sha: 'abc' } }
		expect(workOf('check_run', { ...payload, requested_action: { identifier: 'fix' } })).toEqual([
			{ repository: at, work: { kind: 'check-button', check: 5, commit: 'abc', button: 'fix', author: 'dana' } },
		])
	})

	it('an installation is work for each of its repositories', () => {
		const other = { id: 8, full_name: 'acme/more' }
		const work = { kind: 'installed' }
		expect(workOf('installation', { action: 'created', repositories: [repository, other] })).toEqual([
			{ repository: at, work },
			{ repository: { id: 8, owner: 'acme', name: 'more' }, work },
		])
		expect(workOf('installation_repositories', { action: 'added', repositories_added: [other] })).toHaveLength(1)
		expect(workOf('installation', { action: 'deleted', repositories: [repository] })).toEqual([])
	})

	it('an event that nobody listens to is no work', () => {
		expect(workOf('star', {})).toEqual([])
		expect(eventNames).not.toContain('star')
	})

	it('tells a payload that is not what GitHub documents from one without work', () => {
		expect(workOf('push', { ref: 'refs/heads/main' })).toBeUndefined()
	})
})
