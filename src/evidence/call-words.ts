/** Fields of the calls of a state machine. */
import type { Json } from '#engines/state-machine/definition.ts'

/** When each run of a state machine begins. */
export const startedAt = '2024-01-15T10:20:30Z'

export function at(value: Json | undefined, key: string): Json | undefined {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
	return Object.hasOwn(value, key) ? (value as Readonly<Record<string, Json>>)[key] : undefined
}

export const textAt = (value: Json, key: string): string => {
	const found = at(value, key)
	return typeof found === 'string' ? found : ''
}

/** The place differs, the name of the file does not. */
export const fileName = (path: string): string => decodeURIComponent(path).replace(/^.*[\\/]/, '')
