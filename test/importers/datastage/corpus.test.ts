import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dsxImporter } from '#importers/datastage/importer.ts'
import { stages } from '#importers/datastage/registry.ts'
import { totals } from '#model/accounting.ts'
import { jobFromJson, toJson } from '#model/json.ts'

const folders = ['/work/shared/corpus/datastage', '/work/shared/cases/functional/datastage']
const files = folders
	.filter((folder) => existsSync(folder))
	.flatMap((folder) => globSync(`${folder}/**/*.dsx`))
	.sort()
const importFile = (file: string) =>
	dsxImporter.read({ file: { path: file, bytes: readFileSync(file) }, companions: [] })

/** Counts stage and activity records line by line, outside compiled jobs: knows nothing of the importer. */
function countElements(file: string): number {
	let compiled = false
	let count = 0
	for (const line of readFileSync(file, 'latin1').split('\n')) {
		const text = line.trim()
		if (/^(?:BEGIN|END) DSEXECJOB$/.test(text)) compiled = text.startsWith('BEGIN')
		const type = /^OLEType "(\w+)"$/.exec(text)?.[1] ?? ''
		const isActivity = type.startsWith('CJS') && type !== 'CJSActivityInput' && type !== 'CJSActivityOutput'
		if (!compiled && (isActivity || (type.endsWith('Stage') && type !== 'CStageType'))) count++
	}
	return count
}

/** Reasons for which a stage of a type that is translated may be opaque in these exports. */
const knownReasons = [/^it loops over rows/, /^it hands its rows to a Java class/]

describe.skipIf(files.length === 0)('public DataStage exports (skipped when /work/shared is absent)', () => {
	it.each(files.map((file) => [file.split('/').slice(-3).join('/'), file] as const))(
		'%s: every element is accounted for',
		(_name, file) => {
			const { jobs, diagnostics } = importFile(file)
			const counts = jobs.map(({ accounting }) => totals(accounting))
			expect(counts.reduce((sum, { total }) => sum + total, 0)).toBe(countElements(file))
			for (const { total, exact, declared, opaque, dropped } of counts)
				expect(exact + declared + opaque + dropped).toBe(total)
			for (const { accounting } of jobs) expect(new Set(accounting.map(({ id }) => id)).size).toBe(accounting.length)
			expect(jobs.length + diagnostics.length).toBeGreaterThan(0)
		},
	)

	it.each(files.map((file) => [file.split('/').slice(-3).join('/'), file] as const))(
		'%s: flows are sound',
		(_name, file) => {
			for (const job of importFile(file).jobs) {
				expect(jobFromJson(toJson(job))).toEqual(job)
				for (const { operators, links } of job.flows) {
					const places = new Map(operators.map(({ id }, index) => [id, index]))
					expect(places.size).toBe(operators.length)
					expect(new Set(links.map(({ to }) => `${to.operator}.${to.port}`)).size).toBe(links.length)
					for (const { from, to } of links)
						expect(places.get(from.operator) ?? -1).toBeLessThan(places.get(to.operator) ?? -1)
					for (const { element } of operators) expect(job.accounting.some(({ id }) => id === element)).toBe(true)
				}
			}
		},
	)

	it('translates the stages that it knows, but for few reasons', () => {
		const opaque = files
			.flatMap((file) => importFile(file).jobs)
			.filter(({ kind }) => kind === 'parallel')
			.flatMap(({ accounting }) =>
				accounting.filter(({ outcome, type }) => outcome === 'opaque' && Object.hasOwn(stages, type)),
			)
		expect(opaque.filter(({ reason = '' }) => !knownReasons.some((known) => known.test(reason)))).toEqual([])
	})
})
