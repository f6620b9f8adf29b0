/** Runs a command of this machine to its end. */

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface CommandResult {
	/** Null when it could not be started or was killed. */
	readonly code: number | null
	/** Standard output and error, in the order of arrival; the last 20,000 characters. */
	readonly output: string
}

export interface CommandOptions {
	readonly env?: NodeJS.ProcessEnv
	readonly signal?: AbortSignal | undefined
	readonly onLine?: (line: string) => void
	/** Killed after so many milliseconds. */
	readonly timeout?: number
}

/** Never rejects for a command that fails or is not there: the code tells. Rejects when the signal aborts it. */
export function runCommand(
	command: string,
	args: readonly string[],
	options: CommandOptions = {},
): Promise<CommandResult> {
	const { promise, resolve, reject } = Promise.withResolvers<CommandResult>()
	let output = ''
	const child = spawn(command, args, {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: options.env ?? process.env,
		...(options.signal ? { signal: options.signal } : {}),
		...(options.timeout === undefined ? {} : { timeout: options.timeout }),
	})
	for (const stream of [child.stdout, child.stderr]) {
		createInterface({ input: stream }).on('line', (line) => {
			output = `${output}${line}\n`.slice(-20_000)
			options.onLine?.(line)
		})
	}
	child.on('error', (error) => {
		if (options.signal?.aborted) reject(options.signal.reason)
		else resolve({ code: null, output: `${output}${error.message}` })
	})
	child.on('close', (code) => {
		resolve({ code, output })
	})
	return promise
}
