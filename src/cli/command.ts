import type { Command as CommanderCommand } from 'commander'
import type { Terminal } from './terminal.ts'

/** 0 all good, 1 failed or different, 2 wrong usage, 3 finished with degraded jobs. */
export type ExitCode = 0 | 1 | 2 | 3

/** What a command gets from its host. */
export interface CommandContext {
	readonly terminal: Terminal
	/** Aborted by Ctrl-C. */
	readonly signal: AbortSignal
}

/** One command of the command line; the registry lists them, help and docs/cli.md are printed from it. */
export interface CliCommand {
	readonly name: string
	/** Declares arguments and options, and calls `run` with the parsed ones. */
	register(
		program: CommanderCommand,
		run: (work: (context: CommandContext) => Promise<ExitCode>) => Promise<void>,
	): void
}

/** Wrong usage: the message is shown with the command's name, exit code 2. */
export class UsageError extends Error {
	override readonly name = 'UsageError'
}
