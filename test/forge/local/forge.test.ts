import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { simpleGit } from 'simple-git'
import { beforeEach, describe, expect, it } from 'vitest'
import { localForge } from '#forge/local/forge.ts'
import type { Desired } from '#forge/port.ts'
import { formatTrailers } from '#publish/trailers.ts'

let folder = ''
const git = () => simpleGit({ baseDir: folder })
const bytes = (text: string) => new TextEncoder().encode(text)

function desired(files: Readonly<Record<string, string>>): Desired {
	return {
		unit: 'retail',
		base: 'main',
		files: new Map(Object.entries(files).map(([file, text]) => [file, bytes(text)])),
		owned: ['generated/retail'],
		message: `Migrate retail\n\n${formatTrailers({ unit: 'retail', input: 'ab12', version: '0.1.0' })}\n`,
		pullRequest: {
			title: 'Migrate retail to AWS Glue',
			body: 'All equal.\n',
			check: { conclusion: 'success', title: 'Equal', summary: '1 job' },
		},
	}
}

beforeEach(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'forge-'))
	await git().init(['-b', 'main'])
	writeFileSync(path.join(folder, 'README'), 'ours\n')
	await git().add('.')
	await git().raw(['-c', 'user.name=Dana', '-c', 'user.email=dana@localhost', 'commit', '-m', 'start'])
})

describe('the local forge', () => {
	it('makes a branch with one commit and the pull request, and leaves the work tree alone', async () => {
		const published = await (await localForge(folder)).publish(desired({ 'generated/retail/a.py': 'print(1)\n' }))
		expect(published.writes).toEqual(['commit', 'branch', 'pull request'])
		expect(await git().raw(['show', 'reglue/retail:generated/retail/a.py'])).toBe('print(1)\n')
		expect(await git().raw(['show', 'reglue/retail:README'])).toBe('ours\n')
		expect((await git().status()).isClean()).toBe(true)
		expect(readFileSync(path.join(published.url, 'pull-request.md'), 'utf8')).toBe(
			'# Migrate retail to AWS Glue\n\nAll equal.\n',
		)
		expect(JSON.parse(readFileSync(path.join(published.url, 'check.json'), 'utf8'))).toMatchObject({
			conclusion: 'success',
			head: published.commit,
		})
	})

	it('writes nothing the second time', async () => {
		const forge = await localForge(folder)
		const first = await forge.publish(desired({ 'generated/retail/a.py': 'print(1)\n' }))
		const second = await forge.publish(desired({ 'generated/retail/a.py': 'print(1)\n' }))
		expect(second).toEqual({ ...first, writes: [] })
	})

	it('adds a revision when the files change, and removes what is no longer generated', async () => {
		const forge = await localForge(folder)
		await forge.publish(desired({ 'generated/retail/a.py': '1\n', 'generated/retail/b.py': '2\n' }))
		const { writes } = await forge.publish(desired({ 'generated/retail/a.py': '3\n' }))
		expect(writes).toEqual(['commit', 'pull request'])
		expect(await git().raw(['ls-tree', '-r', '--name-only', 'reglue/retail'])).toBe('README\ngenerated/retail/a.py\n')
		expect((await git().log(['main..reglue/retail'])).total).toBe(2)
	})

	it('leaves a branch alone that people have committed to', async () => {
		const forge = await localForge(folder)
		await forge.publish(desired({ 'generated/retail/a.py': '1\n' }))
		await git().checkout('reglue/retail')
		writeFileSync(path.join(folder, 'generated/retail/a.py'), 'mine\n')
		await git().raw(['-c', 'user.name=Dana', '-c', 'user.email=dana@localhost', 'commit', '-am', 'Repair by hand'])
		const published = await forge.publish(desired({ 'generated/retail/a.py': '2\n' }))
		expect(published).toMatchObject({ writes: [], held: expect.stringContaining('people have committed') })
		expect(await git().raw(['show', 'reglue/retail:generated/retail/a.py'])).toBe('mine\n')
	})

	it('keeps the pristine generation reachable for later merges', async () => {
		const { commit } = await (await localForge(folder)).publish(desired({ 'generated/retail/a.py': '1\n' }))
		expect((await git().raw(['rev-parse', 'refs/reglue/pristine/retail'])).trim()).toBe(commit)
	})

	it('takes names that look like options, and bytes that are not text', async () => {
		const odd = desired({ 'generated/retail/--help': 'x\n' })
		const files = new Map([...odd.files, ['generated/retail/raw.bin', new Uint8Array([0, 255, 13, 10])]])
		await (await localForge(folder)).publish({ ...odd, files })
		expect(await git().raw(['ls-tree', '-r', '--name-only', 'reglue/retail', 'generated/'])).toBe(
			'generated/retail/--help\ngenerated/retail/raw.bin\n',
		)
		expect((await git().binaryCatFile(['blob', 'reglue/retail:generated/retail/raw.bin'])) as Buffer).toEqual(
			Buffer.from([0, 255, 13, 10]),
		)
	})

	it('says what is missing when there is no such branch or repository', async () => {
		await expect((await localForge(folder)).publish({ ...desired({}), base: 'trunk' })).rejects.toThrow(
			'no branch trunk',
		)
		await expect(localForge(tmpdir())).rejects.toThrow()
	})
})
