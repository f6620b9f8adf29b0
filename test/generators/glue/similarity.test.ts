import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Operator, OperatorOf } from '#model/operators.ts'
import { float, int, text } from '#model/types.ts'
import type { Row } from '#model/values.ts'
import { base, column, flow, job, link, schema, tableSource, tableTarget } from '../../support/model-builder.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const people = schema(column('id', int(32)), column('name', text(20)), column('town', text(20)))
const likeness = { separators: ',.', caseless: true }
const near = (value: number): unknown => expect.closeTo(value, 6)
const person = (id: bigint, name: string | null, town: string | null): Row => ({ id, name, town })

function written(actual: Awaited<ReturnType<typeof runBoth>>['actual']): readonly Record<string, unknown>[] {
	if (!('OUT' in actual) || typeof actual['OUT'] === 'string') throw new Error('nothing was written')
	return actual['OUT'].map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('the most similar reference rows', () => {
	const register = schema(column('no', int(32)), column('full_name', text(20)), column('place', text(20)))
	const known = (no: bigint, full_name: string | null, place: string | null): Row => ({ no, full_name, place })
	const out = schema(
		...people.columns,
		column('no', int(32)),
		column('likeness', float(32)),
		column('confidence', float(32)),
		column('name_likeness', float(32)),
	)
	const search = (changes: Partial<OperatorOf<'similar-lookup'>> = {}): Operator => ({
		...base('SEARCH'),
		kind: 'similar-lookup',
		equal: [],
		similar: [{ left: 'name', right: 'full_name', minimum: 0, similarity: 'name_likeness', ...likeness }],
		minimum: 0.5,
		matches: 1,
		take: [{ name: 'no', side: 'right', column: 'no', whenMissing: null }],
		similarity: 'likeness',
		confidence: 'confidence',
		...changes,
	})

	async function run(operator: Operator, rows: readonly Row[], references: readonly Row[]) {
		const model = job(
			flow(
				[tableSource('NEWS', people), tableSource('REG', register), operator, tableTarget('OUT', out)],
				[link('NEWS > SEARCH.in', people), link('REG > SEARCH.reference', register), link('SEARCH.out > OUT', out)],
			),
		)
		const { expected, actual, script } = await runBoth(engine, model, { NEWS: rows, REG: references })
		expect(actual, script).toEqual(expected)
		return written(actual).map((row) => [row['name'], row['no'], row['likeness'], row['confidence']])
	}

	it('are found by the share of characters that stay; words count without case and signs', async () => {
		const found = await run(
			search(),
			[
				person(1n, 'ANNA,  Mill', 'Ulm'),
				person(2n, 'Ana Mill', null),
				person(3n, 'Zoe', 'Ulm'),
				person(4n, null, 'Ulm'),
			],
			[known(10n, 'Anna Mill', null), known(11n, 'Otto Mill', 'Ulm'), known(12n, null, null)],
		)
		expect(found).toEqual([
			['ANNA,  Mill', 10, 1, 1],
			['Ana Mill', 10, near(1 - 1 / 9), near(1 - 1 / 9)],
			['Zoe', null, 0, 0],
			[null, null, 0, 0],
		])
	})

	it('may be several; of equals the first counts, and the more there are the less is the confidence', async () => {
		const found = await run(
			search({ matches: 2 }),
			[person(1n, 'Chapter 4', null)],
			[known(1n, 'Chapter 1', null), known(2n, 'Chapter 2', null), known(3n, 'Chapter 3', null)],
		)
		const like = near(1 - 1 / 9)
		expect(found).toEqual([
			['Chapter 4', 1, like, near((1 - 1 / 9) / 3)],
			['Chapter 4', 2, like, near((1 - 1 / 9) / 3)],
		])
	})

	it('must share what compares exactly, and each column has a threshold of its own', async () => {
		const pairs = [
			{ left: 'name', right: 'full_name', minimum: 0.8, similarity: 'name_likeness', ...likeness },
			{ left: 'town', right: 'place', minimum: 0, ...likeness, caseless: false },
		]
		const rows = [person(1n, 'Anna', 'Ulm'), person(2n, 'Anne', 'Bonn'), person(3n, 'Otto', null)]
		const references = [known(1n, 'Anna', 'ulm'), known(2n, 'Anna', 'Bonn'), known(4n, 'Otto', 'Ulm')]
		expect(await run(search({ similar: pairs, minimum: 0 }), rows, references)).toEqual([
			['Anna', 1, near(1 - 1 / 7), near(1 - 1 / 7)],
			['Anne', null, 0, 0],
			['Otto', 4, near(1 - 3 / 7), near(1 - 3 / 7)],
		])
		const equal = [{ left: 'town', right: 'place', collation: 'binary' as const }]
		expect(await run(search({ equal }), rows, references)).toEqual([
			['Anna', null, 0, 0],
			['Anne', 2, 0.75, 0.75],
			['Otto', null, 0, 0],
		])
	})
})

describe('groups of rows that are alike', () => {
	const out = schema(
		...people.columns,
		column('row_no', int(32)),
		column('group_no', int(32)),
		column('likeness', float(32)),
		column('clean_name', text(20)),
		column('name_likeness', float(32)),
	)
	const group: Operator = {
		...base('GROUP'),
		kind: 'similar-group',
		equal: ['town'],
		similar: [{ column: 'name', minimum: 0, similarity: 'name_likeness', ...likeness }],
		minimum: 0.7,
		number: 'row_no',
		group: 'group_no',
		similarity: 'likeness',
		leading: [{ name: 'clean_name', column: 'name' }],
	}

	it('begin with their first row, and take those that are most like it', async () => {
		const rows = [
			person(1n, 'Bolton', 'Ulm'),
			person(2n, 'Boltan', 'Ulm'),
			person(3n, 'Boltaan', 'Ulm'),
			person(4n, 'BOLTON', 'Bonn'),
			person(5n, null, 'Ulm'),
			person(6n, 'Bolton', null),
			person(7n, 'Bolton.', null),
		]
		const model = job(
			flow(
				[tableSource('IN', people), group, tableTarget('OUT', out)],
				[link('IN > GROUP.in', people), link('GROUP.out > OUT', out)],
			),
		)
		const { expected, actual, script } = await runBoth(engine, model, { IN: rows })
		expect(actual, script).toEqual(expected)
		const seen = written(actual).map((row) => [row['row_no'], row['group_no'], row['likeness'], row['clean_name']])
		// The third is like the second, which has joined a group and begins none.
		expect(seen).toEqual([
			[1, 1, 1, 'Bolton'],
			[2, 1, near(1 - 1 / 6), 'Bolton'],
			[3, 1, near(1 - 2 / 7), 'Bolton'],
			[4, 4, 1, 'BOLTON'],
			[5, 5, 1, null],
			[6, 6, 1, 'Bolton'],
			[7, 6, 1, 'Bolton'],
		])
	})
})
