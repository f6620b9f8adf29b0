import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Workspaces } from '#app/workspace/workspace.ts'
import { openWorkspaces } from '#app/workspace/workspace.ts'
import { as } from '../../support/github-twin/people.ts'
import type { Repository } from '../../support/github-twin/state.ts'
import type { Twin } from '../../support/github-twin/twin.ts'
import { startTwin } from '../../support/github-twin/twin.ts'

let twin: Twin
let repository: Repository
let token: string
let folder: string
let workspaces: Workspaces
const limits = { files: 50, fileBytes: 1_000_000, checkoutBytes: 2_000_000, milliseconds: 60_000 }
const never = new AbortController().signal

beforeAll(async () => {
	twin = await startTwin()
	repository = await twin.repository('acme/etl', { collaborators: { dana: 'write' } })
	token = twin.installationToken(twin.install(repository), { contents: 'read', metadata: 'read' })
	folder = mkdtempSync(path.join(tmpdir(), 'reglue-workspace-'))
	workspaces = await openWorkspaces(path.join(folder, 'w'), limits)
})
afterAll(async () => {
	await workspaces.close()
	rmSync(folder, { recursive: true, force: true })
	await twin.close()
})

const source = () => ({
	repository: repository.id,
	url: `${twin.url}/acme/etl.git`,
	token: () => Promise.resolve(token),
})
const commit = (branch: string, files: Readonly<Record<string, string | Uint8Array>>) =>
	as(twin, 'dana').commit(repository, branch, files)
const checkout = (id: string, patterns: readonly string[] = ['**/*']) =>
	workspaces.of(source(), never).checkout(id, patterns)
const filesOf = (root: string): readonly string[] =>
	readdirSync(root, { recursive: true, withFileTypes: true })
		.filter((entry) => !entry.isDirectory())
		.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
		.sort()

/** Writes a tree that no client of good will would push, straight into the repository of the twin. */
function hostileCommit(
	entries: readonly (readonly [mode: string, type: string, content: string, name: string])[],
): string {
	const run = (args: readonly string[], input: string | Buffer = '') =>
		execFileSync('git', ['-C', repository.folder, ...args], {
			input,
			env: {
				...process.env,
				GIT_AUTHOR_NAME: 'm',
				GIT_AUTHOR_EMAIL: 'm@example.test',
				GIT_COMMITTER_NAME: 'm',
				GIT_COMMITTER_EMAIL: 'm@example.test',
			},
		})
			.toString()
			.trim()
	const lines = entries.map(([mode, type, content, name]) => {
		const id = type === 'commit' || type === 'tree' ? content : run(['hash-object', '-w', '--stdin'], content)
		return `${mode} ${type} ${id}\t${name}\0`
	})
	const tree = run(['mktree', '-z', '--missing'], lines.join(''))
	const id = run(['commit-tree', tree, '-m', 'hostile'])
	run(['update-ref', `refs/heads/hostile-${id.slice(0, 8)}`, id])
	return id
}

describe('a checkout', () => {
	it('holds the wanted files of the commit, byte for byte, and gives its folder back', async () => {
		const bytes = Uint8Array.from([0, 13, 10, 255, 10, 13])
		const id = await commit('main', {
			'jobs/a.dsx': bytes,
			'jobs/deep/b.dsx': 'b\r\n',
			'src/other.java': 'x',
			'ä ö.dsx': 'c',
		})
		const taken = await checkout(id, ['**/*.dsx'])
		expect(taken.commit).toBe(id)
		expect(filesOf(taken.folder)).toEqual(['jobs/a.dsx', 'jobs/deep/b.dsx', 'ä ö.dsx'])
		expect(new Uint8Array(readFileSync(path.join(taken.folder, 'jobs/a.dsx')))).toEqual(bytes)
		await taken.release()
		expect(existsSync(taken.folder)).toBe(false)
	})

	it('fetches only what is wanted and not there yet', async () => {
		const big = Buffer.alloc(900_000, 'noise that is not wanted ')
		const first = await commit('main', { 'one.isx': 'one', 'unwanted.bin': big })
		await (await checkout(first, ['*.isx'])).release()
		const second = await commit('main', { 'two.isx': 'two' })
		const bare = path.join(folder, 'w', `${repository.id}.git`)
		const blobs = () =>
			execFileSync('git', ['-C', bare, 'cat-file', '--batch-all-objects', '--batch-check'])
				.toString()
				.split('\n')
				.filter((line) => line.includes(' blob ')).length
		const before = blobs()
		const taken = await checkout(second, ['*.isx'])
		expect(filesOf(taken.folder)).toEqual(['one.isx', 'two.isx'])
		expect(blobs()).toBe(before + 1)
		await taken.release()
	})

	it('of a commit that was never there, or of no id at all, fails', async () => {
		await expect(checkout('0123456789012345678901234567890123456789')).rejects.toThrow()
		await expect(checkout('--upload-pack=touch /tmp/x')).rejects.toThrow('is no id of a commit')
	})

	it('may be several at a time, of one repository too', async () => {
		const ids = [await commit('main', { 'x.dsx': '1' }), await commit('main', { 'x.dsx': '2' })]
		const taken = await Promise.all([...ids, ...ids].map((id) => checkout(id, ['x.dsx'])))
		expect(taken.map(({ folder: at }) => readFileSync(path.join(at, 'x.dsx'), 'utf8'))).toEqual(['1', '2', '1', '2'])
		for (const each of taken) await each.release()
	})

	it('ends when its work is stopped', async () => {
		const id = await commit('main', { 'stopped.dsx': '1' })
		const stop = AbortSignal.abort(new Error('the lane is lost'))
		await expect(workspaces.of(source(), stop).checkout(id, ['**'])).rejects.toThrow('the lane is lost')
	})
})

