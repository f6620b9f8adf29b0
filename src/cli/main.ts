#!/usr/bin/env node
/** The command line. Everything else lives in commands/. */
import { Command, CommanderError } from 'commander'
import packageFile from '../../package.json' with { type: 'json' }
import type { CommandContext, ExitCode } from './command.ts'
import { UsageError } from './command.ts'
import { commands } from './registry.ts'
import { terminal } from './terminal.ts'

const stop = new AbortController()
process.once('SIGINT', () => {
	process.stderr.write('\nstopping …\n')
	stop.abort(new Error('stopped by Ctrl-C'))
	// A second Ctrl-C finds Node's own handler again and ends the process at once.
})
process.once('SIGTERM', () => stop.abort(new Error('stopped by a signal')))

const program = new Command('reglue')
	.description('Migrates IBM DataStage jobs and SSIS packages to AWS Glue, and proves that both give the same rows.')
	.version(packageFile.version)
	.option('--quiet', 'say only what is wrong, and results')
	.exitOverride()
	.showHelpAfterError('(add --help for what the command takes)')

const run = async (work: (context: CommandContext) => Promise<ExitCode>): Promise<void> => {
	const context: CommandContext = {
		terminal: terminal({ out: process.stdout, error: process.stderr }, { quiet: program.opts<{ quiet?: true }>().quiet === true }),
		signal: stop.signal,
	}
	process.exitCode = await work(context)
}

for (const command of commands) command.register(program, run)
for (const command of program.commands) command.exitOverride().copyInheritedSettings(program)

try {
	await program.parseAsync()
} catch (error) {
	process.exitCode = exitCodeOf(error)
}

function exitCodeOf(error: unknown): ExitCode {
	if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
	if (error instanceof UsageError) {
		process.stderr.write(`reglue: ${error.message}\n`)
		return 2
	}
	if (stop.signal.aborted) {
		process.stderr.write('reglue: stopped; `reglue migrate --resume` goes on from here\n')
		return 1
	}
	process.stderr.write(`reglue: this is a bug, please report it with the lines below\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
	return 1
}
