/** The model's keys as the words of those who know the source tool. */
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import type { DataType } from '#model/types.ts'
import { typeKinds } from '#model/types.ts'

const words: Readonly<Record<string, string>> = {
	value: 'derivation',
	condition: 'constraint',
	routes: 'link',
	columns: 'column',
	variables: 'variable',
	schema: 'columns',
	how: 'kind',
	onMiss: 'what happens without a match',
	onError: 'what happens on an error',
	onTruncation: 'what happens to a text that is too long',
	nullable: 'nullability',
	keys: 'key',
	default: 'default',
}

/** `nullsEqual` → `nulls equal`, unless there is a better word. */
export function wordOf(key: string): string {
	return words[key] ?? key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
}

const expressionKinds: ReadonlySet<string> = new Set<Expression['kind']>([
	'literal',
	'column',
	'parameter',
	'variable',
	'call',
	'if',
	'cast',
	'opaque',
])

export function isSourced(value: object): value is SourcedExpression {
	if (!('expression' in value) || !('text' in value)) return false
	const { expression } = value
	return typeof expression === 'object' && expression !== null && 'kind' in expression
		? typeof expression.kind === 'string' && expressionKinds.has(expression.kind)
		: false
}

const knownTypes: ReadonlySet<string> = new Set(typeKinds)

export function isType(value: object): value is DataType {
	return 'kind' in value && typeof value.kind === 'string' && knownTypes.has(value.kind)
}
