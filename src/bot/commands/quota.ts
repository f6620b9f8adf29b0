/**
 * Answers, one comment each, as long as an hour has not seen too many: then they share one comment for each talk, which is
 * edited and notifies nobody. Every answer carries a mark, by which it is known that a command was answered.
 */

import { findSticky, writeSticky } from '#forge/sticky.ts'
import type { Bot } from '../bot.ts'

const mark = (comment: number): string => `<!-- reglue:answer-${comment} -->`
const markLine = /^<!-- reglue:answer-(\d+) -->$/gm

/** Answers that the shared comment keeps. */
const mostShared = 10

const topic = 'answers'

export interface Question {
	/** Issue or pull request. */
	readonly number: number
	readonly comment: number
}

/** Whether a command has its answer: then everything about it is done. A second one, of a worker that came late, goes. */
export async function isAnswered({ repository, self }: Bot, { number, comment }: Question): Promise<boolean> {
	const answers = (await repository.comments(number)).filter(
		({ author, body }) => author === self && [...body.matchAll(markLine)].some(([line]) => line === mark(comment)),
	)
	for (const { id, body } of answers.slice(1)) if (body.startsWith(mark(comment))) await repository.deleteComment(id)
	return answers.length > 0
}

export async function writeAnswer(bot: Bot, question: Question, text: string, perHour: number): Promise<void> {
	const { repository, self } = bot
	const since = new Date(bot.clock().getTime() - 3_600_000)
	const recent = (await repository.commentsSince(since)).filter(({ author }) => author === self)
	if (recent.length < perHour) {
		await repository.writeComment(question.number, `${mark(question.comment)}\n${text}`)
		return
	}
	const { comment } = findSticky(await repository.comments(question.number), topic, self)
	const answers = new Map([...sharedIn(comment?.body ?? ''), [question.comment, text]])
	const newest = [...answers].sort(([left], [right]) => left - right).slice(-mostShared)
	const head = `More than ${perHour} comments in an hour help nobody: further answers stand here, the newest last.`
	const body = [head, ...newest.map(([id, answer]) => `${mark(id)}\n${answer.trim()}`)].join('\n\n')
	await writeSticky(repository, { number: question.number, author: self }, topic, `${body}\n`)
}

/** The answers in the shared comment, by the comment that each answers. */
function sharedIn(body: string): ReadonlyMap<number, string> {
	const found = [...body.matchAll(markLine)]
	return new Map(
		found.map((match, index) => {
			const end = found[index + 1]?.index ?? body.length
			return [Number(match[1]), body.slice(match.index + match[0].length, end).trim()]
		}),
	)
}
