/** What a data flow in a loop writes to one place, pass by pass, as the one output that is left of it. */
import type { Job } from '#model/job.ts'
import type { Target } from '#model/places.ts'
import type { FlowOutput } from '#reference/context.ts'

export interface Written {
	readonly flow: string
	readonly output: FlowOutput
}

/** Passes that add come one after the other; of those that replace, the last counts. Changes by key stay in turn. */
export function joinPasses(job: Job, outputs: readonly Written[]): readonly Written[] {
	const groups = Map.groupBy(outputs, ({ flow, output }) => JSON.stringify([flow, output.operator]))
	return [...groups.values()].flatMap((passes): readonly Written[] => {
		const [first] = passes
		const last = passes.at(-1)
		if (first === undefined || last === undefined || passes.length === 1) return passes
		const target = targetOf(job, first)
		if (target === undefined || first.output.kind === 'rows') return passes
		if (replaces(target)) return [last]
		if (first.output.change !== undefined) return passes
		return [{ ...first, output: joined(passes.map(({ output }) => output)) }]
	})
}

export function targetOf(job: Job, { flow, output }: Written): Target | undefined {
	const operator = job.flows.find(({ id }) => id === flow)?.operators.find(({ id }) => id === output.operator)
	return operator?.kind === 'write' ? operator.target : undefined
}

/** Nothing is left of the rows before. */
export function replaces(target: Target): boolean {
	if (target.kind === 'text-file' || target.kind === 'data-set') return target.mode === 'overwrite'
	return target.kind === 'table' && (target.action === 'truncate' || target.action === 'replace')
}

/** Each pass begins its lines with the header, where there is one; a comparison takes the first line for it. */
function joined(passes: readonly FlowOutput[]): FlowOutput {
	const [one, ...others] = passes
	if (one === undefined) throw new Error('a group of passes has one at least')
	// Each pass is in order, the file of all of them is not.
	const { order: _order, ...first } = one
	const rows = passes.flatMap((pass) => pass.rows)
	if (first.lines === undefined) return { ...first, rows }
	const header = first.lines.length - first.rows.length
	return { ...first, rows, lines: [...first.lines, ...others.flatMap(({ lines }) => lines?.slice(header) ?? [])] }
}
