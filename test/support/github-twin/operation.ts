/** What an operation of the twin is: a route of GitHub's, who may call it, and what it does. */
import type { Endpoints } from '@octokit/types'
import type { Identity } from './git-objects.ts'
import { notFound } from './refusal.ts'
import type { Installation, Level, Permission, Permissions, Repository, User, World } from './state.ts'

/** Who calls. */
export type Actor =
	| { readonly kind: 'anonymous'; readonly user: undefined; readonly name: string }
	| { readonly kind: 'app'; readonly user: undefined; readonly name: string }
	| { readonly kind: 'user'; readonly user: User; readonly name: string }
	| {
			readonly kind: 'installation'
			readonly user: User
			readonly name: string
			readonly installation: Installation
			readonly permissions: Permissions
			readonly repositories: ReadonlySet<number>
	  }

/** Permissions of which one is enough, or what else a caller must be. */
export type Access = 'anyone' | 'app' | 'installation' | { readonly level: Level; readonly of: readonly Permission[] }

export const reads = (...of: readonly Permission[]): Access => ({ level: 'read', of })
export const writes = (...of: readonly Permission[]): Access => ({ level: 'write', of })

export interface Call {
	readonly world: World
	readonly actor: Actor
	/** The repository of the path, already checked for access. @throws where the path names none */
	readonly repository: Repository
	/** Login of the caller. */
	readonly login: string
	readonly identity: Identity
}

export interface Reply {
	readonly status: number
	readonly data: unknown
	/** The whole list, of which the server shows one page; `wrap` gives the name for lists inside an object. */
	readonly list?: { readonly items: readonly unknown[]; readonly wrap: string | undefined }
}

export const ok = (data: unknown): Reply => ({ status: 200, data })
export const created = (data: unknown): Reply => ({ status: 201, data })
export const nothing: Reply = { status: 204, data: undefined }
export const page = (items: readonly unknown[], wrap?: string): Reply => ({
	status: 200,
	data: undefined,
	list: { items, wrap },
})

export interface Operation {
	readonly route: string
	readonly access: Access
	run(call: Call, input: Readonly<Record<string, unknown>>): Reply | Promise<Reply>
}

/** An operation whose input has the type that GitHub's description gives it; the server has validated it by then. */
export function operation<Route extends keyof Endpoints>(
	route: Route,
	access: Access,
	run: (call: Call, input: Endpoints[Route]['parameters']) => Reply | Promise<Reply>,
): Operation {
	return {
		route,
		access,
		run: (call, input) => {
			if (!isInputOf<Endpoints[Route]['parameters']>(input)) throw notFound()
			return run(call, input)
		},
	}
}

/** The server has validated the input against the same description that the types come from. */
function isInputOf<Input>(input: unknown): input is Input {
	return typeof input === 'object' && input !== null
}
