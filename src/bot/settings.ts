/** The settings that hold in a repository: those of the default branch, as no pull request may change what the bot does. */
import { createHash } from 'node:crypto'
import { foreignSettings, narrowed } from '#config/narrow.ts'
import { parseConfig } from '#config/parse.ts'
import type { Config } from '#config/schema.ts'
import { defaultConfig } from '#config/schema.ts'
import type { RepositoryFacts } from '#forge/repository.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import type { Bot } from './bot.ts'

export const configPath = '.github/reglue.yml'

export type Settings =
	| { readonly state: 'ready'; readonly config: Config }
	/** There is no file: nobody has asked the bot for anything yet. */
	| { readonly state: 'absent' }
	/** Nothing is written as long as it is broken. */
	| { readonly state: 'broken'; readonly diagnostics: readonly Diagnostic[] }

export async function readSettings(bot: Bot, { defaultBranch }: RepositoryFacts): Promise<Settings> {
	if (bot.config !== undefined) return { state: 'ready', config: bot.config }
	const bytes = await bot.repository.file(configPath, defaultBranch)
	if (bytes === undefined) return { state: 'absent' }
	return settingsOf(bot, new TextDecoder().decode(bytes))
}

/** What the text of a config file comes to: a repository narrows what the operator allows, and says nothing else. */
export function settingsOf({ operator }: Bot, text: string): Exclude<Settings, { readonly state: 'absent' }> {
	const foreign = foreignSettings(text, configPath)
	const { config, diagnostics } = parseConfig(text, configPath)
	const lines = new Set(foreign.map(({ provenance }) => provenance.lines.start))
	// What is for other hosts may be unknown here, too: it is said once.
	const others = diagnostics.filter(({ provenance }) => !lines.has(provenance.lines.start))
	return config === undefined || foreign.length > 0
		? { state: 'broken', diagnostics: [...foreign, ...others].toSorted(byLine) }
		: { state: 'ready', config: narrowed(config, operator) }
}

const byLine = (left: Diagnostic, right: Diagnostic): number =>
	left.provenance.lines.start - right.provenance.lines.start

/** Settings that no generated file follows from. */
const withoutEffect: ReadonlySet<string> = new Set([
	'version',
	'sources',
	'unit',
	'branch',
	'engine',
	'permissions',
	'limits',
	'dashboard',
])

/** What holds where nobody says otherwise. */
const usual = new Map(Object.entries(defaultConfig).map(([key, value]) => [key, JSON.stringify(value)]))

/**
 * Equal hashes: the same exports give the same files. Settings that nobody made are no part of it, so that a version of
 * Reglue with one more of them writes nothing because of it.
 */
export function configHash(config: Config): string {
	const entries = Object.entries(config)
		.filter(([key]) => !withoutEffect.has(key))
		.filter(([key, value]) => usual.get(key) !== JSON.stringify(value))
	const text = JSON.stringify(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)))
	return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
