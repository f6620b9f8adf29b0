/** Trouble on order: what a test wants to go wrong between a client and the twin. */
import type { Recorded } from './journal.ts'

export type Effect =
	| { readonly kind: 'status'; readonly status: number; readonly message?: string; readonly headers?: Headers }
	/** The connection ends without an answer. */
	| { readonly kind: 'reset' }
	| { readonly kind: 'delay'; readonly milliseconds: number }
	/** No answer ever comes, until the client gives up. */
	| { readonly kind: 'hang' }

type Headers = Readonly<Record<string, string>>

export interface Fault {
	readonly matches: (request: Recorded) => boolean
	/** `before`: the request has no effect. `after`: it is done, and only the answer goes wrong. */
	readonly when: 'before' | 'after'
	readonly effect: Effect
	/** How often; for ever where undefined. */
	readonly times?: number
}

export interface Faults {
	add(fault: Fault): void
	/** The client dies at its n-th write from now on (1 is the next): that one and all that follow get no answer. */
	dieAtWrite(number: number, when: 'before' | 'after'): void
	/** Whether such a death has come. */
	dead(): boolean
	effect(request: Recorded, when: 'before' | 'after'): Effect | undefined
	clear(): void
}

const reset: Effect = { kind: 'reset' }

export function twinFaults(): Faults {
	let faults: { readonly fault: Fault; left: number }[] = []
	let death: { left: number; readonly when: 'before' | 'after' } | undefined
	let dead = false

	const deathOf = (request: Recorded, when: 'before' | 'after'): boolean => {
		if (dead) return when === 'before'
		if (death === undefined || request.kind !== 'write' || death.when !== when) return false
		death.left -= 1
		dead = death.left === 0
		return dead
	}
	return {
		add: (fault) => faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
		dieAtWrite: (number, when) => {
			death = { left: number, when }
			dead = false
		},
		dead: () => dead,
		effect: (request, when) => {
			if (deathOf(request, when)) return reset
			const found = faults.find(({ fault, left }) => left > 0 && fault.when === when && fault.matches(request))
			if (found === undefined) return undefined
			found.left -= 1
			return found.fault.effect
		},
		clear: () => {
			faults = []
			death = undefined
			dead = false
		},
	}
}
