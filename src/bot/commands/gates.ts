/**
 * What a command passes before it does anything, in this order: its words, the person's permission as it is now, the
 * settings, the place, and the commit that it was said of. The first gate that is closed gives the answer.
 */
import type { CommandVerb } from '#config/permissions.ts'
import { leastRoles } from '#config/permissions.ts'
import type { Config } from '#config/schema.ts'
import { defaultConfig } from '#config/schema.ts'
import type { RepositoryFacts } from '#forge/repository.ts'
import type { Bot } from '../bot.ts'
import type { Settings } from '../settings.ts'
import { configPath, readSettings } from '../settings.ts'
import type { CommandWork } from '../work.ts'
import type { Answer, Command, Talk } from './command.ts'
import type { Spoken } from './grammar.ts'
import { givenHead, movedHead } from './head.ts'
import { allows } from './permission.ts'
import * as refusals from './refusals.ts'
import { commands, isVerb } from './registry.ts'
import { talkOf } from './talk.ts'

export interface Gated {
	/** Does it; absent where a gate was closed. */
	readonly act?: () => Promise<Answer>
	readonly refusal?: Answer
	/** The commit that it holds for, where it holds for one. */
	readonly head?: string
	/** Comments that an hour may see. */
	readonly perHour: number
}

export async function gate(bot: Bot, work: CommandWork, spoken: Spoken, facts: RepositoryFacts): Promise<Gated> {
	const settings = await readSettings(bot, facts)
	const config = settings.state === 'ready' ? settings.config : defaultConfig
	const perHour = Math.min(config.limits.comments_per_hour, bot.operator.commentsPerHour)
	const closed = (refusal: Answer, head?: string): Gated => ({
		refusal,
		perHour,
		...(head === undefined ? {} : { head }),
	})

	if (spoken.problem !== undefined) return closed(refusals.unreadable(spoken))
	const verb = spoken.verb === '' ? 'help' : spoken.verb
	if (!isVerb(verb)) return closed(refusals.unknownVerb(spoken))
	const command: Command = commands[verb]
	const reading = command.read(spoken.words)
	if ('problem' in reading) return closed(refusals.wrongWords(verb, reading.problem))

	const role = await bot.repository.role(work.author)
	const refused = permission(verb, config, work.author, role, spoken.line) ?? readiness(command, settings)
	if (refused !== undefined) return closed(refused)

	const talk = await talkOf(bot, work.number)
	const head = await boundHead(bot, talk, work, command)
	const misplaced = refusals.wrongPlace(command.where, talk, spoken.line)
	const moved = talk.kind === 'issue' ? undefined : await movedHead(bot, talk, head, command, spoken.line)
	const wrong = misplaced ?? moved
	if (wrong !== undefined) return closed(wrong, head)

	const bound = talk.kind === 'issue' ? talk : { ...talk, head: head ?? talk.head }
	const { author, comment } = work
	const scene = { bot, facts, config, commands, role, talk: bound, author, comment, line: spoken.line }
	return { act: () => reading.act(scene), perHour, ...(head === undefined ? {} : { head }) }
}

function permission(
	verb: CommandVerb,
	config: Config,
	author: string,
	role: Parameters<typeof allows>[0],
	line: string,
): Answer | undefined {
	const needed = config.permissions[verb]
	if (allows(role, needed)) return undefined
	return refusals.notPermitted(author, verb, { role, needed, isRaised: needed !== leastRoles[verb] }, line)
}

/** Nothing is written where nobody has asked for it yet, or where nobody can tell what was asked for. */
function readiness({ readOnly }: Command, settings: Settings): Answer | undefined {
	if (readOnly || settings.state === 'ready') return undefined
	return settings.state === 'absent'
		? refusals.notSetUp(configPath)
		: refusals.brokenConfig(configPath, settings.diagnostics.length)
}

async function boundHead(
	bot: Bot,
	talk: Talk,
	work: CommandWork,
	{ bound, rewrites }: Command,
): Promise<string | undefined> {
	if (talk.kind === 'issue' || bound === 'no') return undefined
	// Where the command itself begins the branch again, nothing tells a second time what it once stood on.
	if (work.head !== undefined || rewrites === true) return work.head
	return givenHead(bot, talk, work.comment)
}
