#!/usr/bin/env node
/** The command line's process: signals, exit codes, and the last word on errors. Everything else lives in commands/. */
import { CommanderError } from 'commander'
import { EngineError } from '#engines/port.ts'
import type { ExitCode } from './command.ts'
import { UsageError } from './command.ts'
import { buildProgram } from './program.ts'
import { terminal } from './terminal.ts'

const stop = new AbortController()
process.once('SIGINT', () => {
	process.stderr.write('\nstopping …\n')
	stop.abort(new Error('stopped by Ctrl-C'))
	// A second Ctrl-C finds Node's own handler again and ends the process at once.
})
process.once('SIGTERM', () => stop.abort(new Error('stopped by a signal')))

// A reader that has seen enough (`reglue … | head`) closes the pipe; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') throw error
	process.exit(0)
})

const program = buildProgram(async (work, { quiet }) => {
	process.exitCode = await work({
		terminal: terminal({ out: process.stdout, error: process.stderr }, { quiet }),
		signal: stop.signal,
	})
})

try {
	await program.parseAsync()
} catch (error) {
	process.exitCode = exitCodeOf(error)
}

function exitCodeOf(error: unknown): ExitCode {
	if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
	if (error instanceof UsageError) return say(error.message, 2)
	if (stop.signal.aborted) return say('stopped; `reglue migrate --resume` goes on from here', 1)
	if (error instanceof EngineError) return say(error.message, 1)
	const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
	return say(`this is a bug, please report it with the lines below\n${trace}`, 1)
}

function say(message: string, code: ExitCode): ExitCode {
	process.stderr.write(`reglue: ${message}\n`)
	return code
}
