/** Check runs that survive a crash: the run of a request is found again by its external id and gone on with. */
import type { Annotation, CheckButton, CheckConclusion, CheckRun, CheckText } from '#forge/repository.ts'
import type { Bot } from '../bot.ts'
import type { CheckOptions } from './check-pull-request.ts'

export const checkName = 'reglue'

/** Names what asked for the run; with the commit it makes the run unique. */
export const externalIdOf = ({ again }: CheckOptions): string => (again === undefined ? 'reglue' : `reglue ${again}`)

export interface Verdict {
	readonly conclusion: CheckConclusion
	readonly output: CheckText
	readonly annotations?: readonly Annotation[]
	readonly buttons?: readonly CheckButton[]
}

/** The run of this request, if it has one. */
export async function runOf({ repository }: Bot, commit: string, options: CheckOptions): Promise<CheckRun | undefined> {
	const runs = await repository.checkRuns(commit, checkName)
	return runs.find(({ externalId }) => externalId === externalIdOf(options))
}

export async function startRun(bot: Bot, commit: string, options: CheckOptions, output: CheckText): Promise<CheckRun> {
	const externalId = externalIdOf(options)
	return bot.repository.startCheck({ name: checkName, commit, externalId, status: 'in_progress', output })
}

export async function completeRun(bot: Bot, run: CheckRun, verdict: Verdict): Promise<CheckRun> {
	const { conclusion, output, annotations = [], buttons } = verdict
	// A run that was interrupted has some of its annotations already.
	const missing = annotations.slice(run.annotations)
	return bot.repository.updateCheck(run.id, {
		status: 'completed',
		conclusion,
		output,
		...(missing.length === 0 ? {} : { annotations: missing }),
		...(buttons === undefined ? {} : { buttons }),
	})
}
