import type { JobReport } from '#evidence/report.ts'
import { code, md } from '#publish/markdown.ts'
import { list } from '../answer.ts'
import type { Act, Answer, Command, Scene } from '../command.ts'
import { done } from '../command.ts'
import { reportsOf } from '../reports.ts'
import type { Place, Trace } from '../traces.ts'
import { findElement, findLine, generatedUnits } from '../traces.ts'
import { wordsFor } from '../words.ts'

/** `/migrate explain FILE:LINE` or `STAGE`: where something comes from, and what became of it. */
export const explain = {
	takes: 'FILE:LINE | STAGE',
	does: 'leads a generated line or a stage to its source, with how it was translated, reasons and differences',
	examples: ['/migrate explain glue_jobs/daily_sales.py:310', '/migrate explain LkpCustomer'],
	where: 'anywhere',
	bound: 'no',
	readOnly: true,
	read: wordsFor({ values: [1, 20] }, ({ values }) => ({ act: act(values.join(' ')) })),
} as const satisfies Command

/** Places that are shown of one stage. */
const mostPlaces = 8

const act =
	(what: string): Act =>
	async (scene) => {
		const place = await placeOf(scene)
		if (generatedUnits(scene, place).length === 0) {
			const why = 'Nothing that Reglue generated is on this branch, so there is nothing to explain yet.'
			return { kind: 'refused', why, copy: '/migrate status' }
		}
		const line = /^(.*\S):(\d{1,7})$/s.exec(what)
		const found =
			line === null
				? await findElement(scene, place, what)
				: await findLine(scene, place, { file: line[1] ?? '', line: Number(line[2]) })
		return found.kind === 'problem' ? { kind: 'refused', why: found.text } : answer(scene, place, found.traces)
	}

/** What people see in the pull request. The files of a fork are its author's: there the base speaks. */
async function placeOf({ bot: { repository }, talk, config }: Scene): Promise<Place> {
	if (talk.kind === 'unit' || talk.kind === 'people') {
		const { head, pull, units } = talk
		return { commit: head, base: pull.base.commit, units, files: await repository.tree(head) }
	}
	const commit = await repository.ref(`refs/heads/${config.branch}`)
	const files = commit === undefined ? new Map() : await repository.tree(commit)
	return { commit: commit ?? config.branch, base: commit ?? config.branch, units: [], files }
}

async function answer(scene: Scene, place: Place, traces: readonly Trace[]): Promise<Answer> {
	const units = [...new Set(traces.map(({ unit }) => unit))]
	const reports = await reportsOf(scene, units, place.commit)
	const parts: string[] = []
	for (const [element, own] of Map.groupBy(traces, (trace) => trace.element)) {
		parts.push(`### ${code(element)}`, ...placesOf(scene, place, own), ...outcomeOf(element, reports))
	}
	return done(parts.join('\n\n'))
}

function placesOf({ facts, config }: Scene, { commit, base }: Place, traces: readonly Trace[]): readonly string[] {
	const link = (at: string, file: string, [first, end]: Trace['lines']): string => {
		const address = `${facts.url}/blob/${at}/${addressOf(file)}#L${first}${first === end ? '' : `-L${end}`}`
		return `[${code(file)}, ${first === end ? `line ${first}` : `lines ${first} to ${end}`}](${address})`
	}
	const sources = [...new Set(traces.map(({ file, source }) => link(base, file, source)))]
	const generated = [...new Set(traces.map(({ path, lines }) => link(commit, `${config.output}/${path}`, lines)))]
	const more = generated.length - mostPlaces
	return [
		`Source:\n\n${list(sources.slice(0, mostPlaces))}`,
		`Conversion:\n\n${list(generated.slice(0, mostPlaces))}${more > 0 ? `\n- and ${more} more places` : ''}`,
		...(traces.some(({ edited }) => edited)
			? ['The file was edited since it was generated: lines may have moved.']
			: []),
	]
}

/** Parentheses would end the link. */
const addressOf = (file: string): string =>
	file.split('/').map(encodeURIComponent).join('/').replaceAll('(', '%28').replaceAll(')', '%29')

const outcomes = {
	exact: 'Translated exactly.',
	declared: 'Translated, with a declared difference.',
	opaque: 'Not translated: a person has to write it.',
	dropped: 'Left out by design.',
} as const

function outcomeOf(element: string, reports: readonly JobReport[]): readonly string[] {
	const items = reports.flatMap(({ accounting }) => accounting.items.filter(({ id }) => id === element))
	const differences = reports.flatMap((job) => job.differences.filter((one) => one.element === element))
	return [
		...items.map(({ type, outcome, reason }) => {
			const why = reason === undefined ? '' : ` ${md(reason)}`
			return `${outcomes[outcome]} It is a ${code(type)}.${why}`
		}),
		...differences.map(({ id, detail, decision }) => {
			const open = `Undecided: \`/migrate accept ${id}\` or \`/migrate reject ${id}\`.`
			return `- **${id}**: ${md(detail.replace(/\.$/, ''))}. ${decision === undefined ? open : `It was ${decision}.`}`
		}),
	]
}
