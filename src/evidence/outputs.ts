/** What a run wrote, against what the reference wrote. */
import { writtenFloats } from '#analysis/written-floats.ts'
import type { Effect } from '#engines/port.ts'
import type { PlaceEntry } from '#generators/jobs-file.ts'
import type { Job } from '#model/job.ts'
import type { JsonObject } from '#model/json-values.ts'
import { decodeRow } from '#model/json-values.ts'
import type { WriteOperator } from '#model/operators.ts'
import type { TextFileTarget } from '#model/places.ts'
import type { Column, Schema } from '#model/types.ts'
import type { Row } from '#model/values.ts'
import type { FlowOutput } from '#reference/context.ts'
import { changeTable } from '#reference/table-state.ts'
import type { Comparison } from './compare.ts'
import { compareTables } from './compare.ts'
import { compareTexts } from './compare-text.ts'
import { decodeText, throughEncoding } from './encoding.ts'
import { replaces } from './passes.ts'
import { rowsTaken } from './rows-taken.ts'
import type { WorkFolder } from './work-folder.ts'

export interface OutputComparison {
	readonly name: string
	readonly comparison: Comparison
}

/** Rows that are there before the run, by the old name of their place. */
export interface RowsBefore {
	/** Where rows are changed by key. */
	readonly changed: ReadonlyMap<string, readonly Row[]>
	/** Where rows are added, or replaced as a whole. */
	readonly earlier: ReadonlyMap<string, readonly Row[]>
}

/** Compares each output of the reference with the place that the script wrote it to. */
export async function compareOutputs(
	job: Job,
	outputs: readonly { readonly flow: string; readonly output: FlowOutput }[],
	places: readonly PlaceEntry[],
	written: ReadonlyMap<string, string>,
	folder: WorkFolder,
	before: RowsBefore,
	effects: readonly Effect[],
): Promise<readonly OutputComparison[]> {
	const compared: OutputComparison[] = []
	const tables = new Map<string, TableOutputs>()
	const isTaken = ({ output }: (typeof outputs)[number]): boolean =>
		['rows', 'command', 'workbook', 'row-files'].includes(output.kind)
	const pathOf = (id: string): string | undefined => (written.has(id) ? folder.at(written.get(id) ?? '') : undefined)
	const taken = Map.groupBy(outputs.filter(isTaken), ({ output }) => `${output.kind} ${output.place}`)
	for (const same of taken.values()) compared.push(compareTaken(same, effects, pathOf))
	for (const { flow, output } of outputs.filter((one) => !isTaken(one))) {
		const id = `${flow}/${output.operator}`
		const place = places.find((one) => one.id === id && one.role === 'write')
		const operator = findWrite(job, flow, output.operator)
		if (place === undefined || operator === undefined) {
			compared.push({ name: output.operator, comparison: nothingFound(output) })
			continue
		}
		const name = written.get(id) ?? ''
		if (operator.target.kind === 'text-file') {
			const files = await folder.read(name)
			compared.push({
				name: place.element,
				comparison: compareText(output, operator.target, files, floatTexts(job, flow, operator)),
			})
		} else {
			const changed = before.changed.get(place.legacy)
			const kept = replaces(operator.target) ? changed && [] : (changed ?? before.earlier.get(place.legacy))
			const table = tables.get(place.legacy) ?? { names: [], outputs: [], folders: new Set(), before: kept }
			tables.set(place.legacy, {
				...table,
				names: [...table.names, place.element],
				outputs: [...table.outputs, output],
				folders: new Set([...table.folders, name]),
			})
		}
	}
	for (const table of tables.values()) {
		const files = await Promise.all([...table.folders].map((name) => folder.read(name)))
		compared.push(compareTable(table, files.flat()))
	}
	return compared
}

