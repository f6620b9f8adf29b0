import { existsSync, globSync, readFileSync } from 'node:fs'
import AdmZip from 'adm-zip'
import { describe, expect, it } from 'vitest'
import { importerFor } from '#importers/registry.ts'
import type { Job } from '#model/job.ts'

const folder = '/work/shared/corpus/datastage'
const files = existsSync(folder) ? ['isx', 'zip'].flatMap((ending) => globSync(`${folder}/**/*.${ending}`)).sort() : []

interface Count {
	readonly elements: number
	readonly links: number
}

/** Counts by looking for marks in the members' text: knows nothing of the importer. */
function count(file: string): Count {
	let elements = 0
	let links = 0
	for (const entry of new AdmZip(file).getEntries()) {
		const text = entry.getData().toString('utf8')
		if (text.slice(0, 400).includes('DSJobDefSDO')) {
			elements += text.split(/<contains_JobObject xsi:type="[^"]*DSStageSDO"/).length - 1
			links += text.split(/<contains_JobObject xsi:type="[^"]*DSLinkSDO"/).length - 1
		} else if (/^(?:data_intg_(?:sub)?flow|orchestration_flow)\//.test(entry.entryName)) {
			elements += text.split(/"type"\s*:\s*"(?:binding|execution_node|super_node)"/).length - 1
			links += text.split(/"node_id_ref"\s*:/).length - 1
		}
	}
	return { elements, links }
}

/** Links of the export: several links of the model may come from one, as an element may become several operators. */
function linksBetween(job: Job): number {
	const elementOf = new Map(job.flows.flatMap(({ operators }) => operators.map(({ id, element }) => [id, element])))
	const pairs = job.flows.flatMap(({ links }) =>
		links.map(({ from, to }) => [elementOf.get(from.operator), elementOf.get(to.operator)] as const),
	)
	return new Set(pairs.filter(([from, to]) => from !== to).map((pair) => pair.join(' > '))).size
}

describe.skipIf(files.length === 0)('public archives (skipped when /work/shared is absent)', () => {
	it.each(files.map((file) => [file.split('/').at(-1) ?? '', file] as const))(
		'%s: every element and link is read',
		(_name, file) => {
			const bytes = new Uint8Array(readFileSync(file))
			const importer = importerFor(file, bytes.subarray(0, 4096))
			const result = importer?.read({ file: { path: file, bytes }, companions: [] })
			expect(result?.diagnostics).toEqual([])
			const jobs = result?.jobs ?? []
			const expected = count(file)
			expect(jobs.reduce((sum, { accounting }) => sum + accounting.length, 0)).toBe(expected.elements)
			expect(jobs.reduce((sum, job) => sum + linksBetween(job), 0)).toBe(expected.links)
		},
	)
})
