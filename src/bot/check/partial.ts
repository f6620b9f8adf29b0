/**
 * The verdict of a check that ran some jobs only. A required check looks at the newest run of its name, so such a run never
 * says more than the runs before it: one good job must not let a wrong one through.
 */
import type { CheckRun } from '#forge/repository.ts'
import type { Conclusion, PullRequestText } from '#publish/pull-request.ts'

type Verdict = PullRequestText['check']

/** Worst first. */
const conclusions = ['failure', 'action_required', 'neutral', 'success'] as const satisfies readonly Conclusion[]

/**
 * @param verdict of the jobs that ran
 * @param before the runs of the commit, newest first; one that did not end counts for nothing
 */
export function partialVerdict(verdict: Verdict, only: readonly string[], before: readonly CheckRun[]): Verdict {
	const last = before.find(({ status, conclusion }) => status === 'completed' && conclusion !== 'cancelled')
	const known = conclusionOf(last?.conclusion)
	const worse = conclusions.find((one) => one === known || one === verdict.conclusion) ?? 'action_required'
	const rest =
		last === undefined
			? 'The other jobs have not run on this commit.'
			: `It says no better than the check before it: ${last.title}.`
	return {
		conclusion: worse,
		title: `${only.join(', ')} alone: ${verdict.title}`,
		summary: `${verdict.summary}\n\n${rest} \`/migrate run\` runs all jobs.`,
	}
}

/** Where nothing has run yet, the other jobs are for a person to run. */
function conclusionOf(conclusion: string | undefined): Conclusion {
	return conclusions.find((one) => one === conclusion) ?? 'action_required'
}
