/** Text between these lines is Reglue's; anything outside belongs to people. */
export const begin = '<!-- reglue:begin -->'
export const end = '<!-- reglue:end -->'

/** The body as it should be: what people wrote around our section stays. A body without our section gets it in front. */
export function withOwnSection(existing: string, wanted: string): string {
	// GitHub's text fields give back lines that end with CR and LF once a person has edited them.
	const text = existing.replace(/\r\n/g, '\n')
	const section = ownSection(wanted)
	const old = ownSection(text)
	if (section === undefined || text.trim() === '') return wanted
	if (old === undefined) return `${wanted.trimEnd()}\n\n${text}`
	return text.replace(old, () => section)
}

/** Characters that a body has besides our section. */
export function lengthBeside(existing: string): number {
	const text = existing.replace(/\r\n/g, '\n')
	return text.trim() === '' ? 0 : text.length - (ownSection(text)?.length ?? -2)
}

function ownSection(body: string): string | undefined {
	const start = body.indexOf(begin)
	const stop = body.indexOf(end, start)
	return start < 0 || stop < 0 ? undefined : body.slice(start, stop + end.length)
}
