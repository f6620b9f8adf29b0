/** What the twin remembers beside its git repositories. Everything here is plain data that operations change. */
import type { KeyObject } from 'node:crypto'
import type { Clock } from './clock.ts'

export type Level = 'read' | 'write'
export type Permission = 'checks' | 'contents' | 'issues' | 'metadata' | 'pull_requests' | 'administration'
export type Role = 'read' | 'triage' | 'write' | 'maintain' | 'admin'
export type Permissions = Readonly<Partial<Record<Permission, Level>>>

export interface World {
	readonly app: App
	readonly clock: Clock
	readonly users: Map<string, User>
	readonly tokens: Map<string, Token>
	readonly installations: Map<number, Installation>
	/** By full name in lower case. */
	readonly repositories: Map<string, Repository>
	/** Full names in lower case that a rename left behind, with the repository's id. */
	readonly moved: Map<string, number>
	/** Folder that holds the bare repositories. */
	readonly folder: string
	/** Address of the server, without a slash at the end; known once it listens. */
	url: string
	readonly ids: { next: number }
	/** GitHub cuts a recursive listing of a tree here and says `truncated`. */
	treeLimit: number
	readonly emit: (event: WebhookEvent) => void
}

export interface App {
	readonly id: number
	readonly slug: string
	readonly publicKey: KeyObject
	readonly permissions: Permissions
	readonly events: readonly string[]
}

export interface User {
	readonly id: number
	readonly login: string
	readonly type: 'User' | 'Bot'
	readonly email: string
}

export type Token =
	| { readonly kind: 'user'; readonly login: string }
	| {
			readonly kind: 'installation'
			readonly installation: number
			readonly permissions: Permissions
			/** Ids; undefined: all of the installation. */
			readonly repositories: readonly number[] | undefined
			readonly expires: number
	  }

export interface Installation {
	readonly id: number
	readonly account: string
	/** Ids of repositories. */
	readonly repositories: Set<number>
	suspended: boolean
}

export interface Repository {
	readonly id: number
	owner: string
	name: string
	/** The bare repository. */
	readonly folder: string
	readonly defaultBranch: string
	readonly private: boolean
	archived: boolean
	/** Id of the repository this one was forked from. */
	readonly forkOf: number | undefined
	readonly collaborators: Map<string, Role>
	/** Branches that only an administrator may write to. */
	readonly protectedBranches: Set<string>
	/** Whether Apps may open pull requests here; an organisation can forbid it to the token of Actions. */
	mayOpenPullRequests: boolean
	/** Pull requests and issues share their numbers, as on GitHub. */
	readonly issues: Map<number, Issue>
	readonly comments: Map<number, Comment>
	readonly labels: Map<string, Label>
	readonly checkRuns: Map<number, CheckRun>
	/** The tail of the queue of git writes: one at a time. */
	turn: Promise<unknown>
}

export interface Issue {
	readonly id: number
	readonly number: number
	readonly author: string
	title: string
	body: string | null
	state: 'open' | 'closed'
	readonly labels: Set<string>
	locked: boolean
	readonly created: string
	updated: string
	closed: string | null
	readonly pull: Pull | undefined
}

export interface Pull {
	readonly headRepository: number
	readonly headBranch: string
	/** Last commit of the head branch; stays when the branch is deleted. */
	headSha: string
	base: string
	baseSha: string
	merged: string | null
	mergeCommit: string | null
	mergedBy: string | null
	readonly draft: boolean
}

export interface Comment {
	readonly id: number
	readonly issue: number
	readonly author: string
	body: string
	readonly created: string
	updated: string
	readonly reactions: Map<number, Reaction>
}

export interface Reaction {
	readonly id: number
	readonly author: string
	readonly content: string
	readonly created: string
}

export interface Label {
	readonly id: number
	readonly name: string
	readonly color: string
	readonly description: string | null
}

export interface CheckRun {
	readonly id: number
	name: string
	readonly head: string
	readonly app: number
	status: string
	conclusion: string | null
	externalId: string
	detailsUrl: string | null
	started: string
	completed: string | null
	title: string | null
	summary: string | null
	text: string | null
	readonly annotations: unknown[]
	actions: readonly { readonly label: string; readonly description: string; readonly identifier: string }[]
}

/** Something that GitHub tells the App about. */
export interface WebhookEvent {
	readonly name: string
	readonly action: string | undefined
	readonly repository: Repository | undefined
	readonly installation?: Installation
	readonly sender: string
	readonly payload: Readonly<Record<string, unknown>>
}
