/** What is left of an operation of GitHub's OpenAPI description: enough to route a request and to refuse a wrong one. */
export interface ReducedOperation {
	readonly id: string
	readonly parameters: readonly {
		readonly name: string
		readonly in: string
		readonly required: boolean
		readonly schema: unknown
	}[]
	readonly body?: { readonly required: boolean; readonly schema: unknown }
}

/** Words of a schema that say something to people, not to a validator. */
const prose = new Set(['description', 'title', 'example', 'examples', 'externalDocs', 'deprecated', 'default'])

/** The named operations, each with its references resolved and its prose removed. */
export function reduceDescription(
	description: unknown,
	names: readonly string[],
): Readonly<Record<string, ReducedOperation>> {
	return Object.fromEntries(names.map((name) => [name, reduceOperation(description, name)]))
}

function reduceOperation(description: unknown, name: string): ReducedOperation {
	const [method = '', path = ''] = name.split(' ')
	const operation = at(description, ['paths', path, method.toLowerCase()])
	if (operation === undefined) throw new Error(`GitHub's description has no operation ${name}`)
	const parameters = list(at(operation, ['parameters'])).map((item) => resolve(description, item))
	const body = at(operation, ['requestBody'])
	const schema = at(body, ['content', 'application/json', 'schema'])
	return {
		id: String(at(operation, ['operationId'])),
		parameters: parameters.map((parameter) => ({
			name: String(at(parameter, ['name'])),
			in: String(at(parameter, ['in'])),
			required: at(parameter, ['required']) === true,
			schema: reduceSchema(description, at(parameter, ['schema'])),
		})),
		...(schema === undefined
			? {}
			: { body: { required: at(body, ['required']) === true, schema: reduceSchema(description, schema) } }),
	}
}

function reduceSchema(description: unknown, schema: unknown): unknown {
	if (Array.isArray(schema)) return schema.map((item) => reduceSchema(description, item))
	if (typeof schema !== 'object' || schema === null) return schema
	const resolved = resolve(description, schema)
	const kept = Object.entries(resolved).flatMap(([word, value]): readonly (readonly [string, unknown])[] => {
		if (prose.has(word) || word.startsWith('x-')) return []
		if (word === 'properties') return [[word, mapValues(value, (item) => reduceSchema(description, item))]]
		if (word === 'enum' || word === 'required') return [[word, value]]
		return [[word, reduceSchema(description, value)]]
	})
	return withoutLooseNullable(Object.fromEntries(kept))
}

/** OpenAPI 3.0 allows `nullable` without a type, and an enum without null beside it; JSON Schema does not. */
function withoutLooseNullable(schema: Readonly<Record<string, unknown>>): unknown {
	const { nullable, ...rest } = schema
	if (nullable !== true) return rest
	if ('type' in rest) {
		const type = [rest['type'], 'null']
		return 'enum' in rest ? { ...rest, type, enum: [...list(rest['enum']), null] } : { ...rest, type }
	}
	return { anyOf: [rest, { type: 'null' }] }
}

function resolve(description: unknown, value: unknown): Readonly<Record<string, unknown>> {
	const reference = at(value, ['$ref'])
	if (typeof reference === 'string') return resolve(description, at(description, reference.slice(2).split('/')))
	return isRecord(value) ? value : {}
}

function at(value: unknown, path: readonly string[]): unknown {
	return path.reduce((inner: unknown, key) => (isRecord(inner) ? inner[key] : undefined), value)
}

function list(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : []
}

function mapValues(value: unknown, change: (item: unknown) => unknown): unknown {
	if (!isRecord(value)) return value
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
}
