import type { RunFacts } from '#languages/catalogue.ts'
import type { Job } from '#model/job.ts'
import type { Value } from '#model/values.ts'
import type { CountedBranch } from '#reference/coverage.ts'
import { mergeCoverage, summarise } from '#reference/coverage.ts'
import { interpretFlow } from '#reference/flow.ts'
import { makeVariables } from '#reference/variables.ts'
import type { EvidenceReport } from './report.ts'

/** Branches over all scenarios; those of data flows that no scenario reached count as not covered. */
export function coverBranches(
	job: Job,
	branches: readonly CountedBranch[],
	facts: { readonly parameters: ReadonlyMap<string, Value>; readonly run: RunFacts },
): EvidenceReport['branches'] {
	const variables = makeVariables(job.variables, facts.parameters, facts.run)
	const declared = job.flows.flatMap((flow) => {
		const inputs = new Map(
			flow.operators.flatMap((operator) => {
				if (operator.kind !== 'read') return []
				const text = operator.source.kind === 'text-file'
				return [[operator.id, text ? ({ kind: 'text', files: [] } as const) : ({ kind: 'rows', rows: [] } as const)]]
			}),
		)
		return interpretFlow(flow, { ...facts, variables, inputs }).branches.map((branch) => ({ ...branch, count: 0 }))
	})
	const { covered, total, unreached } = summarise(mergeCoverage([declared, branches]))
	return { covered, total, unreached: unreached.map(({ element, what }) => `${element}: ${what}`) }
}
