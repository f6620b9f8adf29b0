/** What a team does: a clone, a commit, a push. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { simpleGit } from 'simple-git'
import { root } from '../rules/tree.ts'

export interface PushOptions {
	readonly address: string
	/** The person's. */
	readonly token: string
	/** Where to work. */
	readonly folder: string
	/** Exports, below the project's folder; `exports/` gets them. */
	readonly files: readonly string[]
}

export async function pushExports({ address, token, folder, files }: PushOptions): Promise<void> {
	mkdirSync(path.join(folder, 'exports'), { recursive: true })
	mkdirSync(path.join(folder, '.github'))
	for (const file of files) cpSync(path.join(root, file), path.join(folder, 'exports', path.basename(file)))
	writeFileSync(path.join(folder, '.github', 'reglue.yml'), 'version: 1\nsources:\n  - exports/**\n')
	const header = `Authorization: Basic ${Buffer.from(`dana:${token}`).toString('base64')}`
	const git = simpleGit({ baseDir: folder })
	await git.raw(['init', '--quiet', '--initial-branch=main'])
	const settings = { 'user.name': 'Dana', 'user.email': 'dana@example.test', 'commit.gpgsign': 'false' }
	for (const [key, value] of Object.entries(settings)) await git.raw(['config', key, value])
	await git.raw(['config', 'http.extraHeader', header])
	await git.raw(['remote', 'add', 'origin', address])
	await git.raw(['add', '--all'])
	await git.raw(['commit', '--quiet', '--message=Exports of the legacy jobs'])
	await git.raw(['push', '--quiet', '--set-upstream', 'origin', 'main'])
}
