import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { blobId } from '#forge/blob-id.ts'
import { localRepository } from '#forge/local/repository.ts'
import { writeSticky } from '#forge/sticky.ts'
import type { LocalScene } from '../../support/local-scene.ts'
import { localScene } from '../../support/local-scene.ts'

let scene: LocalScene
const bytes = (text: string) => new TextEncoder().encode(text)
const branch = 'refs/heads/reglue/retail'
const head = async (ref = 'refs/heads/main') => (await scene.forge.ref(ref)) ?? ''

async function revision(files: Readonly<Record<string, string | Uint8Array>>, removed: readonly string[] = []) {
	const parent = (await scene.forge.ref(branch)) ?? (await head())
	const base = (await scene.forge.commit(parent))?.tree ?? ''
	const put = new Map(
		Object.entries(files).map(([file, text]) => [file, typeof text === 'string' ? bytes(text) : text]),
	)
	const tree = await scene.forge.writeTree({ base, files: put, removed })
	return scene.forge.writeCommit({ tree, parents: [parent], message: 'Migrate retail\n\nReglue-Version: 1\n' })
}

async function pull(files: Readonly<Record<string, string>> = { 'generated/a.py': '1\n' }) {
	await scene.forge.createRef(branch, await revision(files))
	return scene.forge.openPullRequest({ title: 'Migrate retail', body: 'All.\n', head: 'reglue/retail', base: 'main' })
}

beforeEach(async () => {
	scene = await localScene({ README: 'hello\n', 'jobs/a.dsx': 'a\n' })
})
afterEach(() => scene.close())

describe('observing', () => {
	it('the repository, its trees and files', async () => {
		expect(await scene.forge.facts()).toMatchObject({ defaultBranch: 'main', archived: false, url: scene.folder })
		const tree = await scene.forge.tree(await head())
		expect([...tree.keys()]).toEqual(['README', 'jobs/a.dsx'])
		expect(tree.get('jobs/a.dsx')).toEqual({ id: blobId(bytes('a\n')), mode: '100644', size: 2 })
		expect(await scene.forge.file('jobs/a.dsx', 'main')).toEqual(Buffer.from('a\n'))
		expect(await scene.forge.file('jobs/a.dsx', await head())).toEqual(Buffer.from('a\n'))
		expect(await scene.forge.file('jobs/none.dsx', 'main')).toBeUndefined()
		expect(await scene.forge.ref('refs/heads/none')).toBeUndefined()
		expect(await scene.forge.commit('0'.repeat(40))).toBeUndefined()
		await expect(scene.forge.blob('0'.repeat(40))).rejects.toMatchObject({ kind: 'missing' })
	})

	it('what people did to a branch, renames among it', async () => {
		const start = await head()
		await scene.commit('work', { 'jobs/a.dsx': null, 'jobs/b.dsx': 'a\n', README: 'other\n' })
		await scene.commit('main', { NEWS: 'new\n' })
		const compared = await scene.forge.compare('main', 'work')
		expect(compared).toMatchObject({ mergeBase: start, behind: 1, complete: true })
		expect(compared?.commits.map(({ message, author }) => [message, author.name])).toEqual([['Change files\n', 'Dana']])
		expect(compared?.files).toEqual([
			{ path: 'README', status: 'modified', previousPath: undefined },
			{ path: 'jobs/b.dsx', status: 'renamed', previousPath: 'jobs/a.dsx' },
		])
		expect(await scene.forge.compare('main', 'none')).toBeUndefined()
	})

	it('says that a folder is no repository', async () => {
		await expect(localRepository(tmpdir(), 'reglue')).rejects.toMatchObject({ kind: 'invalid' })
	})
})

describe('files', () => {
	it('take names that look like options or patterns, and bytes that are no text', async () => {
		const raw = new Uint8Array([0, 255, 13, 10])
		const odd = { 'g/--help': 'x\n', 'g/*?[a] "b"\t\\': 'y\n', 'g/größe': 'z\n', 'g/raw.bin': raw }
		const tree = await scene.forge.tree(await revision(odd, ['README']))
		expect([...tree.keys()].sort()).toEqual([...Object.keys(odd), 'jobs/a.dsx'].sort())
		expect(await scene.forge.blob(tree.get('g/raw.bin')?.id ?? '')).toEqual(Buffer.from(raw))
	})

	it('are written without touching the work tree', async () => {
		await pull()
		expect((await scene.git.status()).isClean()).toBe(true)
		expect(existsSync(path.join(scene.folder, 'generated'))).toBe(false)
		expect(await scene.read('reglue/retail', 'generated/a.py')).toBe('1\n')
	})
})

