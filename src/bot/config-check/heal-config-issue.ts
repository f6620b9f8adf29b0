/** A config on the default branch that is not valid stops everything: one issue says so, and is closed once it is mended. */
import type { Bot } from '../bot.ts'
import { closeOwnIssue, writeOwnIssue } from '../own-issue.ts'
import type { Settings } from '../settings.ts'
import { configPath, readSettings } from '../settings.ts'
import { problemList } from './check-config-change.ts'

const topic = 'config'
const title = `Mend ${configPath}`

/** @returns the settings; undefined where nothing can be written */
export async function healConfigIssue(bot: Bot): Promise<Settings | undefined> {
	const facts = await bot.repository.facts()
	if (facts.archived) return undefined
	const settings = await readSettings(bot, facts)
	if (settings.state === 'broken') {
		const { diagnostics } = settings
		const body = `[${configPath}](${facts.url}/blob/${facts.defaultBranch}/${configPath}) on \`${facts.defaultBranch}\` is not valid, so Reglue writes nothing here until it is:\n\n${problemList(diagnostics)}\n\nA pull request that mends it gets a check. This issue is closed by itself then.\n`
		await writeOwnIssue(bot, { topic, title, body })
		return settings
	}
	await closeOwnIssue(bot, { topic, title, body: `\`${configPath}\` is mended.\n` })
	return settings
}
