/** Runs one data flow twice: by the reference interpreter, and as a generated script on Spark. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readJsonLines, writeJsonLines } from '#engines/json-lines.ts'
import { readPart } from '#engines/part-files.ts'
import type { Effect, Engine, HelperAnswer, TableFixture } from '#engines/port.ts'
import { fixtureConnection } from '#engines/port.ts'
import { encodeText } from '#evidence/encoding.ts'
import { rowFixtures, rowsTaken } from '#evidence/rows-taken.ts'
import { workbookFixtures } from '#evidence/workbook-answers.ts'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import type { JobEntry, JobsFile, PlaceEntry } from '#generators/jobs-file.ts'
import type { Job } from '#model/job.ts'
import { decodeValue, encodeRow } from '#model/json-values.ts'
import type { OperatorOf } from '#model/operators.ts'
import type { Row } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'
import type { SourceData } from '#reference/context.ts'
import type { Outside } from '#reference/effects.ts'
import { interpretJob } from '#reference/job.ts'
import { parameterValues } from '#reference/parameters.ts'
import { localSpark } from '../engines/local-spark/support.ts'

export const startSpark = (): Engine => localSpark()

/** Starts Spark, and on a new machine makes its environment, before the first test is timed. */
export async function warmUp(engine: Engine): Promise<void> {
	await engine.columns({ sets: [] })
}

/** What each write operator got: lines of a text file, rows of a table as JSON. Sorted unless the flow promises an order. */
export type Written = Readonly<Record<string, readonly string[]>>

export interface BothRuns {
	readonly expected: Written | { readonly failed: string }
	readonly actual: Written | { readonly failed: string }
	readonly script: string
}

export interface RunOptions {
	readonly ordered?: boolean
	readonly parameters?: Readonly<Record<string, string>>
	/** What a statement that runs for each row gives, row by row, as texts. */
	readonly rowAnswers?: readonly (readonly (string | null)[])[]
}

/** `inputs`: text of a file or rows of a table, by read operator. */
export async function runBoth(
	engine: Engine,
	job: Job,
	inputs: Readonly<Record<string, string | readonly Row[]>>,
	options: RunOptions = {},
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
			options,
		)
		const expected = runReference(job, inputs, options.parameters ?? {}, options.rowAnswers)
		const sorted = (written: BothRuns['actual']): BothRuns['actual'] =>
			'failed' in written
				? written
				: Object.fromEntries(Object.entries(written).map(([name, lines]) => [name, order(lines)]))
		return { expected: sorted(expected), actual: sorted(actual), script }
	} finally {
		await rm(folder, { recursive: true, force: true })
	}
}

export function runReference(
	job: Job,
	inputs: Readonly<Record<string, string | readonly Row[]>>,
	parameters: Readonly<Record<string, string>>,
	rowAnswers: RunOptions['rowAnswers'] = [],
): BothRuns['expected'] {
	const reads = job.flows.flatMap(({ operators }) => operators.filter((one) => one.kind === 'read'))
	const texts = new Set(reads.filter(({ source }) => source.kind === 'text-file').map(({ id }) => id))
	const sources = new Map(
		Object.entries(inputs).flatMap(([name, data]): readonly (readonly [string, SourceData])[] => {
			if (typeof data !== 'string') return [[name, { kind: 'rows', rows: data }]]
			// The text of an XML file is for the script alone: the reference takes its rows.
			return texts.has(name) ? [[name, { kind: 'text', files: [data] }]] : []
		}),
	)
	const result = interpretJob(job, {
		flows: new Map(job.flows.map((flow) => [flow.id, { inputs: sources }])),
		parameters: parameterValues(job, new Map(Object.entries(parameters))).values,
		run: { at: makeTimestamp(0n), job: job.name, project: '', host: '', invocation: '' },
		outside: giving(rowAnswers),
	})
	if (result.failure !== undefined) return { failed: result.failure.operator }
	return Object.fromEntries(
		result.outputs.map(({ output }) => [
			output.operator,
			output.lines ?? output.rows.map((row) => JSON.stringify(encodeRow(row, output.schema))),
		]),
	)
}

/** Texts as the values of the columns that take them, one list for each call. */
function giving(given: NonNullable<RunOptions['rowAnswers']>): Outside {
	const left = [...given]
	return (effect) => {
		if (effect.kind !== 'sql' || effect.gives === undefined) return {}
		const texts = left.shift() ?? []
		return {
			values: new Map([...effect.gives].map(([name, type], at) => [name, decodeValue(texts[at] ?? null, type)])),
		}
	}
}

