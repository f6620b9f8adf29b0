/**
 * Labels that tell at a glance what the check of a pull request came to. They are hints: nothing is ever read from them,
 * so one that people remove changes nothing, and the next check puts its own there again.
 */
import type { PullRequest } from '#forge/repository.ts'
import type { Bot } from '../bot.ts'

/** Labels of any other name are people's. The forge makes those that a repository does not have. */
const labels = {
	success: 'reglue: equal',
	neutral: 'reglue: to review',
	action_required: 'reglue: needs a person',
	failure: 'reglue: failing',
} as const

export async function hintAt({ repository }: Bot, pull: PullRequest, conclusion: string | undefined): Promise<void> {
	const wanted = Object.entries(labels).find(([known]) => known === conclusion)?.[1]
	if (wanted === undefined) return
	if (!pull.labels.includes(wanted)) await repository.addLabels(pull.number, [wanted])
	for (const label of Object.values(labels)) {
		if (label !== wanted && pull.labels.includes(label)) await repository.removeLabel(pull.number, label)
	}
}
