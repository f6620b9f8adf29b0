/** Jars beside Spark's own: fetched from Maven Central once, and never used with another content than the one pinned here. */

import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { EngineError } from '../port.ts'

export interface Jar {
	/** What it is, in a sentence that says that it is missing. */
	readonly what: string
	readonly file: string
	readonly url: string
	readonly sha256: string
}

/** BSD-2-Clause. */
export const POSTGRESQL_DRIVER: Jar = {
	what: 'PostgreSQL JDBC driver',
	file: 'postgresql-42.7.8.jar',
	url: 'https://repo1.maven.org/maven2/org/postgresql/postgresql/42.7.8/postgresql-42.7.8.jar',
	sha256: '2a32a9dcbc42d67a50ad3a0de5efd102c8d2be46720045f2cbd6689f160ab7c7',
}

/**
 * Hadoop's local files without a process for each `chmod`: without its native library, which PySpark does not bring,
 * Hadoop starts one for every file and folder that it makes, eight for the smallest output. Apache-2.0.
 */
export const LOCAL_FILES: Jar = {
	what: 'local file system without processes',
	file: 'hadoop-bare-naked-local-fs-0.1.0.jar',
	url: 'https://repo1.maven.org/maven2/com/globalmentor/hadoop-bare-naked-local-fs/0.1.0/hadoop-bare-naked-local-fs-0.1.0.jar',
	sha256: 'e0cc30fb0531eb0b59468dc0abf5b257533d2365b5e9f45e795edd707aa78c62',
}

/** The jar is not cached and cannot be fetched now. Most runs can do without it. */
export class JarUnavailable extends EngineError {}

export interface JarOptions {
	readonly signal?: AbortSignal | undefined
	readonly onProgress?: ((message: string) => void) | undefined
	/** Replaced by tests. */
	readonly download?: (url: string, signal?: AbortSignal) => Promise<Uint8Array>
}

/** Whether the cache holds the jar, whole. */
export async function isJarCached(cacheFolder: string, jar: Jar): Promise<boolean> {
	const content = await readFile(placeOf(cacheFolder, jar)).catch(() => undefined)
	return content !== undefined && sha256(content) === jar.sha256
}

/**
 * The path of the jar in the cache; fetched when it is not there or not whole.
 * @throws JarUnavailable when it cannot be fetched; EngineError when what was fetched is not what is pinned.
 */
export async function ensureJar(cacheFolder: string, jar: Jar, options: JarOptions = {}): Promise<string> {
	const file = placeOf(cacheFolder, jar)
	if (await isJarCached(cacheFolder, jar)) return file
	options.onProgress?.(`Fetching the ${jar.what} (${jar.file})`)
	const content = await (options.download?.(jar.url, options.signal) ?? download(jar, options.signal))
	const found = sha256(content)
	if (found !== jar.sha256) {
		throw new EngineError(
			`${jar.url} has the SHA-256 ${found}, but ${jar.sha256} was expected. It was not kept. Something between here and Maven Central changes files: find out what before you go on.`,
		)
	}
	await mkdir(path.dirname(file), { recursive: true })
	const partial = `${file}.${process.pid}.part`
	await writeFile(partial, content)
	await rename(partial, file)
	return file
}

const placeOf = (cacheFolder: string, { file }: Jar): string => path.join(cacheFolder, 'jars', file)

async function download({ what, url }: Jar, signal?: AbortSignal): Promise<Uint8Array> {
	try {
		const response = await fetch(url, signal ? { signal } : {})
		if (!response.ok) throw new Error(`the server answered ${response.status}`)
		return new Uint8Array(await response.arrayBuffer())
	} catch (error) {
		signal?.throwIfAborted()
		const reason = error instanceof Error ? error.message : String(error)
		throw new JarUnavailable(
			`The ${what} could not be fetched from ${url} (${reason}). Put the file there by hand if this machine has no network: jars/ below the cache folder.`,
		)
	}
}

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')
