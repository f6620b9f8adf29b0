/** Puts the rows of a scenario where the unchanged script will look for them. */
import type { RunRequest, TableFixture } from '#engines/port.ts'
import { fixtureConnection } from '#engines/port.ts'
import type { JobEntry, PlaceEntry } from '#generators/jobs-file.ts'
import type { Job } from '#model/job.ts'
import { encodeRow } from '#model/json-values.ts'
import type { ReadOperator } from '#model/operators.ts'
import type { Row } from '#model/values.ts'
import type { SourceData } from '#reference/context.ts'
import { splitRecords } from '#reference/text-reader.ts'
import { makeRandom } from '#synthesis/random.ts'
import type { Scenario } from '#synthesis/scenario.ts'
import { encodeText } from './encoding.ts'
import { sourceOf } from './existing-rows.ts'
import { statementPattern } from './statement-pattern.ts'
import type { WorkFolder } from './work-folder.ts'

/** How text inputs lie: one file, or a folder of part files, their records mixed or in order. */
export type Spread = 'one file' | 'parts in order' | 'parts shuffled'

const parts = 7

export interface PreparedRun {
	readonly request: Pick<RunRequest, 'args' | 'tables' | 'shuffle'>
	/** Name in the work folder of what each place writes. */
	readonly written: ReadonlyMap<string, string>
}

export interface Placing {
	readonly job: Job
	readonly entry: JobEntry
	readonly scenario: Scenario
	readonly spread: Spread
	/** Arguments by name, beside those of places and connections. */
	readonly args: Readonly<Record<string, string>>
	/** Folder of this run below the work folder. */
	readonly name: string
	/** Rows that are in a table or data set before the job changes it, by the place's old name. */
	readonly existing: ReadonlyMap<string, readonly Row[]>
	/** Rows that are where the job adds others or replaces all, by the place's old name. */
	readonly earlier: ReadonlyMap<string, readonly Row[]>
}

export async function placeInputs(placing: Placing, folder: WorkFolder): Promise<PreparedRun> {
	const { entry, name } = placing
	const args: Record<string, string> = { ...placing.args }
	const tables: TableFixture[] = []
	const written = new Map<string, string>()
	for (const connection of entry.connections) args[connection.argument] = fixtureConnection(connection.name)
	for (const [index, place] of entry.places.entries()) {
		if (place.kind === 'file' || place.kind === 'folder') {
			// Tasks only tell what they do with a path; folders of loops are placed with their files.
			if (place.argument !== null) args[place.argument] ??= place.legacy
			continue
		}
		if (place.argument !== null && args[place.argument] === '') continue
		const own = `${name}/${place.role}-${sharedIndex(place, index, entry.places)}`
		if (place.role === 'write') {
			written.set(place.id, own)
			await writeBefore(place, own, placing, folder)
		} else await writeInput(place, own, placing, folder)
		if (place.argument !== null) args[place.argument] = folder.at(own)
		if (place.argument === null || place.kind === 'data-set')
			tables.push({ ...fixture(place, folder.at(own), entry), ...patternFor(placing.job, place) })
		const rows = place.role === 'write' ? placing.existing.get(place.legacy) : undefined
		if (rows === undefined || sourceOf(place, entry.places) !== undefined) continue
		const earlier = `${name}/existing-${index}`
		await writeRows(place, rows, earlier, folder)
		tables.push({ ...fixture(place, folder.at(own), entry), role: 'read', path: folder.at(earlier) })
	}
	const shuffle = placing.spread === 'parts shuffled' ? { shuffle: { partitions: parts, seed: 1 } } : {}
	return { request: { args, tables, ...shuffle }, written }
}

/** Whoever writes to a table, its rows are in one folder: that of its first writer. */
function sharedIndex(place: PlaceEntry, index: number, places: readonly PlaceEntry[]): number {
	if (place.role !== 'write' || place.kind !== 'table') return index
	return places.findIndex(({ role, kind, legacy }) => role === 'write' && kind === 'table' && legacy === place.legacy)
}

/** What a run that came earlier may have left where this one writes. */
async function writeBefore(
	place: PlaceEntry,
	own: string,
	{ job, earlier }: Placing,
	folder: WorkFolder,
): Promise<void> {
	if (replacesFile(job, place)) await folder.write(`${own}/part-before.txt`, Buffer.from(before))
	const rows = earlier.get(place.legacy)
	if (rows !== undefined) await writeRows(place, rows, `${own}/part-before.json`, folder)
}

