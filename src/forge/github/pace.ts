/** Time, as the client needs it; tests bring their own. */
export interface Time {
	now(): number
	sleep(milliseconds: number): Promise<void>
}

export const realTime: Time = {
	now: () => Date.now(),
	sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}

/**
 * Lets one write go at a time, and the next no sooner than `gap` after the last was answered. GitHub asks for a second:
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
 */
export function writePace(gap: number, time: Time): <T>(write: () => Promise<T>) => Promise<T> {
	let tail: Promise<unknown> = Promise.resolve()
	let next = 0
	return (write) => {
		const turn = tail.then(async () => {
			const wait = next - time.now()
			if (wait > 0) await time.sleep(wait)
			try {
				return await write()
			} finally {
				next = time.now() + gap
			}
		})
		tail = turn.catch(() => undefined)
		return turn
	}
}
