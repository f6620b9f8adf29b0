import { stringify } from 'yaml'
import { configJsonSchema } from '#config/json-schema.ts'
import type { CliCommand } from '../command.ts'
import { configFor } from '../config-file.ts'
import { diagnosticText } from '../diagnostic-text.ts'

/** `reglue config validate|print|schema` */
export const configCommand: CliCommand = {
	name: 'config',
	register(program, run) {
		const config = program.command('config').description('look at the config file')
		config
			.command('validate')
			.description('report every problem of the config file, with its line')
			.argument('[path]', 'start looking here', '.')
			.option('--config <file>', 'read this file instead')
			.action((from: string, options: { config?: string }) =>
				run(async ({ terminal }) => {
					const { diagnostics, file } = configFor(from, options.config)
					for (const diagnostic of diagnostics) terminal.problem(diagnosticText(diagnostic))
					if (diagnostics.length > 0) return 1
					terminal.result(file === undefined ? 'No config file: the defaults hold.' : `${file} is valid.`)
					return 0
				}),
			)
		config
			.command('print')
			.description('print the settings that hold, defaults included')
			.argument('[path]', 'start looking here', '.')
			.option('--config <file>', 'read this file instead')
			.action((from: string, options: { config?: string }) =>
				run(async ({ terminal }) => {
					const { config: settings, diagnostics } = configFor(from, options.config)
					for (const diagnostic of diagnostics) terminal.problem(diagnosticText(diagnostic))
					if (settings === undefined) return 1
					terminal.result(stringify(settings).trimEnd())
					return 0
				}),
			)
		config
			.command('schema')
			.description('print the JSON Schema of the config file')
			.action(() =>
				run(async ({ terminal }) => {
					terminal.result(JSON.stringify(configJsonSchema(), undefined, 2))
					return 0
				}),
			)
	},
}
