/** Paths of files as objects in S3. */
import { printJsonata } from '#languages/jsonata/print.ts'
import { literalText } from '#languages/jsonata/text.ts'
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import { relocate } from '../glue/plan/places.ts'
import type { Machine } from './scope.ts'

export interface S3Object {
	readonly bucket: string
	readonly key: string
	/** Bucket and key, as a copy names its source. */
	readonly copySource: string
	/** The whole URL. */
	readonly path: string
}

/**
 * JSONata for the bucket and key of a path. What the path begins with is replaced as the config says (`paths`); a path whose
 * parameters hold its beginning needs values that are s3:// URLs, and anything else stops the machine.
 */
export function s3Object(path: SourcedExpression, machine: Machine): S3Object {
	const printed = printJsonata(placed(path.expression, machine), machine.memory.scope)
	// The importer has taken only what has a text.
	if ('problem' in printed) throw new Error(`${path.text}: ${printed.problem}`)
	const { code } = printed
	return {
		bucket: bucketOf(code),
		key: objectKeyOf(code),
		path: code,
		copySource: `$encodeUrl($replace(${code}, /^s3[an]?:[/][/]/, ''))`,
	}
}

export const bucketOf = (url: string): string => `($match(${url}, /^s3[an]?:[/][/]([^/]+)/).groups[0])`
export const objectKeyOf = (url: string): string => `$replace(${url}, /^s3[an]?:[/][/][^/]+[/]/, '')`

function placed(expression: Expression, machine: Machine): Expression {
	if (expression.kind === 'literal' && typeof expression.value === 'string')
		return { ...expression, value: moved(expression.value, machine.paths) }
	const [first, ...rest] = expression.kind === 'call' ? expression.args : []
	if (expression.kind !== 'call' || first === undefined || !expression.operation.endsWith('.concat')) return expression
	return { ...expression, args: [placed(first, machine), ...rest] }
}

/** A folder keeps the slash at its end: more may follow. */
function moved(path: string, paths: Machine['paths']): string {
	const place = relocate(path, paths)
	if (place === undefined) return path
	return /[\\/]$/.test(path) && !place.endsWith('/') ? `${place}/` : place
}

export const returnValue = (key: string, value: '0' | '1'): string => `'${key}': {'ReturnValue': ${literalText(value)}}`
