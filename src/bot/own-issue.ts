/** Issues of the bot's with a topic: one for each, found again by its mark, or by its title when people took the mark out. */
import type { Issue } from '#forge/repository.ts'
import type { Bot } from './bot.ts'

export interface OwnIssue {
	readonly topic: 'config' | 'dashboard'
	readonly title: string
	/** Without the mark. */
	readonly body: string
}

const mark = (topic: OwnIssue['topic']): string => `<!-- reglue:${topic} -->`

/** The issue of a topic, open or closed. Doubles, which two workers at once could make, are closed. */
export async function findOwnIssue(
	{ repository, self }: Bot,
	{ topic, title }: Pick<OwnIssue, 'topic' | 'title'>,
): Promise<Issue | undefined> {
	const own = (await repository.issues({ state: 'all', author: self })).filter(
		(issue) => issue.author === self && (issue.body.startsWith(mark(topic)) || issue.title === title),
	)
	const [first, ...doubles] = own.toSorted((left, right) => left.number - right.number)
	for (const { number, state } of doubles) {
		if (state === 'open') await repository.editIssue(number, { state: 'closed' })
	}
	return first
}

/** Makes the open issue of a topic say this. One that people closed stays closed as long as there is nothing new to say. */
export async function writeOwnIssue(bot: Bot, wanted: OwnIssue): Promise<boolean> {
	const body = `${mark(wanted.topic)}\n${wanted.body}`
	const found = await findOwnIssue(bot, wanted)
	if (found === undefined) {
		await bot.repository.openIssue({ title: wanted.title, body })
		return true
	}
	if (found.title === wanted.title && textOf(found) === body) return false
	const again = found.state === 'closed' ? { state: 'open' as const } : {}
	await bot.repository.editIssue(found.number, { title: wanted.title, body, ...again })
	return true
}

/** Closes the issue of a topic with a last word. @returns whether anything was written */
export async function closeOwnIssue(bot: Bot, wanted: OwnIssue): Promise<boolean> {
	const found = await findOwnIssue(bot, wanted)
	if (found?.state !== 'open') return false
	await bot.repository.editIssue(found.number, { body: `${mark(wanted.topic)}\n${wanted.body}`, state: 'closed' })
	return true
}

const textOf = ({ body }: Issue): string => body.replace(/\r\n/g, '\n')
