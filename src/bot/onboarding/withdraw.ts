import type { PullRequest } from '#forge/repository.ts'
import { begin, end, withOwnSection } from '#publish/own-section.ts'
import type { Bot } from '../bot.ts'
import { onboardingBranch } from './onboard.ts'

const text = [begin, 'The branch has a `.github/reglue.yml` now, so nothing is offered here any more.', end].join('\n')

/** Closes the pull request that offers a config, once there is one. @param open what is open */
export async function withdrawOffer({ repository }: Bot, open: readonly PullRequest[]): Promise<void> {
	const offer = open.find(({ head, fromFork }) => !fromFork && head.branch === onboardingBranch)
	if (offer === undefined) return
	await repository.editPullRequest(offer.number, { body: withOwnSection(offer.body, text), state: 'closed' })
}
