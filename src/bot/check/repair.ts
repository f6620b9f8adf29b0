/**
 * The repair loop: a failing check asks the repairer, and what it proposes is committed on the branch, where the next
 * check sees it. At most two revisions for a generation, counted by the trailers of the branch's commits.
 */
import type { JobReport } from '#evidence/report.ts'
import type { PullRequest } from '#forge/repository.ts'
import { branchRef } from '#publish/branches.ts'
import { formatRevision, parseRevision } from '#publish/revision.ts'
import type { Bot } from '../bot.ts'
import type { Making } from '../reconcile/wanted.ts'
import { folderOf } from '../reconcile/wanted.ts'

const attempts = 2

export interface Failure {
	readonly pull: PullRequest
	readonly part: string
	readonly making: Making
	readonly base: string
	readonly reports: readonly JobReport[]
	readonly files: ReadonlyMap<string, Uint8Array>
}

export type Repaired =
	| { readonly kind: 'committed'; readonly commit: string; readonly attempt: number; readonly text: string }
	/** Nothing was proposed, both attempts were made, or somebody else moved the branch. */
	| { readonly kind: 'none'; readonly attempts: number }

export async function repair(bot: Bot, { pull, part, making, base, reports, files }: Failure): Promise<Repaired> {
	const { repository } = bot
	const made = await attemptsOn(bot, base, pull.head.commit)
	if (made >= attempts) return { kind: 'none', attempts: made }
	const attempt = made + 1
	const units = [...new Set(reports.map(({ unit }) => unit))]
	for (const unit of units) {
		const own = new Map([...files].filter(([path]) => path.startsWith(`${folderOf(unit, making)}/`)))
		const failing = reports.filter((report) => report.unit === unit)
		const proposal = await bot.repairer.propose({ unit, files: own, reports: failing, attempt, signal: bot.signal })
		const changed = [...(proposal?.files ?? [])].filter(([path]) => path.startsWith(`${folderOf(unit, making)}/`))
		if (proposal === undefined || changed.length === 0) continue
		const head = await repository.commit(pull.head.commit)
		if (head === undefined) return { kind: 'none', attempts: made }
		const tree = await repository.writeTree({ base: head.tree, files: new Map(changed), removed: [] })
		const trailers = formatRevision({ units: [], config: making.config, version: making.version, repair: attempt })
		const message = `Repair ${unit}, attempt ${attempt} of ${attempts}\n\n${proposal.text.trim()}\n\n${trailers}\n`
		const commit = await repository.writeCommit({ tree, parents: [head.id], message })
		const moved = await repository.moveRef(branchRef(part), { from: head.id, to: commit })
		return moved === 'done'
			? { kind: 'committed', commit, attempt, text: proposal.text }
			: { kind: 'none', attempts: made }
	}
	return { kind: 'none', attempts: made }
}

/** Repairs since the newest generation. */
async function attemptsOn({ repository }: Bot, base: string, head: string): Promise<number> {
	const commits = (await repository.compare(base, head))?.commits ?? []
	let count = 0
	for (const { message } of commits.toReversed()) {
		const revision = parseRevision(message)
		if (revision !== undefined && revision.units.length > 0) break
		if (revision?.repair !== undefined) count++
	}
	return count
}
