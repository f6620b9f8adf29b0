/**
 * Where pull requests live: the wanted end state of one unit, reached in one call. `local/forge.ts` does it in a plain
 * repository, `over-repository.ts` through the single steps of `repository.ts`, which a forge such as GitHub offers.
 */
import type { PullRequestText } from '#publish/pull-request.ts'

/** What a unit's branch and pull request should be. */
export interface Desired {
	readonly unit: string
	/** Branch to make the pull request against. */
	readonly base: string
	/** Files by path below the repository root. */
	readonly files: ReadonlyMap<string, Uint8Array>
	/** Folders that the unit owns alone: files of the branch there that are not in `files` are removed. */
	readonly owned: readonly string[]
	readonly message: string
	readonly pullRequest: PullRequestText
}

export interface Published {
	readonly unit: string
	readonly branch: string
	readonly commit: string
	/** What was written: empty on a second run with nothing changed. */
	readonly writes: readonly ('branch' | 'commit' | 'pull request' | 'check')[]
	/** Where to look. */
	readonly url: string
	/** Why nothing was done although something changed: people have committed to the branch, or closed the pull request. */
	readonly held?: string
}

export interface Forge {
	publish(desired: Desired): Promise<Published>
}
