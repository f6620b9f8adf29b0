/**
 * Unstructured error handling (Visual Basic: On Error statement) as `Try` … `Catch`, in the shapes that methods have: one handler
 * at the end, behind a label, or plain statements whose faults do not count. What is neither stays `other`.
 */
import type { Statement } from '../syntax.ts'

type Other = Extract<Statement, { kind: 'other' }>

export const resumeNext = 'On Error Resume Next'
export const onErrorGoTo = (label: string): string => `On Error GoTo ${label.toLowerCase()}`
export const labelNamed = (name: string): string => `the label ${name.toLowerCase()}`

const isOther = (statement: Statement, what: string): statement is Other =>
	statement.kind === 'other' && statement.what.startsWith(what)

/** The body of a method with its handlers in place. */
export function withHandlers(body: readonly Statement[]): readonly Statement[] {
	const start = body.findIndex((one) => isOther(one, 'On Error '))
	const first = body[start]
	if (first?.kind !== 'other') return body
	const [before, after] = [body.slice(0, start), body.slice(start + 1)]
	const handled = first.what === resumeNext ? resuming(after) : caught(after, first)
	return handled === undefined ? body : [...before, ...handled]
}

/** Everything up to the label is tried; what follows the label is the handler, where the method also gets without a fault. */
function caught(body: readonly Statement[], { what, line }: Other): readonly Statement[] | undefined {
	const label = what.slice(onErrorGoTo('').length)
	const at = body.findIndex((one) => one.kind === 'other' && one.what === labelNamed(label))
	if (at === -1) return undefined
	const [tried, handler] = [body.slice(0, at), body.slice(at + 1)]
	if ([...tried, ...handler].some((one) => isOther(one, ''))) return undefined
	const isLeft = tried.at(-1)?.kind === 'return'
	const attempt = (caughtBody: readonly Statement[]): Statement => ({
		kind: 'try',
		body: tried,
		catches: [{ filtered: false, body: caughtBody }],
		last: [],
		line,
	})
	return isLeft ? [attempt(handler)] : [attempt([]), ...handler]
}

/** Each statement is tried by itself; a fault inside a larger one would go on in its middle. */
function resuming(body: readonly Statement[]): readonly Statement[] | undefined {
	const end = body.findIndex((one) => one.kind === 'other' && one.what === onErrorGoTo('0'))
	const tried = end === -1 ? body : body.slice(0, end)
	const rest = end === -1 ? [] : body.slice(end + 1)
	const parts = tried.map(forgiven)
	return parts.includes(undefined) ? undefined : [...parts.flatMap((part) => part ?? []), ...withHandlers(rest)]
}

function forgiven(statement: Statement): readonly Statement[] | undefined {
	const { line } = statement
	const attempt = (body: readonly Statement[]): Statement => ({
		kind: 'try',
		body,
		catches: [{ filtered: false, body: [] }],
		last: [],
		line,
	})
	if (statement.kind === 'assign' || statement.kind === 'expression') return [attempt([statement])]
	if (statement.kind === 'return' && statement.value === undefined) return [statement]
	if (statement.kind !== 'local') return undefined
	// A local is there even where its first value fails.
	const values = statement.locals.flatMap(({ name, value }): readonly Statement[] =>
		value === undefined
			? []
			: [attempt([{ kind: 'assign', target: { kind: 'name', name, line }, operator: '=', value, line }])],
	)
	if (statement.locals.some(({ type }) => type === undefined)) return undefined
	const locals = statement.locals.map(({ name, type }) => ({ name, ...(type === undefined ? {} : { type }) }))
	return [{ kind: 'local', locals, line }, ...values]
}
