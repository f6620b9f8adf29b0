/** The little of T-SQL that a call consists of. */

const name = String.raw`(?:\[(?:[^\]]|\]\])*\]|[A-Za-z_]\w*)`

/** `EXEC schema.procedure …arguments… WITH RESULT SETS ((…columns…));` */
export const callPattern = new RegExp(
	String.raw`^\s*EXEC(?:UTE)?\s+(?<procedure>${name}(?:\.${name})*)(?:\s+(?<arguments>(?!WITH\b)[\s\S]*?))?` +
		String.raw`(?:\s*\bWITH\s+RESULT\s+SETS\s*\(\s*\((?<columns>[\s\S]*)\)\s*\))?\s*;?\s*$`,
	'i',
)

const declaration = /^\s*DECLARE\s+(?<name>@\w+)\s+(?:AS\s+)?(?<type>\w+(?:\s*\([\d\s,]*\))?)\s*=\s*(?<value>[^;]*);/i

/** Variables that a statement declares with a value before it does anything, as `CAST(value AS type)`, and what comes behind. */
export function declarations(sql: string): { readonly values: ReadonlyMap<string, string>; readonly rest: string } {
	const values = new Map<string, string>()
	let rest = sql
	for (let found = declaration.exec(rest); found !== null; found = declaration.exec(rest)) {
		const { name: variable = '', type = '', value = '' } = found.groups ?? {}
		values.set(variable.toLowerCase(), `${type}|${value.trim()}`)
		rest = rest.slice(found[0].length)
	}
	return { values, rest }
}

/** Types that both databases know by one name. */
const sameTypes = /^(?:smallint|int|bigint|date|numeric\(\d+,\s*\d+\)|decimal\(\d+,\s*\d+\))$/i

/** The value of a declared variable for PostgreSQL; undefined where no rule covers it. */
export function declaredValue(declared: string): string | undefined {
	const [type = '', value = ''] = declared.split('|')
	const text = clockText(value) ?? (/^-?\d+$/.test(value) ? value : undefined)
	return text === undefined || !sameTypes.test(type) ? undefined : `CAST(${text} AS ${type.toLowerCase()})`
}

const clocks: Readonly<Record<string, string>> = {
	sysutcdatetime: "(now() AT TIME ZONE 'utc')",
	getutcdate: "(now() AT TIME ZONE 'utc')",
	sysdatetime: 'localtimestamp',
	getdate: 'localtimestamp',
}

/** The clock, or a part of its date: `YEAR(SYSUTCDATETIME())`. */
function clockText(value: string): string | undefined {
	const [, part, clock = ''] = /^(?:(YEAR|MONTH|DAY)\s*\(\s*)?(\w+)\s*\(\s*\)(?:\s*\))?$/i.exec(value) ?? []
	const moment = clocks[clock.toLowerCase()]
	if (moment === undefined) return undefined
	return part === undefined ? moment : `extract(${part.toLowerCase()} FROM ${moment})`
}

/** Parts of a list between commas that stand in no parentheses, brackets or strings. */
export function splitList(text: string): readonly string[] {
	if (text.trim() === '') return []
	const parts = ['']
	let depth = 0
	for (const [piece] of text.matchAll(/'(?:[^']|'')*'|\[(?:[^\]]|\]\])*\]|[\s\S]/g)) {
		if (piece === '(') depth += 1
		if (piece === ')') depth -= 1
		if (piece === ',' && depth === 0) parts.push('')
		else parts.push((parts.pop() ?? '') + piece)
	}
	return parts.map((part) => part.trim())
}
