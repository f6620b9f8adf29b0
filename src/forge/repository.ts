/**
 * What the reconcile loop sees of a repository on a forge, and the few things it writes there.
 *
 * Every method is one step that can be repeated. Reads answer with what is, `undefined` where there is nothing. Writes
 * that may have happened although no answer came look first whether they did, and are repeated at most once, so a caller
 * never doubles anything by calling again after a crash: observe, and write what is missing. Refs move only from where
 * they were seen; whoever is too late is told `raced` and observes again. Bodies that are looked for again carry a
 * marker of their own (`sticky.ts`).
 *
 * Trouble is a `ForgeError` (`error.ts`) with a kind to decide by. `github/repository.ts` is the implementation for
 * GitHub; tests run it against the twin in `test/support/github-twin`.
 */

export interface RepositoryFacts {
	readonly id: number
	/** `owner/name`, as it is now: a rename changes it. */
	readonly fullName: string
	readonly defaultBranch: string
	readonly archived: boolean
	readonly private: boolean
	readonly url: string
}

export interface Commit {
	readonly id: string
	readonly tree: string
	readonly parents: readonly string[]
	readonly message: string
	readonly author: { readonly name: string; readonly email: string }
	readonly committer: { readonly name: string; readonly email: string }
}

export interface TreeFile {
	/** Blob id, as `blobId` computes it. */
	readonly id: string
	/** `100644`, `100755`, `120000` for a link, `160000` for a submodule. */
	readonly mode: string
	readonly size: number | undefined
}

/** How `head` lies to `base`. */
export interface Comparison {
	readonly mergeBase: string
	readonly behind: number
	/** Commits of `head` that `base` has not, oldest first; `complete` says whether these are all. */
	readonly commits: readonly Commit[]
	readonly complete: boolean
	/** Files that differ from the merge base; undefined where the forge lists only some of them. */
	readonly files: readonly ChangedFile[] | undefined
}

export interface ChangedFile {
	readonly path: string
	readonly status: string
	readonly previousPath: string | undefined
}

export interface PullRequest {
	readonly number: number
	readonly state: 'open' | 'closed' | 'merged'
	readonly title: string
	readonly body: string
	readonly author: string
	/** `repository` is undefined where a fork was deleted. */
	readonly head: { readonly branch: string; readonly commit: string; readonly repository: string | undefined }
	readonly base: { readonly branch: string; readonly commit: string }
	readonly fromFork: boolean
	readonly labels: readonly string[]
	readonly url: string
}

export interface Issue {
	readonly number: number
	readonly state: 'open' | 'closed'
	readonly title: string
	readonly body: string
	readonly author: string
	readonly labels: readonly string[]
	readonly url: string
}

export interface Comment {
	readonly id: number
	readonly body: string
	readonly author: string
	readonly url: string
}

export type CheckStatus = 'queued' | 'in_progress' | 'completed'
export type CheckConclusion = 'success' | 'neutral' | 'action_required' | 'failure' | 'cancelled' | 'skipped'

export interface CheckRun {
	readonly id: number
	readonly name: string
	readonly commit: string
	readonly status: string
	readonly conclusion: string | undefined
	readonly externalId: string
	readonly title: string
	readonly summary: string
	readonly annotations: number
	readonly url: string
}

export interface Annotation {
	readonly path: string
	readonly startLine: number
	readonly endLine: number
	readonly level: 'notice' | 'warning' | 'failure'
	readonly title: string
	readonly message: string
}

export interface CheckText {
	readonly title: string
	/** Longer texts are cut at a line, with a notice. */
	readonly summary: string
	readonly text?: string
}

export interface CheckButton {
	/** At most 20 characters. */
	readonly label: string
	/** At most 40. */
	readonly description: string
	/** At most 20. */
	readonly identifier: string
}

/** A new check run, or what changes of one. A completed run cannot be opened again: start another of the same name. */
export interface CheckChange {
	readonly status?: CheckStatus
	readonly conclusion?: CheckConclusion
	readonly output?: CheckText
	/** Appended to those that the run has, worst first; the forge takes them in batches. */
	readonly annotations?: readonly Annotation[]
	/** At most three. */
	readonly buttons?: readonly CheckButton[]
	readonly detailsUrl?: string
}

