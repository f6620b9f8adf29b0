/** One command of `/migrate`. The registry lists them; help and docs/commands.md are printed from it. */
import type { CommandVerb } from '#config/permissions.ts'
import type { Config } from '#config/schema.ts'
import type { PullRequest, RepositoryFacts, Role } from '#forge/repository.ts'
import type { Bot } from '../bot.ts'
import type { Word } from './grammar.ts'

export interface Command {
	/** What follows the verb, as help shows it: capitals stand for something of the person's. */
	readonly takes: string
	/** What it does, as a sentence without an end. */
	readonly does: string
	/** Lines to copy. */
	readonly examples: readonly string[]
	readonly where: Where
	/** `head`: it holds for the commit it was given on, and for what Reglue itself put on top. `exactly`: for that commit alone. */
	readonly bound: 'no' | 'head' | 'exactly'
	/** The branch's history is gone afterwards. */
	readonly rewrites?: true
	/** Reads and writes nothing but its answer. */
	readonly readOnly: boolean
	/** Reads the words after the verb; nothing is asked of the forge yet. */
	read(words: readonly Word[]): Reading
}

/**
 * Where a command can be given: `anywhere`, in a `pull` request that is open and comes from this repository, in one of
 * the bot's own that is open (`unit`), or in one of those whatever became of it (`any-unit`).
 */
export type Where = 'anywhere' | 'pull' | 'unit' | 'any-unit'

export type Reading = { readonly act: Act } | { readonly problem: string }
export type Act = (scene: Scene) => Promise<Answer>

/** What a command works with, once everything about it is allowed. */
export interface Scene {
	readonly bot: Bot
	readonly facts: RepositoryFacts
	readonly config: Config
	/** All there are. */
	readonly commands: Commands
	/** What the person may do here. */
	readonly role: Role
	readonly talk: Talk
	readonly author: string
	readonly comment: number
	/** The line as it was written. */
	readonly line: string
}

export type Talk = { readonly kind: 'issue'; readonly number: number } | PullTalk

export interface PullTalk {
	/** `unit`: one of the bot's own. `people`: another of this repository. */
	readonly kind: 'unit' | 'people' | 'fork'
	readonly number: number
	readonly pull: PullRequest
	/** The commit that the command holds for. */
	readonly head: string
	/** Units that it carries, by name; none where it is not the bot's. */
	readonly units: readonly string[]
}

export type Answer =
	| { readonly kind: 'done'; readonly text: string }
	| {
			readonly kind: 'refused'
			/** A sentence or more, as Markdown. */
			readonly why: string
			readonly who?: string
			/** A place where it works. */
			readonly where?: string
			/** The command to copy, where there is one that works. */
			readonly copy?: string
	  }

export const done = (text: string): Answer => ({ kind: 'done', text })

export type Commands = Readonly<Record<CommandVerb, Command>>

/** The line that help shows: `/migrate run [JOB…]`. */
export const usage = (verb: CommandVerb, { takes }: Pick<Command, 'takes'>): string =>
	`/migrate ${verb} ${takes}`.trim()
