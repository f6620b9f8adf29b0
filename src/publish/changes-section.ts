/**
 * The part of our text that follows from how files came together and not from evidence: the check makes the text anew
 * and keeps this part as it is.
 */
const begin = '<!-- reglue:changes -->'
const end = '<!-- reglue:changes:end -->'

/** @param sections empty: there is nothing to say, and no section */
export function changesSection(sections: readonly string[]): string {
	return sections.length === 0 ? '' : [begin, ...sections, end].join('\n\n')
}

export function changesIn(body: string): string {
	const text = body.replace(/\r\n/g, '\n')
	const start = text.indexOf(begin)
	const stop = text.indexOf(end, start)
	return start < 0 || stop < 0 ? '' : text.slice(start, stop + end.length)
}
