/** The names that a SELECT gives its columns, where its list says them. */
import { splitOutermost, withoutComments } from './sql.ts'

const last = /(?:^|[\s.)\]"`])(?:"([^"]+)"|\[([^\]]+)\]|`([^`]+)`|([\p{L}_][\p{L}\p{N}_$#]*))\s*$/u
const plain =
	/^(?:(?:"[^"]+"|\[[^\]]+\]|`[^`]+`|[\p{L}_][\p{L}\p{N}_$#]*)\s*\.\s*)*(?:"[^"]+"|\[[^\]]+\]|`[^`]+`|[\p{L}_][\p{L}\p{N}_$#]*)$/u

/** Words that end an expression without naming it. */
const notNames = /^(?:end|null|true|false|current_date|current_timestamp|sysdate)$/i

/** Undefined where a star or an expression without a name stands in the list, or where the statement is no SELECT. */
export function selectedNames(sql: string): readonly string[] | undefined {
	const text = withoutComments(sql)
	const words = splitOutermost(text, /\b(?:select|from|union|intersect|except|minus)\b/giu)
	const start = words.findIndex(({ word }) => word.toLowerCase() === 'select')
	const list = words[start]
	const next = words[start + 1]
	if (list === undefined || (next !== undefined && next.word.toLowerCase() === 'select')) return undefined
	const written = list.after.replace(
		/^\s*(?:distinct\b|all\b|unique\b|top\s*(?:\(\s*\d+\s*\)|\d+)(?:\s+percent\b)?)/i,
		'',
	)
	const names = splitOutermost(written, /,/g).map(({ after }) => nameOf(after.trim()))
	const known = names.filter((name) => name !== undefined)
	return known.length === names.length && new Set(known).size === known.length ? known : undefined
}

/** `t.name`, `expression AS name`, `expression name`. */
function nameOf(item: string): string | undefined {
	const match = last.exec(item)
	const name = match?.slice(1).find((part) => part !== undefined)
	if (match === null || name === undefined) return undefined
	if (plain.test(item)) return name
	const before = item.slice(0, match.index + 1).trim()
	// Behind an operator, a dot or nothing stands an operand, no name.
	if (before === '' || /[-+*/|,.(<>=]$/.test(before) || notNames.test(name)) return undefined
	return name
}
