/** Regular expressions: the pattern must be known, and mean the same in Python. */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import { overloads } from '../catalogue.ts'
import { pythonPattern, pythonTemplate } from '../regex.ts'
import type { Argument, Syntax } from '../syntax.ts'
import { callOf } from './coerce.ts'
import { outside } from './outside.ts'
import { bind, bindAs } from './recursion.ts'
import type { MethodScope } from './scope.ts'

const { string, int } = scriptTypes
const regex: ScriptType = { kind: 'thing', name: 'Regex' }

interface Known {
	readonly expression: ScriptExpression
	readonly groups: number
	readonly names: readonly string[]
}

/** `new Regex(pattern, options)`. */
export function newRegex(args: readonly Argument[], scope: MethodScope, line: number): ScriptExpression {
	return patternOf(args, scope, line).expression
}

function patternOf(args: readonly Argument[], scope: MethodScope, line: number): Known {
	const [pattern, options, ...more] = args.map(({ value }) => value)
	if (pattern === undefined || more.length > 0) return outside('a regular expression with a time limit', { line })
	const text = bindAs(pattern, string, scope)
	if (text.kind !== 'literal' || typeof text.value !== 'string')
		return outside('a regular expression that is only known at run time', { line })
	const made = pythonPattern(text.value, options === undefined ? 0n : optionsOf(options, scope, line))
	if ('problem' in made) return outside(made.problem, { line })
	const { groups, names } = made
	return { expression: { kind: 'literal', value: made.pattern, type: regex, line }, groups, names }
}

/** `RegexOptions.IgnoreCase | RegexOptions.Compiled`. */
function optionsOf(node: Syntax, scope: MethodScope, line: number): bigint {
	if (node.kind === 'binary' && (node.operator === '|' || node.operator === 'or' || node.operator === 'strict-or'))
		return optionsOf(node.left, scope, line) | optionsOf(node.right, scope, line)
	const value = bind(node, scope, int)
	if (value.kind === 'literal' && typeof value.value === 'bigint') return value.value
	return outside('options of a regular expression that are only known at run time', { line })
}

/** Values of `RegexOptions`, by name in small letters. */
export const regexOptions: Readonly<Record<string, bigint>> = {
	none: 0n,
	ignorecase: 1n,
	multiline: 2n,
	explicitcapture: 4n,
	compiled: 8n,
	singleline: 16n,
	ignorepatternwhitespace: 32n,
	righttoleft: 64n,
	ecmascript: 256n,
	cultureinvariant: 512n,
}

/** `Regex.IsMatch(text, pattern, options)`; the last arguments are those of the pattern. */
export function staticRegex(
	name: string,
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression {
	const lower = name.toLowerCase()
	const [only] = args
	if (lower === 'escape' && only !== undefined && args.length === 1)
		return callOf('Regex.Escape', [bindAs(only.value, string, scope)], string, line)
	const own = lower === 'replace' ? 3 : 2
	const [text, pattern, template] = args
	if (text === undefined || pattern === undefined || args.length < own || args.length > own + 1)
		return outside(`Regex.${name}`, { line })
	const options = args.slice(own)
	const known = patternOf([pattern, ...options], scope, line)
	const subject = bindAs(text.value, string, scope)
	return applied(lower, known, subject, own === 3 ? template?.value : undefined, scope, line)
}

/** `regex.IsMatch(text)`; what the pattern is follows from the field or literal that the receiver is. */
export function regexMethod(
	value: ScriptExpression,
	name: string,
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression {
	const [text, template, ...more] = args
	const lower = name.toLowerCase()
	if (text === undefined || more.length > 0 || (template === undefined) !== (lower !== 'replace'))
		return outside(`${name} of a Regex with these arguments`, { line })
	const written = value.kind === 'literal' ? value : literalOf(value, scope)
	const known = typeof written?.value === 'string' ? knownAgain(written.value) : undefined
	if (known === undefined && (lower === 'replace' || lower === 'split'))
		return outside(`${name} of a Regex that was made elsewhere`, { line })
	const pattern = { expression: value, groups: known?.groups ?? 0, names: known?.names ?? [] }
	return applied(lower, pattern, bindAs(text.value, string, scope), template?.value, scope, line)
}

/** A field that is made where it is declared, and read only as such. */
function literalOf(value: ScriptExpression, scope: MethodScope) {
	const found = value.kind === 'field' ? scope.field(value.name)?.initial : undefined
	const held = value.kind === 'local' ? scope.patterns.get(value.name) : found
	return held?.kind === 'literal' ? held : undefined
}

/** Groups of a pattern in Python's spelling. */
function knownAgain(pattern: string): { readonly groups: number; readonly names: readonly string[] } {
	const names = [...pattern.matchAll(/\(\?P<(\w+)>/g)].map(([, name = '']) => name)
	const plain = pattern.replaceAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])+\]/g, '')
	return { groups: [...plain.matchAll(/\((?!\?)|\(\?P</g)].length, names }
}

function applied(
	name: string,
	{ expression, groups, names }: Known,
	text: ScriptExpression,
	template: Syntax | undefined,
	scope: MethodScope,
	line: number,
): ScriptExpression {
	const [operation] = overloads('Regex', name, false)
	if (operation === undefined) return outside(`Regex.${name}`, { line })
	if (name === 'split' && groups > 0) return outside('Regex.Split by a pattern with groups', { line })
	if (template === undefined) return callOf(operation.id, [expression, text], operation.result, line)
	const written = bind(template, scope, string)
	if (scriptTypeKey(written.type) !== 'string' || written.kind !== 'literal' || typeof written.value !== 'string')
		return outside('a replacement that is only known at run time', { line })
	const value = pythonTemplate(written.value, groups, names)
	if (value === undefined) return outside(`the replacement ${written.value}`, { line })
	return callOf(operation.id, [expression, text, { ...written, value }], operation.result, line)
}