export interface NewCheck extends CheckChange {
	readonly name: string
	readonly commit: string
	/** By which a sweep finds the run again; with name and commit it makes the run unique. */
	readonly externalId: string
}

export type Role = 'none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin'
export type Reaction = 'eyes' | 'rocket' | 'confused' | '+1' | '-1'

/** `done`: it is as asked for now. `raced`: somebody else has moved it; observe again. */
export type RefResult = 'done' | 'raced'

export interface NewPullRequest {
	readonly title: string
	readonly body: string
	/** Branch of this repository. */
	readonly head: string
	readonly base: string
}

export interface ObservedRepository {
	facts(): Promise<RepositoryFacts>
	/** The commits of refs below a prefix such as `refs/heads/reglue/`. */
	refs(prefix: string): Promise<ReadonlyMap<string, string>>
	ref(name: string): Promise<string | undefined>
	commit(id: string): Promise<Commit | undefined>
	compare(base: string, head: string): Promise<Comparison | undefined>
	/** All files of a commit, by path. */
	tree(commit: string): Promise<ReadonlyMap<string, TreeFile>>
	blob(id: string): Promise<Uint8Array>
	/** One file of a commit or branch. */
	file(path: string, at: string): Promise<Uint8Array | undefined>
	pullRequests(filter: {
		readonly state: 'open' | 'closed' | 'all'
		readonly head?: string
		readonly base?: string
	}): Promise<readonly PullRequest[]>
	pullRequest(number: number): Promise<PullRequest | undefined>
	/** Issues that are no pull requests. */
	issues(filter: {
		readonly state: 'open' | 'closed' | 'all'
		readonly label?: string
		readonly author?: string
	}): Promise<readonly Issue[]>
	/** Of an issue or a pull request, oldest first. */
	comments(number: number): Promise<readonly Comment[]>
	/** Of the whole repository, written at that time or later. */
	commentsSince(time: Date): Promise<readonly Comment[]>
	/** All runs of a name on a commit, newest first. */
	checkRuns(commit: string, name: string): Promise<readonly CheckRun[]>
	/** What somebody may do here now; whoever is not known may do nothing. */
	role(login: string): Promise<Role>
}

export interface WrittenRepository {
	/** A tree like the tree `base`, with files put in and paths taken out. `removed` must be in `base`. @returns its id */
	writeTree(change: {
		readonly base: string
		readonly files: ReadonlyMap<string, Uint8Array>
		readonly removed: readonly string[]
	}): Promise<string>
	/** @returns its id */
	writeCommit(commit: {
		readonly tree: string
		readonly parents: readonly string[]
		readonly message: string
	}): Promise<string>
	createRef(ref: string, to: string): Promise<RefResult>
	/** Moves a ref that still is where it was seen. `rewrite` allows a commit that does not descend from `from`. */
	moveRef(
		ref: string,
		move: { readonly from: string; readonly to: string; readonly rewrite?: boolean },
	): Promise<RefResult>
	/** A ref that is gone already is `done`. */
	deleteRef(ref: string, from: string): Promise<RefResult>
	/** Where one is open for the same branches, that one is given back as it is. */
	openPullRequest(wanted: NewPullRequest): Promise<PullRequest>
	editPullRequest(
		number: number,
		change: {
			readonly title?: string
			readonly body?: string
			readonly base?: string
			readonly state?: 'open' | 'closed'
		},
	): Promise<PullRequest>
	/** The body must be unlike all others there: a lost answer is found again by it. */
	writeComment(number: number, body: string): Promise<Comment>
	editComment(id: number, body: string): Promise<void>
	/** A comment that is gone already is fine. */
	deleteComment(id: number): Promise<void>
	react(comment: number, reaction: Reaction): Promise<void>
	openIssue(wanted: {
		readonly title: string
		readonly body: string
		readonly labels?: readonly string[]
	}): Promise<Issue>
	editIssue(
		number: number,
		change: { readonly title?: string; readonly body?: string; readonly state?: 'open' | 'closed' },
	): Promise<Issue>
	addLabels(number: number, labels: readonly string[]): Promise<void>
	removeLabel(number: number, label: string): Promise<void>
	startCheck(wanted: NewCheck): Promise<CheckRun>
	updateCheck(id: number, change: CheckChange): Promise<CheckRun>
}

export type ForgeRepository = ObservedRepository & WrittenRepository
