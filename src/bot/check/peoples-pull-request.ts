/** Pull requests of people: what their exports would become. Forks are read like all others; nothing is written but the check. */
import path from 'node:path/posix'
import type { Config } from '#config/schema.ts'
import type { CheckRun, Comparison, PullRequest } from '#forge/repository.ts'
import type { Bot } from '../bot.ts'
import type { Checked, CheckOptions } from './check-pull-request.ts'
import type { ExportChange } from './export-changes.ts'
import { exportChanges } from './export-changes.ts'
import { exportVerdict } from './export-text.ts'
import type { Verdict } from './post.ts'
import { completeRun, externalIdOf, runOf, startRun } from './post.ts'

interface Subject {
	readonly pull: PullRequest
	/** Undefined: the repository has no valid settings, so nothing is an export here. */
	readonly config: Config | undefined
	readonly options: CheckOptions
}

const nothingConcerned: Verdict = {
	conclusion: 'success',
	output: { title: 'No export is concerned', summary: 'This pull request changes no export.' },
}

export async function checkPeoplesPullRequest(bot: Bot, { pull, config, options }: Subject): Promise<Checked> {
	const { commit } = pull.head
	const known = await runOf(bot, commit, options)
	if (known?.status === 'completed') return { kind: 'checked', check: known, commit, wrote: false }
	const compared = config === undefined ? undefined : await bot.repository.compare(config.branch, commit)
	const done = (check: CheckRun): Checked => ({ kind: 'checked', check, commit, wrote: true })
	if (config === undefined || compared === undefined || !touchesExports(compared, config))
		return done(await atOnce(bot, commit, options, known))
	const output = { title: 'Reading the exports', summary: 'What they would become is compared with what is there.' }
	const run = known ?? (await startRun(bot, commit, options, output))
	const changes = await changesOf(bot, { config, base: compared.mergeBase, head: commit })
	return done(await completeRun(bot, run, changes.length === 0 ? nothingConcerned : exportVerdict(changes)))
}

/** A required check that never comes would block the repository: it is there at once. */
async function atOnce(bot: Bot, commit: string, options: CheckOptions, known: CheckRun | undefined): Promise<CheckRun> {
	if (known !== undefined) return completeRun(bot, known, nothingConcerned)
	const externalId = externalIdOf(options)
	return bot.repository.startCheck({ name: 'reglue', commit, externalId, status: 'completed', ...nothingConcerned })
}

/** The forge's list of changed files has an end; beyond it only looking tells. */
function touchesExports({ files }: Comparison, { sources, output }: Config): boolean {
	const isSource = (file: string) =>
		!file.startsWith(`${output}/`) && sources.some((pattern) => path.matchesGlob(file, pattern))
	return files?.some((file) => [file.path, file.previousPath ?? file.path].some(isSource)) ?? true
}

async function changesOf(
	bot: Bot,
	{ config, base, head }: { readonly config: Config; readonly base: string; readonly head: string },
): Promise<readonly ExportChange[]> {
	const before = await bot.workspace.checkout(base, config.sources)
	try {
		const after = await bot.workspace.checkout(head, config.sources)
		try {
			return await exportChanges(bot, { before, after, config })
		} finally {
			await after.release()
		}
	} finally {
		await before.release()
	}
}
