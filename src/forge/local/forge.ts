/** Pull requests in a plain git repository: branches and commits in it, the pull request as files in its git folder. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseTrailers } from '#publish/trailers.ts'
import type { Desired, Forge, Published } from '../port.ts'
import type { Repository } from './git.ts'
import { openRepository } from './git.ts'
import { pullRequestFiles } from './pull-request-files.ts'

/** @throws Error when `folder` is not a git repository, or has no commit on the base branch */
export async function localForge(folder: string): Promise<Forge> {
	const repository = await openRepository(folder)
	return { publish: (desired) => publish(repository, desired) }
}

async function publish(repository: Repository, desired: Desired): Promise<Published> {
	const branch = `reglue/${desired.unit}`
	const ref = `refs/heads/${branch}`
	const base = await repository.resolve(`refs/heads/${desired.base}`)
	if (base === undefined) throw new Error(`the repository has no branch ${desired.base} with a commit to start from`)
	const tip = await repository.resolve(ref)
	const parent = tip ?? base
	const pull = await pullRequestFolder(repository, branch)
	const writes: Published['writes'][number][] = []

	const tree = await desiredTree(repository, parent, desired)
	let commit = parent
	if (tree !== (await repository.treeOf(parent))) {
		if (tip !== undefined && parseTrailers(await repository.messageOf(tip)) === undefined) {
			return {
				unit: desired.unit,
				branch,
				commit: tip,
				writes,
				url: pull,
				held: `people have committed to ${branch}; their work stays, nothing was written`,
			}
		}
		commit = await repository.commit(tree, parent, desired.message)
		await repository.move(ref, commit, tip)
		writes.push('commit')
		if (tip === undefined) writes.push('branch')
		const pristine = `refs/reglue/pristine/${desired.unit}`
		await repository.move(pristine, commit, await repository.resolve(pristine))
	}
	if (tip !== undefined || commit !== base) {
		if (await writePullRequest(pull, pullRequestFiles(desired, branch, commit))) writes.push('pull request')
	}
	return { unit: desired.unit, branch, commit, writes, url: pull }
}

async function desiredTree(repository: Repository, parent: string, desired: Desired): Promise<string> {
	const removed: string[] = []
	for (const folder of desired.owned) {
		for (const file of (await repository.list(parent, folder)).keys()) if (!desired.files.has(file)) removed.push(file)
	}
	return repository.writeTree(parent, desired.files, removed)
}

/** Folder of the branch's pull request: the one that names the branch, or the next number. */
async function pullRequestFolder(repository: Repository, branch: string): Promise<string> {
	const all = path.join(repository.gitFolder, 'reglue', 'pull-requests')
	await mkdir(all, { recursive: true })
	const numbers = (await readdir(all)).map(Number).filter(Number.isInteger)
	for (const number of numbers) {
		const head = await readFile(path.join(all, String(number), 'head'), 'utf8').catch(() => '')
		if (head.split('\n')[0] === branch) return path.join(all, String(number))
	}
	return path.join(all, String(Math.max(0, ...numbers) + 1))
}

/** Writes only what differs. @returns whether anything was written */
async function writePullRequest(folder: string, files: ReadonlyMap<string, string>): Promise<boolean> {
	let wrote = false
	await mkdir(folder, { recursive: true })
	for (const [name, text] of files) {
		const file = path.join(folder, name)
		if ((await readFile(file, 'utf8').catch(() => undefined)) === text) continue
		await writeFile(file, text)
		wrote = true
	}
	return wrote
}
