/** The machine's Python: found, and asked what it is. */

import { runCommand } from './command.ts'

export interface Python {
	/** The interpreter itself, not a shim that picks one by folder. */
	readonly path: string
	readonly version: readonly [major: number, minor: number]
	/** Whether it can make virtual environments (on Debian that is a package of its own). */
	readonly canMakeEnvironments: boolean
}

const ASK = `
import importlib.util, json, os, sys
print(json.dumps([os.path.realpath(sys.executable), *sys.version_info[:2], importlib.util.find_spec("ensurepip") is not None]))
`

/** The first of the candidates that runs and whose version is within the range, both ends included. */
export async function findPython(
	candidates: readonly string[],
	oldest: readonly [number, number],
	newest: readonly [number, number],
): Promise<Python | undefined> {
	for (const candidate of candidates) {
		const python = await askPython(candidate)
		if (python && !isBefore(python.version, oldest) && !isBefore(newest, python.version)) return python
	}
	return undefined
}

async function askPython(command: string): Promise<Python | undefined> {
	const { code, output } = await runCommand(command, ['-I', '-c', ASK], { timeout: 20_000 })
	if (code !== 0) return undefined
	const [path, major, minor, canMakeEnvironments] = JSON.parse(output) as [string, number, number, boolean]
	return { path, version: [major, minor], canMakeEnvironments }
}

const isBefore = (one: readonly [number, number], other: readonly [number, number]): boolean =>
	one[0] < other[0] || (one[0] === other[0] && one[1] < other[1])
