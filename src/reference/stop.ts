/** Why a run ended before its end. */
export interface RunFailure {
	/** Id of the operator, task or precedence that failed. */
	readonly operator: string
	readonly message: string
	/** Not the source's doing: these inputs ask for more rows than a test run should make. */
	readonly tooLarge?: true
}

/**
 * Unwinds the interpreter from the depth of a row to the start of the flow, where it becomes a {@link RunFailure}.
 * It never leaves this layer: callers see data.
 */
class RunStopped extends Error {
	override readonly name = 'RunStopped'
	readonly failure: RunFailure

	constructor(failure: RunFailure) {
		super(`${failure.operator}: ${failure.message}`)
		this.failure = failure
	}
}

export function stop(operator: string, message: string): never {
	throw new RunStopped({ operator, message })
}

/** Ends a run whose inputs ask for more rows than a test run should make. */
export function stopTooLarge(operator: string, message: string): never {
	throw new RunStopped({ operator, message, tooLarge: true })
}

/** What stopped a part stops what the part belongs to. */
export function stopAgain(failure: RunFailure): never {
	throw new RunStopped(failure)
}

/** Runs a piece of the interpreter; a stopped run comes back as its failure. Bugs pass through. */
export function catchStop<T>(run: () => T): { readonly value: T } | { readonly failure: RunFailure } {
	try {
		return { value: run() }
	} catch (error) {
		if (error instanceof RunStopped) return { failure: error.failure }
		throw error
	}
}
