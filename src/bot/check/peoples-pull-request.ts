/** Pull requests of people: what their exports would become, and nothing is written but the check. */
import type { Config } from '#config/schema.ts'
import type { PullRequest } from '#forge/repository.ts'
import type { Bot } from '../bot.ts'
import type { Checked, CheckOptions } from './check-pull-request.ts'
import { completeRun, externalIdOf, runOf, startRun } from './post.ts'

export async function checkPeoplesPullRequest(
	bot: Bot,
	{
		pull,
		options,
	}: { readonly pull: PullRequest; readonly config: Config | undefined; readonly options: CheckOptions },
): Promise<Checked> {
	const commit = pull.head.commit
	const known = await runOf(bot, commit, options)
	if (known?.status === 'completed') return { kind: 'checked', check: known, commit, wrote: false }
	const output = { title: 'No export is concerned', summary: 'This pull request changes no export.' }
	const check =
		known === undefined
			? await bot.repository.startCheck({
					name: 'reglue',
					commit,
					externalId: externalIdOf(options),
					status: 'completed',
					conclusion: 'success',
					output,
				})
			: await completeRun(bot, known ?? (await startRun(bot, commit, options, output)), {
					conclusion: 'success',
					output,
				})
	return { kind: 'checked', check, commit, wrote: true }
}
