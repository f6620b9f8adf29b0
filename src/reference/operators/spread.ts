import type { Row, Value } from '#model/values.ts'
import type { Interpreter } from '../context.ts'

export const spread: Interpreter<'spread'> = ({ from, passes, fields }, inputs) => ({
	out: (inputs['in'] ?? []).flatMap((row) =>
		recordsOf(row[from] ?? null).map(
			(record): Row =>
				Object.fromEntries([
					...passes.map((name) => [name, row[name] ?? null] as const),
					...fields.map(({ name }) => [name, record[name] ?? null] as const),
				]),
		),
	),
})

const recordsOf = (value: Value): readonly Row[] =>
	typeof value === 'object' && value?.kind === 'vector'
		? value.items.flatMap((item) => (typeof item === 'object' && item?.kind === 'record' ? [item.fields] : []))
		: []
