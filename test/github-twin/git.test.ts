import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { Octokit } from '@octokit/rest'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { as } from '../support/github-twin/people.ts'
import type { Repository } from '../support/github-twin/state.ts'
import type { Twin } from '../support/github-twin/twin.ts'
import { startTwin } from '../support/github-twin/twin.ts'

let twin: Twin
let repository: Repository
let client: Octokit
let token = ''
let folder = ''
const etl = { owner: 'acme', repo: 'etl' }
const run = promisify(execFile)

/** Real git, with a token in a header as the App gives it: never in the address. */
async function git(credential: string, ...args: readonly string[]): Promise<string> {
	const header = `Authorization: Basic ${Buffer.from(`x-access-token:${credential}`).toString('base64')}`
	const identity = ['-c', 'user.name=Dana', '-c', 'user.email=dana@localhost']
	const all = ['-c', `http.extraHeader=${header}`, ...identity, ...args]
	return (await run('git', all, { env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } })).stdout.trim()
}

beforeEach(async () => {
	twin = await startTwin()
	token = twin.person('dana')
	repository = await twin.repository('acme/etl', { collaborators: { dana: 'write', mo: 'read' } })
	client = new Octokit({
		auth: twin.installationToken(twin.install(repository)),
		baseUrl: twin.url,
		log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
	})
	await as(twin, 'dana').commit(repository, 'main', { 'jobs/a.dsx': 'a\n', README: 'hello\n' })
	folder = await mkdtemp(path.join(tmpdir(), 'twin-clone-'))
})
afterEach(async () => {
	await twin.close()
	await rm(folder, { recursive: true, force: true })
})

describe('git over HTTP', () => {
	it('clones, pushes, and says so', async () => {
		const clone = path.join(folder, 'clone')
		await git(token, 'clone', '-q', '--filter=blob:none', `${twin.url}/acme/etl.git`, clone)
		expect(await readFile(path.join(clone, 'jobs/a.dsx'), 'utf8')).toBe('a\n')
		await writeFile(path.join(clone, 'jobs/b.dsx'), 'b\n')
		await git(token, '-C', clone, 'add', '.')
		await git(token, '-C', clone, 'commit', '-qm', 'Add a job')
		await git(token, '-C', clone, 'push', '-q', 'origin', 'main')
		const push: unknown = JSON.parse(twin.webhooks.deliveries.at(-1)?.body ?? '{}')
		expect(push).toMatchObject({
			ref: 'refs/heads/main',
			pusher: { name: 'dana' },
			forced: false,
			commits: [{ message: 'Add a job' }],
		})
		expect(push).toHaveProperty('after', await git(token, '-C', clone, 'rev-parse', 'HEAD'))
	})

	it('asks for a token, hides the repository from strangers, refuses a push from readers', async () => {
		const address = `${twin.url}/acme/etl.git`
		await expect(
			run('git', ['ls-remote', address], { env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } }),
		).rejects.toThrow()
		await expect(git(twin.person('stranger'), 'ls-remote', address)).rejects.toThrow('not found')
		const clone = path.join(folder, 'clone')
		const reader = twin.person('mo')
		await git(reader, 'clone', '-q', address, clone)
		await git(reader, '-C', clone, 'commit', '-q', '--allow-empty', '-m', 'mine')
		await expect(git(reader, '-C', clone, 'push', '-q', 'origin', 'main')).rejects.toThrow('403')
	})
})

describe('the Git Data API', () => {
	it('writes blobs, trees and commits that git reads', async () => {
		const head = (await client.rest.git.getRef({ ...etl, ref: 'heads/main' })).data.object.sha
		const blob = await client.rest.git.createBlob({ ...etl, content: 'AP8=', encoding: 'base64' })
		const tree = await client.rest.git.createTree({
			...etl,
			base_tree: (await client.rest.git.getCommit({ ...etl, commit_sha: head })).data.tree.sha,
			tree: [
				{ path: 'jobs/raw.bin', mode: '100644', type: 'blob', sha: blob.data.sha },
				{ path: 'jobs/c.dsx', mode: '100644', type: 'blob', content: 'c\n' },
				{ path: 'README', mode: '100644', type: 'blob', sha: null },
			],
		})
		const commit = await client.rest.git.createCommit({
			...etl,
			message: 'Write',
			tree: tree.data.sha,
			parents: [head],
		})
		expect(commit.data.author.name).toBe('reglue[bot]')
		await client.rest.git.updateRef({ ...etl, ref: 'heads/main', sha: commit.data.sha, force: false })
		const files = await client.rest.git.getTree({ ...etl, tree_sha: 'main', recursive: '1' })
		expect(files.data.tree.map(({ path }) => path)).toEqual(['jobs', 'jobs/a.dsx', 'jobs/c.dsx', 'jobs/raw.bin'])
		const raw = await client.rest.git.getBlob({ ...etl, file_sha: blob.data.sha })
		expect(Buffer.from(raw.data.content, 'base64')).toEqual(Buffer.from([0, 255]))
	})

	it('moves a branch forward only, unless forced', async () => {
		const first = (await client.rest.git.getRef({ ...etl, ref: 'heads/main' })).data.object.sha
		await as(twin, 'dana').commit(repository, 'main', { README: 'second\n' })
		const back = { ...etl, ref: 'heads/main', sha: first }
		await expect(client.rest.git.updateRef(back)).rejects.toMatchObject({
			status: 422,
			message: expect.stringContaining('not a fast forward'),
		})
		expect((await client.rest.git.updateRef({ ...back, force: true })).data.object.sha).toBe(first)
		const again = { ...etl, ref: 'refs/heads/main', sha: first }
		await expect(client.rest.git.createRef(again)).rejects.toMatchObject({ status: 422 })
	})

	it('refuses what git would not hold', async () => {
		const tree = (await client.rest.git.getTree({ ...etl, tree_sha: 'main' })).data.sha
		const odd = (path: string) =>
			client.rest.git.createTree({
				...etl,
				base_tree: tree,
				tree: [{ path, mode: '100644', type: 'blob', content: '' }],
			})
		await expect(odd('../up')).rejects.toMatchObject({ status: 422 })
		await expect(odd('.git/config')).rejects.toMatchObject({ status: 422 })
		await expect(client.rest.git.createRef({ ...etl, ref: 'refs/heads/a..b', sha: 'x' })).rejects.toMatchObject({
			status: 422,
		})
	})

	it('protects branches', async () => {
		repository.protectedBranches.add('main')
		const head = (await client.rest.git.getRef({ ...etl, ref: 'heads/main' })).data.object.sha
		await expect(client.rest.git.updateRef({ ...etl, ref: 'heads/main', sha: head })).rejects.toMatchObject({
			status: 422,
		})
	})

	it('reads contents of paths with and without escapes, and compares', async () => {
		const { data } = await client.rest.repos.getContent({ ...etl, path: 'jobs/a.dsx' })
		expect(data).toMatchObject({ type: 'file', content: 'YQo=\n' })
		await as(twin, 'dana').commit(repository, 'work', { 'jobs/a.dsx': 'changed\n' })
		const compared = await client.rest.repos.compareCommitsWithBasehead({ ...etl, basehead: 'main...work' })
		expect(compared.data).toMatchObject({
			status: 'ahead',
			ahead_by: 1,
			files: [{ filename: 'jobs/a.dsx', status: 'modified' }],
		})
	})
})
