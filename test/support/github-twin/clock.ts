/** The twin's own time: it moves one second with every write, so that a scenario gives the same commits each time. */
export interface Clock {
	/** ISO 8601 without milliseconds, as GitHub writes times. */
	now(): string
	tick(): void
	advance(seconds: number): void
	seconds(): number
}

export function twinClock(start = '2026-01-05T09:00:00Z'): Clock {
	let seconds = Date.parse(start) / 1000
	return {
		now: () => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'),
		tick: () => {
			seconds += 1
		},
		advance: (more) => {
			seconds += more
		},
		seconds: () => seconds,
	}
}
