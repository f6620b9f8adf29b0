import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dtsxImporter } from '#importers/ssis/importer.ts'

const folder = '../shared/corpus'
const files = existsSync(folder) ? globSync(`${folder}/ssis*/**/*.dtsx`).sort() : []
if (files.length === 0) process.stderr.write(`The corpus tests are skipped: ${folder} is not there.\n`)

/** Counts tags in the text, without any XML reader. */
function countElements(text: string): number {
	const bare = text.replace(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/g, '')
	const components = bare.match(/<component\s/g) ?? []
	const executables = (bare.match(/<DTS:Executable\s[^>]*>/g) ?? []).filter((tag) => !tag.includes('IDREF='))
	return components.length + executables.length - 1
}

describe.skipIf(files.length === 0)('public packages', () => {
	it('are read without a crash, and every element is accounted for once', () => {
		const outcomes = new Map<string, Record<string, number>>()
		for (const path of files) {
			const data = readFileSync(path)
			const companions = globSync(`${dirname(path)}/*.{conmgr,params}`).map((one) => ({
				path: one,
				bytes: readFileSync(one),
			}))
			const { jobs } = dtsxImporter.read({ file: { path, bytes: data }, companions })
			const [job] = jobs
			const items = job?.accounting ?? []
			expect(items.length, path).toBe(countElements(data.toString('utf8')))
			expect(new Set(items.map((item) => item.id)).size, path).toBe(items.length)
			for (const { type, outcome } of items) {
				const row = outcomes.get(type) ?? {}
				outcomes.set(type, { ...row, [outcome]: (row[outcome] ?? 0) + 1 })
			}
			for (const flow of job?.flows ?? []) checkFlow(flow, path)
		}
		if (process.env['REGLUE_FULL'] === '1') process.stderr.write(`${table(outcomes)}\n`)
		expect(outcomes.get('Microsoft.DerivedColumn')?.['exact']).toBeGreaterThan(0)
	})
})

type Flow = ReturnType<typeof dtsxImporter.read>['jobs'][number]['flows'][number]

/** Ids are unique, links join operators that are there, one link enters a port, and names on a link are unique. */
function checkFlow(flow: Flow, path: string): void {
	const place = new Map(flow.operators.map((operator, index) => [operator.id, index]))
	expect(place.size, path).toBe(flow.operators.length)
	expect(new Set(flow.links.map((link) => link.id)).size, path).toBe(flow.links.length)
	expect(new Set(flow.links.map((link) => `${link.to.operator}\n${link.to.port}`)).size, path).toBe(flow.links.length)
	for (const { from, to, schema } of flow.links) {
		expect(place.get(from.operator) ?? Number.POSITIVE_INFINITY, path).toBeLessThan(place.get(to.operator) ?? -1)
		const names = schema.columns.map((column) => column.name.toLowerCase())
		expect(new Set(names).size, path).toBe(names.length)
	}
}

/** Types against outcomes, one line each. */
function table(outcomes: ReadonlyMap<string, Record<string, number>>): string {
	const lines = [...outcomes].map(
		([type, row]) =>
			`${type}: ${Object.entries(row)
				.map(([name, count]) => `${count} ${name}`)
				.join(', ')}`,
	)
	return lines.sort().join('\n')
}
