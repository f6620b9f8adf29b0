/** Runs one generated job on data: each place becomes an argument or a fixture, the script stays as it is. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { readJsonLines } from '#engines/json-lines.ts'
import type { ComputedPaths, Engine, HelperFixture, RunFailure, TableFixture } from '#engines/port.ts'
import { fixtureConnection } from '#engines/port.ts'
import { callAnswers } from '#evidence/call-answers.ts'
import { workbookFixtures } from '#evidence/workbook-answers.ts'
import type { PlaceEntry } from '#generators/jobs-file.ts'
import type { Row } from '#model/values.ts'
import type { Binding } from './bindings.ts'
import { bindPlaces, inScript } from './bindings.ts'
import { computedOutputs, computedPaths, isComputed } from './computed-places.ts'
import { fixtureFile } from './fixture-file.ts'
import { readsWindowsLines, withWindowsLines } from './line-ends.ts'
import type { OutputEntry } from './outputs.ts'
import { outputEntry } from './outputs.ts'
import type { GeneratedJob } from './select-job.ts'
import { withoutHeader } from './without-header.ts'

export interface JobRun {
	readonly job: GeneratedJob
	readonly bindings: readonly Binding[]
	/** By the parameter's full name in the export, or the argument's name; `run_at` is the clock. */
	readonly parameters: ReadonlyMap<string, string>
	/** Folder for outputs; made when it is not there. */
	readonly out: string
	/** Folder for converted inputs, removed by the caller. */
	readonly temporary: string
}

export type JobRunResult =
	| { readonly ok: true; readonly outputs: readonly OutputEntry[]; readonly seconds: number; readonly printed: string }
	| { readonly ok: false; readonly problem: string; readonly failure?: RunFailure; readonly printed: string }

/** What a run needs that nobody gave. */
export interface Preparation {
	readonly args: Readonly<Record<string, string>>
	readonly tables: readonly TableFixture[]
	readonly computed: ComputedPaths
	/** Place id → where its rows lie, for everything that is written. */
	readonly written: ReadonlyMap<string, string>
	readonly problems: readonly string[]
	/** Paths that the script spells itself, as they are for this run. */
	readonly moved: Readonly<Record<string, string>>
}

export async function runJob(run: JobRun, engine: Engine, signal?: AbortSignal): Promise<JobRunResult> {
	const prepared = prepare(run)
	if (prepared.problems.length > 0) return { ok: false, problem: prepared.problems.join('\n'), printed: '' }
	const outcome = await engine.run(
		{
			script: path.resolve(run.job.folder, run.job.entry.script),
			args: prepared.args,
			tables: prepared.tables,
			helpers: await helpersOf(run, prepared),
			moved: prepared.moved,
			computed: prepared.computed,
		},
		signal,
	)
	const printed = outcome.stdout
	if (!outcome.ok) return { ok: false, problem: outcome.failure.message, failure: outcome.failure, printed }
	const { title, places } = run.job.entry
	const outputs = [
		...places
			.filter((place) => place.role === 'write' && prepared.written.has(place.id))
			.map((place) => outputEntry(title, place, prepared.written.get(place.id) ?? '', run.out)),
		...computedOutputs({ title, places, effects: outcome.effects, args: prepared.args, out: run.out }),
	]
	return { ok: true, outputs: await Promise.all(outputs), seconds: outcome.seconds, printed }
}

/** Turns bindings and parameters into the script's arguments and fixtures, with absolute paths: the engine runs elsewhere. */
export function prepare(run: JobRun): Preparation {
	const { entry } = run.job
	const bound = bindPlaces(entry, run.bindings, run.parameters)
	const args: Record<string, string> = argumentsOf(run)
	for (const connection of entry.connections) args[connection.argument] ??= fixtureConnection(connection.name)
	mkdirSync(run.out, { recursive: true })
	const written = writtenPlaces(run, bound.places)
	const tables: TableFixture[] = []
	const { moved, unused: unnamed } = inScript(
		bound.unused,
		readFileSync(path.resolve(run.job.folder, entry.script), 'utf8'),
	)
	const { computed, unused } = computedPaths(run, { given: bound.unused, unnamed, written })
	const problems = [...unusedBindings(unused, entry.places), ...missingFiles(entry.places, bound.places)]
	for (const place of entry.places) {
		const own = written.get(place.id) ?? bound.places.get(place.id)
		const at = own ?? writtenElsewhere(place, entry.places, written)
		if (at === undefined) {
			if (place.argument === null || (args[place.argument] === undefined && !hasDefault(run, place.argument)))
				problems.push(`nothing is bound to ${place.legacy} (${place.element}); give --bind '${place.legacy}=FILE'`)
			continue
		}
		if (place.argument !== null) args[place.argument] = path.resolve(asTheJobReads(place, at, run))
		// What the job wrote itself is read from where it was written, without a fixture of its own.
		if (own !== undefined && takesFixture(place, own)) tables.push(tableFixture(place, own, run.temporary))
	}
	return { args, tables, computed, written, problems, moved }
}

/** What the user gives for a text file, or for a folder of them, in the form that the job reads. */
function asTheJobReads(place: PlaceEntry, at: string, run: JobRun): string {
	const isText = place.kind === 'text-file' || place.kind === 'folder' || place.kind === 'file'
	const isRead = place.role === 'read' && isText && readsWindowsLines(run.job.entry.places)
	return withoutHeader(place, isRead ? withWindowsLines(at, run.temporary) : at, run.temporary)
}

