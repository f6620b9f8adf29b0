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

export const rerunButton: CheckButton = {
	label: 'Run again',
	description: 'Run the jobs on the same rows again',
	identifier: 'rerun',
}
const regenerate: CheckButton = {
	label: 'Generate again',
	description: 'Generate again and keep what people did',
	identifier: 'regenerate',
}
const fix: CheckButton = { label: 'Repair', description: 'Try to mend what failed', identifier: 'fix' }

export const buttonsFor = (conclusion: CheckConclusion): readonly CheckButton[] =>
	conclusion === 'failure' ? [fix, rerunButton, regenerate] : [rerunButton, regenerate]

/** Ends runs of a commit that nobody goes on with; the usual one is gone on with by the next check. */
export async function endOrphans({ repository }: Bot, commit: string): Promise<void> {
	for (const run of await repository.checkRuns(commit, checkName)) {
		if (run.status === 'completed' || run.externalId === externalIdOf({})) continue
		const output = { title: 'Interrupted', summary: 'The run was interrupted. Ask for it again.' }
		await repository.updateCheck(run.id, { status: 'completed', conclusion: 'cancelled', output })
	}
}

/** The run of this request, if it has one. */
export async function runOf({ repository }: Bot, commit: string, options: CheckOptions): Promise<CheckRun | undefined> {
	const runs = await repository.checkRuns(commit, checkName)
	// A run that a sweep has ended was not finished: its request gets another one.
	return runs.find((run) => run.externalId === externalIdOf(options) && run.conclusion !== 'cancelled')
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