describe('refs', () => {
	it('move only from where they were seen, and forward unless told otherwise', async () => {
		const [first, other] = [await revision({ a: '1\n' }), await revision({ a: '2\n' })]
		expect(await scene.forge.createRef(branch, first)).toBe('done')
		expect(await scene.forge.createRef(branch, first)).toBe('done')
		expect(await scene.forge.createRef(branch, other)).toBe('raced')
		expect(await scene.forge.moveRef(branch, { from: other, to: first })).toBe('done')
		expect(await scene.forge.moveRef(branch, { from: first, to: other })).toBe('raced')
		expect(await scene.forge.moveRef(branch, { from: first, to: other, rewrite: true })).toBe('done')
		expect(await scene.forge.deleteRef(branch, first)).toBe('raced')
		expect(await scene.forge.deleteRef(branch, other)).toBe('done')
		expect(await scene.forge.deleteRef(branch, other)).toBe('done')
	})

	it('are read by their very names, however hostile', async () => {
		for (const name of ['reglue/--upload-pack=x', 'reglue/$(touch;x)', 'reglue/a;b', "reglue/'q'"]) {
			await scene.git.raw(['update-ref', `refs/heads/${name}`, await head()])
		}
		expect((await scene.forge.refs('refs/heads/reglue/')).size).toBe(4)
		expect(await scene.forge.ref('refs/heads/reglue/$(touch;x)')).toBe(await head())
		for (const name of ['refs/heads/*', 'refs/heads/main@{0}', 'refs/heads/main^', '--all', 'refs/heads/../heads/main'])
			expect(await scene.forge.ref(name).catch(() => undefined), name).toBeUndefined()
		expect(await scene.forge.file('README', '--output=x')).toBeUndefined()
	})

	it('take a work tree along that has the branch checked out, and leave one alone that has changes', async () => {
		await pull()
		await scene.git.checkout('reglue/retail')
		const next = await revision({ 'generated/a.py': '2\n' })
		expect(await scene.forge.moveRef(branch, { from: await head(branch), to: next })).toBe('done')
		expect(readFileSync(path.join(scene.folder, 'generated/a.py'), 'utf8')).toBe('2\n')
		expect((await scene.git.status()).isClean()).toBe(true)
		writeFileSync(path.join(scene.folder, 'generated/a.py'), 'mine\n')
		const last = await revision({ 'generated/a.py': '3\n' })
		await expect(scene.forge.moveRef(branch, { from: next, to: last })).rejects.toMatchObject({
			kind: 'forbidden',
			message: expect.stringContaining('changes that are not committed'),
		})
		expect(readFileSync(path.join(scene.folder, 'generated/a.py'), 'utf8')).toBe('mine\n')
		expect(await head(branch)).toBe(next)
	})

	it('that cannot be made are told in the words of git', async () => {
		await scene.git.raw(['branch', 'reglue'])
		await expect(pull()).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining('reglue') })
	})
})

describe('pull requests', () => {
	it('are files to read, and open only once', async () => {
		const first = await pull()
		expect(first).toMatchObject({ number: 1, state: 'open', author: 'reglue', title: 'Migrate retail', body: 'All.\n' })
		expect(readFileSync(path.join(first.url, 'pull-request.md'), 'utf8')).toBe('# Migrate retail\n\nAll.\n')
		const wanted = { title: 'Another', body: '', head: 'reglue/retail', base: 'main' }
		expect(await scene.forge.openPullRequest(wanted)).toEqual(first)
		const body = 'Line\n\n# Head\n'
		expect(await scene.forge.editPullRequest(1, { title: 'New', body })).toMatchObject({ title: 'New', body })
		expect(await scene.forge.pullRequests({ state: 'open', head: 'reglue/retail' })).toMatchObject([{ body }])
		expect(await scene.forge.pullRequests({ state: 'open', base: 'other' })).toEqual([])
	})

	it.each(['merged with the branch kept', 'merged and the branch deleted'])('are merged with git: %s', async (how) => {
		const { head: offered } = await pull()
		await scene.git.raw(['merge', '--quiet', '--no-ff', '-m', 'Merge', 'reglue/retail'])
		if (how.endsWith('deleted')) await scene.git.raw(['branch', '-D', 'reglue/retail'])
		expect(await scene.forge.pullRequest(1)).toMatchObject({ state: 'merged', head: { commit: offered.commit } })
		expect(await scene.forge.pullRequests({ state: 'open' })).toEqual([])
		// The branch goes on from the base with the next revision: what was merged stays merged.
		const parents = [await head()]
		const base = (await scene.forge.commit(await head()))?.tree ?? ''
		const tree = await scene.forge.writeTree({ base, files: new Map([['generated/a.py', bytes('2\n')]]), removed: [] })
		const next = await scene.forge.writeCommit({ tree, parents, message: 'Again' })
		const from = await scene.forge.ref(branch)
		await (from === undefined
			? scene.forge.createRef(branch, next)
			: scene.forge.moveRef(branch, { from, to: next, rewrite: true }))
		const second = await scene.forge.openPullRequest({ title: 'b', body: '', head: 'reglue/retail', base: 'main' })
		expect([second.number, (await scene.forge.pullRequest(1))?.state]).toEqual([2, 'merged'])
	})

	it('are closed in their file, by an edit, or when their branch goes, and can be opened again', async () => {
		const { url } = await pull()
		const file = path.join(url, 'state.json')
		writeFileSync(file, readFileSync(file, 'utf8').replace('"open"', '"closed"'))
		expect(await scene.forge.pullRequest(1)).toMatchObject({ state: 'closed' })
		expect(await scene.forge.editPullRequest(1, { state: 'open' })).toMatchObject({ state: 'open' })
		await scene.git.raw(['branch', '-D', 'reglue/retail'])
		expect(await scene.forge.pullRequests({ state: 'closed' })).toMatchObject([{ number: 1, state: 'closed' }])
		writeFileSync(file, '{')
		await expect(scene.forge.pullRequest(1)).rejects.toThrow(/state\.json is not what it should be/)
	})

	it('need something to offer', async () => {
		await scene.forge.createRef(branch, await head())
		const wanted = { title: 'a', body: '', head: 'reglue/retail', base: 'main' }
		await expect(scene.forge.openPullRequest(wanted)).rejects.toMatchObject({ kind: 'invalid' })
	})
})

