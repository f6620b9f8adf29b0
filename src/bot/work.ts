/**
 * What there is to do for a repository, in words of no particular forge. Hosts make it of webhooks, of an Action's event
 * or of a timer; `run-work.ts` does it. Work holds numbers and ids only: whatever else it needs is observed when it runs,
 * so that doing it late, twice or out of order ends in the same state.
 */

export type Work =
	/** A watched branch moved: migrate the units whose exports or settings changed. `branch` is a name without `refs/heads/`. */
	| { readonly kind: 'push'; readonly branch: string }
	/** A pull request was opened, reopened or got commits: post the check on its head. */
	| { readonly kind: 'pull-request'; readonly number: number }
	/** A pull request was closed or merged. */
	| { readonly kind: 'pull-request-closed'; readonly number: number }
	| CommandWork
	/** Somebody asked for a check again, or for all of a commit: a new run of the same name. */
	| { readonly kind: 'check-rerun'; readonly check?: number; readonly commit: string }
	/** Somebody pressed a button of a check. */
	| {
			readonly kind: 'check-button'
			readonly check: number
			readonly commit: string
			readonly button: string
			readonly author: string
	  }
	/** Check boxes of the dashboard issue were ticked. */
	| { readonly kind: 'dashboard'; readonly issue: number; readonly author: string }
	/** The App was installed on the repository. */
	| { readonly kind: 'installed' }
	/** Start-up and timer: unfinished work, orphaned checks, what a lost event would have asked for. */
	| { readonly kind: 'sweep' }

/** A comment that starts with `/migrate`. */
export interface CommandWork {
	readonly kind: 'command'
	/** Issue or pull request. */
	readonly number: number
	readonly comment: number
	/** The comment as it was when the event came: editing it later changes nothing. */
	readonly body: string
	readonly author: string
	/** Head of the pull request when the event came, where the event or the host knows it: the command holds for it alone. */
	readonly head?: string
}
