/** Where else a run would stop: of faults in branches that do not feed each other, an engine may meet any one first. */
import type { Job } from '#model/job.ts'
import type { SourceData } from '#reference/context.ts'
import type { JobResult } from '#reference/job.ts'
import type { FlowInputs } from '#synthesis/scenario.ts'

type Flows = ReadonlyMap<string, FlowInputs>

/** Operators at which a run stops when nothing comes to the first, and to none that follows in the same way. */
export function otherFaults(
	first: string,
	job: Job,
	flows: Flows,
	run: (flows: Flows) => Pick<JobResult, 'failure'>,
): readonly string[] {
	const found: string[] = []
	let left = flows
	let at = first
	for (;;) {
		left = withoutRowsFor(at, job, left)
		const next = run(left).failure?.operator
		if (next === undefined || next === first || found.includes(next)) return found
		found.push(next)
		at = next
	}
}

function withoutRowsFor(operator: string, job: Job, flows: Flows): Flows {
	const flow = job.flows.find(({ operators }) => operators.some(({ id }) => id === operator))
	if (flow === undefined) return flows
	const feeding = new Set([operator])
	for (const { id } of flow.operators.toReversed()) {
		if (flow.links.some(({ from, to }) => from.operator === id && feeding.has(to.operator))) feeding.add(id)
	}
	const inputs = [...(flows.get(flow.id) ?? [])].map(([source, data]): [string, SourceData] => [
		source,
		feeding.has(source) ? emptied(data) : data,
	])
	return new Map([...flows, [flow.id, new Map(inputs)]])
}

const emptied = (data: SourceData): SourceData =>
	data.kind === 'rows' ? { ...data, rows: [] } : { kind: 'text', files: [] }
