import type { UnpivotOperator } from '#model/reshaping.ts'
import type { Row, Value } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { Interpreter } from '../context.ts'

export const unpivot: Interpreter<'unpivot'> = (operator, inputs, context) => {
	const hit = declareBranches(
		context,
		operator,
		operator.nulls === 'skip' ? ['some values null', 'all values null'] : [],
	)
	const out: Row[] = []
	for (const row of inputs['in'] ?? []) {
		const made = operator.rows.map((_row, place) => madeRow(operator, row, place))
		const kept = made.filter((entries) => operator.nulls === 'keep' || !isEmpty(entries, operator))
		if (kept.length < made.length) hit(kept.length === 0 ? 'all values null' : 'some values null')
		if (kept.length > 0) out.push(...kept.map((entries) => withPassing(operator, row, entries)))
		else out.push(withPassing(operator, row, nothing(operator)))
	}
	return { out }
}

type Entries = ReadonlyMap<string, Value>

function madeRow({ made, key, index, rows }: UnpivotOperator, row: Row, place: number): Entries {
	const from = rows[place]?.from ?? []
	const values = made.map(({ name }, column): [string, Value] => {
		const source = from[column] ?? null
		return [name, source === null ? null : (row[source] ?? null)]
	})
	return new Map<string, Value>([
		...values,
		...(key === undefined ? [] : [[key.name, rows[place]?.key ?? null] as const]),
		...(index === undefined ? [] : [[index, BigInt(place)] as const]),
	])
}

const isEmpty = (entries: Entries, { made }: UnpivotOperator): boolean =>
	made.every(({ name }) => (entries.get(name) ?? null) === null)

const nothing = ({ made, key, index }: UnpivotOperator): Entries =>
	new Map(
		[...made.map(({ name }) => name), ...[key?.name, index].filter((name) => name !== undefined)].map((name) => [
			name,
			null,
		]),
	)

const withPassing = ({ passes }: UnpivotOperator, row: Row, entries: Entries): Row =>
	Object.fromEntries([...passes.map((name) => [name, row[name] ?? null] as const), ...entries])
