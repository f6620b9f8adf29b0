/** How long texts may be on a forge, and how to cut what is longer. */

/** Bytes of the summary and of the text of a check run on GitHub. */
export const longestCheckText = 65_535

/** Cuts a text at the end of a line so that it has at most `bytes` bytes, the notice included. */
export function cutAtLine(text: string, bytes: number, notice: string): string {
	if (Buffer.byteLength(text) <= bytes) return text
	const room = bytes - Buffer.byteLength(notice) - 1
	let kept = Buffer.from(text)
		.subarray(0, room)
		.toString('utf8')
		.replace(/\uFFFD+$/, '')
	const end = kept.lastIndexOf('\n')
	if (end > 0) kept = kept.slice(0, end)
	return `${kept}\n${notice}`
}
