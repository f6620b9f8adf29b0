/** Statements of scripts as Python. */

import { notText } from '#languages/dotnet/operations/numbers.ts'
import type { Py } from '#languages/python.ts'
import { call } from '#languages/python.ts'
import type { ScriptExpression, ScriptStatement, ScriptType } from '#model/scripts.ts'
import { visitStatements } from '#model/scripts.ts'

import type { DataType } from '#model/types.ts'
import type { Node } from '../../text/tree.ts'
import { indent } from '../../text/tree.ts'
import { countedLoop } from './counted-loop.ts'
import { exceptClause } from './exceptions.ts'
import type { ScriptPrinter } from './printer.ts'
import { printExpression } from './printer.ts'

export interface StatementContext extends ScriptPrinter {
	/** Assigns a package variable. */
	setVariable(name: string, value: Py, expression: ScriptExpression): string
	/** Assigns a cell: of the row at hand for no output. */
	setCell(output: string, name: string, value: string): string
	addRow(output: string, cells: readonly (readonly [string, string])[]): string
	sendRow(output: string): string
	/** What `return` is where it stands; absent: a plain return. */
	readonly leave?: readonly string[]
	/** The task's own word about its end. */
	setResult(outcome: 'success' | 'failure'): readonly string[]
	/** What must be done before each `continue`. */
	readonly next?: readonly ScriptStatement[]
	/** What is done with each row of a loop over rows, before its body and behind it; absent: nothing. */
	readonly eachRow?: { readonly first: readonly Node[]; readonly last: readonly Node[] }
	/** In a loop over rows: what is done with the row before the loop is left or goes on. */
	readonly lastOfRow?: readonly Node[]
}

/** Statements in their order; `pass` where nothing is left of them. */
export function printBody(body: readonly ScriptStatement[], context: StatementContext): readonly Node[] {
	const nodes = printStatements(body, context)
	return nodes.length === 0 ? ['pass'] : nodes
}

export function printStatements(body: readonly ScriptStatement[], context: StatementContext): readonly Node[] {
	const nodes: Node[] = []
	for (let at = 0; at < body.length; at += 1) {
		const statement = body[at]
		if (statement === undefined) break
		if (statement.kind === 'add-row') {
			const cells: (readonly [string, string])[] = []
			let following = body[at + 1]
			while (
				following?.kind === 'set' &&
				following.target.kind === 'column' &&
				following.target.output === statement.output &&
				!cells.some(([name]) => name === (following?.kind === 'set' && following.target.name))
			) {
				cells.push([following.target.name, cellText(following.value, following.target.type, context)])
				at += 1
				following = body[at + 1]
			}
			nodes.push(context.addRow(statement.output, cells))
			continue
		}
		const loop = countedLoop(body, at, context)
		if (loop !== undefined) {
			nodes.push(loop.head, indent(printBody(loop.body, innerLoop(context))))
			at += loop.taken - 1
			continue
		}
		nodes.push(...printStatement(statement, context))
	}
	return nodes
}

function printStatement(statement: ScriptStatement, context: StatementContext): readonly Node[] {
	const text = (expression: ScriptExpression): string => printExpression(expression, context).code
	switch (statement.kind) {
		case 'set':
			return isWithoutState(statement.value.type) ? [] : [assignment(statement, context)]
		case 'do': {
			// A culture that nothing reads has no text.
			const code = text(statement.value)
			return code === 'None' ? [] : [code]
		}
		case 'add-row':
			return [context.addRow(statement.output, [])]
		case 'direct-row':
			return [context.sendRow(statement.output)]
		case 'if':
			return printIf(statement, context, 'if')
		case 'while':
			return printWhile(statement, context)
		case 'for-each':
			return [
				`for ${context.locals.of(statement.local)} in ${text(statement.source)}:`,
				indent(printBody(statement.body, innerLoop(context))),
			]
		case 'try':
			return printTry(statement, context)
		case 'return':
			return statement.value === undefined ? (context.leave ?? ['return']) : [`return ${text(statement.value)}`]
		case 'raise':
			return [`raise RuntimeError(${text(statement.message)})`]
		case 'raise-again':
			return ['raise']
		case 'break':
			return [...(context.lastOfRow ?? []), 'break']
		case 'continue':
			return [...printStatements(context.next ?? [], context), ...(context.lastOfRow ?? []), 'continue']
		case 'result':
			return context.setResult(statement.outcome)
		case 'note':
			return []
	}
}

/** Clients of the web and of mail, cultures, managers of connections: what stands for their methods needs nothing of them. */
export const isWithoutState = (type: ScriptType): boolean =>
	type.kind === 'thing' &&
	['WebClient', 'SmtpClient', 'CultureInfo', 'TextInfo', 'Calendar', 'ConnectionManager'].includes(type.name)

function assignment({ target, value }: Extract<ScriptStatement, { kind: 'set' }>, context: StatementContext): string {
	const printed = printExpression(value, context)
	switch (target.kind) {
		case 'local':
			return stepped(context.locals.of(target.name), printed.code)
		case 'field':
			return stepped(context.fields.of(target.name), printed.code)
		case 'variable':
			return context.setVariable(target.name, printed, value)
		case 'column':
			return context.setCell(target.output, target.name, cellText(value, target.type, context))
	}
}

