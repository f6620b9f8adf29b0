/** JSONata as Step Functions evaluates it: version 2.0.6, and `$parse`. */
import jsonata from 'jsonata'
import type { Json } from './definition.ts'

const compiled = new Map<string, jsonata.Expression>()

/** Values of all fields whose text stands in `{% %}`, at any depth. A field without a value is left out. */
export async function evaluateFields(value: Json, variables: Readonly<Record<string, Json>>): Promise<Json> {
	if (typeof value === 'string') return expression(value, variables)
	if (typeof value !== 'object' || value === null) return value
	if (Array.isArray(value)) return Promise.all(value.map((one: Json) => evaluateFields(one, variables)))
	const entries = await Promise.all(
		Object.entries(value).map(async ([key, one]) => [key, await evaluateFields(one, variables)] as const),
	)
	return Object.fromEntries(entries)
}

async function expression(text: string, variables: Readonly<Record<string, Json>>): Promise<Json> {
	const match = /^\{%(.*)%\}$/s.exec(text)
	if (match === null) return text
	const code = match[1] ?? ''
	const known = compiled.get(code) ?? jsonata(code)
	compiled.set(code, known)
	const parse = (json: string): unknown => JSON.parse(json)
	const value: unknown = await known.evaluate(null, { ...variables, parse }).catch((error: unknown) => {
		// The library throws plain objects.
		throw new Error(
			typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error),
		)
	})
	// AWS: an expression must give a defined value, because JSON cannot hold anything else.
	if (value === undefined) throw new Error(`the expression has no value: ${code.trim()}`)
	return JSON.parse(JSON.stringify(value)) as Json
}
