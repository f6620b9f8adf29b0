/** One side of a reconciliation: where its rows are, and how they are laid out. */
import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import path from 'node:path'
import type { DataFormat } from './data-set.ts'
import { detectDelimiter } from './data-set.ts'

export type Side =
	| { readonly kind: 'files'; readonly paths: readonly string[]; readonly bytes: number }
	| { readonly kind: 'parquet'; readonly paths: readonly string[] }
	| { readonly kind: 'jdbc'; readonly url: string; readonly table: string }

/**
 * `jdbc:URL#table` is a table (or a view); anything else a file, or a folder of part files, of which hidden ones and those that
 * begin with `_` are left out. Parquet is known by its first bytes.
 *
 * @throws Error when nothing is there, or a URL names no table
 */
export function sideAt(place: string): Side {
	if (place.startsWith('jdbc:')) {
		const at = place.lastIndexOf('#')
		if (at < 0 || at === place.length - 1)
			throw new Error(`${withoutSecrets(place)} names no table: end it with #TABLE`)
		return { kind: 'jdbc', url: place.slice(0, at), table: place.slice(at + 1) }
	}
	if (!existsSync(place)) throw new Error(`there is no ${place}`)
	const paths = filesAt(place)
	const [first] = paths
	if (first !== undefined && head(first, 4) === 'PAR1') return { kind: 'parquet', paths }
	return { kind: 'files', paths, bytes: paths.reduce((sum, file) => sum + statSync(file).size, 0) }
}

/** A URL as it may be shown: what follows its question mark can hold a password. */
export const withoutSecrets = (place: string): string =>
	place.startsWith('jdbc:') ? place.replace(/[?;][^#]*/, '?…').replace(/\/\/[^/@]*@/, '//…@') : place

function filesAt(place: string): readonly string[] {
	if (!statSync(place).isDirectory()) return [path.resolve(place)]
	return readdirSync(place, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !/^[._]/.test(entry.name))
		.map((entry) => path.resolve(entry.parentPath, entry.name))
		.sort()
}

function head(file: string, bytes: number): string {
	const buffer = Buffer.alloc(bytes)
	const descriptor = openSync(file, 'r')
	try {
		return buffer.toString('latin1', 0, readSync(descriptor, buffer, 0, bytes, 0))
	} finally {
		closeSync(descriptor)
	}
}

export interface Credentials {
	readonly user?: string
	readonly password?: string
}

/** The side as compare_on_spark.py takes it. */
export function sparkSide(side: Side, format: DataFormat, credentials: Credentials) {
	if (side.kind === 'jdbc') {
		const { url, table } = side
		return { kind: 'jdbc', url, table, driver: driverOf(url), credentials, named: true, knows_null: true }
	}
	const { paths } = side
	if (side.kind === 'parquet') return { kind: 'parquet', paths, named: true, knows_null: true }
	const encoding = format.encoding ?? 'utf-8'
	const header = format.header ?? true
	if (format.widths !== undefined) {
		const names = format.names ?? format.widths.map((_width, index) => String(index + 1))
		const { widths } = format
		return {
			kind: 'fixed',
			paths,
			widths,
			names,
			header,
			encoding,
			named: format.names !== undefined,
			knows_null: false,
		}
	}
	const start = head(paths[0] ?? '', 65_536)
	if (format.delimiter === 'jsonl' || (format.delimiter === undefined && start.startsWith('{"')))
		return { kind: 'json', paths, named: true, knows_null: true }
	const delimiter = format.delimiter ?? detectDelimiter(start)
	return {
		kind: 'csv',
		paths,
		delimiter,
		quote: format.quote ?? '"',
		header,
		encoding,
		named: header,
		knows_null: false,
	}
}

/** Classes of the drivers that tables are read through; another one is found by the URL, where the machine has it. */
function driverOf(url: string): string {
	const drivers: Readonly<Record<string, string>> = {
		postgresql: 'org.postgresql.Driver',
		sqlserver: 'com.microsoft.sqlserver.jdbc.SQLServerDriver',
		oracle: 'oracle.jdbc.OracleDriver',
		mysql: 'com.mysql.cj.jdbc.Driver',
		db2: 'com.ibm.db2.jcc.DB2Driver',
	}
	return drivers[url.split(':')[1] ?? ''] ?? 'org.postgresql.Driver'
}
