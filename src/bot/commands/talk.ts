/** Where a command was given: an issue, a pull request of the bot's, of people's, or of a fork. */
import type { PullRequest } from '#forge/repository.ts'
import { partOf, pristineRef } from '#publish/branches.ts'
import { parseRevision } from '#publish/revision.ts'
import type { Bot } from '../bot.ts'
import type { Talk } from './command.ts'

export async function talkOf(bot: Bot, number: number): Promise<Talk> {
	const pull = await bot.repository.pullRequest(number)
	if (pull === undefined) return { kind: 'issue', number }
	const common = { number, pull, head: pull.head.commit, units: [] }
	if (pull.fromFork) return { ...common, kind: 'fork' }
	const part = partOf(pull.head.branch)
	const units = part === undefined ? [] : await unitsOf(bot, pull, part)
	return units.length === 0 ? { ...common, kind: 'people' } : { ...common, kind: 'unit', units }
}

/** The units of the newest generation that the branch holds, or held last. */
async function unitsOf({ repository }: Bot, pull: PullRequest, part: string): Promise<readonly string[]> {
	const compared = pull.state === 'open' ? await repository.compare(pull.base.branch, pull.head.commit) : undefined
	const messages = compared?.commits.toReversed().map(({ message }) => message) ?? []
	const kept = await repository.ref(pristineRef(part))
	const pristine = kept === undefined ? undefined : await repository.commit(kept)
	for (const message of [...messages, ...(pristine === undefined ? [] : [pristine.message])]) {
		const units = parseRevision(message)?.units ?? []
		if (units.length > 0) return units.map(({ name }) => name)
	}
	return []
}
