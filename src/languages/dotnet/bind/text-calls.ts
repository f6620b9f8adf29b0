/** Calls that make texts of values of any type: `String.Format`, `String.Concat`, `String.Join`. */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import type { Argument } from '../syntax.ts'
import { textOf } from './coerce.ts'
import { isCulture } from './culture.ts'
import { aligned, formatted } from './formatted.ts'
import { concatenated, notNull } from './operators.ts'
import { outside } from './outside.ts'
import { bind } from './recursion.ts'
import type { MethodScope } from './scope.ts'

const { string } = scriptTypes

/** `String.Format` and `String.Concat`, which take anything. */
export function textCall(
	name: string,
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression | undefined {
	if (name === 'format') return formatCall(args, scope, line)
	if (name !== 'concat') return undefined
	const [first, ...rest] = args.map(({ value }) => bind(value, scope))
	if (first === undefined || [first, ...rest].some((part) => part.type.kind === 'list'))
		return outside('String.Concat of a list', { line })
	const start = concatenated({ kind: 'literal', value: '', type: string, line }, first)
	return rest.reduce((left, right) => concatenated(left, right), start)
}

/** What `String.Join` puts together as texts: the items of one list, or several values. */
export function joinedTexts(
	values: readonly ScriptExpression[],
	scope: MethodScope,
	line: number,
): readonly ScriptExpression[] {
	const [separator, ...items] = values
	const [only] = items
	if (separator === undefined || only === undefined) return values
	if (items.length === 1 && only.type.kind === 'list') {
		const { of } = only.type
		if (scriptTypeKey(of) === 'string') return values
		const local = scope.fresh('each', of)
		const body = textOf({ kind: 'local', name: local, type: of, line })
		const type: ScriptType = { kind: 'list', of: string }
		return [separator, { kind: 'query', how: 'select', source: only, local, body, type, line }]
	}
	return [separator, { kind: 'list', items: items.map(textOf), type: { kind: 'list', of: string }, line }]
}

/** `String.Format("{0} of {1:N2}", a, b)`: its pieces put together. */
export function formatCall(args: readonly Argument[], scope: MethodScope, line: number): ScriptExpression {
	const [pattern, ...rest] = args.filter(({ value }, index) => index > 0 || !isCulture(value, scope))
	const text = pattern === undefined ? undefined : bind(pattern.value, scope)
	if (text?.kind !== 'literal' || typeof text.value !== 'string')
		return outside('a format that is only known at run time', { line })
	const values = rest.map(({ value }) => bind(value, scope))
	const pieces = text.value.split(/(\{\{|\}\}|\{\d+(?:,-?\d+)?(?::[^}]*)?\})/)
	const parts = pieces.map((piece): ScriptExpression => {
		const hole = /^\{(\d+)(?:,(-?\d+))?(?::([^}]*))?\}$/.exec(piece)
		if (hole === null)
			return { kind: 'literal', value: piece === '{{' ? '{' : piece === '}}' ? '}' : piece, type: string, line }
		const value = values[Number(hole[1])]
		if (value === undefined) return outside('a format with more holes than values', { line })
		const text = hole[3] === undefined || hole[3] === '' ? textOf(value) : formatted(value, hole[3], line)
		return hole[2] === undefined ? text : aligned(notNull(text), Number(hole[2]))
	})
	const [first, ...others] = parts.filter((part) => part.kind !== 'literal' || part.value !== '')
	if (first === undefined) return { kind: 'literal', value: '', type: string, line }
	return others.reduce((left, right) => concatenated(left, right), notNull(first))
}
