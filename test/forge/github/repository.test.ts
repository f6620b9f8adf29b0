import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { blobId } from '#forge/blob-id.ts'
import { writeSticky } from '#forge/sticky.ts'
import type { Scene } from '../../support/github-scene.ts'
import { githubScene } from '../../support/github-scene.ts'
import { snapshot } from '../../support/github-twin/snapshot.ts'

let scene: Scene
const bytes = (text: string) => new TextEncoder().encode(text)
const branch = 'refs/heads/reglue/retail'
const lost = { kind: 'status', status: 500 } as const

/** The next write is done, and its answer lost. */
const loseNextAnswer = () =>
	scene.twin.faults.add({ matches: ({ kind }) => kind === 'write', when: 'after', effect: lost, times: 1 })
/** The next write fails before it does anything. */
const failNext = () =>
	scene.twin.faults.add({ matches: ({ kind }) => kind === 'write', when: 'before', effect: lost, times: 1 })

async function head(ref = 'refs/heads/main'): Promise<string> {
	return (await scene.forge.ref(ref)) ?? ''
}

async function revision(files: Readonly<Record<string, string>>, removed: readonly string[] = []): Promise<string> {
	const parent = await head()
	const base = (await scene.forge.commit(parent))?.tree ?? ''
	const changed = new Map(Object.entries(files).map(([path, text]) => [path, bytes(text)]))
	const tree = await scene.forge.writeTree({ base, files: changed, removed })
	return scene.forge.writeCommit({ tree, parents: [parent], message: 'Migrate retail' })
}

async function pull() {
	await scene.forge.createRef(branch, await revision({ 'generated/a.py': '1\n' }))
	return scene.forge.openPullRequest({ title: 'Migrate retail', body: 'b', head: 'reglue/retail', base: 'main' })
}

beforeEach(async () => {
	scene = await githubScene({ README: 'hello\n', 'jobs/a.dsx': 'a\n' })
})
afterEach(() => scene.close())

describe('observing', () => {
	it('a repository, its trees and files', async () => {
		expect(await scene.forge.facts()).toMatchObject({ fullName: 'acme/etl', defaultBranch: 'main', archived: false })
		const tree = await scene.forge.tree(await head())
		expect([...tree.keys()]).toEqual(['README', 'jobs/a.dsx'])
		expect(tree.get('jobs/a.dsx')).toEqual({ id: blobId(bytes('a\n')), mode: '100644', size: 2 })
		expect(await scene.forge.file('jobs/a.dsx', 'main')).toEqual(Buffer.from('a\n'))
		expect(await scene.forge.file('jobs/none.dsx', 'main')).toBeUndefined()
		expect(await scene.forge.ref('refs/heads/none')).toBeUndefined()
		expect(await scene.forge.commit('0'.repeat(40))).toBeUndefined()
	})

	it('a file of more than a megabyte', async () => {
		const large = 'x'.repeat(1_500_000)
		await scene.dana.commit(scene.repository, 'main', { 'jobs/large.dsx': large })
		expect((await scene.forge.file('jobs/large.dsx', 'main'))?.length).toBe(large.length)
	})

	it('a tree that GitHub cuts, folder by folder', async () => {
		await scene.dana.commit(scene.repository, 'main', { 'a/b/c.txt': '1', 'a/d.txt': '2' })
		const whole = await scene.forge.tree(await head())
		scene.twin.world.treeLimit = 2
		expect(await scene.forge.tree(await head())).toEqual(whole)
		expect(whole.size).toBe(4)
	})

	it('what people did to a branch', async () => {
		const start = await head()
		await scene.dana.commit(scene.repository, 'work', { 'jobs/a.dsx': 'b\n' }, { message: 'By hand' })
		const compared = await scene.forge.compare('main', 'work')
		expect(compared).toMatchObject({ mergeBase: start, behind: 0, complete: true })
		expect(compared?.commits.map(({ message, author }) => [message, author.name])).toEqual([['By hand', 'dana']])
		expect(compared?.files).toEqual([{ path: 'jobs/a.dsx', status: 'modified', previousPath: undefined }])
		expect(await scene.forge.compare('main', 'none')).toBeUndefined()
	})

	it('roles, also of people whom GitHub does not know', async () => {
		scene.twin.person('stranger')
		const roles = await Promise.all(['dana', 'mo', 'stranger', 'ghost', 'acme'].map((login) => scene.forge.role(login)))
		expect(roles).toEqual(['write', 'read', 'none', 'none', 'admin'])
	})

	it('lists beyond one page', async () => {
		const { number } = await pull()
		for (let count = 0; count < 120; count++) await scene.dana.comment(scene.repository, number, `comment ${count}`)
		expect(await scene.forge.comments(number)).toHaveLength(120)
	})
})

