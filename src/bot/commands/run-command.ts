/** A comment that says something to Reglue, from its words to its answer. */
import { createHash } from 'node:crypto'
import { isForgeError } from '#forge/error.ts'
import type { Reaction } from '#forge/repository.ts'
import { code, md } from '#publish/markdown.ts'
import type { Bot } from '../bot.ts'
import type { CommandWork, Work } from '../work.ts'
import { answerText } from './answer.ts'
import type { Answer } from './command.ts'
import { gate } from './gates.ts'
import type { Spoken } from './grammar.ts'
import { readComment } from './grammar.ts'
import { isAnswered, writeAnswer } from './quota.ts'
import { commands, isVerb } from './registry.ts'

export interface CommandDone {
	/** What became of the comment, for logs. */
	readonly outcome: 'not for us' | 'answered before' | Answer['kind']
	/** What follows from it. */
	readonly next: readonly Work[]
}

const notForUs: CommandDone = { outcome: 'not for us', next: [] }

/**
 * Does what a comment says and answers it. The answer is written last: where it is, everything is done, and where it is
 * not, everything is done again, which writes nothing twice.
 */
export async function runCommand(bot: Bot, work: CommandWork): Promise<CommandDone> {
	const spoken = readComment(work.body)
	if (spoken === undefined || work.author === bot.self || work.author.endsWith('[bot]')) return notForUs
	const facts = await bot.repository.facts()
	if (facts.archived) return notForUs
	if (await isAnswered(bot, work)) return { outcome: 'answered before', next: nextOf(spoken, work) }
	const { act, refusal, head, perHour } = await gate(bot, work, spoken, facts)
	if (act !== undefined) await react(bot, work.comment, 'eyes')
	const answer = act === undefined ? refusal : await attempt(bot, work, act)
	if (answer === undefined) throw new Error('a command passed no gate and was refused by none')
	await react(bot, work.comment, answer.kind === 'done' ? 'rocket' : 'confused')
	const text = answerText(answer, { line: spoken.line, head })
	await unlessRefused(bot, 'answer', () => writeAnswer(bot, work, text, perHour))
	return { outcome: answer.kind, next: answer.kind === 'done' ? nextOf(spoken, work) : [] }
}

/** A branch that may have moved needs its check, also where no event tells of it. */
function nextOf({ verb }: Spoken, { number }: CommandWork): readonly Work[] {
	return isVerb(verb) && !commands[verb].readOnly ? [{ kind: 'pull-request', number }] : []
}

/** What the forge refuses, and what is a fault of ours, is said; trouble that passes is the host's, who comes again. */
async function attempt(bot: Bot, { comment }: CommandWork, act: () => Promise<Answer>): Promise<Answer> {
	try {
		return await act()
	} catch (error) {
		if (isForgeError(error, 'forbidden', 'invalid')) {
			const why = `The forge does not let Reglue do it: ${md(error.message)}. A rule of the repository may say so, or a permission that is missing.`
			return { kind: 'refused', why, copy: '/migrate status' }
		}
		if (isForgeError(error) || bot.signal.aborted) throw error
		const id = createHash('sha256').update(`${comment}`).digest('hex').slice(0, 8)
		bot.log.error('a command failed', { id, comment, error: error instanceof Error ? error.stack : String(error) })
		const why = `Something went wrong in Reglue itself. Its operator finds it in the log by ${code(id)}.`
		return { kind: 'refused', why, copy: '/migrate status' }
	}
}

/** A reaction is a courtesy: without it everything is done all the same. */
async function react(bot: Bot, comment: number, reaction: Reaction): Promise<void> {
	await unlessRefused(bot, 'reaction', () => bot.repository.react(comment, reaction))
}

/** The comment may be gone, or the conversation locked. */
async function unlessRefused(bot: Bot, what: string, write: () => Promise<void>): Promise<void> {
	try {
		await write()
	} catch (error) {
		if (!isForgeError(error, 'missing', 'forbidden', 'invalid')) throw error
		bot.log.warn(`the ${what} was not taken`, { kind: error.kind })
	}
}
