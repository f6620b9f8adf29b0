/** A repository as a team would have it: the exports on `main`, nothing of Reglue yet. */
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { simpleGit } from 'simple-git'
import { root } from '../rules/tree.ts'

/** Makes the folder anew. @param files exports to commit, below the project's folder */
export async function freshRepository(folder: string, files: readonly string[]): Promise<void> {
	rmSync(folder, { recursive: true, force: true })
	for (const file of files) {
		mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
		cpSync(path.join(root, file), path.join(folder, file))
	}
	const config = ['user.name=Demo', 'user.email=demo@localhost', 'commit.gpgsign=false', 'core.autocrlf=false']
	const git = simpleGit({ baseDir: folder, config })
	await git.raw(['init', '--quiet', '--initial-branch=main'])
	await git.raw(['add', '--all'])
	await git.raw(['commit', '--quiet', '--message=Exports of the legacy jobs'])
}
