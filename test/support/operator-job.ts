/** Jobs of one operator, for tests that compare Spark with the reference. */
import type { Operator } from '#model/operators.ts'
import { flow, job, link, type schema, tableSource, tableTarget } from './model-builder.ts'

/** A job of one operator between tables: IN (and more) → operator → OUT, REJECT. */
export function around(
	operator: Operator,
	sources: Readonly<Record<string, ReturnType<typeof schema>>>,
	targets: Readonly<Record<string, ReturnType<typeof schema>>>,
) {
	const reads = Object.entries(sources).map(([port, columns]) => ({ name: `T_${port.toUpperCase()}`, port, columns }))
	const writes = Object.entries(targets).map(([port, columns]) => ({ name: `O_${port.toUpperCase()}`, port, columns }))
	return job(
		flow(
			[
				...reads.map(({ name, columns }) => tableSource(name, columns)),
				operator,
				...writes.map(({ name, columns }) => tableTarget(name, columns)),
			],
			[
				...reads.map(({ name, port, columns }) => link(`${name} > ${operator.id}.${port}`, columns)),
				...writes.map(({ name, port, columns }) => link(`${operator.id}.${port} > ${name}`, columns)),
			],
		),
	)
}
