/** Does the work of one workflow run, and whatever follows from it, with what the token allows. */
import type { Bot } from '#bot/bot.ts'
import { runWork } from '#bot/run-work.ts'
import type { Work } from '#bot/work.ts'
import { isForgeError } from '#forge/error.ts'
import type { ForgeRepository, NewPullRequest, PullRequest } from '#forge/repository.ts'
import type { ActionEvent } from './event.ts'
import type { KeptCheck } from './read-only.ts'
import { readOnly } from './read-only.ts'
import { reportsOf } from './reports.ts'
import type { RunFacts } from './summary.ts'

const ownBranches = 'reglue/'

/** @param bot with the repository as the token reaches it */
export async function runAction(bot: Bot, event: ActionEvent): Promise<RunFacts> {
	const reports = reportsOf(bot.compiler)
	const checks: KeptCheck[] = []
	const problems: string[] = []
	const withoutPulls = leavingLinks(bot.repository)
	const whole: Bot = { ...bot, repository: withoutPulls.repository, compiler: reports.compiler }

	const asReader = async (work: Work): Promise<readonly Work[]> => {
		const kept = readOnly(bot.repository)
		const { text, next } = await runWork({ ...whole, repository: kept.repository }, work)
		bot.log.info(text)
		checks.push(...kept.checks())
		return next
	}
	const asWriter = async (work: Work): Promise<readonly Work[]> => {
		try {
			const { text, next } = await runWork(whole, work)
			bot.log.info(text)
			return next
		} catch (error) {
			if (work.kind === 'pull-request' && isForgeError(error, 'forbidden')) return asReader(work)
			throw error
		}
	}

	const seen = new Set<string>()
	const open = [...event.works]
	for (let work = open.shift(); work !== undefined; work = open.shift()) {
		const key = JSON.stringify(work)
		if (seen.has(key) || isAboutLink(work)) continue
		seen.add(key)
		try {
			open.push(...(await (event.isFromFork ? asReader(work) : asWriter(work))))
		} catch (error) {
			if (!isForgeError(error)) throw error
			// The rest may still be done: units and pull requests do not depend on one another.
			problems.push(`${work.kind}: ${error.message}`)
			if (error.kind === 'rate-limited' || error.kind === 'unauthorized') break
		}
	}
	const { links } = withoutPulls
	const [jobs, findings] = [reports.jobs(), reports.findings()]
	return { event: event.name, jobs, findings, pulls: await ownPulls(bot), checks, problems, links }
}

async function ownPulls({ repository }: Bot): Promise<readonly PullRequest[]> {
	const pulls = await repository.pullRequests({ state: 'open' }).catch((error: unknown) => {
		// Why it could not be read is among the problems already.
		if (isForgeError(error)) return []
		throw error
	})
	return pulls.filter(({ fromFork, head }) => !fromFork && head.branch.startsWith(ownBranches))
}

/** Stands for a pull request that the token may not open. */
const noNumber = 0

const isAboutLink = (work: Work): boolean => work.kind === 'pull-request' && work.number === noNumber

/**
 * Where an organisation forbids Actions to open pull requests, the branch is pushed all the same and a link is left.
 *
 * https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository
 */
function leavingLinks(repository: ForgeRepository): { readonly repository: ForgeRepository; readonly links: string[] } {
	const links: string[] = []
	const openPullRequest = async (wanted: NewPullRequest): Promise<PullRequest> => {
		try {
			return await repository.openPullRequest(wanted)
		} catch (error) {
			if (!isForgeError(error, 'forbidden')) throw error
			const { url, fullName } = await repository.facts()
			const path = [wanted.base, wanted.head].map(encodeURIComponent).join('...')
			links.push(`${url}/compare/${path}?expand=1`)
			return {
				number: noNumber,
				state: 'open',
				title: wanted.title,
				body: wanted.body,
				author: '',
				head: { branch: wanted.head, commit: '', repository: fullName },
				base: { branch: wanted.base, commit: '' },
				fromFork: false,
				labels: [],
				url: links.at(-1) ?? url,
			}
		}
	}
	return {
		links,
		repository: {
			...repository,
			openPullRequest,
			addLabels: async (number, labels) => {
				if (number !== noNumber) await repository.addLabels(number, labels)
			},
			removeLabel: async (number, label) => {
				if (number !== noNumber) await repository.removeLabel(number, label)
			},
		},
	}
}
