/** Special rows share a run where none of them meets one of the others: the runs of a script are what evidence costs. */
import type { Expression } from '#model/expressions.ts'
import { columnsRead } from '#model/expressions.ts'
import { valueText } from '#model/json-values.ts'
import type { DataFlow, KeyPair, Operator } from '#model/operators.ts'
import { changeOf, isInside } from '#model/places.ts'
import { boolean } from '#model/types.ts'
import { isError } from '#model/values.ts'
import type { Composer } from './compose.ts'
import { sourceColumn, splitSourceColumn } from './compose.ts'
import type { SearchSpace } from './search.ts'
import { evaluateOver } from './search.ts'
import type { SourceRows } from './sources.ts'
import { mergeRows } from './sources.ts'

export interface SpecialRun {
	readonly name: string
	readonly rows: SourceRows
}

interface Meeting {
	/** Columns by which rows meet here, each with the columns of other inputs that it is compared with. */
	readonly keys: readonly (readonly { readonly port: string; readonly column: string }[])[]
	readonly operator: string
}

/**
 * Puts each of the other runs into the first one that it does not meet, so that nothing is hidden which would be seen in a run alone:
 *
 * - wherever rows meet, in a group or over a key, theirs have other values in one of the keys at least. A row that has to
 *   leave would so be seen if it stayed, for it has no group in common with rows of another run;
 * - and the reference writes for both together what it writes for each.
 *
 * @param first keeps its name, whatever it takes in
 * @param composers one for each branch of the unions
 * @param written what the reference writes, row by row; none where it stops
 */
export function shareRuns(
	flow: DataFlow,
	composers: readonly Composer[],
	space: SearchSpace,
	first: SpecialRun,
	others: readonly SpecialRun[],
	written: (rows: SourceRows) => readonly string[] | undefined,
): readonly [SpecialRun, ...SpecialRun[]] {
	const meetings = meetingsOf(flow)
	if (meetings === undefined) return [first, ...others]
	const known = (run: SpecialRun): Known => ({
		...run,
		lines: written(run.rows),
		values: keyValues(run.rows, meetings, composers, space),
	})
	let shared: readonly [Known, ...Known[]] = [known(first)]
	for (const run of others.map((one) => known(one))) {
		const host = shared.find((one) => areApart(one.values, run.values) && isSum(one, run, written))
		if (host === undefined) {
			shared = [...shared, run]
			continue
		}
		const name = host.name === first.name ? first.name : `${host.name}; ${run.name}`
		const both = known({ name, rows: mergeRows(host.rows, run.rows) })
		const [main, ...rest] = shared
		shared = [main === host ? both : main, ...rest.map((one) => (one === host ? both : one))]
	}
	return shared
}

interface Known extends SpecialRun {
	readonly values: KeyValues
	/** None where the reference stops. */
	readonly lines: readonly string[] | undefined
}

/** Does the reference write for both together what it writes for each? */
function isSum(one: Known, other: Known, written: (rows: SourceRows) => readonly string[] | undefined): boolean {
	if (one.lines === undefined || other.lines === undefined) return false
	const both = written(mergeRows(one.rows, other.rows))
	return both?.toSorted().join('\n') === [...one.lines, ...other.lines].toSorted().join('\n')
}

/** Where rows meet by key alone; none when some rows meet in another way, such as by the order in which they arrive. */
function meetingsOf(flow: DataFlow): readonly Meeting[] | undefined {
	const found: Meeting[] = []
	for (const operator of flow.operators) {
		if (isRowByRow(operator)) continue
		const keys = keysOf(operator)
		if (keys === undefined || keys.length === 0) return undefined
		found.push({ operator: operator.id, keys })
	}
	return found
}

/** What becomes of a row hangs on no other row. */
function isRowByRow(operator: Operator): boolean {
	switch (operator.kind) {
		case 'read':
		case 'project':
		case 'filter':
		case 'route':
		case 'union':
		case 'unpivot':
		case 'observe':
			return true
		case 'sort':
			return !operator.unique && operator.keyChange === undefined
		case 'write':
			return changeOf(operator.target) === undefined && !isInside(operator.target)
		default:
			return false
	}
}

function keysOf(operator: Operator): Meeting['keys'] | undefined {
	const pairs = (keys: readonly KeyPair[], left: string, right: string): Meeting['keys'] =>
		keys.map((key) => [
			{ port: left, column: key.left },
			{ port: right, column: key.right },
		])
	switch (operator.kind) {
		case 'aggregate':
		case 'distinct':
		case 'sort':
			return operator.keys.map(({ column }) => [{ port: 'in', column }])
		case 'join':
			return pairs(operator.keys, 'left', 'right')
		case 'lookup':
			return operator.ranges === undefined ? pairs(operator.keys, 'in', 'reference') : undefined
		default:
			return undefined
	}
}

/** The values of each key of each meeting, as texts; none where they cannot be told. */
type KeyValues = readonly (readonly (ReadonlySet<string> | undefined)[])[]

function keyValues(
	rows: SourceRows,
	meetings: readonly Meeting[],
	composers: readonly Composer[],
	space: SearchSpace,
): KeyValues {
	return meetings.map(({ operator, keys }) =>
		keys.map((sides) => {
			const values = composers.flatMap((composer) =>
				sides.map(({ port, column }) => {
					const key = composer.at(operator, port, { kind: 'column', name: column, type: boolean })
					return key && valuesOf(key, rows, space)
				}),
			)
			return values.includes(undefined) ? undefined : new Set(values.flatMap((some) => some ?? []))
		}),
	)
}

/** What an expression over one source is for each row of it. */
function valuesOf(key: Expression, rows: SourceRows, space: SearchSpace): readonly string[] | undefined {
	const [owner, ...others] = new Set(columnsRead(key).map((column) => splitSourceColumn(column)[0]))
	if (owner === undefined || others.length > 0) return undefined
	const own = rows.get(owner) ?? []
	// A record that is no row may have any key.
	if (own.some(({ kind }) => kind === 'raw')) return undefined
	return own.flatMap((one) => {
		if (one.kind === 'raw') return []
		const columns = Object.entries(one.row).map(([name, value]) => [sourceColumn(owner, name), value] as const)
		const value = evaluateOver(key, new Map(columns), space)
		// Texts that differ in case or in blanks at their ends are equal to some engines.
		return [isError(value) ? 'error' : valueText(value).trim().toLowerCase()]
	})
}

/** At each meeting one key has no value in common. */
const areApart = (one: KeyValues, other: KeyValues): boolean =>
	one.every((keys, meeting) =>
		keys.some((values, key) => {
			const others = other[meeting]?.[key]
			return values !== undefined && others !== undefined && ![...values].some((value) => others.has(value))
		}),
	)
