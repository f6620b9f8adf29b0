/** An operator that counts, remembers or takes a share of its rows, in each of two partitions by itself. */
import type { Operator } from '#model/operators.ts'
import type { Row } from '#model/values.ts'
import type { Ports } from '../context.ts'
import type { LegacyWay } from './switch.ts'

const partitions = [0, 1] as const

/** Rows are dealt in turn, which is what a parallel engine does with a file unless it is told otherwise. */
export const twoPartitions: LegacyWay = {
	kinds: ['generate', 'look-ahead', 'number', 'sample', 'stateful'],
	run: (operator, inputs, context, run) => {
		const results = partitions.map((partition) => run(within(operator, partition), share(inputs, partition), context))
		const ports = new Set(results.flatMap((result) => Object.keys(result)))
		return Object.fromEntries([...ports].map((port) => [port, together(results.map((result) => result[port] ?? []))]))
	},
}

/** Numbers that must not repeat go up in steps of the number of partitions. */
function within(operator: Operator, partition: number): Operator {
	if (operator.kind !== 'number' || operator.inSteps !== true) return operator
	const { start, step } = operator
	return { ...operator, start: start + BigInt(partition) * step, step: step * BigInt(partitions.length) }
}

const share = (inputs: Ports, partition: number): Ports =>
	Object.fromEntries(
		Object.entries(inputs).map(([port, rows]) => [port, rows.filter((_row, index) => index % 2 === partition)]),
	)

/** Row by row in turn again, so that the next operator deals them as this one did. */
function together([first = [], second = []]: readonly (readonly Row[])[]): readonly Row[] {
	const longest = Math.max(first.length, second.length)
	return Array.from({ length: longest }, (_none, index) =>
		[first[index], second[index]].filter((row) => row !== undefined),
	).flat()
}
