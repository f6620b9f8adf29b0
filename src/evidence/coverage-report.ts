import type { RunFacts } from '#languages/catalogue.ts'
import type { Job } from '#model/job.ts'
import type { Value } from '#model/values.ts'
import type { Branch, CountedBranch } from '#reference/coverage.ts'
import { branchId, mergeCoverage, summarise } from '#reference/coverage.ts'
import { interpretFlow } from '#reference/flow.ts'
import { variablesWith } from '#synthesis/set-variables.ts'
import type { Synthesis } from '#synthesis/synthesise.ts'
import type { EvidenceReport } from './report.ts'

/** Branches over all scenarios; those of data flows that no scenario reached count as not covered. */
export function coverBranches(
	job: Job,
	branches: readonly CountedBranch[],
	facts: { readonly parameters: ReadonlyMap<string, Value>; readonly run: RunFacts },
	{ never, shortened }: Pick<Synthesis, 'never' | 'shortened'>,
): EvidenceReport['branches'] {
	const variables = variablesWith(job, shortened, facts)
	const impossible = new Set(never.map(({ operator, what }) => branchId(operator, what)))
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
	const counted = mergeCoverage([declared, branches]).filter(
		({ operator, what, count }) => count > 0 || !impossible.has(branchId(operator, what)),
	)
	const { covered, total, unreached } = summarise(counted)
	const named = ({ element, what }: Branch): string => `${element}: ${what}`
	return {
		covered,
		total,
		unreached: unreached.map(named),
		...(never.length === 0 ? {} : { never: never.map(named) }),
	}
}
