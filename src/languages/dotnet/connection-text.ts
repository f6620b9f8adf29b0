/** Connection strings: parts by name, separated by semicolons (Microsoft: connection string syntax of ADO.NET). */

/** The part with one of these names, or ''. */
export function connectionPart(text: string, ...names: readonly string[]): string {
	for (const part of text.split(';')) {
		const at = part.indexOf('=')
		if (at > 0 && names.includes(part.slice(0, at).trim().toLowerCase())) return part.slice(at + 1).trim()
	}
	return ''
}

export interface DatabasePlace {
	readonly server: string
	readonly database: string
}

/** Undefined for a text that does not name a database. */
export function databasePlace(text: string): DatabasePlace | undefined {
	const server = connectionPart(text, 'data source', 'server', 'address', 'addr', 'network address')
	const database = connectionPart(text, 'initial catalog', 'database')
	return server === '' || database === '' ? undefined : { server, database }
}

/** The same for all texts that mean one database. */
export const placeKey = ({ server, database }: DatabasePlace): string => `${server}\n${database}`.toLowerCase()
