/** Why a forge did not do what was asked. Hosts decide by `kind`; nobody reads the words of a forge's answer. */
export type ForgeErrorKind =
	/** Too much was asked for: nothing was done. Park the work until `until`; do not wait in memory. */
	| 'rate-limited'
	/** The token is wrong, or has ended. */
	| 'unauthorized'
	/** Not permitted here: a missing permission, an archived repository, a suspended installation, a locked talk. */
	| 'forbidden'
	/** It does not exist, or may not be seen. */
	| 'missing'
	/** Somebody else was faster. */
	| 'conflict'
	/** The forge understood and refuses. */
	| 'invalid'
	/** The forge failed. A write may have happened all the same. */
	| 'unavailable'
	/** No answer came. A write may have happened all the same. */
	| 'unreachable'

export class ForgeError extends Error {
	readonly kind: ForgeErrorKind
	readonly status: number | undefined
	/** When to come again, for `rate-limited`. */
	readonly until: Date | undefined

	constructor(kind: ForgeErrorKind, message: string, more: { readonly status?: number; readonly until?: Date } = {}) {
		super(message)
		this.name = 'ForgeError'
		this.kind = kind
		this.status = more.status
		this.until = more.until
	}
}

export function isForgeError(error: unknown, ...kinds: readonly ForgeErrorKind[]): error is ForgeError {
	return error instanceof ForgeError && (kinds.length === 0 || kinds.includes(error.kind))
}

/** A write after which nobody knows whether it happened. */
export function isUncertain(error: unknown): boolean {
	return isForgeError(error, 'unavailable', 'unreachable')
}
