/** Statements as packages hold them. */
import { skeleton, withoutComments } from '../../sql.ts'

/** Statements between lines that hold only GO, which is a word of the tools, not of SQL. */
export function batches(sql: string): readonly string[] {
	const parts = sql.split(/^[ \t]*GO[ \t]*(?:\d+[ \t]*)?;?[ \t]*\r?$/im)
	if (parts.length === 1) return sql.trim() === '' ? [] : [sql]
	return parts.filter((batch) => batch.trim() !== '').map((batch) => batch.replace(/^(?:[ \t]*\r?\n)+/, '').trimEnd())
}

/** The table of a statement that only selects columns of one table, as the statement spells it. */
export function selectedTable(sql: string): string | undefined {
	const name = String.raw`(?:[\w$#@]+|\[[^\]]+\]|"[^"]+"|\x60[^\x60]+\x60)`
	const plain = new RegExp(String.raw`^\s*select\s+[^()]+?\s+from\s+(${name}(?:\.${name})*)\s*;?\s*$`, 'i')
	const [, table] = plain.exec(sql) ?? []
	return table !== undefined && !/\b(?:distinct|top)\b/i.test(sql) ? table : undefined
}

/** A temporary table that a statement names and does not make: only the session that made it sees it. Names with ## are seen by all. */
export function foreignTemporaryTable(sql: string): string | undefined {
	const text = withoutComments(sql).replace(/'(?:[^']|'')*'/g, "''")
	const temporary = /(?<![\w#@$])(\[?)(#[\p{L}_][\p{L}\p{N}_]*)/giu
	const names = [...text.matchAll(temporary)].map((match) => match[2] ?? '')
	const makes = (name: string): boolean =>
		new RegExp(String.raw`\b(?:into|create\s+table)\s+\[?${name}\b`, 'i').test(text)
	return names.find((name) => !makes(name))
}

/** Number of `?` markers outside of strings, comments and quoted names. */
export const countMarkers = (sql: string): number => skeleton(sql).split('?').length - 1
