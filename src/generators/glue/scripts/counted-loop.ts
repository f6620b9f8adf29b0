/** Loops that only count: `for i in range(…)`. */
import type { ScriptExpression, ScriptStatement } from '#model/scripts.ts'
import { visitStatements } from '#model/scripts.ts'
import type { ScriptPrinter } from './printer.ts'
import { printExpression } from './printer.ts'

export interface CountedLoop {
	readonly head: string
	readonly body: readonly ScriptStatement[]
	/** Statements that it stands for. */
	readonly taken: number
}

/** `i = a; while i < b: …; i += s`, where nothing else sets i or changes b, and nobody reads i afterwards. */
export function countedLoop(
	body: readonly ScriptStatement[],
	at: number,
	printer: ScriptPrinter,
): CountedLoop | undefined {
	const [start, held, plain] = [body[at], body[at + 1], body[at + 2]]
	if (start?.kind !== 'set' || start.target.kind !== 'local' || !start.declares) return undefined
	const { name } = start.target
	const isHeld = held?.kind === 'set' && held.declares && held.target.kind === 'local'
	const loop = isHeld ? plain : held
	if (loop?.kind !== 'while' || loop.after || loop.next.length !== 1) return undefined
	const step = stepOf(loop.next[0], name)
	const bound = boundOf(loop.condition, name, step)
	if (step === undefined || bound === undefined) return undefined
	const end =
		isHeld && bound.value.kind === 'local' && held.target.kind === 'local' && bound.value.name === held.target.name
			? held.value
			: bound.value
	if (isHeld && end === bound.value) return undefined
	if (
		isSet(loop.body, name) ||
		!(isHeld || isFixed(bound.value, loop.body)) ||
		reads(body.slice(at + (isHeld ? 3 : 2)), name)
	)
		return undefined
	const from = printExpression(start.value, printer).code
	const to = printExpression(end, printer)
	const last = bound.inclusive ? plusOne(end, to.code, step > 0n) : to.code
	const parts = step === 1n ? (from === '0' ? [last] : [from, last]) : [from, last, String(step)]
	return {
		head: `for ${printer.locals.of(name)} in range(${parts.join(', ')}):`,
		body: loop.body,
		taken: isHeld ? 3 : 2,
	}
}

function plusOne(end: ScriptExpression, text: string, up: boolean): string {
	if (end.kind === 'literal' && typeof end.value === 'bigint') return String(end.value + (up ? 1n : -1n))
	const [, whole] = / - 1$/.test(text) && up ? (/^(.*) - 1$/.exec(text) ?? []) : []
	return whole ?? `${text} ${up ? '+' : '-'} 1`
}

function stepOf(statement: ScriptStatement | undefined, name: string): bigint | undefined {
	if (statement?.kind !== 'set' || statement.target.kind !== 'local' || statement.target.name !== name) return undefined
	const { value } = statement
	if (value.kind !== 'call' || value.operation !== 'Number.Step') return undefined
	const [own, by] = value.args
	return own?.kind === 'local' && own.name === name && by?.kind === 'literal' && typeof by.value === 'bigint'
		? by.value
		: undefined
}

function boundOf(
	condition: ScriptExpression,
	name: string,
	step: bigint | undefined,
): { readonly value: ScriptExpression; readonly inclusive: boolean } | undefined {
	if (condition.kind !== 'call' || step === undefined) return undefined
	const [own, value] = condition.args
	if (own?.kind !== 'local' || own.name !== name || value === undefined) return undefined
	const names = step > 0n ? ['Compare.Less', 'Compare.LessOrEqual'] : ['Compare.Greater', 'Compare.GreaterOrEqual']
	const at = names.indexOf(condition.operation)
	return at === -1 ? undefined : { value, inclusive: at === 1 }
}

/** Has it the same value in every round? */
function isFixed(value: ScriptExpression, body: readonly ScriptStatement[]): boolean {
	if (value.kind === 'literal') return true
	if (value.kind === 'local') return !isSet(body, value.name)
	if (value.kind !== 'call' || !/\.(?:Length|Count)$/.test(value.operation)) return false
	const [owner] = value.args
	if (owner === undefined || (owner.kind !== 'local' && owner.kind !== 'field')) return false
	return !isSet(body, owner.name) && !changes(body)
}

function isSet(body: readonly ScriptStatement[], name: string): boolean {
	let found = false
	visitStatements(body, (one) => {
		if (one.kind === 'set' && one.target.kind !== 'column' && one.target.name === name) found = true
		if (one.kind === 'for-each' && one.local === name) found = true
	})
	return found
}

/** Does it call for effects, which may change a list? */
function changes(body: readonly ScriptStatement[]): boolean {
	let found = false
	visitStatements(body, (one) => {
		if (one.kind === 'do') found = true
	})
	return found
}

function reads(rest: readonly ScriptStatement[], name: string): boolean {
	const text = JSON.stringify(rest, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
	return text.includes(`"kind":"local","name":${JSON.stringify(name)}`)
}
