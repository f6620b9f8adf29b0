/**
 * The whole way on the project's own examples: migrate, prove, run on data, compare, publish into a local repository.
 * `npm run demo`; everything it writes lies in out/demo. Exit code 1 when anything differs from what it should be.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { publishedLines } from '#cli/publish/text.ts'
import { defaultConfig } from '#config/schema.ts'
import { createLocalSpark } from '#engines/local-spark/engine.ts'
import { type Engine, EngineError } from '#engines/port.ts'
import type { JobReport } from '#evidence/report.ts'
import { discover } from '#pipeline/discover.ts'
import { explainLine } from '#pipeline/explain.ts'
import { migrate } from '#pipeline/migrate.ts'
import { writePortfolio } from '#pipeline/report.ts'
import { runJob } from '#pipeline/run/run-job.ts'
import type { GeneratedJob } from '#pipeline/run/select-job.ts'
import { generatedJobs, selectJob } from '#pipeline/run/select-job.ts'
import type { Example } from './demo/examples.ts'
import { compareOutput, examples } from './demo/examples.ts'
import { publishFolder } from './demo/publish-folder.ts'
import { freshRepository } from './demo/repository.ts'
import { root } from './rules/tree.ts'

process.chdir(root)
const demo = 'out/demo'
const generated = path.join(demo, 'generated')
const cache = path.resolve('.cache', 'reglue')

const begun = performance.now()
const stop = new AbortController()
process.once('SIGINT', () => stop.abort(new Error('stopped by Ctrl-C')))

/** Everything that was not as it should be; shown where it happens and counted at the end. */
const problems: string[] = []

rmSync(demo, { recursive: true, force: true })
mkdirSync(demo, { recursive: true })
const engine = createLocalSpark({ cacheFolder: cache, size: 1, onProgress: note, signal: stop.signal })
// Spark takes its time to start; it does so while the exports are read. What goes wrong shows when it is used.
engine.columns({ sets: [] }, stop.signal).catch(() => undefined)
try {
	title('1. Migrate both exports, and prove each script on synthesised rows')
	await migrateExamples(engine)
	for (const [index, example] of examples.entries()) {
		title(`${index + 2}. Run ${example.job} on ${path.dirname(example.export)}/data`)
		await runExample(example, engine)
	}
	title(`${examples.length + 2}. Publish: a branch, a commit and a pull request for each unit`)
	await publishTwice()
	title('Where to look')
	whereToLook()
} catch (error) {
	if (!stop.signal.aborted && !(error instanceof EngineError)) throw error
	problem(error instanceof Error ? error.message : String(error))
} finally {
	await engine.close()
}

const seconds = ((performance.now() - begun) / 1000).toFixed(0)
console.log(
	problems.length === 0 ? `\nAll as it should be, in ${seconds} s.` : `\n${problems.length} problems, in ${seconds} s.`,
)
process.exitCode = problems.length === 0 ? 0 : 1

async function migrateExamples(spark: Engine): Promise<void> {
	const { report, writes } = await migrate({
		discovery: discover(
			examples.map((example) => example.export),
			defaultConfig.unit,
		),
		config: defaultConfig,
		out: path.resolve(generated),
		engine: spark,
		workFolder: path.join(cache, 'work', `demo-${process.pid}`),
		resume: false,
		signal: stop.signal,
		onJob: (_job, job, details) => printJob(job, details),
	})
	for (const { code, what, why } of report.files.flatMap((file) => file.diagnostics)) problem(`${code}: ${what} ${why}`)
	console.log(`    ${report.totals.elements} elements of ${report.totals.files} exports; ${writes} files written`)
	const page = path.join(demo, 'report.html')
	const written = writePortfolio(path.resolve(generated), page)
	if ('problem' in written) problem(written.problem)
	else console.log(`    all of it as a page: ${path.relative(root, page)}`)
}

function printJob({ name, category, evidence, accounting }: JobReport, details: readonly string[]): void {
	const { exact, declared, opaque, dropped } = accounting
	console.log(`    ${name}: ${category}, evidence ${evidence.level}`)
	console.log(`        elements: ${exact} exact, ${declared} declared, ${opaque} opaque, ${dropped} dropped by design`)
	console.log(
		`        compared with the reference: ${evidence.rows_compared} rows, ${evidence.effects_compared} effects; ${evidence.branches.covered} of ${evidence.branches.total} branches reached`,
	)
	if (!evidence.reached.includes('E3') || opaque > 0) problem(`${name}: ${evidence.stopped_by ?? 'not proven'}`)
	for (const detail of details) console.log(`        ${detail}`)
}