/** Rows for one variable or statement: a flow in a loop gives some in each pass. */
function compareTaken(
	same: readonly { readonly flow: string; readonly output: FlowOutput }[],
	effects: readonly Effect[],
	pathOf: (id: string) => string | undefined,
): OutputComparison {
	const [first] = same
	if (first === undefined) throw new Error('a group of outputs has one at least')
	const expected = same.flatMap(({ output }) => output.rows)
	const actual = rowsTaken(first.output, effects, pathOf(`${first.flow}/${first.output.operator}`))
	return { name: first.output.operator, comparison: compareTables(expected, actual, first.output.schema) }
}

/** What several operators write to one table: they share its rows, so they are compared together. */
interface TableOutputs {
	readonly names: readonly string[]
	readonly outputs: readonly FlowOutput[]
	/** Where its rows are; writers of one table share a folder. */
	readonly folders: ReadonlySet<string>
	/** Rows that the first change finds; undefined where rows are only added to none. */
	readonly before: readonly Row[] | undefined
}

function compareTable({ names, outputs, before }: TableOutputs, files: readonly Uint8Array[]): OutputComparison {
	const columns = new Map(outputs.flatMap(({ schema }) => schema.columns).map((column) => [column.name, column]))
	const schema: Schema = { columns: [...columns.values()], open: false }
	const complete = (row: Row): Row => Object.fromEntries([...columns.keys()].map((name) => [name, row[name] ?? null]))
	const expected = (before === undefined ? outputs.flatMap(({ rows }) => rows) : finalRows(before, outputs)).map(
		complete,
	)
	const actual = files.flatMap((bytes) =>
		decodeText(bytes, 'utf-8')
			.split('\n')
			.filter((line) => line !== '')
			.map((line) => decodeRow({ ...empty(columns), ...(JSON.parse(line) as JsonObject) }, schema)),
	)
	return { name: names.join(' + '), comparison: compareTables(expected, actual, schema) }
}

/** The table at the end, when each output has changed it in turn. */
function finalRows(before: readonly Row[], outputs: readonly FlowOutput[]): readonly Row[] {
	let table = before
	for (const { rows, change } of outputs)
		table = change === undefined ? table.concat(rows) : changeTable(table, rows, change)
	return table
}

const empty = (columns: ReadonlyMap<string, Column>): JsonObject =>
	Object.fromEntries([...columns.keys()].map((name) => [name, null]))

const nothingFound = (output: FlowOutput): Comparison => ({
	equal: false,
	expected: output.rows.length,
	actual: 0,
	missing: output.rows.length,
	extra: 0,
	misplaced: 0,
	samples: [],
})

function findWrite(job: Job, flow: string, id: string): WriteOperator | undefined {
	const operator = job.flows.find((one) => one.id === flow)?.operators.find((one) => one.id === id)
	return operator?.kind === 'write' ? operator : undefined
}

function floatTexts(job: Job, id: string, operator: WriteOperator): ReadonlySet<string> {
	const flow = job.flows.find((one) => one.id === id)
	return flow === undefined ? new Set() : writtenFloats(flow, operator)
}

function compareText(
	output: FlowOutput,
	target: TextFileTarget,
	files: readonly Uint8Array[],
	floats: ReadonlySet<string>,
): Comparison {
	const texts = files.map((bytes) => decodeText(bytes, target.layout.encoding))
	// A value may hold a record delimiter itself; whoever reads the file sees the end of a line there.
	const pieces = (output.lines ?? []).map((line) =>
		throughEncoding(line, target.layout.encoding).split(target.layout.recordDelimiter),
	)
	const head = target.layout.header ? 1 : 0
	const order = output.order?.flatMap((place, index) => (pieces[index + head] ?? []).map(() => place))
	const comparison = compareTexts(pieces.flat(), texts, target, output.schema, {
		floatTexts: floats,
		...(order && { order }),
	})
	// Fields tell what differs; the bar is the exact line, so that no quote or blank is lost unseen.
	return { ...comparison, equal: comparison.toTheCharacter }
}
