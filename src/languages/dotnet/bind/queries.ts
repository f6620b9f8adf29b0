/** LINQ over lists, arrays and the characters of a text (Microsoft: Enumerable), as far as no culture and no hidden order is in it. */
import type { ScriptExpression, ScriptQuery, ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import { intOf, isText } from '../operations/numbers.ts'
import type { Argument, Syntax } from '../syntax.ts'
import { callOf, coerce, isNumber } from './coerce.ts'
import { outside } from './outside.ts'
import { bind, bindAs } from './recursion.ts'
import type { MethodScope } from './scope.ts'
import { defaultOf, isReference } from './types.ts'
import { exactly } from './untyped-collections.ts'

const { boolean, char, int } = scriptTypes

const names: ReadonlySet<string> = new Set([
	'where',
	'select',
	'any',
	'all',
	'first',
	'firstordefault',
	'last',
	'lastordefault',
	'count',
	'sum',
	'min',
	'max',
	'orderby',
	'orderbydescending',
	'distinct',
	'tolist',
	'toarray',
	'reverse',
	'take',
	'skip',
	'concat',
	'find',
	'findall',
	'exists',
	'trueforall',
	'findindex',
	'removeall',
	'convertall',
])

/** Undefined for what is no such call. */
export function queryCall(
	receiver: ScriptExpression,
	name: string,
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression | undefined {
	const key = name.toLowerCase()
	if (!names.has(key)) return undefined
	const isChars = isText(receiver.type)
	const source = isChars ? callOf('String.ToCharArray', [receiver], listOf(char), line) : receiver
	if (source.type.kind !== 'list') return undefined
	const [first] = args
	const lambda = first === undefined ? undefined : lambdaOf(first.value)
	if (lambda === undefined) return isChars && args.length > 0 ? undefined : plainCall(key, source, args, line)
	if (args.length > 1) return outside(`${name} with several parameters`, { line })
	return withLambda(key, source, lambda, scope, line)
}

type Lambda = Extract<Syntax, { kind: 'lambda' }>

/** `x => …`, and a method that is only named: `char.IsDigit`. */
function lambdaOf(node: Syntax): Lambda | undefined {
	if (node.kind === 'lambda') return node
	const isMethod = node.kind === 'member' && /^Is[A-Z]\w+$|^To[A-Z]\w+$/.test(node.name)
	if (!isMethod) return undefined
	const { line } = node
	const value: Syntax = { kind: 'name', name: 'each', line }
	const body: Syntax = { kind: 'call', target: node, args: [{ value, byReference: false }], typeArgs: [], line }
	return { kind: 'lambda', parameters: ['each'], body, line }
}

function withLambda(
	key: string,
	source: ScriptExpression,
	lambda: Lambda,
	scope: MethodScope,
	line: number,
): ScriptExpression {
	const ask = (how: ScriptQuery, body?: ScriptType): ScriptExpression => asked(how, source, lambda, body, scope, line)
	switch (key) {
		case 'where':
		case 'findall':
			return ask('where', boolean)
		case 'select':
		case 'convertall':
			return ask('select')
		case 'exists':
			return ask('any', boolean)
		case 'trueforall':
			return ask('all', boolean)
		case 'findindex':
			return ask('index', boolean)
		case 'removeall':
			return removedWhere(source, ask('where', boolean), line)
		case 'any':
		case 'all':
		case 'first':
			return ask(key, boolean)
		case 'firstordefault':
		case 'find':
			return orDefault(ask('find', boolean), line)
		case 'count':
			return callOf('List.Count', [ask('where', boolean)], int, line)
		case 'last':
		case 'lastordefault':
			return plainCall(key, ask('where', boolean), [], line) ?? outside(key, { line })
		case 'sum':
		case 'min':
		case 'max':
			return plainCall(key, ask('select'), [], line) ?? outside(key, { line })
		case 'orderby':
		case 'orderbydescending': {
			const sorted = ask(key === 'orderby' ? 'sort' : 'sort-descending')
			const by = sorted.kind === 'query' ? sorted.body.type : sorted.type
			return isOrdered(by) ? sorted : outside(`the order of ${scriptTypeKey(by)}s, which follows the culture`, { line })
		}
		default:
			return outside(`${key} with a lambda`, { line })
	}
}

function asked(
	how: ScriptQuery,
	source: ScriptExpression,
	lambda: Lambda,
	wanted: ScriptType | undefined,
	scope: MethodScope,
	line: number,
): ScriptExpression {
	const [parameter, ...more] = lambda.parameters
	if (parameter === undefined || more.length > 0 || source.type.kind !== 'list')
		return outside('a lambda of several parameters', { line })
	const { of } = source.type
	return scope.inBlock(() => {
		const { name } = scope.declare(parameter, of)
		const body = scope.withoutHoisting(() =>
			wanted === undefined ? bind(lambda.body, scope) : bindAs(lambda.body, wanted, scope),
		)
		const type = how === 'select' ? listOf(body.type) : how === 'any' || how === 'all' ? boolean : source.type
		const result = how === 'index' ? int : how === 'first' || how === 'find' ? of : type
		return { kind: 'query', how, source, local: name, body, type: result, line }
	})
}

/** `list.RemoveAll(x => …)`: what meets the condition goes, and the number of it is given. */
function removedWhere(list: ScriptExpression, found: ScriptExpression, line: number): ScriptExpression {
	if (found.kind !== 'query') return outside('RemoveAll', { line })
	const body = callOf('Logic.Not', [found.body], boolean, line)
	return callOf('List.KeepAlone', [list, { ...found, body }], int, line)
}

export const isOrdered = (type: ScriptType): boolean => isNumber(type) || scriptTypeKey(type) === 'timestamp'

/** What is nothing for a type without null is its default. */
function orDefault(found: ScriptExpression, line: number): ScriptExpression {
	const { type } = found
	if (isReference(type)) return found
	return { kind: 'coalesce', left: found, right: defaultOf(type, line), type, line }
}

/** Types of which equal values are the same value on both sides: of others .NET asks for more than what they hold. */
const isPlain = (type: ScriptType): boolean =>
	type.kind === 'char' || (type.kind === 'value' && ['string', 'int', 'timestamp', 'uuid'].includes(type.type.kind))

/** Undefined where the catalogue has the call. */
function plainCall(
	key: string,
	source: ScriptExpression,
	args: readonly Argument[],
	line: number,
): ScriptExpression | undefined {
	if (source.type.kind !== 'list' || args.length > 0) return undefined
	const { of } = source.type
	const call = (name: string, type: ScriptType): ScriptExpression => callOf(`List.${name}`, [source], type, line)
	// What looks for the first that meets a condition looks no further.
	const filtered = source.kind === 'query' && source.how === 'where' ? source : undefined
	switch (key) {
		case 'first':
			return filtered === undefined ? call('First', of) : { ...filtered, how: 'first', type: of }
		case 'firstordefault':
			return orDefault(filtered === undefined ? call('FirstOrNull', of) : { ...filtered, how: 'find', type: of }, line)
		case 'any':
			return filtered === undefined ? undefined : { ...filtered, how: 'any', type: boolean }
		case 'last':
			return call('Last', of)
		case 'lastordefault':
			return orDefault(call('LastOrNull', of), line)
		case 'distinct':
			return isPlain(of) ? call('Distinct', source.type) : outside(`Distinct of ${scriptTypeKey(of)}s`, { line })
		case 'min':
		case 'max':
			return isOrdered(of)
				? call(key === 'min' ? 'Min' : 'Max', of)
				: outside(`${key} of ${scriptTypeKey(of)}s`, { line })
		case 'sum': {
			const type = intOf(of)
			if (of.kind === 'decimal') return call('SumDecimal', of)
			return type !== undefined && type.bits >= 32 && type.signed
				? call('SumInt', of)
				: outside(`the sum of ${scriptTypeKey(of)}s`, { line })
		}
		default:
			return undefined
	}
}

/** Arguments as the items, or the keys, of what they are given to. */
export function asItems(
	receiver: ScriptExpression,
	name: string,
	values: readonly ScriptExpression[],
	scope: MethodScope,
): readonly ScriptExpression[] {
	const { type } = receiver
	const key = name.toLowerCase()
	const fitted = (value: ScriptExpression, to: ScriptType): ScriptExpression =>
		coerce(exactly(value, to, type), to, scope.class.language)
	if (type.kind === 'list' && ['add', 'contains', 'indexof', 'remove', 'enqueue', 'push'].includes(key)) {
		const isObject = type.of.kind === 'thing' && type.of.name.startsWith('class ')
		if (isObject && !['add', 'enqueue', 'push'].includes(key))
			return outside(`${name}, which compares objects`, receiver)
		return values.map((value) => fitted(value, type.of))
	}
	if (type.kind === 'set') return values.map((value) => fitted(value, type.of))
	if (type.kind !== 'map') return values
	const [first, ...rest] = values
	if (first === undefined) return values
	if (key === 'containsvalue') return [fitted(first, type.of), ...rest]
	return [fitted(first, type.key ?? scriptTypes.string), ...rest.map((value) => fitted(value, type.of))]
}
