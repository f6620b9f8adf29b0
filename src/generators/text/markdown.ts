/** Markdown with every text from an export escaped. */

/** Text inside a paragraph or heading: nothing in it is markup, on one line. */
export function markdownText(text: string): string {
	return (
		text
			.replaceAll(/[\r\n\t]+/g, ' ')
			// An underscore inside a word is none of Markdown's business.
			.replaceAll(/[\\`*{}[\]<>#+!|~@$&]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|^-/gu, (sign) =>
				sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : sign === '&' ? '&amp;' : `\\${sign}`,
			)
			.trim()
	)
}

/** A text of several lines as paragraphs: its line ends and empty lines stay, and no line becomes a list or a heading. */
export function markdownParagraphs(text: string): string {
	const paragraphs = text.trim().split(/\r?\n(?:[\t ]*\r?\n)+/)
	return paragraphs
		.map((one) =>
			one
				.split(/\r?\n|\r/)
				.map(markdownLine)
				.filter(Boolean)
				.join('\\\n'),
		)
		.join('\n\n')
}

const markdownLine = (line: string): string =>
	markdownText(line.trim())
		.replace(/^(\d+)(?=[.)])/, '$1\\')
		.replace(/^=/, '\\=')

/** Code inside a paragraph or a table cell: a fence of back quotes longer than any inside it, on one line. */
export function markdownCode(text: string): string {
	const line = text.replaceAll(/\s+/g, ' ').trim()
	if (line === '') return ''
	const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((match) => match[0].length))
	const fence = '`'.repeat(longest + 1)
	const padding = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
	// A table splits its cells before it looks for code, so a bar needs its backslash even there.
	return `${fence}${padding}${line.replaceAll('|', '\\|')}${padding}${fence}`
}

/** Text with pieces of code between back quotes, as messages have them; all else in it is text, wherever it came from. */
export function markdownProse(text: string): string {
	return text
		.split(/(`[^`\r\n]+`)/)
		.map((part, index) => {
			if (index % 2 === 1) return markdownCode(part.slice(1, -1))
			const words = markdownText(part)
			return `${/^\s/.test(part) ? ' ' : ''}${words}${/\s$/.test(part) ? ' ' : ''}`
		})
		.join('')
		.trim()
}

/** A fenced block that its content cannot close. */
export function markdownBlock(text: string, language = ''): string {
	const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((match) => match[0].length))
	const fence = '`'.repeat(longest + 1)
	return `${fence}${language}\n${text.replace(/\n+$/, '')}\n${fence}`
}
