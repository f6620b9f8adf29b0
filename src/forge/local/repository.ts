/**
 * A plain git repository as a forge: its branches are the branches, and pull requests, checks, comments and issues are
 * files in the folder `reglue` of its git folder. Nothing leaves the machine, and no work tree is touched but one that has
 * a branch of ours checked out.
 */
import path from 'node:path'
import type { ForgeRepository } from '../repository.ts'
import { localChecks } from './checks.ts'
import type { LocalGit } from './git.ts'
import { openGit } from './git.ts'
import { localObjects } from './objects.ts'
import { localPulls } from './pulls.ts'
import { localRefs } from './refs.ts'
import { openStore } from './store.ts'
import { localComments, localIssues } from './talks.ts'

export interface LocalRepository extends ForgeRepository {
	/** Folder with git's objects: for checkouts. */
	readonly objects: string
}

/**
 * @param folder the repository, bare or with a work tree
 * @param login under which everything is written
 * @throws ForgeError when the folder is not a git repository
 */
export async function localRepository(folder: string, login: string): Promise<LocalRepository> {
	const git = await openGit(folder)
	const store = openStore(git.gitFolder)
	const name = path.basename(path.resolve(folder))
	const pulls = localPulls(git, store, login, name)
	return {
		objects: path.join(git.gitFolder, 'objects'),
		facts: async () => ({
			id: 1,
			fullName: name,
			defaultBranch: await defaultBranch(git),
			archived: false,
			private: true,
			url: path.resolve(folder),
		}),
		// Whoever may write to the folder may do everything in it.
		role: () => Promise.resolve('admin'),
		...localObjects(git),
		...localRefs(git, pulls),
		...pulls.steps,
		...localIssues(store, login),
		...localComments(store, login),
		...localChecks(store, pulls),
	}
}

/** The branch that HEAD names, unless somebody looks at one of ours. */
async function defaultBranch(git: LocalGit): Promise<string> {
	const branch = (await git.run(['symbolic-ref', '--quiet', '--short', 'HEAD'])).trim()
	return branch === '' || branch.startsWith('reglue/') ? 'main' : branch
}
