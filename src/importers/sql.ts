/** What kind of statement a query is: it decides how the new job runs it (as a subquery, prepared, or as a call). */
import type { QuerySource } from '#model/places.ts'

/** Comments out, strings and quoted names emptied, so that words in them count for nothing. */
export function skeleton(sql: string): string {
	return sql
		.replace(/\/\*[\s\S]*?\*\/|--[^\n]*/g, ' ')
		.replace(/'(?:[^']|'')*'/g, "''")
		.replace(/\[[^\]]*\]/g, '[]')
		.replace(/"[^"]*"/g, '""')
		.trim()
}

/** Comments out, all else as it is: what looks like a comment inside a string is none. */
export function withoutComments(sql: string): string {
	return sql.replace(
		/('(?:[^']|'')*'|"[^"]*")|\/\*[\s\S]*?\*\/|--[^\n]*/g,
		(_all, kept: string | undefined) => kept ?? ' ',
	)
}

/** Parts of a text: what stands before the first word that matches outside all parentheses, strings and quoted names, and behind each. */
export function splitOutermost(
	text: string,
	words: RegExp,
): readonly { readonly word: string; readonly after: string }[] {
	// Strings and quoted names keep their length, so that places in the blank text are places in the text.
	const blank = text.replace(/'(?:[^']|'')*'|"[^"]*"|\[[^\]]*\]|`[^`]*`/g, (quoted) => '_'.repeat(quoted.length))
	const found = [...blank.matchAll(words)].filter(({ index }) => depthAt(blank, index) === 0)
	const parts = found.map((match, place) => ({
		word: match[0],
		after: text.slice(match.index + match[0].length, found[place + 1]?.index),
	}))
	return [{ word: '', after: text.slice(0, found[0]?.index) }, ...parts]
}

function depthAt(text: string, place: number): number {
	let depth = 0
	for (const sign of text.slice(0, place)) depth += sign === '(' ? 1 : sign === ')' ? -1 : 0
	return depth
}

/** Text outside all parentheses: an ORDER BY inside a window or subquery is no ORDER BY of the statement. */
function outermost(text: string): string {
	let depth = 0
	let kept = ''
	for (const sign of text) {
		if (sign === '(') depth += 1
		if (depth === 0) kept += sign
		if (sign === ')') depth = Math.max(0, depth - 1)
	}
	return kept
}

/**
 * `select`: may stand in FROM. `prepared`: begins with WITH. `call`: everything else that returns rows; on SQL Server also an
 * ORDER BY without TOP or OFFSET, which it refuses in a subquery.
 */
export function queryForm(sql: string, dialect: string | undefined): QuerySource['form'] {
	const text = skeleton(sql).replace(/;\s*$/, '')
	if (text.includes(';')) return 'call'
	if (/^with\b/i.test(text)) return 'prepared'
	if (!/^select\b/i.test(text)) return 'call'
	const outer = outermost(text)
	if (/\binto\b/i.test(outer)) return 'call'
	const ordered = /\border\s+by\b/i.test(outer) && !/\b(top|offset)\b/i.test(outer)
	return ordered && (dialect === undefined || dialect === 'sqlserver') ? 'call' : 'select'
}
