/** What this machine has of what the local engine needs, for `reglue doctor`. Looks only; makes and fetches nothing. */

import { environmentPlace } from './environment.ts'
import { canIsolateNetwork } from './isolation.ts'
import { isJarCached, POSTGRESQL_DRIVER } from './jars.ts'
import { findJava, type Java } from './java.ts'
import { findPython, type Python } from './python.ts'
import { type GlueVersion, RELEASES, type Release } from './releases.ts'
import { isComplete } from './stamped-folder.ts'

export interface EngineFacts {
	readonly release: Release
	/** Absent: none within the range that was tested with this Spark. */
	readonly python?: Python
	/** Whether the virtual environment is made, and where it is or will be. */
	readonly environment?: { readonly folder: string; readonly ready: boolean }
	/** Absent: a wheel with a runtime is fetched on first use. */
	readonly java?: Java
	/** Whether code of a model or a person can be run without network. */
	readonly networkIsolation: boolean
	readonly driverCached: boolean
}

export async function engineFacts(cacheFolder: string, glueVersion: GlueVersion = '5.1'): Promise<EngineFacts> {
	const release = RELEASES[glueVersion]
	const [python, java, networkIsolation, driverCached] = await Promise.all([
		findPython(release.pythons, release.oldest, release.newest),
		findJava(),
		canIsolateNetwork(),
		isJarCached(cacheFolder, POSTGRESQL_DRIVER),
	])
	const place = python && (await environmentPlace(cacheFolder, release, python))
	return {
		release,
		...(python ? { python } : {}),
		...(place ? { environment: { folder: place.folder, ready: await isComplete(place.folder, place.digest) } } : {}),
		...(java ? { java } : {}),
		networkIsolation,
		driverCached,
	}
}
