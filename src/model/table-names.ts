/** Names of tables and columns as databases compare them. */

const part = /\[((?:[^\]]|\]\])*)\]|"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|([^.[\]"`]+)/gy

/** The parts between the dots, without quotes: `[dbo].[Order Lines]` and `"dbo"."Order Lines"` have the same. */
export function nameParts(name: string): readonly string[] {
	const parts: string[] = []
	part.lastIndex = 0
	for (let match = part.exec(name); match !== null; match = part.exec(name)) {
		const [, bracketed, quoted, ticked, plain = ''] = match
		const inQuotes = bracketed?.replaceAll(']]', ']') ?? quoted?.replaceAll('""', '"') ?? ticked?.replaceAll('``', '`')
		parts.push(inQuotes ?? plain.trim())
		if (name[part.lastIndex] === '.') part.lastIndex++
	}
	return parts
}

/** Equal keys mean the same name. Which databases tell letter case apart is not known here, so none does. */
export const nameKey = (name: string): string => keyOf(nameParts(name))

/** The key of a column, given by its own name, of a table. */
export const columnKey = (table: string, column: string): string => keyOf([...nameParts(table), column])

const keyOf = (parts: readonly string[]): string => parts.join('\u0000').toLowerCase()

const plainName = /^[\p{L}_][\p{L}\p{N}_$#]*$/u
const quotedName = /^(?:\[(?:[^\]\p{Cc}]|\]\])+\]|"(?:[^"\p{Cc}]|"")+"|`(?:[^`\p{Cc}]|``)+`)$/u

/** Is it a name of a table and nothing else, `sales.orders` or `[dbo].[Order Lines]`? A query is none. */
export function isTableName(text: string): boolean {
	const parts = text.match(/\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*"|`(?:[^`]|``)*`|[^.[\]"`]+/g) ?? []
	return text !== '' && parts.join('.') === text && parts.every((one) => plainName.test(one) || quotedName.test(one))
}

/** Is it a name that a column can have, without quotes around it? */
export const isColumnName = (text: string): boolean => /^[^"`[\]\p{Cc}]+$/u.test(text) && text.trim() === text