describe('writing', () => {
	it('a revision takes one tree and one commit, whatever the files', async () => {
		const many = Object.fromEntries(
			Array.from({ length: 300 }, (_unused, index) => [`generated/${index}.py`, `${index}\n`]),
		)
		const commit = await revision(many, ['README'])
		expect(scene.twin.journal.writes().map(({ operation }) => operation)).toEqual([
			'POST /repos/{owner}/{repo}/git/trees',
			'POST /repos/{owner}/{repo}/git/commits',
		])
		const tree = await scene.forge.tree(commit)
		expect(tree.has('README')).toBe(false)
		expect(tree.get('generated/299.py')?.id).toBe(blobId(bytes('299\n')))
	})

	it('bytes that are no text arrive as they are', async () => {
		const raw = new Uint8Array([0, 255, 13, 10])
		const base = (await scene.forge.commit(await head()))?.tree ?? ''
		const tree = await scene.forge.writeTree({ base, files: new Map([['raw.bin', raw]]), removed: [] })
		expect((await scene.forge.tree(tree)).get('raw.bin')?.id).toBe(blobId(raw))
	})

	it('moves a ref only from where it was seen', async () => {
		const start = await head()
		const ours = await revision({ a: '1' })
		expect(await scene.forge.moveRef('refs/heads/main', { from: start, to: ours })).toBe('done')
		expect(await scene.forge.moveRef('refs/heads/main', { from: start, to: ours })).toBe('done')
		const theirs = await scene.dana.commit(scene.repository, 'main', { b: '2' })
		const late = await revision({ c: '3' })
		expect(await scene.forge.moveRef('refs/heads/main', { from: ours, to: late })).toBe('raced')
		await scene.dana.commit(scene.repository, 'main', { d: '4' }, { onto: start })
		expect(await scene.forge.moveRef('refs/heads/main', { from: theirs, to: late })).toBe('raced')
	})

	it('sees that somebody pushed between its look and its write', async () => {
		const start = await head()
		const ours = await revision({ a: '1' })
		let pushed = ''
		const again = scene.again({
			fetch: async (input, init) => {
				if (init?.method === 'PATCH') pushed = await scene.dana.commit(scene.repository, 'main', { b: '2' })
				return fetch(input, init)
			},
		})
		expect(await again.moveRef('refs/heads/main', { from: start, to: ours })).toBe('raced')
		expect(await head()).toBe(pushed)
	})

	it('makes and removes refs once', async () => {
		const commit = await revision({ a: '1' })
		expect(await scene.forge.createRef(branch, commit)).toBe('done')
		expect(await scene.forge.createRef(branch, commit)).toBe('done')
		expect(await scene.forge.createRef(branch, await head())).toBe('raced')
		expect(await scene.forge.refs('refs/heads/reglue/')).toEqual(new Map([[branch, commit]]))
		expect(await scene.forge.deleteRef(branch, await head())).toBe('raced')
		expect(await scene.forge.deleteRef(branch, commit)).toBe('done')
		expect(await scene.forge.deleteRef(branch, commit)).toBe('done')
	})

	it('says so where a rule of the repository refuses', async () => {
		scene.repository.protectedBranches.add('main')
		const move = { from: await head(), to: await revision({ a: '1' }) }
		await expect(scene.forge.moveRef('refs/heads/main', move)).rejects.toMatchObject({ kind: 'invalid' })
	})

	it('keeps refs outside the branches, and nobody is told', async () => {
		const before = scene.twin.webhooks.deliveries.length
		expect(await scene.forge.createRef('refs/reglue/pristine/retail', await revision({ a: '1' }))).toBe('done')
		expect((await scene.forge.refs('refs/reglue/')).size).toBe(1)
		expect(scene.twin.webhooks.deliveries).toHaveLength(before)
	})

	it('opens one pull request for a branch', async () => {
		const first = await pull()
		const wanted = { title: 'again', body: 'other', head: 'reglue/retail', base: 'main' }
		expect(await scene.forge.openPullRequest(wanted)).toEqual(first)
		expect(first).toMatchObject({ state: 'open', author: 'reglue[bot]', fromFork: false })
		expect(await scene.forge.editPullRequest(first.number, { state: 'closed' })).toMatchObject({ state: 'closed' })
		expect(await scene.forge.pullRequests({ state: 'open', head: 'reglue/retail' })).toEqual([])
		expect(await scene.forge.pullRequest(99)).toBeUndefined()
	})

	it('has one comment for a topic, edits it, writes nothing twice and removes doubles', async () => {
		const { number } = await pull()
		const talk = { number, author: 'reglue[bot]' }
		await scene.dana.comment(scene.repository, number, '<!-- reglue:summary -->\nmine')
		expect(await writeSticky(scene.forge, talk, 'summary', 'one')).toBe(true)
		expect(await writeSticky(scene.forge, talk, 'summary', 'one')).toBe(false)
		expect(await writeSticky(scene.forge, talk, 'summary', 'two')).toBe(true)
		await scene.forge.writeComment(number, '<!-- reglue:summary -->\ndouble')
		expect(await writeSticky(scene.forge, talk, 'summary', 'two')).toBe(true)
		const { issues } = await snapshot(scene.repository)
		expect(issues[0]?.comments.map(({ author, body }) => [author, body])).toEqual([
			['dana', '<!-- reglue:summary -->\nmine'],
			['reglue[bot]', '<!-- reglue:summary -->\ntwo'],
		])
	})

	it('tells the comments of the whole repository since a time, also where older ones were edited since', async () => {
		const { number } = await pull()
		const old = await scene.forge.writeComment(number, 'old')
		scene.twin.clock.advance(3600)
		const since = new Date(scene.twin.clock.now())
		await scene.forge.editComment(old.id, 'edited')
		const { number: other } = await scene.forge.openIssue({ title: 'Other', body: 'b' })
		await scene.forge.writeComment(other, 'new')
		expect((await scene.forge.commentsSince(since)).map(({ body }) => body)).toEqual(['new'])
	})

	it('labels, and takes labels off that may be gone', async () => {
		const { number } = await pull()
		await scene.forge.addLabels(number, ['migration', 'auto'])
		await scene.forge.removeLabel(number, 'auto')
		await scene.forge.removeLabel(number, 'auto')
		expect((await scene.forge.pullRequest(number))?.labels).toEqual(['migration'])
	})

	it('keeps issues apart from pull requests', async () => {
		await pull()
		const issue = await scene.forge.openIssue({ title: 'Dashboard', body: 'b', labels: ['migration'] })
		await scene.forge.editIssue(issue.number, { body: 'c' })
		expect(await scene.forge.issues({ state: 'open', label: 'migration' })).toMatchObject([
			{ title: 'Dashboard', body: 'c' },
		])
	})

	it('fills a check run in batches, and completes it last', async () => {
		const commit = await head()
		const annotations = Array.from({ length: 120 }, (_unused, index) => ({
			path: 'README',
			startLine: 1,
			endLine: 1,
			level: 'warning' as const,
			title: `note ${index}`,
			message: 'm',
		}))
		const output = { title: 'Wrong rows', summary: 'x\n'.repeat(70_000) }
		const run = await scene.forge.startCheck({
			name: 'reglue',
			commit,
			externalId: 'unit retail',
			conclusion: 'failure',
			output,
			annotations,
			buttons: [{ label: 'Fix', description: 'Repair now', identifier: 'fix' }],
		})
		expect(run).toMatchObject({
			status: 'completed',
			conclusion: 'failure',
			annotations: 120,
			externalId: 'unit retail',
		})
		expect(Buffer.byteLength(run.summary)).toBeLessThanOrEqual(65_535)
		expect(run.summary).toMatch(/… the rest is left out, as a check takes no more; `reglue analyze` shows it\.$/)
		expect((await scene.forge.checkRuns(commit, 'reglue')).map(({ id }) => id)).toEqual([run.id])
		const shown = scene.repository.checkRuns.get(run.id)?.annotations ?? []
		expect(
			shown.map((item) => (typeof item === 'object' && item !== null && 'title' in item ? item.title : '')),
		).toEqual(annotations.map(({ title }) => title))
	})
})

