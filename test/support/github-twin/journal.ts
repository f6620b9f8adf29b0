/** Every request that reached the twin, in order: tests count them, and fail the n-th write. */
export interface Recorded {
	readonly method: string
	/** Path with its query, as it was asked for. */
	readonly path: string
	/** The template, such as `POST /repos/{owner}/{repo}/pulls`; undefined where GitHub has (or the twin knows) none. */
	readonly operation: string | undefined
	/** Making a token changes nothing in a repository, so it counts as a read. */
	readonly kind: 'read' | 'write'
	readonly actor: string
	/** Undefined while the answer is on its way, or where none was sent. */
	status: number | undefined
}

export interface Journal {
	readonly requests: readonly Recorded[]
	record(request: Omit<Recorded, 'status'>): Recorded
	writes(): readonly Recorded[]
	/** Requests that no operation of the twin answers: a test of the App should find none. */
	unknown(): readonly Recorded[]
	clear(): void
}

export function twinJournal(): Journal {
	const requests: Recorded[] = []
	return {
		requests,
		record: (request) => {
			const recorded = { ...request, status: undefined }
			requests.push(recorded)
			return recorded
		},
		writes: () => requests.filter(({ kind }) => kind === 'write'),
		unknown: () => requests.filter(({ operation }) => operation === undefined),
		clear: () => {
			requests.length = 0
		},
	}
}
