/**
 * Calls of SQL Server procedures as calls of PostgreSQL functions of the same name. What a procedure does is not in an export; a
 * database that has moved to PostgreSQL has a function in its place, which returns the rows.
 */
import type { DataType } from '#model/types.ts'
import { callPattern, declarations, declaredValue, splitList } from './t-sql.ts'

/**
 * The statement for PostgreSQL; undefined where it is no plain call, or one that no rule covers (output parameters).
 *
 * @param types of the `?` markers, in order: PostgreSQL finds a function by the types of its arguments
 */
export function callForPostgresql(sql: string, types: readonly DataType[]): string | undefined {
	const { values, rest } = declarations(sql)
	const call = callPattern.exec(rest)?.groups
	if (call === undefined) return undefined
	const given = splitList(call['arguments'] ?? '')
	let marker = 0
	const args = given.map((argument): string | undefined => {
		const [, name, value = ''] = /^(?:@(\w+)\s*=\s*)?([\s\S]*)$/.exec(argument.trim()) ?? []
		const type = value === '?' ? types[marker] : undefined
		if (value === '?') marker += 1
		const text = type === undefined ? argumentText(value, values) : `CAST(? AS ${typeNames[type.kind](type)})`
		return text === undefined || name === undefined ? text : `${name} => ${text}`
	})
	const known = args.filter((one) => one !== undefined)
	if (known.length < args.length) return undefined
	const columns = splitList(call['columns'] ?? '').map(columnName)
	const names = columns.length === 0 ? '' : ` AS rows(${columns.map(quoted).join(', ')})`
	return `SELECT * FROM ${nameForPostgresql(call['procedure'] ?? '')}(${known.join(', ')})${names}`
}

/** `[Sales].[Order Lines]` → `Sales."Order Lines"`: a regular name needs no quotes, and PostgreSQL folds its letter case. */
export function nameForPostgresql(name: string): string {
	return name.replaceAll(/\[((?:[^\]]|\]\])*)\]/g, (_, inside: string) => {
		const plain = inside.replaceAll(']]', ']')
		return /^[A-Za-z_]\w*$/.test(plain) ? plain : quoted(plain)
	})
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** `[Valid From] datetime2(7)` → `Valid From`. */
function columnName(definition: string): string {
	const text = definition.trim()
	return /^\[((?:[^\]]|\]\])*)\]/.exec(text)?.[1]?.replaceAll(']]', ']') ?? /^\S+/.exec(text)?.[0] ?? ''
}

/** A constant, or a variable that the statement has declared. */
function argumentText(value: string, declared: ReadonlyMap<string, string>): string | undefined {
	if (/^(?:-?\d+(?:\.\d+)?|null)$/i.test(value)) return value
	if (/^N?'(?:[^']|'')*'$/i.test(value)) return value.replace(/^N/i, '')
	const own = declared.get(value.toLowerCase())
	return own === undefined ? undefined : declaredValue(own)
}

const typeNames: Readonly<Record<DataType['kind'], (type: DataType) => string>> = {
	string: () => 'text',
	int: (type) => (type.kind === 'int' && type.bits === 64 ? 'bigint' : 'int'),
	decimal: () => 'numeric',
	float: () => 'double precision',
	boolean: () => 'boolean',
	date: () => 'date',
	time: () => 'time',
	timestamp: (type) => (type.kind === 'timestamp' && type.zone ? 'timestamptz' : 'timestamp'),
	binary: () => 'bytea',
	uuid: () => 'uuid',
	vector: () => 'jsonb',
	record: () => 'jsonb',
}
