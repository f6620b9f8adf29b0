/** Showing differences as rows and columns. */
import type { RowDifference } from '#model/difference-rows.ts'
import type { JsonObject, JsonValue } from '#model/json-values.ts'

/** Expected against actual. */
export type Difference = RowDifference

/** Rows beyond this many are not searched for a partner: a difference is shown, not solved. */
const searched = 200

/**
 * Pairs missing rows with extra ones that mostly agree, so that a changed value is shown as such, and samples the result.
 * @param limit most differences to give.
 */
export function pairChanged(
	missing: readonly JsonObject[],
	extra: readonly JsonObject[],
	limit: number,
): readonly Difference[] {
	const free = new Set(extra.slice(0, searched))
	const differences: Difference[] = []
	for (const row of missing.slice(0, limit)) {
		const partner = closest(row, free)
		if (partner === undefined) {
			differences.push({ kind: 'missing', row })
			continue
		}
		free.delete(partner)
		differences.push({ kind: 'changed', row, columns: changedColumns(row, partner) })
	}
	for (const row of free) if (differences.length < limit) differences.push({ kind: 'extra', row })
	return differences
}

/** The row that agrees in most columns, and in at least half of them. */
function closest(row: JsonObject, rows: ReadonlySet<JsonObject>): JsonObject | undefined {
	const width = Object.keys(row).length
	let best: JsonObject | undefined
	let fewest = width / 2
	for (const other of rows) {
		const changed = changedColumns(row, other).length
		if (changed > fewest || (changed === fewest && best !== undefined)) continue
		best = other
		fewest = changed
	}
	return best
}

function changedColumns(row: JsonObject, other: JsonObject) {
	const names = new Set([...Object.keys(row), ...Object.keys(other)])
	return [...names]
		.map((name) => ({ name, expected: own(row, name), actual: own(other, name) }))
		.filter(({ expected, actual }) => expected !== actual)
}

const own = (row: JsonObject, name: string): JsonValue => (Object.hasOwn(row, name) ? (row[name] ?? null) : null)