describe('a hostile repository', () => {
	it('runs nothing: hooks, filters, LFS and attributes of its own have no effect', async () => {
		const marker = path.join(folder, 'ran')
		const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n'
		const id = await commit('main', {
			'.gitattributes': '*.dsx filter=lfs text eol=crlf ident working-tree-encoding=UTF-16\n*.isx filter=evil\n',
			'.gitconfig': `[filter "evil"]\n\tsmudge = touch ${marker}\n\tprocess = touch ${marker}\n`,
			'.lfsconfig': `[lfs]\n\turl = https://evil.example.test/\n`,
			'hooks/post-checkout': `#!/bin/sh\ntouch ${marker}\n`,
			'.githooks/post-checkout': `#!/bin/sh\ntouch ${marker}\n`,
			'lfs.dsx': pointer,
			'plain.dsx': '$Id$\nline\n',
			'evil.isx': 'x',
		})
		const taken = await checkout(id)
		expect(readFileSync(path.join(taken.folder, 'lfs.dsx'), 'utf8')).toBe(pointer)
		expect(readFileSync(path.join(taken.folder, 'plain.dsx'), 'utf8')).toBe('$Id$\nline\n')
		expect(existsSync(marker)).toBe(false)
		await taken.release()
	})

	it('gets no link, no submodule and nothing that can be executed', async () => {
		const submodule = '1234567890123456789012345678901234567890'
		const id = hostileCommit([
			['120000', 'blob', '/etc/passwd', 'link.dsx'],
			['120000', 'blob', '../../../..', 'folder'],
			['160000', 'commit', submodule, 'module.dsx'],
			['100755', 'blob', '#!/bin/sh\n', 'run.dsx'],
			['100644', 'blob', '[submodule "m"]\n\tpath = module.dsx\n\turl = ext::sh -c touch% /tmp/x\n', '.gitmodules'],
			['100644', 'blob', 'plain', 'plain.dsx'],
		])
		const taken = await checkout(id, ['**/*.dsx', '**/folder/**'])
		expect(filesOf(taken.folder)).toEqual(['plain.dsx', 'run.dsx'])
		expect(lstatSync(path.join(taken.folder, 'run.dsx')).mode & 0o111).toBe(0)
		await taken.release()
	})

	it('cannot name files outside of the folder, or inside of git’s own', async () => {
		const evil = hostileCommit([['100644', 'blob', 'evil', 'config.dsx']])
		const tree = execFileSync('git', ['-C', repository.folder, 'rev-parse', `${evil}^{tree}`])
			.toString()
			.trim()
		for (const name of ['..', '.git', '.GIT']) {
			const id = hostileCommit([
				['040000', 'tree', tree, name],
				['100644', 'blob', 'plain', 'plain.dsx'],
			])
			// Git refuses the objects on their way, or the name is left out: either way nothing is written.
			const taken = await checkout(id).catch(() => undefined)
			if (taken !== undefined) expect(filesOf(taken.folder)).toEqual(['plain.dsx'])
			expect(existsSync(path.join(folder, 'w', 'config.dsx'))).toBe(false)
			await taken?.release()
		}
	})

	it('is refused where a file is too large, however small it is packed', async () => {
		const id = await commit('huge', { 'huge.dsx': Buffer.alloc(1_500_000) })
		await expect(checkout(id, ['huge.dsx'])).rejects.toThrow('huge.dsx has 1.5 MB; 1 may be read')
	})

	it('is refused where too many files are wanted, or all of them are too large together', async () => {
		const many = Object.fromEntries(Array.from({ length: 51 }, (_unused, at) => [`many/${at}.dsx`, `${at}`]))
		await expect(checkout(await commit('many', many), ['many/**'])).rejects.toThrow(
			'51 files are wanted; 50 may be read',
		)
		const large = Object.fromEntries([1, 2, 3].map((at) => [`large/${at}.dsx`, Buffer.alloc(900_000, `${at}`)]))
		await expect(checkout(await commit('large', large), ['large/**'])).rejects.toThrow('the files have 2.7 MB; 2 may')
	})

	it('is refused where more is sent than allowed', async () => {
		const tight = await openWorkspaces(path.join(folder, 'tight'), { ...limits, checkoutBytes: 200_000 })
		const noise = Uint8Array.from({ length: 900_000 }, (_unused, at) => (at * 7919 * (at >> 3)) & 255)
		const id = await commit('noise', { 'noise.dsx': noise })
		await expect(tight.of(source(), never).checkout(id, ['noise.dsx'])).rejects.toThrow(/MB/)
		await tight.close()
	})

	it('with a tree that unfolds to billions of names is refused', async () => {
		let tree = execFileSync('git', ['-C', repository.folder, 'mktree'], {
			input: `100644 blob ${execFileSync('git', ['-C', repository.folder, 'hash-object', '-w', '--stdin'], { input: 'x' }).toString().trim()}\tx\n`,
		})
			.toString()
			.trim()
		for (let level = 0; level < 10; level++) {
			const lines = Array.from({ length: 10 }, (_unused, at) => `040000 tree ${tree}\tfolder-${at}\n`).join('')
			tree = execFileSync('git', ['-C', repository.folder, 'mktree'], { input: lines }).toString().trim()
		}
		const id = hostileCommit([['040000', 'tree', tree, 'bomb']])
		await expect(checkout(id, ['**/*.dsx'])).rejects.toThrow('lists more than can be read')
	})
})

