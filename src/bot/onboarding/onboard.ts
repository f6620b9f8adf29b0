/**
 * The first thing that Reglue does in a repository: it offers a config with what it found, and does nothing else until
 * that is merged. Closing the pull request is a no, and is taken as one.
 */
import { narrowed } from '#config/narrow.ts'
import { defaultConfig } from '#config/schema.ts'
import { ForgeError } from '#forge/error.ts'
import type { PullRequest } from '#forge/repository.ts'
import { withOwnSection } from '#publish/own-section.ts'
import type { Bot, UnitInput } from '../bot.ts'
import { configPath, readSettings } from '../settings.ts'
import { configText } from './config-text.ts'
import { detected } from './found.ts'
import { onboardingText } from './text.ts'

/** Not below `reglue/`: there units have their branches. */
export const onboardingBranch = 'reglue-setup'

export type Onboarded = 'nothing to do' | 'declined' | 'no exports' | 'offered' | 'offered before'

export async function onboard(bot: Bot): Promise<Onboarded> {
	const { repository } = bot
	const facts = await repository.facts()
	if (facts.archived || (await readSettings(bot, facts)).state !== 'absent') return 'nothing to do'
	const base = await repository.ref(`refs/heads/${facts.defaultBranch}`)
	if (base === undefined) return 'no exports'
	// Somebody may have pushed one since the settings were looked for.
	if ((await repository.file(configPath, base)) !== undefined) return 'nothing to do'
	const pulls = (await repository.pullRequests({ state: 'all', head: onboardingBranch })).filter(
		(pull) => !pull.fromFork,
	)
	const open = pulls.find(({ state }) => state === 'open')
	if (open === undefined && pulls.length > 0) return 'declined'
	const units = await unitsAt(bot, base, facts.defaultBranch)
	if (units.length === 0) return 'no exports'

	const settings = detected(units, facts.defaultBranch)
	const text = configText(settings)
	const pushed = await pushConfig(bot, base, text)
	const wanted = onboardingText(units, narrowed({ ...defaultConfig, ...settings }, bot.operator))
	const isNew = await writePull(bot, open, wanted, facts.defaultBranch)
	return isNew || pushed === 'written' ? 'offered' : 'offered before'
}

async function unitsAt(bot: Bot, commit: string, branch: string): Promise<readonly UnitInput[]> {
	const config = { ...defaultConfig, branch }
	const checkout = await bot.workspace.checkout(commit, config.sources)
	try {
		return await bot.compiler.units(checkout, config)
	} finally {
		await checkout.release()
	}
}

/** Puts the config on the branch, unless people have changed it there: then theirs is what they want. */
async function pushConfig({ repository, self }: Bot, base: string, text: string): Promise<'written' | 'there'> {
	const ref = `refs/heads/${onboardingBranch}`
	const head = await repository.ref(ref)
	const bytes = new TextEncoder().encode(text)
	if (head !== undefined) {
		const there = await repository.file(configPath, head)
		if (there !== undefined && Buffer.from(there).equals(bytes)) return 'there'
		const compared = await repository.compare(base, head)
		if (compared?.commits.every(({ author }) => author.name === self) !== true) return 'there'
	}
	const parent = head ?? base
	const found = await repository.commit(parent)
	if (found === undefined) throw raced()
	const tree = await repository.writeTree({ base: found.tree, files: new Map([[configPath, bytes]]), removed: [] })
	const message = 'Set up Reglue\n\nEverything that was detected is set, every other setting is there as a comment.\n'
	const to = await repository.writeCommit({ tree, parents: [parent], message })
	const result =
		head === undefined ? await repository.createRef(ref, to) : await repository.moveRef(ref, { from: head, to })
	if (result === 'raced') throw raced()
	return 'written'
}

const raced = (): ForgeError =>
	new ForgeError('conflict', `somebody else has moved ${onboardingBranch}; come again later`)

async function writePull(
	{ repository }: Bot,
	open: PullRequest | undefined,
	{ title, body }: { readonly title: string; readonly body: string },
	base: string,
): Promise<boolean> {
	if (open === undefined) {
		await repository.openPullRequest({ title, body, head: onboardingBranch, base })
		return true
	}
	const wanted = withOwnSection(open.body, body)
	if (open.body.replace(/\r\n/g, '\n') === wanted) return false
	await repository.editPullRequest(open.number, { body: wanted })
	return true
}
