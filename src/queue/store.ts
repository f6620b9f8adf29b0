/**
 * Work that waits, kept where a crash cannot lose it. The store knows nothing of what the work is: lanes, keys and
 * contents are the host's. `sqlite/store.ts` is the embedded implementation; every method is one transaction.
 *
 * Each lane has one worker at a time. Whoever claims work gets the lane's lease, which ends by itself when its holder
 * dies, and a fencing number that grows with each claim: who holds an older number has lost the lane and must not write.
 */

/** What came from outside, by the id that stays the same when it is sent again. */
export interface Delivery {
	readonly id: string
	readonly event: string
}

export interface NewWork {
	/** Works of one lane run one after the other. */
	readonly lane: string
	/** What a rate limit holds up as a whole, or a suspension; many lanes share one. */
	readonly scope: string
	/** Workers of one pool take only this pool's work, so that quick work never waits behind slow work. */
	readonly pool: string
	/** Waiting works of a lane with the same key are one: doing it once does it for all. */
	readonly key: string
	/** Never overtaken by a later work of its lane that is in order too, even while it waits to be tried again. */
	readonly inOrder: boolean
	/** Runs only when no other work is ready. */
	readonly background: boolean
	readonly kind: string
	readonly content: string
	/** Milliseconds since 1970 before which it does not run. */
	readonly notBefore?: number
	/** Where the trace of its event goes on. */
	readonly trace?: string
}

/** What a delivery meant to the store: new, known with work left to do, or known and done with. */
export type Received = 'stored' | 'unfinished' | 'finished'

/** Work in somebody's hands. */
export interface Claim {
	readonly work: number
	readonly lane: string
	readonly scope: string
	readonly kind: string
	readonly content: string
	readonly trace: string | undefined
	/** How often it was begun, this time included. */
	readonly attempt: number
	/** Milliseconds since it was stored. */
	readonly waited: number
	readonly fence: number
	readonly owner: string
}

export interface Waiting {
	readonly key: string
	readonly kind: string
	readonly running: boolean
}

export interface Counts {
	readonly waiting: number
	readonly running: number
	readonly failed: number
	/** Scopes that wait for their time. */
	readonly parked: number
	/** Milliseconds that the oldest work that could run has been waiting. */
	readonly oldest: number
}

export interface WorkStore {
	/** Keeps a delivery with its work. One that is known adds nothing; of its work, what was given up is tried again. */
	receive(delivery: Delivery, works: readonly NewWork[]): Promise<Received>
	/** Which of these deliveries are known. */
	known(ids: readonly string[]): Promise<ReadonlySet<string>>
	/** Keeps work that no delivery brought. */
	add(works: readonly NewWork[]): Promise<void>
	/** Takes the next work of a pool, with its lane for `lease` milliseconds. */
	claim(request: { readonly pool: string; readonly owner: string; readonly lease: number }): Promise<Claim | undefined>
	/** Holds the lane for `lease` more milliseconds. @returns false where it is lost */
	renew(claim: Claim, lease: number): Promise<boolean>
	/** Whether the lane is still the holder's. */
	holds(claim: Claim): Promise<boolean>
	/** Ends the work and frees the lane. @returns false where the lane was lost: somebody else does the work again */
	finish(claim: Claim, end: 'done' | 'failed'): Promise<boolean>
	/** Frees the lane with the work undone. `counted`: this try counts as one. @returns false where the lane was lost */
	giveBack(claim: Claim, when: { readonly notBefore: number; readonly counted: boolean }): Promise<boolean>
	/** Nothing of the scope runs until then. */
	park(scope: string, until: number): Promise<void>
	/** Forgets work that waits, of a scope or only of some of its lanes. @returns how much */
	drop(scope: string, lanes?: readonly string[]): Promise<number>
	/** What waits or runs in these lanes, in order. */
	waiting(lanes: readonly string[]): Promise<readonly Waiting[]>
	counts(): Promise<Counts>
	/** Forgets what ended before a time. */
	prune(before: number): Promise<void>
	close(): void
}
