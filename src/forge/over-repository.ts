/**
 * Publishing through the steps of a `ForgeRepository`: observe, decide, write what is missing. Stopped anywhere and
 * called again, it ends in the same state; called with nothing changed, it writes nothing.
 */
import { withOwnSection } from '#publish/own-section.ts'
import { parseTrailers } from '#publish/trailers.ts'
import { blobId } from './blob-id.ts'
import { ForgeError } from './error.ts'
import type { Desired, Forge, Published } from './port.ts'
import type { ForgeRepository, PullRequest } from './repository.ts'

type Write = Published['writes'][number]

export function forgeOver(repository: ForgeRepository): Forge {
	return { publish: (desired) => publish(repository, desired) }
}

interface Observed {
	readonly base: string
	readonly tip: string | undefined
	/** The last pull request of the branch. */
	readonly pull: PullRequest | undefined
}

async function publish(repository: ForgeRepository, desired: Desired): Promise<Published> {
	const branch = `reglue/${desired.unit}`
	const observed = await observe(repository, desired, branch)
	const { tip, pull } = observed
	const held = await reasonToHold(repository, desired, observed)
	if (held !== undefined) {
		const { url } = pull ?? (await repository.facts())
		return { unit: desired.unit, branch, commit: tip ?? observed.base, writes: [], url, held }
	}
	const writes: Write[] = []
	const commit = await publishCommit(repository, desired, branch, observed, writes)
	if (commit === observed.base) {
		return { unit: desired.unit, branch, commit, writes, url: (await repository.facts()).url }
	}
	const { url } = await publishPull(repository, desired, branch, pull, writes)
	await publishCheck(repository, desired, commit, writes)
	return { unit: desired.unit, branch, commit, writes, url }
}

async function observe(repository: ForgeRepository, desired: Desired, branch: string): Promise<Observed> {
	const base = await repository.ref(`refs/heads/${desired.base}`)
	if (base === undefined) {
		throw new ForgeError('missing', `the repository has no branch ${desired.base} with a commit to start from`)
	}
	const tip = await repository.ref(`refs/heads/${branch}`)
	const pulls = await repository.pullRequests({ state: 'all', head: branch })
	const pull = pulls.find(({ state }) => state === 'open') ?? pulls[0]
	return { base, tip, pull }
}

/** People's commits stay untouched, and a closed pull request means no until its input changes. */
async function reasonToHold(
	repository: ForgeRepository,
	desired: Desired,
	observed: Observed,
): Promise<string | undefined> {
	const { base, tip, pull } = observed
	if (tip === undefined || pull?.state === 'merged') return undefined
	const compared = await repository.compare(base, tip)
	if (compared === undefined) return undefined
	const commits = compared.commits.map(({ message }) => parseTrailers(message))
	if (commits.includes(undefined)) {
		return `people have committed to reglue/${desired.unit}; their work stays, nothing was written`
	}
	if (pull?.state !== 'closed') return undefined
	const unchanged = commits.at(-1)?.input === parseTrailers(desired.message)?.input
	return unchanged ? `pull request ${pull.number} was closed; nothing is written until its input changes` : undefined
}

/** The commit that the branch now has; the base, where nothing differs from it. */
async function publishCommit(
	repository: ForgeRepository,
	desired: Desired,
	branch: string,
	{ base, tip, pull }: Observed,
	writes: Write[],
): Promise<string> {
	// What was merged is in the base already, perhaps as another commit: the next revision starts there.
	const merged = pull?.state === 'merged' && pull.head.commit === tip
	const parent = tip === undefined || merged ? base : tip
	const found = await repository.commit(parent)
	if (found === undefined) throw new ForgeError('missing', `the commit ${parent} is not there any more`)
	const change = changeOf(desired, await repository.tree(found.tree))
	let commit = parent
	if (change.files.size > 0 || change.removed.length > 0) {
		const tree = await repository.writeTree({ base: found.tree, ...change })
		commit = await repository.writeCommit({ tree, parents: [parent], message: desired.message })
		const ref = `refs/heads/${branch}`
		const result =
			tip === undefined
				? await repository.createRef(ref, commit)
				: await repository.moveRef(ref, { from: tip, to: commit, rewrite: merged })
		if (result === 'raced') throw new ForgeError('conflict', `somebody else has moved ${branch}; look again`)
		writes.push('commit', ...(tip === undefined ? (['branch'] as const) : []))
	}
	if (commit !== base) await keepPristine(repository, desired.unit, commit)
	return commit
}

function changeOf(desired: Desired, tree: Awaited<ReturnType<ForgeRepository['tree']>>) {
	const files = [...desired.files].filter(([path, bytes]) => tree.get(path)?.id !== blobId(bytes))
	const owned = (path: string): boolean => desired.owned.some((folder) => path.startsWith(`${folder}/`))
	const removed = [...tree.keys()].filter((path) => owned(path) && !desired.files.has(path))
	return { files: new Map(files), removed }
}

/** Later merges with people's edits need what was generated last, also after the branch is gone. */
async function keepPristine(repository: ForgeRepository, unit: string, commit: string): Promise<void> {
	const ref = `refs/reglue/pristine/${unit}`
	const seen = await repository.ref(ref)
	if (seen === undefined) await repository.createRef(ref, commit)
	else await repository.moveRef(ref, { from: seen, to: commit, rewrite: true })
}

async function publishPull(
	repository: ForgeRepository,
	desired: Desired,
	branch: string,
	pull: PullRequest | undefined,
	writes: Write[],
): Promise<PullRequest> {
	const { title, body } = desired.pullRequest
	if (pull?.state !== 'open') {
		writes.push('pull request')
		return repository.openPullRequest({ title, body, head: branch, base: desired.base })
	}
	const wanted = withOwnSection(pull.body, body)
	if (pull.title === title && pull.body.replace(/\r\n/g, '\n') === wanted) return pull
	writes.push('pull request')
	return repository.editPullRequest(pull.number, { title, body: wanted })
}

async function publishCheck(
	repository: ForgeRepository,
	desired: Desired,
	commit: string,
	writes: Write[],
): Promise<void> {
	const { conclusion, title, summary } = desired.pullRequest.check
	const [last] = await repository.checkRuns(commit, 'reglue')
	if (last?.conclusion === conclusion && last.title === title && last.summary === summary) return
	writes.push('check')
	const externalId = blobId(new TextEncoder().encode(JSON.stringify([desired.unit, conclusion, title, summary])))
	await repository.startCheck({
		name: 'reglue',
		commit,
		externalId,
		status: 'completed',
		conclusion,
		output: { title, summary },
	})
}
