import { readOperator } from '#app/operator.ts'
import { runWork } from '#bot/run-work.ts'
import type { CliCommand, CommandContext, ExitCode } from '../command.ts'
import { UsageError } from '../command.ts'
import { localEngine } from '../local-engine.ts'

interface ServeOptions {
	readonly config?: string
}

/** `reglue serve`: the GitHub App, until a signal ends it. */
export const serveCommand: CliCommand = {
	name: 'serve',
	register(program, run) {
		program
			.command('serve')
			.description('run the GitHub App: docs/operating.md tells how')
			.option('--config <file>', 'settings of the operator; credentials may also come from variables')
			.action((options: ServeOptions) => run((context) => execute(options, context)))
	},
}

async function execute({ config }: ServeOptions, context: CommandContext): Promise<ExitCode> {
	const { signal, terminal } = context
	const result = readOperator(config, process.env)
	if (!result.ok) throw new UsageError(`the settings are not complete:\n${result.problems.map(line).join('\n')}`)
	// Children of this process have no use for them.
	for (const name of ['PRIVATE_KEY', 'WEBHOOK_SECRET']) Reflect.deleteProperty(process.env, name)
	// Only this command needs Probot, which takes most of a second to load.
	const [{ startApp }, { pipelineCompiler }] = await Promise.all([
		import('#app/app.ts'),
		import('#bot/compiler/compiler.ts'),
	])
	const { operator, credentials } = result
	const engine =
		operator.engine === 'none' ? undefined : localEngine(context, { size: operator.workers.slow, longLived: true })
	const compiler = pipelineCompiler({ engine: ({ engine: wanted }) => (wanted.check === 'none' ? undefined : engine) })
	const app = await startApp({
		operator,
		credentials,
		compiler,
		repairer: { propose: () => Promise.resolve(undefined) },
		runWork,
		write: (text) => void process.stderr.write(text),
	})
	terminal.result(`deliveries go to ${app.webhookUrl}, figures are at ${app.metricsUrl}`)
	if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
	await app.drain()
	compiler.close()
	await engine?.close()
	return 0
}

const line = (problem: string): string => `    ${problem}`
