/** Text from exports is data in Markdown too: nothing in it may become a link, a mention, a table cell or HTML. */
export function md(text: string): string {
	return text
		.replace(/[\r\n\t]+/g, ' ')
		.replace(/[\\`*_{}[\]<>()#+!|~]/g, (character) => `\\${character}`)
		.replace(/@/g, '@\u200b')
}

/** Inline code: as it is, whatever backticks it holds. */
export function code(text: string): string {
	const flat = text.replace(/[\r\n\t]+/g, ' ')
	const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map((match) => match[0].length))
	const fence = '`'.repeat(longest + 1)
	const padding = flat.startsWith('`') || flat.endsWith('`') ? ' ' : ''
	return `${fence}${padding}${flat}${padding}${fence}`
}

/** Inline code inside a table cell, where a bar would end the cell even in code. */
export function cell(text: string): string {
	return code(text).replace(/\|/g, '\\|')
}

/** A table; cells are given as Markdown. Columns of numbers are right-aligned. */
export function table(
	head: readonly string[],
	rows: readonly (readonly string[])[],
	numbers: readonly number[] = [],
): string {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
	return [
		line(head),
		line(head.map((_name, column) => (numbers.includes(column) ? '---:' : '---'))),
		...rows.map(line),
	].join('\n')
}
