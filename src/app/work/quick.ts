/** Commands that only read and answer, by their first words: they need not wait for a check that runs. */
const quick = /^\s*\/migrate(?:\s+(?:help|status|explain)\b|\s*$)/im

/** Whoever is wrong here only waits longer: what a command may do is decided where it runs. */
export function isQuick(body: string): boolean {
	return quick.test(body)
}
