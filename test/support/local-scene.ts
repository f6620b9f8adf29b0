/** A plain git repository with a person in it: the local forge as tests use it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { SimpleGit } from 'simple-git'
import { simpleGit } from 'simple-git'
import type { LocalRepository } from '#forge/local/repository.ts'
import { localRepository } from '#forge/local/repository.ts'

export interface LocalScene {
	readonly folder: string
	/** What a person does in the work tree. */
	readonly git: SimpleGit
	readonly forge: LocalRepository
	/** Commits on a branch, which is made where it is not there, and goes back to `main`. */
	commit(branch: string, files: Readonly<Record<string, string | null>>): Promise<string>
	/** Text of a file on a branch. */
	read(branch: string, file: string): Promise<string>
	close(): void
}

export async function localScene(files: Readonly<Record<string, string>> = { README: 'hello\n' }): Promise<LocalScene> {
	const folder = mkdtempSync(path.join(tmpdir(), 'local-forge-'))
	const config = ['user.name=Dana', 'user.email=dana@localhost', 'commit.gpgsign=false', 'core.autocrlf=false']
	const git = simpleGit({ baseDir: folder, config })
	await git.raw(['init', '--quiet', '--initial-branch=main'])
	const commit: LocalScene['commit'] = async (branch, changes) => {
		const now = await git.raw(['symbolic-ref', '--short', 'HEAD'])
		if (now.trim() !== branch) {
			const known = await git.raw(['branch', '--list', branch])
			await git.raw(known.trim() === '' ? ['checkout', '--quiet', '-b', branch] : ['checkout', '--quiet', branch])
		}
		for (const [file, text] of Object.entries(changes)) {
			if (text === null) rmSync(path.join(folder, file))
			else {
				mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
				writeFileSync(path.join(folder, file), text)
			}
		}
		await git.raw(['add', '--all'])
		await git.raw(['commit', '--quiet', '--message=Change files'])
		const id = (await git.raw(['rev-parse', 'HEAD'])).trim()
		if (branch !== 'main') await git.raw(['checkout', '--quiet', 'main'])
		return id
	}
	await commit('main', files)
	return {
		folder,
		git,
		forge: await localRepository(folder, 'reglue'),
		commit,
		read: (branch, file) => git.raw(['show', `${branch}:${file}`]),
		close: () => rmSync(folder, { recursive: true, force: true }),
	}
}