describe('talks and checks', () => {
	it('issues share their numbers with pull requests, and have labels', async () => {
		await pull()
		const issue = await scene.forge.openIssue({ title: 'Board', body: 'a', labels: ['one'] })
		expect(issue.number).toBe(2)
		await scene.forge.addLabels(2, ['two', 'one'])
		await scene.forge.addLabels(1, ['reglue'])
		await scene.forge.removeLabel(2, 'one')
		expect(await scene.forge.editIssue(2, { state: 'closed' })).toMatchObject({ state: 'closed', labels: ['two'] })
		expect(await scene.forge.issues({ state: 'open' })).toEqual([])
		expect(await scene.forge.issues({ state: 'all', label: 'two', author: 'reglue' })).toHaveLength(1)
		expect(await scene.forge.pullRequest(1)).toMatchObject({ labels: ['reglue'] })
		await expect(scene.forge.addLabels(7, ['x'])).rejects.toMatchObject({ kind: 'missing' })
	})

	it('comments are written, edited, found again and removed', async () => {
		await pull()
		const talk = { number: 1, author: 'reglue' }
		expect(await writeSticky(scene.forge, talk, 'state', 'first')).toBe(true)
		expect(await writeSticky(scene.forge, talk, 'state', 'first')).toBe(false)
		expect(await writeSticky(scene.forge, talk, 'state', 'second')).toBe(true)
		const [comment] = await scene.forge.comments(1)
		expect(comment?.body).toContain('second')
		await scene.forge.react(comment?.id ?? 0, 'rocket')
		expect(await scene.forge.commentsSince(new Date(0))).toHaveLength(1)
		expect(await scene.forge.commentsSince(new Date(Date.now() + 60_000))).toEqual([])
		await scene.forge.deleteComment(comment?.id ?? 0)
		expect(await scene.forge.comments(1)).toEqual([])
	})

	it('checks are kept by commit, newest first, and the newest lies beside the pull request', async () => {
		const { head: offered, url } = await pull()
		const common = { name: 'reglue', commit: offered.commit }
		const run = await scene.forge.startCheck({ ...common, externalId: 'one', status: 'in_progress' })
		const annotation = { path: 'a.py', startLine: 1, endLine: 2, level: 'notice', title: 't', message: 'm' } as const
		const output = { title: 'Equal', summary: 'All rows.' }
		await scene.forge.updateCheck(run.id, { conclusion: 'success', output, annotations: [annotation] })
		await scene.forge.startCheck({ ...common, externalId: 'two', status: 'completed', conclusion: 'neutral', output })
		const runs = await scene.forge.checkRuns(offered.commit, 'reglue')
		expect(runs.map(({ externalId, conclusion, annotations }) => [externalId, conclusion, annotations])).toEqual([
			['two', 'neutral', 0],
			['one', 'success', 1],
		])
		expect(JSON.parse(readFileSync(path.join(url, 'check.json'), 'utf8'))).toMatchObject({
			head: offered.commit,
			conclusion: 'neutral',
			summary: 'All rows.',
		})
	})

	it('whoever may write to the folder may do everything', async () => {
		expect(await scene.forge.role('anybody')).toBe('admin')
	})
})

describe('another repository of the same kind', () => {
	it('a bare one', async () => {
		const bare = `${scene.folder}.git`
		await scene.git.raw(['clone', '--quiet', '--bare', scene.folder, bare])
		const forge = await localRepository(bare, 'reglue')
		expect(await forge.ref('refs/heads/main')).toBe(await head())
		expect(await forge.openIssue({ title: 'a', body: '' })).toMatchObject({ number: 1 })
		expect(existsSync(path.join(bare, 'reglue', 'issues', '1', 'issue.md'))).toBe(true)
	})

	it('a linked work tree, with the pull requests of the whole', async () => {
		await pull()
		const linked = `${scene.folder}-linked`
		await scene.git.raw(['worktree', 'add', '--quiet', '-b', 'side', linked])
		expect(await (await localRepository(linked, 'reglue')).pullRequest(1)).toMatchObject({ state: 'open' })
	})
})
