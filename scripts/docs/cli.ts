import type { Command } from 'commander'
import { buildProgram } from '#cli/program.ts'

/** Prints every command with its arguments and options, from the registry that the program itself is built from. */
export function renderCli(): string {
	const program = buildProgram(() => Promise.resolve())
	const sections = program.commands
		.flatMap((command) => (command.commands.length > 0 ? command.commands : [command]))
		.map(section)
	return `<!-- Printed from src/cli/registry.ts by npm run docs. -->

# Command line

\`npm run -s reglue -- …\` in a checkout, \`reglue …\` once installed. Results go to standard output, everything about the way there to standard error; \`--quiet\` leaves only what is wrong.

Exit codes: **0** all good, **1** failed or different, **2** wrong usage, **3** finished with degraded jobs.

${sections.join('\n')}`
}

function section(command: Command): string {
	const parent = command.parent?.name() === 'reglue' ? '' : `${command.parent?.name() ?? ''} `
	const usage = command.registeredArguments
		.map(
			(argument) =>
				` ${argument.required ? `<${argument.name()}>` : `[${argument.name()}]`}${argument.variadic ? '…' : ''}`,
		)
		.join('')
	const rows = [
		...command.registeredArguments.map((argument) => [`${argument.name()}`, argument.description]),
		...command.options.map((option) => [option.flags, option.description]),
	].map(([flags = '', about = '']) => `| \`${flags.replaceAll('|', '\\|')}\` | ${about.replaceAll('|', '\\|')} |`)
	const table = rows.length === 0 ? '' : `\n| argument or option | meaning |\n| --- | --- |\n${rows.join('\n')}\n`
	return `## \`reglue ${parent}${command.name()}${usage}\`\n\n${sentence(command.description())}\n${table}`
}

function sentence(text: string): string {
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
