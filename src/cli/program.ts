import { Command } from 'commander'
import packageFile from '../../package.json' with { type: 'json' }
import type { CommandContext, ExitCode } from './command.ts'
import { commands } from './registry.ts'

/** The whole command line; `run` is called with the work of the command that was chosen. */
export function buildProgram(
	run: (work: (context: CommandContext) => Promise<ExitCode>, options: { readonly quiet: boolean }) => Promise<void>,
): Command {
	const program = new Command('reglue')
		.description('Migrates IBM DataStage jobs and SSIS packages to AWS Glue, and proves that both give the same rows.')
		.version(packageFile.version)
		.option('--quiet', 'say only what is wrong, and results')
		.exitOverride()
		.showHelpAfterError('(add --help for what the command takes)')
	const start = (work: (context: CommandContext) => Promise<ExitCode>) =>
		run(work, { quiet: program.opts<{ quiet?: true }>().quiet === true })
	for (const command of commands) command.register(program, start)
	for (const command of program.commands) command.exitOverride().copyInheritedSettings(program)
	return program
}
