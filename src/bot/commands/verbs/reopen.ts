import { isForgeError } from '#forge/error.ts'
import { branchRef, partOf } from '#publish/branches.ts'
import { code } from '#publish/markdown.ts'
import type { Act, Answer, Command, PullTalk, Scene } from '../command.ts'
import { done } from '../command.ts'
import { decide } from '../decide.ts'
import { decidedJobs } from '../decided-jobs.ts'
import { rebuild } from '../rebuild.ts'
import { inUnit, namedJobs } from '../units.ts'
import { wordsFor } from '../words.ts'
import { jobDecisions } from './skip.ts'

/** `/migrate reopen`: a pull request that was closed; `/migrate reopen JOB…`: jobs that were left out. */
export const reopen = {
	takes: '[JOB…]',
	does: 'takes up again: this pull request when it was closed, or jobs that were left out',
	examples: ['/migrate reopen', '/migrate reopen DailySales'],
	where: 'any-unit',
	bound: 'head',
	readOnly: false,
	read: wordsFor({ values: [0, 50] }, ({ values }) => ({ act: values.length === 0 ? reopenPull : reopenJobs(values) })),
} as const satisfies Command

const reopenJobs = (names: readonly string[]): Act =>
	inUnit(async (scene, talk) => {
		if (talk.pull.state !== 'open') {
			return {
				kind: 'refused',
				why: `This pull request is ${talk.pull.state}; take it up first.`,
				copy: '/migrate reopen',
			}
		}
		const named = await namedJobs(scene, talk, names, (unit) => decidedJobs(scene, unit, talk.pull.head.commit))
		return named.kind === 'refused' ? named : decide(scene, talk, jobDecisions(named.jobs, 'reopened'))
	})

const reopenPull: Act = inUnit(async (scene, talk) => {
	const { pull } = talk
	if (pull.state === 'merged') {
		const why = 'This pull request is merged. When an export changes, Reglue opens another.'
		return { kind: 'refused', why, copy: '/migrate status' }
	}
	const trouble = pull.state === 'open' ? undefined : await openAgain(scene, talk)
	return trouble ?? (await rebuild(scene, talk.units, 'reopen')) ?? done('It is open, and is kept up to date again.')
})

/** A pull request opens only while its branch is there, and while none other is open for it. */
async function openAgain({ bot: { repository } }: Scene, { pull, number }: PullTalk): Promise<Answer | undefined> {
	const { branch, commit } = pull.head
	const [other] = await repository.pullRequests({ state: 'open', head: branch, base: pull.base.branch })
	if (other !== undefined) {
		return { kind: 'refused', why: `Pull request #${other.number} is open for the same branch; go on there.` }
	}
	try {
		const there = await repository.ref(branchRef(partOf(branch) ?? branch))
		if (there === undefined) await repository.createRef(branchRef(partOf(branch) ?? branch), commit)
		await repository.editPullRequest(number, { state: 'open' })
		return undefined
	} catch (error) {
		if (!isForgeError(error, 'invalid', 'missing')) throw error
		const why = `The forge does not open it again: branch ${code(branch)} is gone or was rewritten. A change of its exports makes a new pull request.`
		return { kind: 'refused', why }
	}
}
