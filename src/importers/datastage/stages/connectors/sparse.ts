/** Statements of sparse lookups, which the connector runs for each row. */

const word = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|[\w$#@.]+|[^\s]/g

interface Token {
	readonly text: string
	readonly start: number
	readonly depth: number
}

function tokensOf(sql: string): readonly Token[] {
	let depth = 0
	return [...sql.matchAll(word)].map((match) => {
		if (match[0] === ')') depth -= 1
		const token = { text: match[0], start: match.index, depth }
		if (match[0] === '(') depth += 1
		return token
	})
}

const ends = /^(?:group|order|having|union|minus|except|intersect|fetch|limit|for|with)$/i
const rowValue = /^(?::)?orchestrate\./i

/**
 * The query behind a statement with `column = ORCHESTRATE.name` in its WHERE: the same without these conditions, which the
 * lookup's keys repeat. Undefined when a value of the row stands anywhere else.
 */
export function withoutRowConditions(sql: string): string | undefined {
	const tokens = tokensOf(sql).filter(({ text }) => !text.startsWith('--') && !text.startsWith('/*'))
	if (!tokens.some(({ text }) => rowValue.test(text))) return sql
	const outer = tokens.filter(({ depth }) => depth === 0)
	const where = outer.find(({ text }) => /^where$/i.test(text))
	if (where === undefined || tokens.some(({ text, start }) => start < where.start && rowValue.test(text)))
		return undefined
	const end = outer.find(({ text, start }) => start > where.start && ends.test(text))?.start ?? sql.length
	if (tokens.some(({ text, start }) => start > end && rowValue.test(text))) return undefined
	const condition = outer.filter(({ start }) => start > where.start && start < end)
	// With an OR beside them the conditions cannot be taken one by one; that of BETWEEN is no conjunction.
	if (condition.some(({ text }) => /^(?:or|between)$/i.test(text))) return undefined
	const bounds = [
		where.start + where.text.length,
		...condition.filter(({ text }) => /^and$/i.test(text)).map(({ start }) => start),
		end,
	]
	const kept: string[] = []
	for (const [index, from] of bounds.slice(0, -1).entries()) {
		const piece = sql
			.slice(from, bounds[index + 1])
			.replace(/^\s*and\b/i, '')
			.trim()
		if (!/orchestrate\./i.test(piece)) kept.push(piece)
		else if (!isRowCondition(piece)) return undefined
	}
	const rest = sql.slice(end)
	const before = sql.slice(0, where.start)
	return kept.length === 0
		? `${before.trimEnd()} ${rest}`.trim()
		: `${before}WHERE ${kept.join(' AND ')} ${rest}`.trim()
}

/** `a.COLUMN = ORCHESTRATE.NAME`, either way round. */
const isRowCondition = (piece: string): boolean =>
	/^[\w$#@."]+\s*=\s*:?orchestrate\.\w+$/i.test(piece) || /^:?orchestrate\.\w+\s*=\s*[\w$#@."]+$/i.test(piece)
