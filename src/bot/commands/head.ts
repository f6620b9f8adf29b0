/**
 * A command holds for the commit that the person saw. When people have pushed since, nothing is done: between a
 * maintainer's word and the bot's reading, somebody could otherwise put anything under that word.
 */
import type { Commit, PullRequest } from '#forge/repository.ts'
import { parseRevision } from '#publish/revision.ts'
import type { Bot } from '../bot.ts'
import { short } from './answer.ts'
import type { Answer, Command, PullTalk } from './command.ts'

const trailer = /^Reglue-Command: (\d+)$/m

/** The last line of the message of a commit that a command made. */
export const commandTrailer = (comment: number): string => `Reglue-Command: ${comment}`

/**
 * The commit that a comment was about, where the event did not say: the head as it is when the command first runs. A run
 * that was stopped after its commit finds that commit, and what it stands on.
 */
export async function givenHead({ repository, self }: Bot, { pull }: PullTalk, comment: number): Promise<string> {
	const now = pull.head.commit
	const compared = pull.state === 'open' ? await repository.compare(pull.base.branch, now) : undefined
	const own = compared?.commits.find(
		(commit) => isOwn(commit, self) && commit.message.trimEnd().endsWith(`\n${commandTrailer(comment)}`),
	)
	return own?.parents[0] ?? now
}

/** @returns why the command does not hold any more; undefined: it does */
export async function movedHead(
	bot: Bot,
	{ pull }: PullTalk,
	given: string | undefined,
	{ bound }: Pick<Command, 'bound'>,
	line: string,
): Promise<Answer | undefined> {
	const now = pull.head.commit
	if (bound === 'no' || given === undefined || given === now) return undefined
	if (bound === 'head' && (await isOursSince(bot, pull, given))) return undefined
	return {
		kind: 'refused',
		why: `It was said of ${short(given)}, and the branch is at ${short(now)} now: somebody has pushed since. Look at what is there now, and say it again.`,
		copy: line,
	}
}

/**
 * Whether everything that came to the branch since is the bot's own. The branch may have begun again at a newer base, so
 * what the base has does not count.
 */
async function isOursSince({ repository, self }: Bot, { head, base }: PullRequest, given: string): Promise<boolean> {
	const since = await repository.compare(given, head.commit)
	if (since?.complete !== true) return false
	const onBranch = await repository.compare(base.branch, head.commit)
	const ids = new Set(onBranch?.commits.map(({ id }) => id))
	return since.commits.filter(({ id }) => ids.has(id)).every((commit) => isOwn(commit, self))
}

/** Only who may push to the branch could give a commit this look; they may give the commands, too. */
function isOwn({ message, author }: Commit, self: string): boolean {
	return author.name === self && (parseRevision(message) !== undefined || trailer.test(message))
}