async function runExample(example: Example, spark: Engine): Promise<void> {
	const job = jobOf(example)
	const out = path.join(demo, 'runs', job.entry.name)
	const temporary = mkdtempSync(path.join(tmpdir(), 'reglue-demo-'))
	try {
		const request = { job, bindings: example.bindings, parameters: new Map(), out, temporary }
		const result = await runJob(request, spark, stop.signal)
		if (!result.ok) {
			problem(result.problem)
			return
		}
		for (const output of result.outputs) {
			const expected = example.expected.get(output.output)
			if (expected === undefined) problem(`nobody expects ${output.output}`)
			else await printComparison(output.output, expected, await compareOutput(output, expected, out))
		}
		for (const element of example.expected.keys())
			if (!result.outputs.some(({ output }) => output === element)) problem(`${element} was not written`)
		note(`ran in ${result.seconds.toFixed(1)} s`)
	} finally {
		rmSync(temporary, { recursive: true, force: true })
	}
}

async function printComparison(
	element: string,
	expected: string,
	{ equal, rows, missing, extra }: Awaited<ReturnType<typeof compareOutput>>,
): Promise<void> {
	const file = path.relative(root, expected)
	if (equal) console.log(`    ${element}: ${rows.actual} ${rows.actual === 1 ? 'row' : 'rows'}, equal to ${file}`)
	else problem(`${element}: ${missing} rows of ${file} are missing, ${extra} others were written`)
}

async function publishTwice(): Promise<void> {
	const repository = path.join(demo, 'repository')
	await freshRepository(
		repository,
		examples.map((example) => example.export),
	)
	const options = { folder: generated, repository, config: defaultConfig, signal: stop.signal }
	const first = await publishFolder(options)
	for (const line of publishedLines(first)) console.log(`    ${line}`.trimEnd())
	if (first.pulls.length !== examples.length)
		problem(`${first.pulls.length} pull requests for ${examples.length} units`)
	const { written } = await publishFolder(options)
	if (written.length > 0) problem(`the second publish wrote ${written.map(({ kind }) => kind).join(', ')}`)
	else console.log('    A second publish writes nothing.')
}

function whereToLook(): void {
	for (const example of examples) {
		const { folder, unit, entry } = jobOf(example)
		const script = path.join(folder, entry.script)
		console.log(`    ${example.job}`)
		console.log(`        script             ${script}`)
		console.log(`        mapping document   ${path.join(folder, 'docs', `${entry.name}.md`)}`)
		console.log(`        test               ${path.join(folder, 'tests', `test_${entry.name}.py`)}`)
		console.log(`        what it wrote      ${path.join(demo, 'runs', entry.name)}`)
		console.log(`        branch             git -C ${demo}/repository show reglue/${unit}`)
		const line = firstLineOfTransform(script)
		const place = explainLine(script, line)
		if ('problem' in place) problem(`${script}:${line}: ${place.problem}`)
		else {
			console.log(`        one line explained npm run -s reglue -- explain ${script}:${line}`)
			const [first] = place.explanations
			if (first !== undefined)
				console.log(`                           ${first.element}, ${first.file}:${first.lines[0]}`)
		}
	}
	console.log(`    infrastructure         ${path.join(generated, 'terraform')}`)
	console.log(`    pull requests          ${demo}/repository/.git/reglue/pull-requests/*/pull-request.md, check.json`)
}

/** The first statement of the script's `transform…` function. */
function firstLineOfTransform(script: string): number {
	const lines = readFileSync(script, 'utf8').split('\n')
	const start = lines.findIndex((line) => /^def transform/.test(line))
	return start + 1 + lines.slice(start).findIndex((line) => /^ {4}\w+ = /.test(line))
}

function jobOf(example: Example): GeneratedJob {
	const selection = selectJob(generatedJobs(generated), example.job)
	if ('problem' in selection) throw new Error(`${generated}: ${selection.problem}`)
	return selection.job
}

function title(text: string): void {
	console.log(`\n${text}`)
}

function note(text: string): void {
	console.log(`    (${text})`)
}

function problem(text: string): void {
	problems.push(text)
	console.log(`    ✗ ${text}`)
}
