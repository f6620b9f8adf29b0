import { describe, expect, it } from 'vitest'
import { synthesisOf } from '#evidence/evidence.ts'
import type { JobSpec } from '../support/dsx-builder.ts'
import { importJob, packed, source, target } from '../support/dsx-builder.ts'
import { from, list, stage, to, transformer, variable } from '../support/functional-job.ts'

const sizes = `KIND varchar(30)
	SIZE int`

/** Fields of the records that a scenario gives to the job's source; special rows may share it with others. */
function recordsOf(spec: JobSpec, scenario: string): readonly (readonly string[])[] {
	const found = synthesisOf(importJob(spec)).scenarios.find(({ name }) => name.split('; ').includes(scenario))
	const [inputs] = [...(found?.flows.values() ?? [])]
	const [data] = [...(inputs?.values() ?? [])]
	if (data?.kind !== 'text') throw new Error(`nothing is given to ${scenario}`)
	return data.files.flatMap((file) => file.trimEnd().split('\n')).map((record) => record.split(','))
}

const grouped: JobSpec = {
	name: 'Grouped',
	stages: [
		source('In'),
		stage('Sum', 'PxAggregator', {
			method: 'hash',
			selection: 'reduce',
			key: list('key', 'KIND'),
			reduce: packed(['reduce', 'SIZE', ['sum', 'TOTAL']]),
		}),
		target('Out'),
	],
	links: [from('In', 'Sum', sizes), to('Out', 'Sum', 'KIND varchar(30)\nTOTAL double')],
}

const summed: JobSpec = {
	name: 'Summed',
	stages: [source('In'), transformer('Run', [variable('svSum int = svSum + in.SIZE', '0')]), target('Out')],
	links: [
		from('In', 'Run', sizes),
		to('Out', 'Run', 'KIND varchar(30) = in.KIND\nSUM int = svSum', { out: { Constraint: 'svSum > 50' } }),
	],
}

const rated: JobSpec = {
	name: 'Rated',
	stages: [
		source('In'),
		transformer('Rate', [variable('svRate int = If UpCase(Trim(in.KIND)) = "GOLD" Then 2 Else 1')]),
		target('Out'),
	],
	links: [
		from('In', 'Rate', sizes),
		to('Out', 'Rate', 'KIND varchar(30) = in.KIND\nRATE int = svRate', { out: { Constraint: 'in.SIZE > 4321' } }),
	],
}

describe('runs with special rows', () => {
	it('have one of rows that leave, and no others: fields that are no number, and fields too many or too few', () => {
		const records = recordsOf(grouped, 'only rows that leave')
		expect(records.length).toBeGreaterThan(2)
		const good = records.filter((record) => record.length === 2 && /^ *[+-]?\d{1,9} *$/.test(record[1] ?? ''))
		expect(good).toEqual([])
	})

	it('have one in which each odd value stands in a group of its own', () => {
		const records = recordsOf(grouped, 'odd rows in groups of their own')
		for (const odd of ['2147483647', '-2147483648']) {
			const [kind] = records.find(([, size]) => size === odd) ?? []
			expect(records.filter((record) => record[0] === kind)).toEqual([[kind, odd]])
		}
	})

	it('take a text that a condition changes to the target that shows what became of it', () => {
		// Rows of this job never meet, so the special ones run with the others.
		const kinds = recordsOf(rated, 'main').flatMap(([kind = '', size]) => (Number(size) > 4321 ? [kind] : []))
		const gold = kinds.filter((kind) => kind.trim().toUpperCase() === 'GOLD')
		expect(gold.filter((kind) => kind.trim() !== 'GOLD')).not.toEqual([])
		expect(gold.filter((kind) => kind.trim() !== kind)).not.toEqual([])
	})

	it('have one of pairs, where the second row brings a running sum to a boundary', () => {
		const sums = recordsOf(summed, 'rows that come second').map(([, size]) => Number(size))
		expect(sums).toContain(50)
	})
})