/** `x = x + 1` as a person writes it. */
function stepped(name: string, value: string): string {
	const [, sign, by] = new RegExp(`^${name} ([+-]) (\\d+|"(?:[^"\\\\]|\\\\.)*")$`).exec(value) ?? []
	return by === undefined ? `${name} = ${value}` : `${name} ${sign}= ${by}`
}

/** A value as the cell holds it: a text that fits, a decimal of its scale, a date. */
function cellText(value: ScriptExpression, type: DataType, context: StatementContext): string {
	const printed = printExpression(value, context)
	if (value.kind === 'literal' && value.value === null) return 'None'
	switch (type.kind) {
		case 'string': {
			const isShort =
				type.length === undefined ||
				(value.kind === 'literal' && typeof value.value === 'string' && value.value.length <= type.length)
			return isShort ? printed.code : call('fitted', printed, type.length ?? 0).code
		}
		case 'decimal':
			return call('decimal_cell', printed, type.precision, type.scale).code
		case 'date':
			return `${printed.level === 'atom' ? printed.code : `(${printed.code})`}.date()`
		case 'timestamp':
			return type.digits >= 6 ? printed.code : call('cut_fraction', printed, type.digits).code
		case 'time':
			return `${printed.level === 'atom' ? printed.code : `(${printed.code})`} // timedelta(microseconds=1)`
		default:
			return printed.code
	}
}

function printIf(
	statement: Extract<ScriptStatement, { kind: 'if' }>,
	context: StatementContext,
	word: 'if' | 'elif',
): readonly Node[] {
	const condition = printExpression(statement.condition, context)
	const then = printStatements(statement.then, context)
	const otherwise = printStatements(statement.otherwise, context)
	if (then.length === 0 && otherwise.length === 0) return hasCall(statement.condition) ? [`${condition.code}`] : []
	if (then.length === 0) return [`${word} ${notText(condition).code}:`, indent(otherwise)]
	const [only] = statement.otherwise
	if (only?.kind === 'if' && statement.otherwise.length === 1) {
		return [`${word} ${condition.code}:`, indent(then), ...printIf(only, context, 'elif')]
	}
	return [`${word} ${condition.code}:`, indent(then), ...(otherwise.length === 0 ? [] : ['else:', indent(otherwise)])]
}

/** An elif cannot vanish; a condition that may raise or do something stays as well. */
const hasCall = (expression: ScriptExpression): boolean => expression.kind !== 'literal' && expression.kind !== 'local'

function printWhile(
	statement: Extract<ScriptStatement, { kind: 'while' }>,
	context: StatementContext,
): readonly Node[] {
	if (statement.condition.kind === 'next-row') return rowLoop(statement, context)
	const body = loopBody(statement, innerLoop(context))
	const inner = body.length === 0 ? ['pass'] : body
	const condition = printExpression(statement.condition, context)
	if (!statement.after) return [`while ${condition.code}:`, indent(inner)]
	return ['while True:', indent([...body, `if ${notText(condition).code}:`, indent('break')])]
}

const loopBody = (
	statement: Extract<ScriptStatement, { kind: 'while' }>,
	context: StatementContext,
): readonly Node[] => [
	...printStatements(statement.body, { ...context, next: statement.next }),
	...printStatements(statement.next, context),
]

/** Its `break` and `continue` mean a loop within, not one over rows around it. */
const innerLoop = ({ lastOfRow: _outer, ...context }: StatementContext): StatementContext => ({ ...context, next: [] })

/** Rows behind the one at which the loop is left go on as they are. */
function rowLoop(statement: Extract<ScriptStatement, { kind: 'while' }>, context: StatementContext): readonly Node[] {
	const { first, last } = context.eachRow ?? { first: [], last: [] }
	const body = [...first, ...loopBody(statement, { ...innerLoop(context), lastOfRow: last }), ...last]
	const rest = last.length > 0 && leavesLoop(statement.body) ? ['for row in rows:', indent([...first, ...last])] : []
	return ['for row in rows:', indent(body.length === 0 ? ['pass'] : body), ...rest]
}

function leavesLoop(body: readonly ScriptStatement[]): boolean {
	let found = false
	visitStatements(body, ({ kind }) => {
		if (kind === 'break') found = true
	})
	return found
}

function printTry(statement: Extract<ScriptStatement, { kind: 'try' }>, context: StatementContext): readonly Node[] {
	const body = printBody(statement.body, context)
	const handlers = statement.handlers.flatMap((handler): readonly Node[] => {
		const isNamed = handler.local !== undefined && usesLocal(handler.body, handler.local)
		return [
			`except ${exceptClause(handler.exceptions)}${isNamed ? ` as ${context.locals.of(handler.local ?? '')}` : ''}:`,
			indent(printBody(handler.body, context)),
		]
	})
	const last = printStatements(statement.last, context)
	const end = last.length === 0 ? [] : ['finally:', indent(last)]
	if (handlers.length === 0 && end.length === 0) return body
	return ['try:', indent(body), ...handlers, ...end]
}

function usesLocal(body: readonly ScriptStatement[], name: string): boolean {
	return JSON.stringify(body, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)).includes(
		`"kind":"local","name":${JSON.stringify(name)}`,
	)
}
