/** Runs one data flow twice: by the reference interpreter, and as a generated script on Spark. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readJsonLines, writeJsonLines } from '#engines/json-lines.ts'
import { createLocalSpark } from '#engines/local-spark/engine.ts'
import type { Engine, TableFixture } from '#engines/port.ts'
import { fixtureConnection } from '#engines/port.ts'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import type { JobsFile } from '#generators/jobs-file.ts'
import type { Job } from '#model/job.ts'
import { encodeRow } from '#model/json-values.ts'
import type { Row } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'
import type { SourceData } from '#reference/context.ts'
import { interpretJob } from '#reference/job.ts'
import { parameterValues } from '#reference/parameters.ts'

export const startSpark = (): Engine => createLocalSpark({ cacheFolder: path.resolve('.cache/reglue') })

/** What each write operator got: lines of a text file, rows of a table as JSON. Sorted unless the flow promises an order. */
export type Written = Readonly<Record<string, readonly string[]>>

export interface BothRuns {
	readonly expected: Written | { readonly failed: string }
	readonly actual: Written | { readonly failed: string }
	readonly script: string
}

/** `inputs`: text of a file or rows of a table, by read operator. */
export async function runBoth(
	engine: Engine,
	job: Job,
	inputs: Readonly<Record<string, string | readonly Row[]>>,
	options: { readonly ordered?: boolean; readonly parameters?: Readonly<Record<string, string>> } = {},
): Promise<BothRuns> {
	const generated = generate({ name: 'unit', jobs: [job] }, defaultOptions)
	const find = (end: string): string => generated.artifacts.find((one) => one.path.endsWith(end))?.text ?? ''
	const script = find('.py')
	const folder = await mkdtemp(path.join(tmpdir(), 'reglue-'))
	try {
		const order = (lines: readonly string[]): readonly string[] => (options.ordered === true ? lines : lines.toSorted())
		const actual = await runScript(
			engine,
			job,
			inputs,
			script,
			JSON.parse(find('jobs.json')) as JobsFile,
			folder,
			options.parameters ?? {},
		)
		const expected = runReference(job, inputs, options.parameters ?? {})
		const sorted = (written: BothRuns['actual']): BothRuns['actual'] =>
			'failed' in written
				? written
				: Object.fromEntries(Object.entries(written).map(([name, lines]) => [name, order(lines)]))
		return { expected: sorted(expected), actual: sorted(actual), script }
	} finally {
		await rm(folder, { recursive: true, force: true })
	}
}

function runReference(
	job: Job,
	inputs: Readonly<Record<string, string | readonly Row[]>>,
	parameters: Readonly<Record<string, string>>,
): BothRuns['expected'] {
	const given = new Map(
		Object.entries(inputs).map(([name, data]): [string, SourceData] => [
			name,
			typeof data === 'string' ? { kind: 'text', files: [data] } : { kind: 'rows', rows: data },
		]),
	)
	const result = interpretJob(job, {
		flows: new Map(job.flows.map((flow) => [flow.id, { inputs: given }])),
		parameters: parameterValues(job, new Map(Object.entries(parameters))).values,
		run: { at: makeTimestamp(0n), job: job.name, project: '', host: '', invocation: '' },
	})
	if (result.failure !== undefined) return { failed: result.failure.operator }
	return Object.fromEntries(
		result.outputs.map(({ output }) => [
			output.operator,
			output.lines ?? output.rows.map((row) => JSON.stringify(encodeRow(row, output.schema))),
		]),
	)
}

async function runScript(
	engine: Engine,
	job: Job,
	inputs: Readonly<Record<string, string | readonly Row[]>>,
	script: string,
	{ jobs: [entry] }: JobsFile,
	folder: string,
	parameters: Readonly<Record<string, string>>,
): Promise<BothRuns['actual']> {
	if (entry === undefined) throw new Error('the unit has no job')
	const args: Record<string, string> = { run_id: 'test', run_at: '1970-01-01 00:00:00' }
	for (const argument of entry.arguments) {
		if (argument.parameter !== null && parameters[argument.parameter] !== undefined)
			args[argument.name] = parameters[argument.parameter] ?? ''
	}
	for (const connection of entry.connections) args[connection.argument] = fixtureConnection(connection.name)
	const tables: TableFixture[] = []
	for (const place of entry.places) {
		const operator = place.id.split('/').at(-1) ?? ''
		const target = path.join(folder, operator)
		const data = inputs[operator]
		if (place.argument !== null) {
			args[place.argument] = target
			if (typeof data === 'string') await writeFile(target, data)
			continue
		}
		await mkdir(target, { recursive: true })
		const schema = { columns: place.columns, open: false }
		if (data !== undefined && typeof data !== 'string')
			await writeJsonLines(path.join(target, 'part-0.jsonl'), data, schema)
		tables.push({
			connection: place.connection ?? '',
			source: place.kind === 'table' ? { table: place.statement ?? '' } : { statement: place.statement ?? '' },
			role: place.role,
			path: target,
			schema,
		})
	}
	const file = path.join(folder, 'script.py')
	await writeFile(file, script)
	const outcome = await engine.run({ script: file, args, tables })
	if (!outcome.ok) {
		const { stage, message, trace } = outcome.failure
		return { failed: stage ?? `${message}\n${trace.map(({ line, code }) => `${line}: ${code}`).join('\n')}` }
	}
	const written: Record<string, readonly string[]> = {}
	for (const flow of job.flows) {
		for (const operator of flow.operators) {
			if (operator.kind !== 'write' || operator.target.kind === 'none') continue
			const place = path.join(folder, operator.id)
			written[operator.id] =
				operator.target.kind === 'text-file'
					? await textLines(place, operator.target.layout.recordDelimiter)
					: (await readJsonLines(place, operator.schema)).map((row) => JSON.stringify(encodeRow(row, operator.schema)))
		}
	}
	return written
}

async function textLines(folder: string, end: string): Promise<readonly string[]> {
	const parts = (await readdir(folder)).filter((name) => name.startsWith('part-')).sort()
	const texts = await Promise.all(parts.map((name) => readFile(path.join(folder, name), 'utf8')))
	return texts.join('').split(end).slice(0, -1)
}
