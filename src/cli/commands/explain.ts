import { explainLine } from '#pipeline/explain.ts'
import type { CliCommand, CommandContext, ExitCode } from '../command.ts'
import { UsageError } from '../command.ts'
import { visible } from '../diagnostic-text.ts'

/** `reglue explain FILE:LINE`: which element of which export a generated line comes from. */
export const explainCommand: CliCommand = {
	name: 'explain',
	register(program, run) {
		program
			.command('explain')
			.description('lead a generated line back to the export')
			.argument('<file:line>', 'a generated file and a line in it')
			.action((place: string) => run((context) => Promise.resolve(execute(place, context))))
	},
}

function execute(place: string, { terminal }: CommandContext): ExitCode {
	const match = /^(.*):(\d+)$/.exec(place)
	if (match === null) throw new UsageError(`${place}: write FILE:LINE`)
	const explained = explainLine(match[1] ?? '', Number(match[2]))
	if ('problem' in explained) {
		terminal.problem(explained.problem)
		return 1
	}
	for (const { element, file, lines, edited } of explained.explanations) {
		terminal.result(
			`${visible(element)}, ${visible(file)}:${lines[0]}-${lines[1]}${edited ? ' (the file was edited since; lines may have moved)' : ''}`,
		)
	}
	return 0
}
