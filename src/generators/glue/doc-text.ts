/** Text from exports in comments and docstrings. */

/** One line of at most `limit` characters that can neither end a docstring nor escape anything in it. */
export function docText(text: string, limit = 70): string {
	const line = text
		.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
		.replaceAll(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
		.replaceAll('\\', '/')
		.replaceAll('"', "'")
		.replaceAll(/\s+/g, ' ')
		.trim()
	return line.length <= limit ? line : `${line.slice(0, limit - 1).trimEnd()}…`
}