describe('an answer that is lost', () => {
	const writes: Readonly<Record<string, () => Promise<unknown>>> = {
		tree: () => revision({ a: '1' }),
		ref: async () => scene.forge.createRef(branch, await head()),
		'pull request': () => pull(),
		issue: () => scene.forge.openIssue({ title: 'Dashboard', body: 'b' }),
		check: async () => scene.forge.startCheck({ name: 'reglue', commit: await head(), externalId: '1' }),
		annotations: async () => {
			const note = { path: 'README', startLine: 1, endLine: 1, level: 'notice' as const, title: 't', message: 'm' }
			const output = { title: 't', summary: 's' }
			const wanted = { name: 'reglue', commit: await head(), externalId: '1', output, annotations: [note, note] }
			return scene.forge.startCheck(wanted)
		},
		comment: async () =>
			scene.forge.writeComment((await scene.forge.openIssue({ title: 't', body: 'b' })).number, 'said'),
	}

	/** How many writes each takes, and what is then there. */
	async function outcome(write: () => Promise<unknown>) {
		await write()
		const { issues, checks, refs } = await snapshot(scene.repository)
		return { issues, checks, refs }
	}

	it.each(Object.keys(writes))('leaves nothing doubled and nothing missing, at every write: %s', async (name) => {
		const write = writes[name]
		if (write === undefined) throw new Error(name)
		const expected = await outcome(write)
		const count = scene.twin.journal.writes().length
		expect(count).toBeGreaterThan(0)
		for (let number = 1; number <= count; number++) {
			for (const when of ['before', 'after'] as const) {
				await scene.close()
				scene = await githubScene({ README: 'hello\n', 'jobs/a.dsx': 'a\n' })
				let seen = 0
				const matches = ({ kind }: { readonly kind: string }) => kind === 'write' && ++seen === number
				scene.twin.faults.add({ matches, when, effect: { kind: 'reset' }, times: 1 })
				expect(await outcome(write)).toEqual(expected)
			}
		}
	})

	it('is asked for once again only', async () => {
		failNext()
		failNext()
		await expect(scene.forge.openIssue({ title: 't', body: 'b' })).rejects.toMatchObject({ kind: 'unavailable' })
		expect(scene.repository.issues.size).toBe(0)
	})

	it('does not force a branch over what somebody pushed meanwhile', async () => {
		const start = await head()
		const ours = await revision({ a: '1' })
		await scene.dana.commit(scene.repository, 'main', { b: '2' })
		const seen = await head()
		failNext()
		let theirs = ''
		const again = scene.again({
			fetch: async (input, init) => {
				const answer = await fetch(input, init)
				if (init?.method === 'PATCH' && theirs === '')
					theirs = await scene.dana.commit(scene.repository, 'main', { c: '3' })
				return answer
			},
		})
		expect(start).not.toBe(seen)
		expect(await again.moveRef('refs/heads/main', { from: seen, to: ours, rewrite: true })).toBe('raced')
		expect(await head()).toBe(theirs)
		loseNextAnswer()
		expect(await scene.forge.moveRef('refs/heads/main', { from: theirs, to: ours, rewrite: true })).toBe('done')
	})
})