/** What lies in a file that the job replaces: nothing of it may be left. */
const before = 'from an earlier run\n'

function replacesFile(job: Job, place: PlaceEntry): boolean {
	return job.flows.some(({ id, operators }) =>
		operators.some(
			(one) =>
				one.kind === 'write' &&
				`${id}/${one.id}` === place.id &&
				one.target.kind === 'text-file' &&
				one.target.mode === 'overwrite',
		),
	)
}

/** The form of a statement that the run decides. */
function patternFor(job: Job, place: PlaceEntry): Pick<TableFixture, 'pattern'> {
	const found = job.flows.flatMap(({ id, operators }) => operators.filter((one) => `${id}/${one.id}` === place.id))
	const pattern = found.map(statementPattern).find((one) => one !== undefined)
	return pattern === undefined ? {} : { pattern }
}

function fixture(place: PlaceEntry, path: string, { places }: JobEntry): TableFixture {
	// Several writes to one table share its folder, and so its columns.
	const writers = places.filter(
		({ role, legacy }) => role === 'write' && place.role === 'write' && legacy === place.legacy,
	)
	const columns = new Map([place, ...writers].flatMap((one) => one.columns).map((column) => [column.name, column]))
	return {
		connection: place.connection ?? '',
		source: placeSource(place, path),
		role: place.role,
		path,
		schema: { columns: [...columns.values()], open: false },
	}
}

function placeSource(place: PlaceEntry, path: string): TableFixture['source'] {
	if (place.kind === 'data-set') return { dataSet: path }
	const text = place.statement ?? place.legacy
	return place.kind === 'query' ? { statement: text } : { table: text.slice(text.indexOf(':') + 1) }
}

async function writeRows(place: PlaceEntry, rows: readonly Row[], name: string, folder: WorkFolder): Promise<void> {
	const schema = { columns: place.columns, open: false }
	const lines = rows.map((row) => `${JSON.stringify(encodeRow(row, schema))}\n`)
	await folder.write(name, Buffer.from(lines.join('')))
}

async function writeInput(place: PlaceEntry, name: string, placing: Placing, folder: WorkFolder): Promise<void> {
	const found = findRead(placing.job, place)
	if (found === undefined) return
	const data = placing.scenario.flows.get(found.flow)?.get(found.operator.id)
	if (data === undefined) return
	if (data.kind === 'rows') {
		await writeRows(place, data.rows, name, folder)
		return
	}
	const { source } = found.operator
	const encoding = source.kind === 'text-file' ? source.layout.encoding : 'utf-8'
	const files = placing.spread === 'one file' ? data.files : spreadText(found.operator, data, placing.spread)
	const single = files.length === 1
	for (const [index, file] of files.entries()) {
		await folder.write(single ? name : `${name}/part-${index}.txt`, encodeText(file, encoding))
	}
}

/** The read operator behind a place: its id is `<flow>/<operator>`, and either may hold a slash. */
export function findRead(job: Job, place: PlaceEntry): { flow: string; operator: ReadOperator } | undefined {
	for (const flow of job.flows) {
		const operator = flow.operators.find((one) => one.kind === 'read' && `${flow.id}/${one.id}` === place.id)
		if (operator?.kind === 'read') return { flow: flow.id, operator }
	}
	return undefined
}

/** Deals the records over part files, each with the skipped lines and the header of the one file. */
function spreadText(
	operator: ReadOperator,
	data: Extract<SourceData, { kind: 'text' }>,
	spread: Spread,
): readonly string[] {
	const { source } = operator
	if (source.kind !== 'text-file') return data.files
	const headLines = source.skipLines + (source.layout.header ? 1 : 0)
	const all = data.files.map((file) => splitRecords(file, source.layout))
	const head = all[0]?.slice(0, headLines) ?? []
	const records = all.flatMap((lines) => lines.slice(headLines))
	const ordered = spread === 'parts shuffled' ? shuffled(records) : records
	const size = Math.max(1, Math.ceil(ordered.length / parts))
	return Array.from({ length: parts }, (_none, part) =>
		[...head, ...ordered.slice(part * size, (part + 1) * size)]
			.map((line) => line + source.layout.recordDelimiter)
			.join(''),
	)
}

function shuffled<T>(values: readonly T[]): readonly T[] {
	const random = makeRandom(values.length)
	return values
		.map((value) => ({ value, rank: random.int(1_000_000) }))
		.toSorted((left, right) => left.rank - right.rank)
		.map(({ value }) => value)
}
