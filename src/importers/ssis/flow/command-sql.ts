/** Statements that change rows of one table by key and nothing else: what each `?` marker is for. */
export interface PlainChange {
	readonly mode: 'insert' | 'update' | 'delete'
	readonly table: string
	/** The column of each marker, in order. */
	readonly columns: readonly string[]
	/** Columns that find rows; none for an insert. */
	readonly keys: readonly string[]
}

const name = String.raw`(?:[\p{L}_@#][\p{L}\p{N}_@$#]*|\[[^\]]+\]|"[^"]+")`
const table = String.raw`(${name}(?:\s*\.\s*${name})*)`
const assignment = String.raw`${name}\s*=\s*\?`
const pattern = (text: string): RegExp => new RegExp(String.raw`^\s*${text}\s*;?\s*$`, 'iu')

const update = pattern(
	String.raw`update\s+${table}\s+set\s+(${assignment}(?:\s*,\s*${assignment})*)\s+where\s+(${assignment}(?:\s+and\s+${assignment})*)`,
)
const remove = pattern(String.raw`delete\s+(?:from\s+)?${table}\s+where\s+(${assignment}(?:\s+and\s+${assignment})*)`)
const insert = pattern(
	String.raw`insert\s+(?:into\s+)?${table}\s*\(\s*(${name}(?:\s*,\s*${name})*)\s*\)\s*values\s*\(\s*(\?(?:\s*,\s*\?)*)\s*\)`,
)

/** Undefined for anything but the plain forms: other conditions, values that the statement computes, procedures. */
export function plainChange(sql: string): PlainChange | undefined {
	const [, updated = '', set = '', where = ''] = update.exec(sql) ?? []
	if (updated !== '') return change('update', updated, [...assigned(set), ...assigned(where)], assigned(where))
	const [, deleted = '', found = ''] = remove.exec(sql) ?? []
	if (deleted !== '') return change('delete', deleted, assigned(found), assigned(found))
	const [, filled = '', listed = '', markers = ''] = insert.exec(sql) ?? []
	if (filled === '') return undefined
	const columns = names(listed, name)
	return columns.length === markers.split(',').length ? change('insert', filled, columns, []) : undefined
}

/** A column that is named twice has two values in one row. */
function change(
	mode: PlainChange['mode'],
	written: string,
	columns: readonly string[],
	keys: readonly string[],
): PlainChange | undefined {
	const isTwice = new Set(columns.map((one) => one.toLowerCase())).size < columns.length
	return isTwice ? undefined : { mode, table: written, columns, keys }
}

/** Columns that stand before an equals sign. */
const assigned = (list: string): readonly string[] => names(list, String.raw`${name}(?=\s*=)`)

/** Names in a list, without their brackets or quotes. */
function names(list: string, one: string): readonly string[] {
	return [...list.matchAll(new RegExp(one, 'giu'))].map(([found]) =>
		found.replace(/^\[(.*)\]$|^"(.*)"$/, (_all, bracketed?: string, quoted?: string) => bracketed ?? quoted ?? ''),
	)
}