/** Rows of a table stand in files of ours; those of a data set too, unless the user binds a folder of Parquet files. */
function takesFixture(place: PlaceEntry, at: string): boolean {
	if (place.argument === null) return true
	if (place.kind !== 'data-set') return false
	return place.role === 'write' || !existsSync(at) || !statSync(at).isDirectory()
}

/** Where each place that the job writes goes: where the user says, or a folder below the output folder. */
function writtenPlaces(run: JobRun, bound: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
	const places = run.job.entry.places
	return new Map(
		places
			.filter((place) => place.role === 'write' && (place.kind !== 'file' || isDestination(place)))
			.filter((place) => bound.has(place.id) || !isComputed(place, run))
			.map((place) => {
				const given = bound.get(place.id)
				return [place.id, given === undefined ? outputFolder(run.out, place, places) : path.resolve(given)]
			}),
	)
}

function unusedBindings(unused: readonly Binding[], places: readonly PlaceEntry[]): readonly string[] {
	return unused.map(
		(binding) => `--bind ${binding.old}: the job reads and writes no such place; it has ${listPlaces(places)}`,
	)
}

function missingFiles(places: readonly PlaceEntry[], bound: ReadonlyMap<string, string>): readonly string[] {
	return places.flatMap((place) => {
		const given = bound.get(place.id)
		const missing = place.role === 'read' && given !== undefined && !existsSync(given)
		return missing ? [`--bind ${place.legacy}: ${given} does not exist`] : []
	})
}

/** Without a database, statements are only recorded; those that a data flow reads answer with the rows bound to them. */
async function helpersOf(run: JobRun, { args, tables }: Preparation): Promise<readonly HelperFixture[]> {
	const { connections, places } = run.job.entry
	const workbooks = await workbookFixtures(places, args, (place) => workbookRows(place, args, run))
	const real = connections.some(({ argument, name }) => args[argument] !== fixtureConnection(name))
	if (real) return workbooks
	const answers = await callAnswers(places, async (place) => {
		const table = tables.find(({ source }) => 'statement' in source && source.statement === place.statement)
		return table === undefined ? undefined : readJsonLines(table.path, table.schema)
	})
	return [
		{ name: 'sql', answers, otherwise: { kind: 'value', value: [] } },
		{ name: 'for_each_row', answers: [], otherwise: { kind: 'value', value: null } },
		...workbooks,
	]
}

/** Rows that a user gives in the place of a workbook; a workbook is read by the script itself. */
async function workbookRows(
	place: PlaceEntry,
	args: Readonly<Record<string, string>>,
	run: JobRun,
): Promise<readonly Row[] | undefined> {
	const given = args[place.argument ?? '']
	if (given === undefined || /\.xls[xm]?$/i.test(given)) return undefined
	const converted = path.join(run.temporary, `${place.id.replace(/\W+/g, '_')}.jsonl`)
	return readJsonLines(fixtureFile(given, place.columns, converted), { columns: place.columns, open: false })
}

function argumentsOf(run: JobRun): Record<string, string> {
	const args: Record<string, string> = {}
	for (const [name, value] of run.parameters) {
		const argument = run.job.entry.arguments.find(
			(candidate) => candidate.parameter === name || candidate.name === name,
		)
		args[argument?.name ?? name] = value
	}
	return args
}

function hasDefault(run: JobRun, argument: string): boolean {
	return run.job.entry.arguments.some((candidate) => candidate.name === argument && candidate.default !== null)
}

/** A job that reads what it wrote itself reads it where it was written. */
function writtenElsewhere(
	place: PlaceEntry,
	places: readonly PlaceEntry[],
	written: ReadonlyMap<string, string>,
): string | undefined {
	const writer = places.find(
		(other) =>
			written.has(other.id) && other.legacy === place.legacy && (other.kind === place.kind || areFiles(other, place)),
	)
	return writer === undefined ? undefined : written.get(writer.id)
}

/** A task may copy the file that a data flow writes, or write the one that it reads. */
const areFiles = (...places: readonly PlaceEntry[]): boolean =>
	places.every(({ kind }) => kind === 'file' || kind === 'text-file')

/** Where a task copies or moves a file to. Any other file of a task has to be there. */
const isDestination = ({ id }: PlaceEntry): boolean => id.endsWith('/destination')

/** Two elements that write to one place share a folder. */
function outputFolder(out: string, place: PlaceEntry, places: readonly PlaceEntry[]): string {
	const first = places.find((other) => other.role === 'write' && other.legacy === place.legacy) ?? place
	const folder = path.resolve(out, first.id.replace(/[^A-Za-z0-9_-]+/g, '_').replace(/^_+|_+$/g, '') || 'output')
	if (first === place) rmSync(folder, { recursive: true, force: true })
	return folder
}

function tableFixture(place: PlaceEntry, at: string, temporary: string): TableFixture {
	const schema = { columns: place.columns, open: false }
	const statement = place.statement ?? place.legacy.slice(place.legacy.indexOf(':') + 1)
	return {
		connection: place.connection ?? '',
		source: sourceOf(place, at, statement),
		role: place.role,
		path:
			place.role === 'read'
				? path.resolve(fixtureFile(at, place.columns, path.join(temporary, `${place.id.replace(/\W+/g, '_')}.jsonl`)))
				: at,
		schema,
	}
}

function sourceOf(place: PlaceEntry, at: string, statement: string): TableFixture['source'] {
	if (place.kind === 'data-set') return { dataSet: path.resolve(at) }
	return place.kind === 'query' ? { statement } : { table: statement }
}

function listPlaces(places: readonly PlaceEntry[]): string {
	return places.length === 0 ? 'none' : places.map((place) => place.legacy).join(', ')
}
