/** The environment variables of a child: what Spark needs, and nothing of ours, which may hold credentials. */

import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CommandOptions, type CommandResult, runCommand } from './command.ts'
import type { Environment } from './environment.ts'

/** Our Python: the worker and the `awsglue` stand-in. */
export const PYTHON_FOLDER = fileURLToPath(new URL('./python', import.meta.url))

/** @param folder A temporary folder that takes everything a child writes without being told where. */
export function childEnvironment({ python, javaHome }: Environment, folder: string): NodeJS.ProcessEnv {
	return {
		JAVA_HOME: javaHome,
		HOME: folder,
		TMPDIR: folder,
		// Spark's start script is a shell script and needs its tools.
		PATH: '/usr/bin:/bin',
		LANG: 'C.UTF-8',
		TZ: 'UTC',
		PYTHONHASHSEED: '0',
		PYTHONDONTWRITEBYTECODE: '1',
		PYSPARK_PYTHON: python,
		PYSPARK_DRIVER_PYTHON: python,
		SPARK_LOCAL_IP: '127.0.0.1',
		SPARK_LOCAL_DIRS: folder,
	}
}

/** Runs the environment's Python on its own, as `python script.py …` or `-m pytest …`, with `awsglue` to import. */
export async function runPython(
	environment: Environment,
	args: readonly string[],
	options: Omit<CommandOptions, 'env'> = {},
): Promise<CommandResult> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'reglue-python-'))
	try {
		const env = { ...childEnvironment(environment, folder), PYTHONPATH: PYTHON_FOLDER }
		return await runCommand(environment.python, args, { ...options, env })
	} finally {
		await rm(folder, { recursive: true, force: true, maxRetries: 5 })
	}
}
