/** A pull request that touches the config gets a check of its own: every problem at its line, or what the settings mean. */
import type { Annotation, CheckConclusion, CheckText, PullRequest } from '#forge/repository.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { code, md } from '#publish/markdown.ts'
import type { Bot } from '../bot.ts'
import { configPath, settingsOf } from '../settings.ts'
import { settingsInWords } from './words.ts'

const name = 'reglue config'
const externalId = 'reglue config'

/** @returns whether the pull request touches the config */
export async function checkConfigChange(bot: Bot, pull: PullRequest): Promise<boolean> {
	const { repository } = bot
	const { commit } = pull.head
	if (pull.state !== 'open' || !(await touchesConfig(bot, pull))) return false
	const run = (await repository.checkRuns(commit, name)).find((one) => one.externalId === externalId)
	if (run?.status === 'completed') return true
	const bytes = await repository.file(configPath, commit)
	const verdict = verdictOf(bot, bytes === undefined ? undefined : new TextDecoder().decode(bytes))
	if (run === undefined) await repository.startCheck({ name, commit, externalId, status: 'completed', ...verdict })
	else
		await repository.updateCheck(run.id, {
			status: 'completed',
			...verdict,
			annotations: verdict.annotations.slice(run.annotations),
		})
	return true
}

/** The list of changed files has an end; then the two texts say it. */
async function touchesConfig({ repository }: Bot, { base, head }: PullRequest): Promise<boolean> {
	const compared = await repository.compare(base.branch, head.commit)
	if (compared === undefined) return false
	const { files, mergeBase } = compared
	if (files !== undefined)
		return files.some(({ path, previousPath }) => path === configPath || previousPath === configPath)
	const [before, after] = [await repository.file(configPath, mergeBase), await repository.file(configPath, head.commit)]
	return Buffer.compare(before ?? Buffer.alloc(0), after ?? Buffer.alloc(0)) !== 0
}

interface Verdict {
	readonly conclusion: CheckConclusion
	readonly output: CheckText
	readonly annotations: readonly Annotation[]
}

function verdictOf(bot: Bot, text: string | undefined): Verdict {
	if (text === undefined) {
		const summary =
			'Without the file Reglue does nothing in this repository. Open pull requests of its own stay as they are.'
		return { conclusion: 'neutral', output: { title: 'The settings are removed', summary }, annotations: [] }
	}
	const settings = settingsOf(bot, text)
	if (settings.state === 'ready') {
		const summary = settingsInWords(settings.config)
			.map((line) => `- ${line}`)
			.join('\n')
		return { conclusion: 'success', output: { title: 'The settings are valid', summary }, annotations: [] }
	}
	const { diagnostics } = settings
	const title =
		diagnostics.length === 1 ? 'One problem in the settings' : `${diagnostics.length} problems in the settings`
	const summary = `${problemList(diagnostics)}\n\nWhen this is merged, Reglue writes nothing until it is mended.`
	return { conclusion: 'failure', output: { title, summary }, annotations: diagnostics.map(annotationOf) }
}

export const problemList = (diagnostics: readonly Diagnostic[]): string =>
	diagnostics
		.map(({ provenance, what, why, remedy }) => {
			const said = [what, sentence(why), remedy].map(withCode).join(' ')
			return `- Line ${provenance.lines.start}: ${said}`
		})
		.join('\n')

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

/** Text whose parts between backticks are code; all of it is data. */
function withCode(text: string): string {
	const parts = text.split('`')
	if (parts.length % 2 === 0) return md(text)
	return parts.map((part, index) => (index % 2 === 0 ? md(part) : code(part))).join('')
}

const annotationOf = ({ provenance, what, why, remedy }: Diagnostic): Annotation => ({
	path: configPath,
	startLine: provenance.lines.start,
	endLine: provenance.lines.end,
	level: 'failure',
	title: what,
	message: `${sentence(why)} ${remedy}`,
})
