/** GitHub's own description of its API, reduced by `scripts/write-github-description.ts`: routes and validates requests. */
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { z } from 'zod'
import { Refusal } from './refusal.ts'

const schema = z.record(z.string(), z.unknown())
const description = z
	.object({
		source: z.string(),
		operations: z.record(
			z.string(),
			z.object({
				id: z.string(),
				parameters: z.array(z.object({ name: z.string(), in: z.string(), required: z.boolean(), schema })),
				body: z.object({ required: z.boolean(), schema }).optional(),
			}),
		),
	})
	.parse(JSON.parse(readFileSync(new URL('../../fixtures/github/description.json', import.meta.url), 'utf8')))

export const describedRoutes: readonly string[] = Object.keys(description.operations)

export interface Match {
	readonly route: string
	readonly parameters: Readonly<Record<string, string>>
}

const mayHoldSlashes = new Set(['path', 'ref', 'basehead', 'branch', 'name'])
const patterns = describedRoutes.map((route) => {
	const [method = '', path = ''] = route.split(' ')
	const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
	// Paths of files, refs and `base...head` may hold slashes; octokit escapes some of them and people do not.
	const text = path.replace(/\{(\w+)\}/g, (_whole, name: string) => (mayHoldSlashes.has(name) ? '(.+)' : '([^/]+)'))
	return { route, method, names, pattern: new RegExp(`^${text}$`), fixed: path.replace(/\{\w+\}/g, '').length }
})
// The most particular first: `/commits/{ref}/check-runs` before `/commits/{ref}`.
patterns.sort((one, other) => other.fixed - one.fixed)

/** The operation that a request means. */
export function matchRoute(method: string, path: string): Match | undefined {
	for (const { route, method: wanted, names, pattern } of patterns) {
		const found = wanted === method ? pattern.exec(path) : null
		if (found === null) continue
		const values = found.slice(1).map((value) => decodeURIComponent(value ?? ''))
		return { route, parameters: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])) }
	}
	return undefined
}

const loose = { strict: false, allErrors: true, validateFormats: false } as const
const converting = new Ajv({ ...loose, coerceTypes: true })
const exact = new Ajv(loose)
const checks = new Map<string, (input: Input) => Readonly<Record<string, unknown>>>()

export interface Input {
	readonly parameters: Readonly<Record<string, string>>
	readonly query: Readonly<Record<string, string>>
	readonly body: unknown
}

/** Path, query and body of a request as one object. @throws Refusal with what GitHub's description does not allow */
export function validated(route: string, input: Input): Readonly<Record<string, unknown>> {
	const check = checks.get(route) ?? compile(route)
	checks.set(route, check)
	return check(input)
}

function compile(route: string): (input: Input) => Readonly<Record<string, unknown>> {
	const operation = description.operations[route]
	if (operation === undefined) throw new Error(`the reduced description has no ${route}`)
	const checkParameters = converting.compile({
		type: 'object',
		properties: Object.fromEntries(operation.parameters.map((parameter) => [parameter.name, parameter.schema])),
		required: operation.parameters.filter(({ required }) => required).map(({ name }) => name),
		// GitHub ignores what it does not know. Whoever sends it has misspelt something, so the twin does not.
		additionalProperties: false,
	})
	const checkBody = operation.body === undefined ? undefined : exact.compile(closed(operation.body.schema))
	return ({ parameters, query, body }) => {
		const values: Record<string, unknown> = { ...query, ...parameters }
		if (!checkParameters(values))
			throw new Refusal(422, `Invalid request: ${converting.errorsText(checkParameters.errors)}`)
		if (checkBody === undefined || (body === undefined && operation.body?.required !== true)) return values
		if (!checkBody(body ?? {})) {
			throw new Refusal(422, `Invalid request.\n\n${exact.errorsText(checkBody.errors, { dataVar: 'body' })}`)
		}
		return { ...values, ...(typeof body === 'object' ? body : {}) }
	}
}

function closed(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	return 'properties' in body ? { ...body, additionalProperties: false } : body
}
