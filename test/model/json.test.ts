import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { importerFor } from '#importers/registry.ts'
import { jobFromJson, partFromJson, toJson } from '#model/json.ts'

function importExample(path: string) {
	const bytes = readFileSync(path)
	const jobs = importerFor(path, bytes)?.read({ file: { path, bytes }, companions: [] }).jobs ?? []
	const [job] = jobs
	if (job === undefined) throw new Error(`${path} holds no job`)
	return job
}

describe('the JSON form of the model', () => {
	it.each(['examples/datastage-retail/daily_sales.dsx', 'examples/ssis-orders/LoadOrders.dtsx'])(
		'gives %s back as it was',
		(path) => {
			const job = importExample(path)
			expect(jobFromJson(toJson(job))).toEqual(job)
			expect(toJson(jobFromJson(toJson(job)))).toBe(toJson(job))
		},
	)

	it('keeps what JSON has no form for: large integers, infinities, not a number', () => {
		const part = { large: 2n ** 63n, least: Number.NEGATIVE_INFINITY, none: Number.NaN }
		expect(partFromJson(toJson(part))).toEqual(part)
	})

	it('is refused when another version of the model wrote it', () => {
		expect(() => jobFromJson('{"version": 99}')).toThrow('version 99')
	})
})
