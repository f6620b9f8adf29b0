/** The JDBC driver of PostgreSQL: fetched from Maven Central once, and never used with another content than the one pinned here. */

import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { EngineError } from '../port.ts'

export interface JdbcDriver {
	readonly file: string
	readonly url: string
	readonly sha256: string
}

/** BSD-2-Clause. */
const POSTGRESQL_DRIVER: JdbcDriver = {
	file: 'postgresql-42.7.8.jar',
	url: 'https://repo1.maven.org/maven2/org/postgresql/postgresql/42.7.8/postgresql-42.7.8.jar',
	sha256: '2a32a9dcbc42d67a50ad3a0de5efd102c8d2be46720045f2cbd6689f160ab7c7',
}

/** The driver is not cached and cannot be fetched now. Runs that reach no database do not need it. */
export class DriverUnavailable extends EngineError {}

export interface DriverOptions {
	readonly signal?: AbortSignal | undefined
	readonly onProgress?: ((message: string) => void) | undefined
	/** Replaced by tests. */
	readonly download?: (url: string, signal?: AbortSignal) => Promise<Uint8Array>
}

/** Whether the cache holds the driver, whole. */
export async function isDriverCached(cacheFolder: string, driver = POSTGRESQL_DRIVER): Promise<boolean> {
	const content = await readFile(path.join(cacheFolder, 'drivers', driver.file)).catch(() => undefined)
	return content !== undefined && sha256(content) === driver.sha256
}

/**
 * The path of the driver in the cache; fetched when it is not there or not whole.
 * @throws DriverUnavailable when it cannot be fetched; EngineError when what was fetched is not what is pinned.
 */
export async function ensureDriver(
	cacheFolder: string,
	driver = POSTGRESQL_DRIVER,
	options: DriverOptions = {},
): Promise<string> {
	const file = path.join(cacheFolder, 'drivers', driver.file)
	if (await isDriverCached(cacheFolder, driver)) return file
	options.onProgress?.(`Fetching the PostgreSQL JDBC driver (${driver.file})`)
	const content = await (options.download ?? download)(driver.url, options.signal)
	const found = sha256(content)
	if (found !== driver.sha256) {
		throw new EngineError(
			`${driver.url} has the SHA-256 ${found}, but ${driver.sha256} was expected. It was not kept. Something between here and Maven Central changes files: find out what before you go on.`,
		)
	}
	await mkdir(path.dirname(file), { recursive: true })
	const partial = `${file}.${process.pid}.part`
	await writeFile(partial, content)
	await rename(partial, file)
	return file
}

async function download(url: string, signal?: AbortSignal): Promise<Uint8Array> {
	try {
		const response = await fetch(url, signal ? { signal } : {})
		if (!response.ok) throw new Error(`the server answered ${response.status}`)
		return new Uint8Array(await response.arrayBuffer())
	} catch (error) {
		signal?.throwIfAborted()
		const reason = error instanceof Error ? error.message : String(error)
		throw new DriverUnavailable(
			`The PostgreSQL JDBC driver could not be fetched from ${url} (${reason}). Put the file there by hand if this machine has no network: drivers/ below the cache folder.`,
		)
	}
}

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')
