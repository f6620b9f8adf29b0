/** The operators that a declared difference is about. */
import type { DifferenceOccurrence, Job } from '#model/job.ts'
import type { DataFlow, Operator, OperatorKind } from '#model/operators.ts'

/**
 * Those of the element where it is declared. A source that was asked for each row of a lookup declares it for the lookup.
 * @returns `<flow>/<operator>` of those that have one of the kinds
 */
export function operatorsOf(
	job: Job,
	{ id, element }: DifferenceOccurrence,
	kinds: readonly OperatorKind[],
): ReadonlySet<string> {
	const found = job.flows.flatMap((flow) => {
		const own = flow.operators.filter((one) => one.element === element || `${flow.id}/${one.id}` === element)
		const able = [...own, ...lookupsOf(flow, own)].filter(({ kind }) => kinds.includes(kind))
		const declaring = able.filter(({ differences }) => differences.includes(id))
		return (declaring.length > 0 ? declaring : able).map((one) => `${flow.id}/${one.id}`)
	})
	return new Set(found)
}

/** Lookups whose reference rows come from these sources. */
function lookupsOf(flow: DataFlow, operators: readonly Operator[]): readonly Operator[] {
	const reached = new Set(operators.filter(({ kind }) => kind === 'read').map(({ id }) => id))
	const lookups: Operator[] = []
	// Every operator stands after those that feed it, so one walk is enough.
	for (const operator of flow.operators) {
		const fed = flow.links.filter(({ from, to }) => to.operator === operator.id && reached.has(from.operator))
		if (fed.length === 0) continue
		if (operator.kind !== 'lookup') reached.add(operator.id)
		else if (fed.some(({ to }) => to.port === 'reference')) lookups.push(operator)
	}
	return lookups
}
