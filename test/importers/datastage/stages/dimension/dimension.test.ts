/** Slowly Changing Dimension stages of next-generation flows, with rows worked out by hand from IBM's pages on the stage. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ScdPurpose } from '#model/scd-purposes.ts'
import type { DimensionFlow, StoredColumn } from '../../../../support/dimension-flow.ts'
import { importDimension } from '../../../../support/dimension-flow.ts'
import { runBoth, startSpark, warmUp } from '../../../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const key: StoredColumn = {
	name: 'SK',
	type: 'INTEGER',
	nullable: false,
	purpose: 'Surrogate Key',
	derivation: 'NextSurrogateKey()',
}
const business: StoredColumn = { name: 'CUST', purpose: 'Business Key', derivation: 'src.CUST', key: 'src.CUST' }
const name: StoredColumn = { name: 'NAME', purpose: 'Type 1', derivation: 'src.NAME' }
const town: StoredColumn = { name: 'TOWN', purpose: 'Type 2', derivation: 'src.TOWN' }
const indicator: StoredColumn = { name: 'CURR', purpose: 'Current Indicator', derivation: "'Y'", expire: "'N'" }
const begin: StoredColumn = { name: 'BEGAN', type: 'DATE', purpose: 'Effective Date', derivation: 'src.DAY' }
const end: StoredColumn = {
	name: 'ENDED',
	type: 'DATE',
	purpose: 'Expiration Date',
	derivation: "StringToDate('9999-12-31')",
	expire: 'src.DAY',
}
const none: StoredColumn = { name: 'ORIGIN', derivation: "'files'" }

const customers = {
	source: [{ name: 'CUST' }, { name: 'NAME' }, { name: 'TOWN' }, { name: 'DAY', type: 'DATE' }],
	main: [
		{ name: 'SK', type: 'INTEGER', from: 'dim.SK' },
		{ name: 'CUST', from: 'src.CUST' },
		{ name: 'TOWN', from: 'src.TOWN' },
	],
} satisfies Partial<DimensionFlow>

const flow = (dimension: readonly StoredColumn[], more: Partial<DimensionFlow> = {}): DimensionFlow => ({
	...customers,
	dimension,
	...more,
})

async function run(given: DimensionFlow, source: string, dimension: string, highest?: bigint) {
	const [job] = importDimension(given).jobs
	if (job === undefined) throw new Error('no job')
	expect(job.accounting.filter(({ outcome }) => outcome === 'opaque')).toEqual([])
	const state = given.dimension.some(({ derivation }) => derivation.startsWith('NextSurrogateKey'))
	const { expected, actual, script } = await runBoth(engine, job, {
		Source: source,
		Dimension: dimension,
		...(state ? { 'SCD#state file': highest === undefined ? [] : [{ HIGHEST_KEY: highest }] } : {}),
	})
	expect(actual, script).toEqual(expected)
	return expected
}

describe('a dimension of Type 1 alone', () => {
	it('inserts rows that are not found, overwrites changed ones, and looks all rows up', async () => {
		const written = await run(
			flow([key, business, name, { ...town, purpose: 'Type 1' }, none]),
			'new|Nia|Ulm|2024-05-01\nmove|Moe|Bonn|2024-05-01\nsame|Sam|-|2024-05-02\nnew|Nia|Jena|2024-05-03\n',
			'1|move|Moe|Köln|old\n2|same|Sam|-|old\n3|idle|Ida|Kiel|old\n',
			40n,
		)
		expect(written).toEqual({
			Facts: ['1|move|Bonn', '2|same|-', '41|new|Jena', '41|new|Ulm'],
			Updates: ['1|move|Moe|Bonn|old', '41|new|Nia|Jena|files', '41|new|Nia|Ulm|files'],
			'SCD#new state': ['{"HIGHEST_KEY":41}'],
		})
	})

	it('takes keys of its own from the source', async () => {
		const own = { ...key, derivation: 'src.NO' }
		const written = await run(
			flow([own, business, name], {
				source: [{ name: 'NO', type: 'INTEGER', nullable: false }, { name: 'CUST' }, { name: 'NAME' }],
				main: [
					{ name: 'SK', type: 'INTEGER', from: 'dim.SK' },
					{ name: 'NAME', from: 'dim.NAME' },
				],
			}),
			'9|new|Nia\n10|old|Olaf\n',
			'1|old|Ole\n',
		)
		expect(written).toEqual({ Facts: ['1|Olaf', '9|Nia'], Updates: ['1|old|Olaf', '9|new|Nia'] })
	})
})

describe('a dimension with columns of Type 2', () => {
	const rows = 'new|Nia|Ulm|2024-05-01\nmove|Mo|Bonn|2024-05-02\nname|Nan|Kiel|2024-05-03\nsame|Sam|Jena|2024-05-04\n'

	it('looks the rows up that the indicator calls current, ends them, and begins new ones', async () => {
		const written = await run(
			flow([key, business, name, town, indicator]),
			rows,
			'1|move|Moe|Bonn|N\n2|move|Moe|Köln|Y\n3|name|Nat|Kiel|Y\n4|same|Sam|Jena|Y\n5|new|Nia|Ulm|N\n',
			5n,
		)
		expect(written).toEqual({
			Facts: ['3|name|Kiel', '4|same|Jena', '6|new|Ulm', '7|move|Bonn'],
			Updates: ['2|move|Moe|Köln|N', '3|name|Nan|Kiel|Y', '6|new|Nia|Ulm|Y', '7|move|Mo|Bonn|Y'],
			'SCD#new state': ['{"HIGHEST_KEY":7}'],
		})
	})

	it('goes by the expiration date where there is no indicator, and sets both dates', async () => {
		const written = await run(
			flow([key, business, town, begin, end]),
			'move|Mo|Bonn|2024-05-02\nmove|Mo|Ulm|2024-06-01\nsame|Sam|Jena|2024-05-04\n',
			'1|move|Kiel|2020-01-01|2023-12-31\n2|move|Köln|2024-01-01|9999-12-31\n3|same|Jena|2024-01-01|9999-12-31\n',
			3n,
		)
		expect(written).toEqual({
			Facts: ['3|same|Jena', '4|move|Bonn', '5|move|Ulm'],
			Updates: [
				'2|move|Köln|2024-01-01|2024-05-02',
				'4|move|Bonn|2024-05-02|2024-06-01',
				'4|move|Bonn|2024-05-02|9999-12-31',
				'5|move|Ulm|2024-06-01|9999-12-31',
			],
			'SCD#new state': ['{"HIGHEST_KEY":5}'],
		})
	})

	it('takes a null expiration date for current where new rows get a null', async () => {
		const open = { ...end, derivation: 'SetNull()' }
		const written = await run(
			flow([key, business, town, indicator, open].filter((column) => column !== indicator)),
			'move|Mo|Bonn|2024-05-02\n',
			'1|move|Bonn|2023-12-31\n2|move|Köln|-\n',
			2n,
		)
		expect(written).toMatchObject({
			Facts: ['3|move|Bonn'],
			Updates: ['2|move|Köln|2024-05-02', '3|move|Bonn|-'],
		})
	})

	it('goes by the indicator where there are both, and chains a row to the one before', async () => {
		const chain: StoredColumn = { name: 'BEFORE', type: 'INTEGER', purpose: 'SK Chain', derivation: 'PrevSKChain(0)' }
		const written = await run(
			flow([key, business, town, indicator, end, chain]),
			'move|Mo|Bonn|2024-05-02\nnew|Nia|Ulm|2024-05-03\nmove|Mo|Jena|2024-05-04\n-|Nil|Ulm|2024-05-05\n-|Nil|Ulm|2024-05-06\n',
			'2|move|Köln|Y|2024-12-31|0\n',
			2n,
		)
		expect(written).toMatchObject({
			Facts: ['3|move|Bonn', '4|new|Ulm', '5|move|Jena', '6|-|Ulm', '7|-|Ulm'],
			Updates: [
				'2|move|Köln|N|2024-05-02|0',
				'3|move|Bonn|N|2024-05-04|2',
				'3|move|Bonn|Y|9999-12-31|2',
				'4|new|Ulm|Y|9999-12-31|0',
				'5|move|Jena|Y|9999-12-31|3',
				'6|-|Ulm|Y|9999-12-31|0',
				'7|-|Ulm|Y|9999-12-31|0',
			],
		})
	})
})

describe('what is told of a stage', () => {
	const told = (given: DimensionFlow, purposes: Readonly<Record<string, ScdPurpose>> = {}): string => {
		const [job] = importDimension(given, purposes).jobs
		const item = job?.accounting.find(({ type }) => type === 'PxSCD')
		return `${item?.outcome}: ${item?.reason}`
	}

	it('is how numbers were read as purposes, until the team says what they mean', () => {
		const numbers: Readonly<Record<string, string>> = { SK: '6', CUST: '1', TOWN: '8', CURR: '2' }
		const columns = [key, business, town, indicator].map((one) => ({ ...one, purpose: numbers[one.name] ?? '' }))
		expect(told(flow(columns))).toBe(
			'declared: RG-D180: In SCD, 6 is surrogate-key (SK), 1 is business-key (CUST), 2 is current-indicator (CURR), 8 is type-2 (TOWN).; RG-D181: SCD looks up dim.; RG-D098: SCD goes on from /keys/customer.',
		)
		expect(
			told(flow(columns), { 1: 'business-key', 2: 'current-indicator', 6: 'surrogate-key', 8: 'type-2' }),
		).not.toContain('RG-D180')
	})

	const chain: StoredColumn = { name: 'NEXT', type: 'INTEGER', purpose: 'SK Chain', derivation: 'NextSKChain(0)' }
	it.each<[string, DimensionFlow, string]>([
		[
			'purposes that leave a choice',
			flow([{ ...key, derivation: 'src.NAME', purpose: '9' }, business]),
			'several for 9 (SK)',
		],
		[
			'no lookup condition',
			flow([{ name: 'CUST', derivation: 'src.CUST', purpose: 'Business Key' }, name]),
			'the reference link dim has no key',
		],
		[
			'no Expire expression',
			flow([business, town, { ...indicator, expire: '' }]),
			'to be the Expire expression of CURR',
		],
		['no derivation', flow([business, { ...name, derivation: '' }]), 'to be the derivation of NAME'],
		[
			'current rows that no one value tells',
			flow([business, town, { ...indicator, derivation: 'src.NAME' }]),
			'which rows of the dimension are current tells CURR',
		],
		[
			'a chain to the next row',
			flow([key, business, town, indicator, chain]),
			'NEXT chains to the key of the next row (NextSKChain)',
		],
		[
			'keys inside of another expression',
			flow([{ ...key, derivation: 'NextSurrogateKey() + 1' }, business, name]),
			'NextSurrogateKey',
		],
		[
			'keys for another column',
			flow([{ ...key, purpose: 'Type 1' }, business, name]),
			'SK takes surrogate keys and is of the purpose type-1',
		],
		[
			'keys from a database',
			flow([key, business, name], { stage: { keysourcetype: 'dbsequence' } }),
			'its surrogate keys come from a dbsequence',
		],
		['no state file', flow([key, business, name], { stage: { keyfile: '' } }), 'it names no state file'],
	])('is why %s is not translated', (_what, given, reason) => {
		expect(told(given)).toMatch(/^opaque/)
		expect(told(given)).toContain(reason)
	})
})
