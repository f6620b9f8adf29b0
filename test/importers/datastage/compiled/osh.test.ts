/**
 * The compiler's own reading of public jobs (`OrchestrateCode`) against the model: operators, options, keys, order of inputs,
 * types of columns. Every disagreement is explained here, or the test fails.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dsxImporter } from '#importers/datastage/importer.ts'
import type { Facet } from './facets.ts'
import { facetsOf, isStage } from './facets.ts'
import { compiledJobs } from './osh.ts'

const folder = '/work/shared/corpus/datastage'
const files = existsSync(folder) ? globSync(`${folder}/**/*.dsx`).sort() : []

interface Explained {
	readonly why: string
	readonly holds: (facet: Facet) => boolean
}

const explained: readonly Explained[] = [
	{
		why: 'a binary column of fixed length: the model knows its length, not that it is always filled',
		holds: ({ compiled, ours }) => compiled.startsWith('raw[') && ours === compiled.replace('[', '[max='),
	},
]

interface Comparison {
	agreed: number
	compared: number
	opaque: number
	readonly reasons: Map<string, number>
	readonly disagreed: string[]
}

function compareFile(file: string, comparison: Comparison): void {
	const bytes = readFileSync(file)
	const compiled = compiledJobs(new TextDecoder('windows-1252').decode(bytes))
	if (compiled.length === 0) return
	const { jobs } = dsxImporter.read({ file: { path: file, bytes }, companions: [] })
	for (const { name, operators } of compiled) {
		const job = jobs.find((one) => one.name === name)
		for (const osh of operators.filter(isStage)) {
			const facets = job === undefined ? undefined : facetsOf(osh, job)
			if (facets === undefined) comparison.opaque += 1
			else comparison.compared += 1
			for (const facet of facets ?? []) judge(facet, `${name}/${osh.stage} (${osh.operator})`, comparison)
		}
	}
}

function judge(facet: Facet, place: string, comparison: Comparison): void {
	const { what, compiled, ours } = facet
	const reason = explained.find(({ holds }) => holds(facet))?.why
	if (compiled === ours) comparison.agreed += 1
	else if (reason === undefined) comparison.disagreed.push(`${place} ${what}: compiled ${compiled} | ours ${ours}`)
	else comparison.reasons.set(reason, (comparison.reasons.get(reason) ?? 0) + 1)
}

describe.skipIf(files.length === 0)('compiled jobs (skipped when /work/shared is absent)', () => {
	it('say what the model says', () => {
		const comparison: Comparison = { agreed: 0, compared: 0, opaque: 0, reasons: new Map(), disagreed: [] }
		for (const file of files) compareFile(file, comparison)
		const { agreed, compared, opaque, reasons, disagreed } = comparison
		const told = [...reasons].map(([why, count]) => `${count} × ${why}`)
		process.stdout.write(
			`${[`${agreed} facets of ${compared} stages agree, ${opaque} stages are opaque`, ...told].join('\n')}\n`,
		)
		expect(disagreed).toEqual([])
		expect(agreed).toBeGreaterThan(500)
	})
})