async function runScript(
	engine: Engine,
	job: Job,
	inputs: Readonly<Record<string, string | readonly Row[]>>,
	script: string,
	{ jobs: [entry] }: JobsFile,
	folder: string,
	{ parameters = {}, rowAnswers = [] }: RunOptions,
): Promise<BothRuns['actual']> {
	if (entry === undefined) throw new Error('the unit has no job')
	const { args, tables } = await bind(entry, inputs, parameters, folder, encodingsOf(job))
	const file = path.join(folder, 'script.py')
	await writeFile(file, script)
	const workbooks = await workbookFixtures(entry.places, args, ({ id }) => {
		const rows = inputs[id.split('/').at(-1) ?? '']
		return Promise.resolve(typeof rows === 'string' ? undefined : rows)
	})
	const answers = rowAnswers.map((texts): HelperAnswer => ({ reply: { kind: 'value', value: [[], [...texts]] } }))
	const helpers = [...rowFixtures, ...workbooks, { name: 'sql_call_kept', answers }]
	const outcome = await engine.run({ script: file, args, tables, helpers })
	if (!outcome.ok) {
		const { stage, message, trace } = outcome.failure
		return { failed: stage ?? `${message}\n${trace.map(({ line, code }) => `${line}: ${code}`).join('\n')}` }
	}
	const writes = job.flows.flatMap(({ operators }) => operators.filter((operator) => operator.kind === 'write'))
	const written = writes
		.filter(({ target }) => target.kind !== 'none' && target.kind !== 'cache')
		.map(async (operator) => {
			const taken = takenRows(operator, outcome.effects, path.join(folder, operator.id))
			return [operator.id, taken ?? (await readBack(operator, path.join(folder, operator.id)))] as const
		})
	return Object.fromEntries(await Promise.all(written))
}

/** Puts the inputs below a folder; gives the arguments and tables that point there. */
async function bind(
	entry: JobEntry,
	inputs: Readonly<Record<string, string | readonly Row[]>>,
	parameters: Readonly<Record<string, string>>,
	folder: string,
	encodings: ReadonlyMap<string, string>,
) {
	const args: Record<string, string> = { run_id: 'test', run_at: '1970-01-01 00:00:00' }
	for (const { name, parameter } of entry.arguments) {
		const given = parameter === null ? undefined : parameters[parameter]
		if (given !== undefined) args[name] = given
	}
	for (const { name, argument } of entry.connections) args[argument] = fixtureConnection(name)
	const tables: TableFixture[] = []
	for (const place of entry.places) {
		const operator = place.id.split('/').at(-1) ?? ''
		const target = path.join(folder, operator)
		const data = inputs[operator]
		if (place.argument !== null) {
			args[place.argument] = target
			if (typeof data === 'string') await writeFile(target, encodeText(data, encodings.get(operator) ?? 'utf-8'))
		}
		if (place.argument === null || place.kind === 'data-set') {
			tables.push(await bindTable(place, target, typeof data === 'string' ? undefined : data))
		}
	}
	return { args, tables }
}

/** Of text files that are read in another encoding than UTF-8, by operator. */
const encodingsOf = (job: Job): ReadonlyMap<string, string> =>
	new Map(
		job.flows
			.flatMap(({ operators }) => operators)
			.flatMap((one) =>
				one.kind === 'read' && one.source.kind === 'text-file' && one.source.layout.encoding === 'iso-8859-1'
					? [[one.id, one.source.layout.encoding] as const]
					: [],
			),
	)

async function bindTable(place: PlaceEntry, folder: string, rows: readonly Row[] | undefined): Promise<TableFixture> {
	const schema = { columns: place.columns, open: false }
	await mkdir(folder, { recursive: true })
	if (rows !== undefined) await writeJsonLines(path.join(folder, 'part-0.jsonl'), rows, schema)
	const text = place.statement ?? ''
	const source =
		place.kind === 'data-set' ? { dataSet: folder } : place.kind === 'table' ? { table: text } : { statement: text }
	return { connection: place.connection ?? '', source, role: place.role, path: folder, schema }
}

/** What a variable or a statement got, which no place holds. */
function takenRows(
	{ id, target, schema }: OperatorOf<'write'>,
	effects: readonly Effect[],
	file: string,
): readonly string[] | undefined {
	if (target.kind !== 'rows' && target.kind !== 'command' && target.kind !== 'workbook' && target.kind !== 'row-files')
		return undefined
	const place =
		target.kind === 'workbook' || target.kind === 'row-files'
			? file
			: target.kind === 'rows'
				? target.variable
				: `${target.connection}:${target.sql.text}`
	const rows = rowsTaken({ operator: id, element: id, kind: target.kind, place, schema, rows: [] }, effects)
	return rows.map((row) => JSON.stringify(encodeRow(row, schema)))
}

async function readBack({ target, schema }: OperatorOf<'write'>, place: string): Promise<readonly string[]> {
	if (target.kind === 'text-file') return textLines(place, target.layout.recordDelimiter)
	return (await readJsonLines(place, schema)).map((row) => JSON.stringify(encodeRow(row, schema)))
}

async function textLines(folder: string, end: string): Promise<readonly string[]> {
	const parts = (await readdir(folder)).filter((name) => name.startsWith('part-')).sort()
	const texts = parts.map((name) => readPart(path.join(folder, name)).toString('utf8'))
	return texts.join('').split(end).slice(0, -1)
}
