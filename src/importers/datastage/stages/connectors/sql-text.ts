/** SQL of a stage: names as it quotes them, statements apart, parameters replaced. */
import type { SourcedExpression } from '#model/expressions.ts'
import type { LineRange } from '#model/provenance.ts'
import { parameterised } from '../../paths.ts'
import type { StageContext } from '../../stage-context.ts'

/** A statement without what may not stand at its end inside another one. */
export const bare = (sql: string): string => sql.replace(/[\s;]+$/, '')

/** A name as the database is asked for it: quoted part by part where the stage says so. */
export const nameText = (name: string, quoted: boolean): string =>
	quoted
		? name
				.split('.')
				.map((part) => (/^["[`]/.test(part) ? part : `"${part.replaceAll('"', '""')}"`))
				.join('.')
		: name

/** The name of a table: `text` is as the export spells it, the expression as the database understands it. */
export function tableName(context: StageContext, name: string, quoted: boolean, lines: LineRange): SourcedExpression {
	return { expression: parameterised(context, nameText(name, quoted), lines).expression, text: name }
}

const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|;/g

/** A block or the definition of a routine holds semicolons of its own. */
const isBlock = (sql: string): boolean =>
	/^\s*(?:declare|begin)\b/i.test(sql) ||
	/^\s*create\s+(?:or\s+replace\s+)?(?:procedure|function|trigger|package|type)\b/i.test(sql)

/** Statements that semicolons part (IBM: Before SQL statement property). One that cannot be taken apart stays whole. */
export function statementsOf(sql: string): readonly string[] {
	const start = sql.replace(/^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '')
	if (start.trim() === '') return []
	if (isBlock(start)) return [sql.trim()]
	const parts: string[] = []
	let from = 0
	for (const match of sql.matchAll(token)) {
		if (match[0] !== ';') continue
		parts.push(sql.slice(from, match.index))
		from = match.index + 1
	}
	return [...parts, sql.slice(from)].map((part) => part.trim()).filter((part) => part !== '')
}
