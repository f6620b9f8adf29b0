/** Comparisons of texts that say how: `StringComparison.OrdinalIgnoreCase`, `Compare(a, b, true) == 0`, `CompareTo`. */
import type { ScriptExpression } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { overloads } from '../catalogue.ts'
import { isText } from '../operations/numbers.ts'
import type { Argument, BinaryOperator, Syntax } from '../syntax.ts'
import { callOf, coerce } from './coerce.ts'
import { isCulture } from './culture.ts'
import { pathOf, staticName } from './members.ts'
import { binaryOf } from './operators.ts'
import { outside } from './outside.ts'
import { choose } from './overloads.ts'
import { bind, bindAs } from './recursion.ts'
import type { MethodScope } from './scope.ts'

const { boolean, string } = scriptTypes

/** Does letter case count? Undefined for what is no word about that. */
function isFolding(node: Syntax): boolean | undefined {
	if (node.kind === 'literal' && node.type === 'boolean') return node.text === 'true'
	const [owner, name] = pathOf(node)?.slice(-2) ?? []
	if (owner === undefined || name === undefined) return undefined
	if (/^StringComparison$/i.test(owner)) return /IgnoreCase$/i.test(name)
	return /^CompareOptions$/i.test(owner) ? /^(?:Ordinal)?IgnoreCase$/i.test(name) : undefined
}

/** What is left of the arguments, and whether letter case counts; undefined where none of them speaks of that. */
function withoutComparison(args: readonly Argument[], scope: MethodScope) {
	const kept = args.filter(({ value }, index) => index === 0 || !isCulture(value, scope))
	const last = kept.at(-1)
	const ignoresCase = last === undefined || kept.length < 2 ? undefined : isFolding(last.value)
	return ignoresCase === undefined ? undefined : { kept: kept.slice(0, -1), ignoresCase }
}

const folded = (value: ScriptExpression): ScriptExpression =>
	value.kind === 'literal' && typeof value.value === 'string' && /^[\t-~]*$/.test(value.value)
		? { ...value, value: value.value.toUpperCase(), type: string }
		: callOf('String.Folded', [value], string, value.line)

/** Two texts that are equal, letter case aside or not. */
function equal(left: ScriptExpression, right: ScriptExpression, ignoresCase: boolean, line: number): ScriptExpression {
	return callOf(ignoresCase ? 'String.EqualsIgnoringCase' : 'String.Equals(static)', [left, right], boolean, line)
}

/** `text.StartsWith(x, StringComparison.…)` and its kin; undefined for other calls. */
export function comparedText(
	value: ScriptExpression,
	name: string,
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression | undefined {
	if (!isText(value.type) || !/^(?:equals|contains|startswith|endswith|indexof|lastindexof)$/i.test(name))
		return undefined
	const plain = withoutComparison(args, scope)
	if (plain === undefined) return undefined
	const { kept, ignoresCase } = plain
	const [sought, ...rest] = kept.map((one) => bind(one.value, scope))
	if (sought === undefined) return undefined
	if (/^equals$/i.test(name)) return equal(value, coerce(sought, string, scope.class.language), ignoresCase, line)
	const sides = ignoresCase ? [folded(value), folded(coerce(sought, string, scope.class.language))] : [value, sought]
	const found = choose(overloads('string', name, false), [...sides, ...rest], scope.class.language)
	return found === undefined ? undefined : callOf(found.operation.id, found.args, found.operation.result, line)
}

/** `String.Equals(a, b, StringComparison.…)`. */
export function staticEquals(
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression | undefined {
	const plain = args.length === 3 ? withoutComparison(args, scope) : undefined
	const [left, right] = plain?.kept ?? []
	if (plain === undefined || left === undefined || right === undefined) return undefined
	return equal(bindAs(left.value, string, scope), bindAs(right.value, string, scope), plain.ignoresCase, line)
}

const turned: Readonly<Partial<Record<BinaryOperator, BinaryOperator>>> = {
	'==': '==',
	'!=': '!=',
	'<': '>',
	'<=': '>=',
	'>': '<',
	'>=': '<=',
}

const isZero = (node: Syntax): boolean => node.kind === 'literal' && node.type === 'int' && node.text === '0'

/** `String.Compare(a, b, true) == 0` and `a.CompareTo(b) > 0`: the comparison that they stand for. */
export function comparedWithZero(
	{ operator, left, right, line }: Extract<Syntax, { kind: 'binary' }>,
	scope: MethodScope,
): ScriptExpression | undefined {
	const sign = isZero(right) ? operator : isZero(left) ? turned[operator] : undefined
	const call = isZero(right) ? left : right
	if (sign === undefined || turned[sign] === undefined || call.kind !== 'call' || call.target.kind !== 'member')
		return undefined
	const { name, target } = call.target
	const type = /^compare$/i.test(name) ? staticName(target, scope) : undefined
	const sides = type === undefined ? undefined : sidesOf(type, call.args, scope)
	if (sides !== undefined) return compared(sign, sides, line, scope)
	const [only] = call.args
	if (!/^compareto$/i.test(name) || only === undefined || call.args.length > 1) return undefined
	const value = bind(target, scope)
	// A class of the script's own compares as it says itself.
	if (value.type.kind === 'thing' && value.type.name.startsWith('class ')) return undefined
	const other = bind(only.value, scope, value.type)
	return compared(sign, { left: value, right: other, ignoresCase: false }, line, scope)
}

interface Sides {
	readonly left: ScriptExpression
	readonly right: ScriptExpression
	readonly ignoresCase: boolean
}

function sidesOf(type: string, args: readonly Argument[], scope: MethodScope): Sides | undefined {
	if (!['string', 'datetime', 'timespan', 'decimal'].includes(type)) return undefined
	const plain = type === 'string' && args.length > 2 ? withoutComparison(args, scope) : undefined
	const [left, right, ...more] = plain?.kept ?? args
	if (left === undefined || right === undefined || more.length > 0) return undefined
	return {
		left: bind(left.value, scope),
		right: bind(right.value, scope),
		ignoresCase: plain?.ignoresCase ?? false,
	}
}

function compared(
	operator: BinaryOperator,
	{ left, right, ignoresCase }: Sides,
	line: number,
	scope: MethodScope,
): ScriptExpression | undefined {
	const isTexts = isText(left.type) && isText(right.type)
	if (!isTexts) return binaryOf(operator, left, right, scope.class.language)
	if (operator !== '==' && operator !== '!=') return outside('the order of texts, which follows the culture', { line })
	if (!ignoresCase)
		return callOf(operator === '==' ? 'Compare.Equal' : 'Compare.NotEqual', [left, right], boolean, line)
	const same = equal(left, right, true, line)
	return operator === '==' ? same : callOf('Logic.Not', [same], boolean, line)
}
