import { code, md } from '#publish/markdown.ts'
import { checkPullRequest } from '../check/check-pull-request.ts'
import type { Answer, PullTalk, Scene } from './command.ts'
import { done } from './command.ts'

/** Runs the check of a pull request for a comment: the same comment gives one run, however often it comes. */
export async function proveAgain(scene: Scene, { number }: PullTalk, jobs: readonly string[]): Promise<Answer> {
	const only = jobs.length === 0 ? {} : { only: jobs.map((job) => job.replace(/^[^/]+\//, '')) }
	const checked = await checkPullRequest(scene.bot, number, { again: `comment-${scene.comment}`, ...only })
	if (checked.kind === 'skipped') return { kind: 'refused', why: `There is no check: ${md(checked.why)}.` }
	const { conclusion, title, url } = checked.check
	return done(`The check says ${code(conclusion ?? 'in_progress')}: [${md(title)}](${url})`)
}
