/** Check runs, with annotations in the batches that GitHub takes. */
import type { Annotation, CheckChange, CheckRun, CheckText, ForgeRepository } from '../repository.ts'
import { cutAtLine, longestCheckText } from '../text.ts'
import { certain, repeatable } from './certain.ts'
import type { Place } from './place.ts'
import { everyPage } from './place.ts'

type Checks = Pick<ForgeRepository, 'checkRuns' | 'startCheck' | 'updateCheck'>

/** Annotations for one request; each appends to those before. */
const batch = 50

const cut = '… the rest is left out, as a check takes no more; `reglue analyze` shows it.'

export function gitHubChecks(place: Place): Checks {
	const { client, owner, repo } = place
	const at = { owner, repo }
	const list: Checks['checkRuns'] = async (commit, name) => {
		const wanted = { ...at, ref: commit, check_name: name, filter: 'all' as const, per_page: 100 }
		const found = await everyPage(client.paginate.iterator(client.rest.checks.listForRef, wanted))
		return found.map(toCheckRun)
	}
	const update = async (id: number, change: CheckChange): Promise<CheckRun> => {
		const { data } = await repeatable(() => client.rest.checks.update({ ...at, check_run_id: id, ...fieldsOf(change) }))
		return toCheckRun(data)
	}
	/** Annotations go first and the rest after them, so that a completed run is whole. */
	const annotate = async (run: CheckRun, output: CheckText, annotations: readonly Annotation[]): Promise<void> => {
		for (let start = 0; start < annotations.length; start += batch) {
			const part = annotations.slice(start, start + batch)
			const expected = run.annotations + start + part.length
			await certain(
				() =>
					client.rest.checks.update({
						...at,
						check_run_id: run.id,
						output: { ...textOf(output), annotations: part.map(toRaw) },
					}),
				async () => {
					const answer = await client.rest.checks.get({ ...at, check_run_id: run.id })
					return answer.data.output.annotations_count >= expected ? answer : undefined
				},
			)
		}
	}
	return {
		checkRuns: list,
		startCheck: async ({ name, commit, externalId, annotations = [], ...change }) => {
			const { output } = change
			const opening: CheckChange = output === undefined ? { status: 'in_progress' } : { status: 'in_progress', output }
			const first = annotations.length === 0 ? change : opening
			const run = await certain(
				async () => {
					const fields = { ...at, name, head_sha: commit, external_id: externalId, ...fieldsOf(first) }
					return toCheckRun((await client.rest.checks.create(fields)).data)
				},
				async () => (await list(commit, name)).find((known) => known.externalId === externalId),
			)
			if (annotations.length === 0) return run
			await annotate(run, output ?? run, annotations)
			return update(run.id, change)
		},
		updateCheck: async (id, { annotations = [], ...change }) => {
			if (annotations.length > 0) {
				const { data } = await client.rest.checks.get({ ...at, check_run_id: id })
				const run = toCheckRun(data)
				await annotate(run, change.output ?? run, annotations)
			}
			return update(id, change)
		},
	}
}

function fieldsOf({ status, conclusion, output, buttons, detailsUrl }: CheckChange) {
	return {
		...(conclusion === undefined
			? status === undefined
				? {}
				: { status }
			: { status: 'completed' as const, conclusion }),
		...(output === undefined ? {} : { output: textOf(output) }),
		...(buttons === undefined ? {} : { actions: [...buttons] }),
		...(detailsUrl === undefined ? {} : { details_url: detailsUrl }),
	}
}

function textOf({ title, summary, text }: CheckText) {
	return {
		title,
		summary: cutAtLine(summary, longestCheckText, cut),
		...(text === undefined ? {} : { text: cutAtLine(text, longestCheckText, cut) }),
	}
}

function toRaw({ path, startLine, endLine, level, title, message }: Annotation) {
	return { path, start_line: startLine, end_line: endLine, annotation_level: level, title, message }
}

interface RawCheck {
	readonly id: number | bigint
	readonly name: string
	readonly head_sha: string
	readonly status: string
	readonly conclusion: string | null
	readonly external_id: string | null
	readonly html_url: string | null
	readonly output: {
		readonly title: string | null
		readonly summary: string | null
		readonly annotations_count: number
	}
}

function toCheckRun(raw: RawCheck): CheckRun {
	return {
		id: Number(raw.id),
		name: raw.name,
		commit: raw.head_sha,
		status: raw.status,
		conclusion: raw.conclusion ?? undefined,
		externalId: raw.external_id ?? '',
		title: raw.output.title ?? '',
		summary: raw.output.summary ?? '',
		annotations: raw.output.annotations_count,
		url: raw.html_url ?? '',
	}
}
