/** Tables of goldens: what goes into a legacy job, and what the legacy engine wrote. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { comparableText } from '#evidence/reconcile/cells.ts'
import { importerFor } from '#importers/registry.ts'
import { evaluate } from '#languages/evaluate.ts'
import { parseTimestamp } from '#model/calendar.ts'
import type { Job } from '#model/job.ts'
import type { JsonObject } from '#model/json-values.ts'
import { decodeRow, encodeRow, valueText } from '#model/json-values.ts'
import type { ReadOperator } from '#model/operators.ts'
import type { Value } from '#model/values.ts'
import { isError, makeTimestamp } from '#model/values.ts'
import type { FlowOutput, SourceData } from '#reference/context.ts'
import { rowScope } from '#reference/context.ts'
import { interpretJob } from '#reference/job.ts'
import { parameterValues } from '#reference/parameters.ts'
import { makeVariables } from '#reference/variables.ts'

export interface GoldenLine {
	readonly export: string
	readonly job: string
	readonly role: 'input' | 'output' | 'param'
	readonly legacy: string
	readonly file: string
	readonly delimiter: string
	readonly header: string
	readonly qualifier: string
	readonly encoding: string
	readonly ignore: string
	readonly note: string
}

export interface Golden {
	readonly base: string
	readonly export: string
	readonly job: string
	readonly lines: readonly GoldenLine[]
}

/** The jobs of a table; none when the table is not on this machine. */
export function goldensOf(table: string): readonly Golden[] {
	if (!existsSync(table)) return []
	const [head = '', ...rest] = readFileSync(table, 'utf8').split('\n')
	const names = head.split('\t')
	const lines = rest
		.filter((line) => line !== '')
		.map((line) => {
			const fields = line.split('\t')
			return Object.fromEntries(names.map((name, index) => [name, fields[index] ?? ''])) as unknown as GoldenLine
		})
	const groups = Map.groupBy(lines, (line) => `${line.export}\t${line.job}`)
	return [...groups.values()].flatMap((group) => {
		const [first] = group
		return first === undefined
			? []
			: [{ base: path.dirname(table), export: first.export, job: first.job, lines: group }]
	})
}

/** Imports the export of a golden with the files beside it. */
function importJob(golden: Golden): Job {
	const file = path.join(golden.base, golden.export)
	const companions = readdirSync(path.dirname(file))
		.filter((name) => /\.(?:conmgr|params|dtproj)$/i.test(name))
		.map((name) => exportFile(path.join(path.dirname(file), name)))
	const given = exportFile(file)
	const importer = importerFor(given.path, given.bytes.subarray(0, 65_536))
	const jobs = importer?.read({ file: given, companions }).jobs ?? []
	const job = jobs.find(({ name }) => name === golden.job) ?? (jobs.length === 1 ? jobs[0] : undefined)
	if (job === undefined)
		throw new Error(`${golden.export} has no job ${golden.job}, but ${jobs.map(({ name }) => name).join(', ')}`)
	return job
}

const exportFile = (file: string) => ({ path: file.replaceAll('\\', '/'), bytes: new Uint8Array(readFileSync(file)) })

/** Runs the reference on the inputs of a golden, and compares each output as acceptance.py does. */
export function runGolden(golden: Golden): readonly { readonly file: string; readonly verdict: string }[] {
	const job = importJob(golden)
	const given = new Map(golden.lines.filter(({ role }) => role === 'param').map(({ legacy, file }) => [legacy, file]))
	const { values } = parameterValues(job, given)
	const at = parseTimestamp((given.get('run_at') ?? '2024-01-15T10:20:30Z').replace('Z', '')) ?? 0n
	const run = { at: makeTimestamp(at), job: job.name, project: '', host: '', invocation: '' }
	const variables = makeVariables(job.variables, values, run)
	const inputs = golden.lines.filter(({ role }) => role === 'input')
	const flows = new Map(
		job.flows.map((flow) => {
			const reads = flow.operators.filter((operator) => operator.kind === 'read')
			const found = reads.flatMap((operator): [string, SourceData][] => {
				const names = [placeOf(operator, { parameters: values, variables, run }), operator.name, operator.element]
				const line = inputs.find(({ legacy }) => names.some((name) => spelled(name) === spelled(legacy)))
				return line === undefined ? [] : [[operator.id, dataOf(operator, path.join(golden.base, line.file))]]
			})
			return [flow.id, { inputs: new Map(found) }]
		}),
	)
	const result = interpretJob(job, { flows, parameters: values, run })
	return golden.lines
		.filter(({ role }) => role === 'output')
		.map((line) => {
			if (result.failure !== undefined)
				return { file: line.file, verdict: `${result.failure.operator}: ${result.failure.message}` }
			const outputs = result.outputs.filter(({ output }) =>
				[output.place, output.operator, output.element].some((name) => spelled(name) === spelled(line.legacy)),
			)
			if (outputs.length === 0)
				return {
					file: line.file,
					verdict: `no output; there are ${result.outputs.map(({ output }) => output.place).join(', ')}`,
				}
			return {
				file: line.file,
				verdict: compare(
					path.join(golden.base, line.file),
					outputs.map(({ output }) => output),
					line,
				),
			}
		})
}

