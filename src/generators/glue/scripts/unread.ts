/** Leaves out what scripts assign to locals and fields that nothing reads, and what is never reached: in Python it looks like a mistake. */
import type { ScriptExpression, ScriptProgram, ScriptStatement, ScriptTarget } from '#model/scripts.ts'
import { expressionsOf, visitProgram, visitScriptExpression, visitStatements } from '#model/scripts.ts'

/** @param handed fields whose values leave the script */
export function withoutUnread(program: ScriptProgram, handed: readonly string[] = []): ScriptProgram {
	const read = new Set<string>(handed)
	visitProgram(program, (part) => part.kind === 'field' && read.add(part.name))
	const fields = program.fields.filter(({ name, initial }) => read.has(name) || doesSomething(initial))
	const kept = new Set(fields.map(({ name }) => name))
	const methods = program.methods.map((method) => ({ ...method, body: cleaned(effective(method.body), kept) }))
	return { ...program, fields, methods }
}

/** Without what is never reached, and without conditions on which nothing hangs but messages, which are not printed. */
function effective(body: readonly ScriptStatement[]): readonly ScriptStatement[] {
	const end = body.findIndex(({ kind }) => leaves.has(kind))
	return (end < 0 ? body : body.slice(0, end + 1)).flatMap((statement): readonly ScriptStatement[] => {
		const inner = withBodies(statement, effective)
		const isIdle =
			inner.kind === 'if' &&
			[...inner.then, ...inner.otherwise].every(({ kind }) => kind === 'note') &&
			!doesSomething(inner.condition)
		return isIdle ? [] : [inner]
	})
}

const leaves: ReadonlySet<ScriptStatement['kind']> = new Set(['return', 'raise', 'raise-again', 'break', 'continue'])

/** Again and again: what is left out may have been the only reader of another local. */
function cleaned(body: readonly ScriptStatement[], fields: ReadonlySet<string>): readonly ScriptStatement[] {
	const locals = new Set<string>()
	let unread = 0
	visitStatements(body, (statement) => {
		for (const expression of expressionsOf(statement)) {
			visitScriptExpression(expression, (part) => part.kind === 'local' && locals.add(part.name))
		}
	})
	const isRead = ({ kind, name }: ScriptTarget): boolean =>
		kind === 'local' ? locals.has(name) : kind !== 'field' || fields.has(name)
	const keep = (statements: readonly ScriptStatement[]): readonly ScriptStatement[] =>
		statements.flatMap((statement): readonly ScriptStatement[] => {
			if (statement.kind !== 'set' || isRead(statement.target)) return [withBodies(statement, keep)]
			unread += 1
			return doesSomething(statement.value) ? [{ ...statement, kind: 'do' }] : []
		})
	const kept = keep(body)
	return unread === 0 ? body : cleaned(kept, fields)
}

function withBodies(
	statement: ScriptStatement,
	keep: (body: readonly ScriptStatement[]) => readonly ScriptStatement[],
): ScriptStatement {
	switch (statement.kind) {
		case 'if':
			return { ...statement, then: keep(statement.then), otherwise: keep(statement.otherwise) }
		case 'while':
			return { ...statement, body: keep(statement.body), next: keep(statement.next) }
		case 'for-each':
			return { ...statement, body: keep(statement.body) }
		case 'try': {
			const handlers = statement.handlers.map((handler) => ({ ...handler, body: keep(handler.body) }))
			return { ...statement, body: keep(statement.body), handlers, last: keep(statement.last) }
		}
		default:
			return statement
	}
}

/** A call may fail, or do something outside; whether something is null is only asked. */
function doesSomething(value: ScriptExpression): boolean {
	let found = false
	visitScriptExpression(value, (part) => {
		if (part.kind === 'invoke' || part.kind === 'next-row') found = true
		if (
			part.kind === 'call' &&
			!/^(?:Compare\.(?:Not)?Equal|Logic\.Not|(?:List|Map|DataTable|DataSet|DataAdapter)\.new)$/.test(part.operation)
		)
			found = true
	})
	return found
}