describe('the token', () => {
	it('is in no address, no argument and no variable, and in no file afterwards', async () => {
		const seen = path.join(folder, 'seen')
		const bin = path.join(folder, 'bin')
		const real = execFileSync('which', ['git']).toString().trim()
		execFileSync('mkdir', ['-p', bin])
		writeFileSync(
			path.join(bin, 'git'),
			`#!/bin/sh\n{ echo "$@"; env; ps -eo args; stat -c '%a %n' *.config 2>/dev/null; } >> ${seen}\nexec ${real} "$@"\n`,
			{ mode: 0o755 },
		)
		const before = process.env['PATH'] ?? ''
		process.env['PATH'] = `${bin}:${before}`
		try {
			const taken = await checkout(await commit('main', { 'secret.dsx': 'new' }), ['secret.dsx'])
			await taken.release()
		} finally {
			process.env['PATH'] = before
		}
		const text = readFileSync(seen, 'utf8')
		expect(text).toContain('fetch --quiet')
		expect(text).toMatch(/^600 .*fetch-\d+\.config$/m)
		const encoded = Buffer.from(`x-access-token:${token}`).toString('base64')
		for (const secret of [token, encoded, encoded.slice(24, -4)]) {
			expect(text).not.toContain(secret)
			for (const file of filesOf(path.join(folder, 'w'))) {
				const full = path.join(folder, 'w', file)
				if (statSync(full).size < 1_000_000) expect(readFileSync(full, 'latin1')).not.toContain(secret)
			}
		}
	})

	it('that is wrong ends the checkout without its being in the message', async () => {
		const wrong = { ...source(), repository: 999, token: () => Promise.resolve('ghs_wrongwrongwrongwrongwrong1234') }
		const id = await commit('main', { 'wrong.dsx': '1' })
		const failure = await workspaces
			.of(wrong, never)
			.checkout(id, ['**'])
			.catch((error: unknown) => String(error))
		expect(failure).not.toContain('wrongwrong')
		expect(failure).toMatch(/Error/)
	})
})