const spelled = (name: string): string => name.replaceAll('\\', '/')

function placeOf(
	{ source }: ReadOperator,
	names: Pick<Parameters<typeof rowScope>[0], 'parameters' | 'variables' | 'run'>,
): string {
	if (source.kind !== 'text-file' && source.kind !== 'table') return ''
	const place = source.kind === 'text-file' ? source.path : source.table
	const value = evaluate(
		place.expression,
		rowScope(names, () => undefined),
	)
	const text = isError(value) ? '' : valueText(value)
	return source.kind === 'table' ? `${source.connection}:${text}` : text
}

function dataOf(operator: ReadOperator, file: string): SourceData {
	const { source, schema } = operator
	if (source.kind === 'text-file') {
		const decoder = new TextDecoder(source.layout.encoding)
		return { kind: 'text', files: filesOf(file).map((one) => decoder.decode(readFileSync(one))) }
	}
	const lines = filesOf(file).flatMap((one) => readFileSync(one, 'utf8').split('\n'))
	const rows = lines
		.filter((line) => line.trim() !== '')
		.map((line) => decodeRow(JSON.parse(line) as JsonObject, schema))
	return { kind: 'rows', rows }
}

const filesOf = (place: string): readonly string[] =>
	statSync(place).isDirectory()
		? readdirSync(place)
				.sort()
				.map((name) => path.join(place, name))
		: [place]

/** `equal`, or what is missing and what is too much. */
function compare(expected: string, outputs: readonly FlowOutput[], line: GoldenLine): string {
	const want = filesOf(expected).flatMap((file) =>
		rowsOf(new TextDecoder(line.encoding || 'utf-8').decode(readFileSync(file)), line),
	)
	const have = outputs.flatMap((output) => rowsOf(output.text ?? jsonLines(output), line))
	const counts = new Map<string, number>()
	for (const row of have) counts.set(row, (counts.get(row) ?? 0) + 1)
	const missing = want.filter((row) => {
		const count = counts.get(row) ?? 0
		counts.set(row, count - 1)
		return count <= 0
	})
	const extra = [...counts].filter(([, count]) => count > 0).map(([row]) => row)
	if (missing.length === 0 && extra.length === 0) return 'equal'
	return `${missing.length} missing, ${extra.length} extra of ${want.length}\n  missing ${missing.slice(0, 2).join('\n          ')}\n  extra   ${extra.slice(0, 2).join('\n          ')}`
}

function cellText(cell: unknown): string {
	if (cell === undefined || cell === null) return ''
	return typeof cell === 'string' ? cell : JSON.stringify(cell)
}

const jsonLines = (output: FlowOutput): string =>
	output.rows.map((row) => `${JSON.stringify(encodeRow(row, output.schema))}\n`).join('')

/** Rows as acceptance.py's rows_of gives them: one text per row, numbers and moments by value. */
function rowsOf(text: string, line: GoldenLine): readonly string[] {
	const ignore = new Set(
		line.ignore
			.split(',')
			.map((name) => name.trim())
			.filter((name) => name !== ''),
	)
	if (line.delimiter === 'jsonl') {
		const rows = text
			.split('\n')
			.filter((one) => one.trim() !== '')
			.map((one) => lowerKeys(JSON.parse(one) as JsonObject))
		const dropped = new Set([...ignore].map((name) => name.toLowerCase()))
		return rows.map((row) =>
			JSON.stringify(
				Object.keys(row)
					.filter((name) => !dropped.has(name))
					.sort()
					.map((name) => [name, plain(cellText(row[name]))]),
			),
		)
	}
	const records = parse(text, {
		bom: true,
		delimiter: (line.delimiter || ',').replace('\\t', '\t'),
		quote: line.qualifier || '"',
		escape: line.qualifier || '"',
		relax_quotes: true,
		relax_column_count: true,
		skip_empty_lines: true,
	}) as readonly (readonly string[])[]
	const head = line.header === 'yes' ? (records[0] ?? []) : []
	const width = records.reduce((most, record) => Math.max(most, record.length), 0)
	const keep = Array.from({ length: width }, (_none, index) => index).filter(
		(index) => !ignore.has(String(index + 1)) && (index >= head.length || !ignore.has(head[index] ?? '')),
	)
	if (ignore.has('@order') && head.length > 0) {
		const key = (index: number): string => head[index]?.toLowerCase() ?? '~'
		keep.sort((left, right) => (key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0))
	}
	return (head.length > 0 ? records.slice(1) : records).map((record) =>
		JSON.stringify(keep.filter((index) => index < record.length).map((index) => plain(record[index] ?? ''))),
	)
}

const lowerKeys = (row: JsonObject): Readonly<Record<string, Value | JsonObject[string]>> =>
	Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]))

const plain = (text: string): string | null => comparableText(text, false, {})
