/**
 * The App as a process of its own, with a stubbed compiler: for tests that kill it, and for measuring it. Settings come
 * from the file that is the first argument, credentials from the environment; `bench` as second has nothing done.
 */
import { startApp } from '#app/app.ts'
import { readOperator } from '#app/operator.ts'
import { runWork } from '#bot/run-work.ts'
import { stubCompiler } from './stub-compiler.ts'

const [file, how] = process.argv.slice(2)
const settings = readOperator(file, process.env)
if (!settings.ok) throw new Error(settings.problems.join('\n'))
const app = await startApp({
	...settings,
	compiler: stubCompiler(),
	repairer: { propose: () => Promise.resolve(undefined) },
	runWork: how === 'bench' ? () => Promise.resolve({ text: 'done', next: [] }) : runWork,
	write: (line) => void process.stderr.write(line),
	writeGap: 0,
	poll: 50,
})
process.stdout.write(`${JSON.stringify({ webhook: app.webhookUrl, url: app.url, metrics: app.metricsUrl })}\n`)
process.once('SIGTERM', () => void app.drain().then(() => process.exit(0)))
