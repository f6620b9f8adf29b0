/** Rows that are in a table before the job changes it: some that the job finds, and one that it does not. */
import type { PlaceEntry } from '#generators/jobs-file.ts'
import type { Job } from '#model/job.ts'
import type { Target } from '#model/places.ts'
import { changeOf, makesTable } from '#model/places.ts'
import type { DataType } from '#model/types.ts'
import { findColumn } from '#model/types.ts'
import type { Row, Value } from '#model/values.ts'
import type { FlowOutput } from '#reference/context.ts'
import { keyText } from '#reference/keys.ts'
import { edgeValues, ordinaryValues } from '#synthesis/pools.ts'
import type { Written } from './passes.ts'
import { targetOf } from './passes.ts'

/**
 * By the old name of the place, for those whose rows the job changes by key.
 *
 * @param given rows that a scenario gives to a place which is read: such a table has these
 */
export function existingRows(
	outputs: readonly Written[],
	places: readonly PlaceEntry[],
	given: (place: PlaceEntry) => readonly Row[] | undefined,
): ReadonlyMap<string, readonly Row[]> {
	const found = new Map<string, readonly Row[]>()
	for (const { flow, output } of outputs) {
		const place = places.find(({ id, role }) => role === 'write' && id === `${flow}/${output.operator}`)
		if (output.change === undefined || place === undefined || found.has(place.legacy)) continue
		const source = sourceOf(place, places)
		const rows = source === undefined ? undefined : given(source)
		found.set(place.legacy, rows ?? rowsFor(output, output.change.keys))
	}
	return found
}

/**
 * By the old name of the place: a row in each table or data set to which rows are added, or whose rows are replaced. Without
 * it nobody would see which of the two happens. Not where the job reads the place, or several operators write to it.
 */
export function earlierRows(
	job: Job,
	outputs: readonly Written[],
	places: readonly PlaceEntry[],
): ReadonlyMap<string, readonly Row[]> {
	const found = new Map<string, readonly Row[]>()
	for (const written of outputs) {
		const { flow, output } = written
		const place = places.find(({ id, role }) => role === 'write' && id === `${flow}/${output.operator}`)
		const target = targetOf(job, written)
		if (place === undefined || target === undefined || !keepsOrReplaces(target)) continue
		const others = places.filter(({ id, legacy }) => id !== place.id && legacy === place.legacy)
		if (others.length === 0) found.set(place.legacy, [output.rows[0] ?? everydayRow(output)])
	}
	return found
}

/** A target that has to be new fails where there are rows. */
function keepsOrReplaces(target: Target): boolean {
	if (target.kind === 'data-set') return target.mode === 'append' || target.mode === 'overwrite'
	return target.kind === 'table' && target.action !== 'create' && (changeOf(target) === undefined || makesTable(target))
}

const everydayRow = ({ schema }: FlowOutput): Row =>
	Object.fromEntries(schema.columns.map(({ name, type }): [string, Value] => [name, ordinaryValues(type)[0] ?? null]))

/** The place that reads the very table. */
export const sourceOf = (place: PlaceEntry, places: readonly PlaceEntry[]): PlaceEntry | undefined =>
	places.find(({ role, kind, legacy }) => role === 'read' && kind === 'table' && legacy === place.legacy)

/** Every second row of the job under its key, with the values of the row after it; and the last one under a new key. */
function rowsFor({ rows, schema }: FlowOutput, keys: readonly string[]): readonly Row[] {
	const whole = rows.filter((row) => keys.every((key) => (row[key] ?? null) !== null))
	const keysOf = (row: Row): Row => Object.fromEntries(keys.map((key): [string, Value] => [key, row[key] ?? null]))
	const known = whole.flatMap((row, index) =>
		index % 2 === 0 ? [{ ...(whole[index + 1] ?? row), ...keysOf(row) }] : [],
	)
	const last = whole.at(-1)
	const [first = ''] = keys
	const type = findColumn(schema, first)?.type
	if (last === undefined || type === undefined) return known
	const fresh = freshValue(
		type,
		whole.map((row) => row[first] ?? null),
	)
	return fresh === undefined ? known : [...known, { ...last, [first]: fresh }]
}

function freshValue(type: DataType, taken: readonly Value[]): Value | undefined {
	const known = new Set(taken.map((value) => keyText(value)))
	return [...ordinaryValues(type), ...edgeValues(type)].find((value) => value !== null && !known.has(keyText(value)))
}
