/** Work that did not get through is told to people where they look for it: below their comment, or on the commit. */
import { code } from '#publish/markdown.ts'
import type { Bot } from './bot.ts'
import { checkName, rerunButton, startRun } from './check/post.ts'
import { answerText } from './commands/answer.ts'
import { readComment } from './commands/grammar.ts'
import { isAnswered, writeAnswer } from './commands/quota.ts'
import type { CommandWork, Work } from './work.ts'

export interface GivenUp {
	/** By which the operator finds the reason in the log. */
	readonly id: string
	/** How often it was begun. */
	readonly attempts: number
}

const title = 'Reglue gave up'

/** Says once that a piece of work was given up. */
export async function tellGivenUp(bot: Bot, work: Work, given: GivenUp): Promise<void> {
	if (work.kind === 'command') return answerCommand(bot, work, given)
	const commit = await commitOf(bot, work)
	if (commit !== undefined) await endChecks(bot, commit, given)
}

const wordsOf = ({ id, attempts }: GivenUp): string =>
	`It was begun ${attempts === 1 ? 'once' : `${attempts} times`} and never came to its end. The fault is Reglue’s or its machine’s, and says nothing about the job. The operator finds it in the log by ${code(id)}.`

async function answerCommand(bot: Bot, work: CommandWork, given: GivenUp): Promise<void> {
	const spoken = readComment(work.body)
	if (spoken === undefined || (await isAnswered(bot, work))) return
	const why = `${wordsOf(given)} Nothing of it waits any more: say it again when you like.`
	const text = answerText({ kind: 'refused', why, copy: spoken.line }, { line: spoken.line, head: work.head })
	await bot.repository.react(work.comment, 'confused')
	await writeAnswer(bot, work, text, bot.operator.commentsPerHour)
}

/** The commit that shows it: the head of the pull request, what was asked to be checked again, or the watched branch. */
async function commitOf({ repository }: Bot, work: Exclude<Work, CommandWork>): Promise<string | undefined> {
	switch (work.kind) {
		case 'pull-request':
			return (await repository.pullRequest(work.number))?.head.commit
		case 'check-rerun':
		case 'check-button':
			return work.commit
		case 'push':
			return repository.ref(`refs/heads/${work.branch}`)
		case 'pull-request-closed':
		case 'dashboard':
		case 'installed':
		case 'sweep':
			return repository.ref(`refs/heads/${(await repository.facts()).defaultBranch}`)
	}
}

/** A run that is under way ends; where there is none, one is made. Cancelled, so that the next try makes another. */
async function endChecks(bot: Bot, commit: string, given: GivenUp): Promise<void> {
	const runs = await bot.repository.checkRuns(commit, checkName)
	const open = runs.filter(({ status }) => status !== 'completed')
	const isTold = runs.some((run) => run.title === title)
	const made =
		open.length > 0 || isTold ? open : [await startRun(bot, commit, { again: given.id }, { title, summary: '' })]
	for (const { id } of made) {
		const output = { title, summary: wordsOf(given) }
		await bot.repository.updateCheck(id, {
			status: 'completed',
			conclusion: 'cancelled',
			output,
			buttons: [rerunButton],
		})
	}
}
