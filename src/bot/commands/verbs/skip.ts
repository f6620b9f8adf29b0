import type { Decided } from '#pipeline/decisions/write.ts'
import type { Act, Command } from '../command.ts'
import { decide } from '../decide.ts'
import { decidedJobs } from '../decided-jobs.ts'
import type { NamedJob } from '../units.ts'
import { inUnit, namedJobs } from '../units.ts'
import { wordsFor } from '../words.ts'

/** `/migrate skip JOB…`: jobs that are not migrated. */
export const skip = {
	takes: 'JOB…',
	does: 'leaves jobs out',
	examples: ['/migrate skip DailySales', '/migrate skip retail/DailySales "Month end"'],
	where: 'unit',
	bound: 'head',
	readOnly: false,
	read: wordsFor({ values: [1, 50] }, ({ values }) => ({ act: act(values) })),
} as const satisfies Command

const act = (names: readonly string[]): Act =>
	inUnit(async (scene, talk) => {
		const named = await namedJobs(scene, talk, names, (unit) => decidedJobs(scene, unit, talk.pull.head.commit))
		return named.kind === 'refused' ? named : decide(scene, talk, jobDecisions(named.jobs, 'skipped'))
	})

export function jobDecisions(
	jobs: readonly NamedJob[],
	decision: 'skipped' | 'reopened',
): ReadonlyMap<string, readonly Decided[]> {
	const units = Map.groupBy(jobs, ({ unit }) => unit)
	return new Map(
		[...units].map(([unit, members]) => [unit, members.map(({ job }) => ({ list: 'jobs', entry: { job, decision } }))]),
	)
}
