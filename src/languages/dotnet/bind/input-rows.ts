/**
 * `Input0_ProcessInput` that hands each row to the row method, in a loop of its own or by that of its base, as the designer's
 * wrapper does it (Microsoft: Creating an Asynchronous Transformation with the Script Component).
 */
import type { MethodSyntax, Statement, Syntax } from '../syntax.ts'

/** What it does behind the last row; undefined where it does more with the rows than hand them on. */
export function behindRows(method: MethodSyntax, rowMethod: string | undefined): readonly Statement[] | undefined {
	const [buffer] = method.parameters
	const [first, ...rest] = method.body
	if (buffer === undefined || first === undefined || rowMethod === undefined) return undefined
	const handsOn = (statement: Statement, to: string, base: boolean): boolean => {
		if (statement.kind !== 'expression' || statement.value.kind !== 'call') return false
		const { target, args } = statement.value
		const [only, ...others] = args.map(({ value }) => value)
		const isCalled = base
			? target.kind === 'member' &&
				target.target.kind === 'name' &&
				target.target.name === 'base' &&
				is(target.name, to)
			: target.kind === 'name' && is(target.name, to)
		return isCalled && others.length === 0 && only?.kind === 'name' && is(only.name, buffer.name)
	}
	const loops = (statement: Statement): boolean => {
		if (statement.kind !== 'while' || statement.after || !asksForRow(statement.condition, buffer.name)) return false
		const [call, ...more] = statement.body
		return call !== undefined && more.length === 0 && handsOn(call, rowMethod, false)
	}
	return loops(first) || handsOn(first, method.name, true) ? rest : undefined
}

const is = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase()

/** `Buffer.NextRow()`, in Visual Basic without its parentheses too. */
function asksForRow(condition: Syntax, buffer: string): boolean {
	const asked = condition.kind === 'call' && condition.args.length === 0 ? condition.target : condition
	return (
		asked.kind === 'member' &&
		is(asked.name, 'NextRow') &&
		asked.target.kind === 'name' &&
		is(asked.target.name, buffer)
	)
}
