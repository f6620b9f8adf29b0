/** Calls of text builders: whatever is put into one is text by then, and calls in a chain stand one after another. */
import type { ScriptExpression } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import type { Argument } from '../syntax.ts'
import { callOf, textOf } from './coerce.ts'
import { concatenated } from './operators.ts'
import { outside } from './outside.ts'
import { bind, bindAs } from './recursion.ts'
import type { MethodScope } from './scope.ts'
import { formatCall } from './text-calls.ts'

const { string, int } = scriptTypes

const isBuilder = ({ type }: ScriptExpression): boolean => scriptTypeKey(type) === 'StringBuilder'

/** Undefined for what is no such call: the catalogue has the others. */
export function builderCall(
	builder: ScriptExpression,
	name: string,
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression | undefined {
	if (!isBuilder(builder)) return undefined
	const key = name.toLowerCase()
	if (key === 'insert') return inserted(builder, args, scope, line)
	if (!['append', 'appendline', 'appendformat'].includes(key)) return undefined
	const end: ScriptExpression = { kind: 'literal', value: '\r\n', type: string, line }
	const text = key === 'appendformat' ? formatCall(args, scope, line) : appendedText(args, scope, line)
	const whole = key === 'appendline' ? (text === undefined ? end : concatenated(text, end)) : text
	if (whole === undefined) return outside(`${name} without a value`, { line })
	return callOf('StringBuilder.Append', [builder, whole], builder.type, line)
}

/** `Append(x)`, and `Append('-', 10)`. */
function appendedText(args: readonly Argument[], scope: MethodScope, line: number): ScriptExpression | undefined {
	const [first, second, ...more] = args
	if (first === undefined) return undefined
	const value = bind(first.value, scope)
	if (second === undefined) return textOf(value)
	if (more.length > 0 || value.type.kind !== 'char') return outside('Append with several values', { line })
	return callOf('String.new(char, int)', [value, bindAs(second.value, int, scope)], string, line)
}

function inserted(
	builder: ScriptExpression,
	[at, what, ...more]: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression {
	if (at === undefined || what === undefined || more.length > 0) return outside('Insert with several values', { line })
	const text = textOf(bind(what.value, scope))
	return callOf('StringBuilder.Insert', [builder, bindAs(at.value, int, scope), text], builder.type, line)
}

/**
 * The builder that a chain of calls ends at; all but the last call stand before the statement, for in Python such calls give
 * nothing back.
 */
export function unchained(value: ScriptExpression, scope: MethodScope): ScriptExpression {
	if (!isBuilder(value) || value.kind !== 'call') return value
	const { line, type } = value
	const { before } = scope
	if (before === undefined) return outside('calls of a text builder where they may not be evaluated', value)
	if (value.operation === 'StringBuilder.new' || value.operation === 'StringBuilder.of') {
		const name = scope.fresh('built', type)
		before.push({ kind: 'set', target: { kind: 'local', name }, value, declares: true, line })
		return { kind: 'local', name, type, line }
	}
	const [builder] = value.args
	if (builder === undefined || !value.operation.startsWith('StringBuilder.')) return value
	before.push({ kind: 'do', value, line })
	return builder
}
