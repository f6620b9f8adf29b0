/** What each release of AWS Glue means for the local engine. */

import path from 'node:path'
import { fileURLToPath } from 'node:url'

export type GlueVersion = '5.1' | '6.0'

export interface Release {
	readonly glue: GlueVersion
	readonly spark: string
	readonly requirements: string
	/** Interpreters to try, the one that AWS Glue itself has first, and the range that was tested. */
	readonly pythons: readonly string[]
	readonly oldest: readonly [number, number]
	readonly newest: readonly [number, number]
}

const requirements = fileURLToPath(new URL('../../../requirements', import.meta.url))
const pinned = (name: string): string => path.join(requirements, name)

/** PySpark comes as source: these build it. */
export const BUILD_REQUIREMENTS = pinned('build.txt')
export const JAVA_REQUIREMENTS = pinned('java-17.txt')

export const RELEASES: Readonly<Record<GlueVersion, Release>> = {
	'5.1': {
		glue: '5.1',
		spark: '3.5.6',
		requirements: pinned('glue-5.1.txt'),
		pythons: ['python3.11', 'python3.12', 'python3.10', 'python3'],
		oldest: [3, 10],
		newest: [3, 12],
	},
	'6.0': {
		glue: '6.0',
		spark: '4.1.1',
		requirements: pinned('glue-6.0.txt'),
		pythons: ['python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3'],
		oldest: [3, 10],
		newest: [3, 13],
	},
}
