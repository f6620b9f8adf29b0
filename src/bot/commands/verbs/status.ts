import type { CheckRun } from '#forge/repository.ts'
import { plural } from '#model/plural.ts'
import type { Decisions } from '#pipeline/decisions/file.ts'
import { parseDecisions } from '#pipeline/decisions/file.ts'
import { skippedJobs } from '#pipeline/decisions/settings.ts'
import { branchPrefix } from '#publish/branches.ts'
import { cell, code, md, table } from '#publish/markdown.ts'
import { list, short } from '../answer.ts'
import type { Command, PullTalk, Scene } from '../command.ts'
import { done } from '../command.ts'
import { decisionsPath, textAt } from '../unit-files.ts'
import { wordsFor } from '../words.ts'

/** Pull requests that are listed; the dashboard has all. */
const mostListed = 20

/** `/migrate status`: how it stands here, and what waits. */
export const status = {
	takes: '',
	does: 'tells how it stands: the check with its evidence, decisions, and what waits',
	examples: ['/migrate status'],
	where: 'anywhere',
	bound: 'no',
	readOnly: true,
	read: wordsFor({ values: [0, 0] }, () => ({
		act: async (scene) => {
			const { talk } = scene
			const lines = talk.kind === 'issue' ? await ofRepository(scene) : await ofPull(scene, talk)
			return done([...lines, queueLine(scene)].join('\n\n'))
		},
	})),
} as const satisfies Command

async function ofPull(scene: Scene, talk: PullTalk): Promise<readonly string[]> {
	const { pull } = talk
	const [check] = await scene.bot.repository.checkRuns(pull.head.commit, 'reglue')
	const state = [
		`This pull request is ${pull.state}, at ${short(pull.head.commit)}.`,
		talk.kind === 'fork' ? 'It comes from a fork: it is read and reported, never written to or run.' : '',
		talk.kind === 'unit'
			? `It carries ${plural(talk.units.length, 'unit')}: ${talk.units
					.slice(0, mostListed)
					.map((unit) => code(unit))
					.join(', ')}${talk.units.length > mostListed ? ' …' : ''}.`
			: '',
		checkLine(check),
	]
	return [list(state.filter(Boolean)), ...(await decisionLines(scene, talk))]
}

function checkLine(check: CheckRun | undefined): string {
	if (check === undefined) return 'The check has not run on this commit yet.'
	if (check.conclusion === undefined) return `The check is running: [${md(check.title || 'reglue')}](${check.url})`
	return `The check says ${code(check.conclusion)}: [${md(check.title || 'reglue')}](${check.url})`
}

async function decisionLines(scene: Scene, talk: PullTalk): Promise<readonly string[]> {
	const lines: string[] = []
	for (const unit of talk.units.slice(0, mostListed)) {
		const path = decisionsPath(unit, scene)
		const text = await textAt(scene, path, talk.pull.head.commit)
		if (text === undefined) continue
		const { decisions, diagnostics } = parseDecisions(text, path)
		lines.push(`${code(path)}: ${diagnostics.length > 0 ? 'not valid, so it decides nothing' : summaryOf(decisions)}.`)
	}
	return lines.length === 0 ? [] : [`Decisions:\n\n${list(lines)}`]
}

function summaryOf(decisions: Decisions): string {
	const left = skippedJobs(decisions).length
	const count = (wanted: string) => decisions.differences.filter(({ decision }) => decision === wanted).length
	const parts = [
		[decisions.options.length, plural(decisions.options.length, 'option')],
		[decisions.mappings.length, plural(decisions.mappings.length, 'mapping')],
		[left, `${plural(left, 'job')} left out`],
		[count('accepted'), `${plural(count('accepted'), 'difference')} accepted`],
		[count('rejected'), `${plural(count('rejected'), 'difference')} rejected`],
	] as const
	const said = parts.flatMap(([number, text]) => (number > 0 ? [text] : []))
	return said.length === 0 ? 'nothing decided' : said.join(', ')
}

async function ofRepository({ bot: { repository }, config }: Scene): Promise<readonly string[]> {
	const open = await repository.pullRequests({ state: 'open', base: config.branch })
	const own = open.filter(({ fromFork, head }) => !fromFork && `refs/heads/${head.branch}`.startsWith(branchPrefix))
	if (own.length === 0) return [`Reglue watches ${code(config.branch)}; none of its pull requests is open.`]
	const rows: (readonly string[])[] = []
	for (const pull of own.slice(0, mostListed)) {
		const [check] = await repository.checkRuns(pull.head.commit, 'reglue')
		const said = check === undefined ? 'not run yet' : check.title || check.status
		rows.push([`#${pull.number}`, cell(pull.title), md(said)])
	}
	const more = own.length > mostListed ? ` The first ${mostListed}:` : ''
	const head = `Reglue watches ${code(config.branch)}; ${plural(own.length, 'pull request')} of its own ${own.length === 1 ? 'is' : 'are'} open.${more}`
	return [head, table(['Pull request', 'Title', 'Check'], rows)]
}

function queueLine({ bot: { queue }, comment }: Scene): string {
	const before = queue.position(comment)
	if (queue.waiting === 0) return 'Nothing else waits for this repository.'
	const waits = `${plural(queue.waiting, 'piece')} of work ${queue.waiting === 1 ? 'waits' : 'wait'} for this repository`
	return before === undefined || before === 0 ? `${waits}.` : `${waits}; ${before} came before this comment.`
}
