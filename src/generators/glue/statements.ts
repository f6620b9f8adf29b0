/** SQL of the export, prepared for one of the ways in which it runs. */

/** Without blanks and semicolons at its end, which a statement inside FROM must not have. */
export const bareStatement = (sql: string): string => sql.replace(/[\s;]+$/, '')

/**
 * Parts of a statement that begins with common table expressions: what stands before its main SELECT, and that SELECT.
 * Undefined for any other statement.
 */
export function splitWith(sql: string): { readonly prepare: string; readonly query: string } | undefined {
	const bare = bareStatement(sql)
	if (!/^\s*with\b/i.test(bare)) return undefined
	let depth = 0
	for (const { text, start } of sqlTokens(bare)) {
		if (text === '(') depth += 1
		else if (text === ')') depth -= 1
		else if (depth === 0 && /^select$/i.test(text))
			return { prepare: bare.slice(0, start).trimEnd(), query: bare.slice(start) }
	}
	return undefined
}

/** The text between the `?` markers of a statement; markers inside texts, names and comments are none. */
export function splitMarkers(sql: string): readonly string[] {
	const parts: string[] = []
	let from = 0
	for (const { text, start } of sqlTokens(sql)) {
		if (text !== '?') continue
		parts.push(sql.slice(from, start))
		from = start + 1
	}
	return [...parts, sql.slice(from)]
}

const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\[[^\]]*\]|\w+|[^\s]/g

function* sqlTokens(sql: string): Generator<{ readonly text: string; readonly start: number }> {
	for (const match of sql.matchAll(token)) yield { text: match[0], start: match.index }
}
