/** Aggregators that say how far values lie apart, on the reference and on Spark. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importJob, outcomeOf, packed, reads, source, target, writes } from '../../../support/dsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'

const names = ['VAR', 'STD', 'STE', 'CV', 'CSS', 'USS', 'RANGE', 'WEIGHT']
const format = "delim='|', quote=none, null_field='-'"

const job = (properties: Readonly<Record<string, string>>, nullable: boolean) =>
	importJob({
		stages: [
			source('In'),
			{
				name: 'Ag',
				type: 'PxAggregator',
				properties: {
					key: packed(['key', 'G']),
					reduce: packed([
						'reduce',
						'N',
						['var', 'VAR'],
						['std', 'STD'],
						['ste', 'STE'],
						['cv', 'CV'],
						['css', 'CSS'],
						['uss', 'USS'],
						['range', 'RANGE'],
						['sumw', 'WEIGHT'],
					]),
					...properties,
				},
			},
			target('Out'),
		],
		links: [
			{
				name: 'a',
				from: 'In',
				to: 'Ag',
				columns: [{ name: 'G' }, { name: 'N', sqlType: 4, nullable: true }],
				outProperties: reads('/in'),
				outMeta: { SchemaFormat: format },
			},
			{
				name: 'b',
				from: 'Ag',
				to: 'Out',
				columns: [
					{ name: 'G' },
					...names.map((name) => ({
						name,
						sqlType: 8,
						nullable,
						derivation: name === 'STD' ? 'StandardDeviation(a.N)' : '',
					})),
				],
				inProperties: writes('/out'),
				inMeta: { SchemaFormat: format },
			},
		],
	})

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

/** Four values around 5, with a null between them; one value alone; nothing but a null; two that cancel each other out. */
const text = 'a|1\na|3\na|-\na|7\na|9\nb|4\nc|-\nd|-2\nd|2\n'

describe('Aggregator', () => {
	it('divides by the number of values less one, and gives 0 for a value alone', async () => {
		const { expected, actual } = await runBoth(engine, job({}, false), { In: text })
		expect(expected).toEqual({
			Out: [
				'a|13.333333333333334|3.6514837167011076|1.8257418583505538|73.02967433402215|40|140|8|4',
				'b|0|0|0|0|0|16|0|1',
				'c|0|0|0|0|0|0|0|0',
				'd|8|2.8284271247461903|2|0|8|8|4|2',
			],
		})
		expect(actual).toEqual(expected)
	})

	it('gives null where nulls are allowed', async () => {
		const { expected, actual } = await runBoth(engine, job({ nul_res: 'nul_res' }, true), { In: text })
		expect(expected).toEqual({
			Out: [
				'a|13.333333333333334|3.6514837167011076|1.8257418583505538|73.02967433402215|40|140|8|4',
				'b|-|-|-|-|0|16|0|1',
				'c|-|-|-|-|-|-|-|0',
				'd|8|2.8284271247461903|2|-|8|8|4|2',
			],
		})
		expect(actual).toEqual(expected)
	})

	it('says what the engine gives for a value alone is not known', () => {
		expect(outcomeOf(job({}, false), 'Ag')).toContain('RG-D096')
	})
})

it('Aggregator makes decimals of exact sums and means, cut where they have more digits', async () => {
	const made = ['S', 'M', 'L', 'H']
	const model = importJob({
		stages: [
			source('In'),
			{
				name: 'Ag',
				type: 'PxAggregator',
				properties: {
					key: packed(['key', 'G']),
					reduce: packed(['reduce', 'N', ['sum', 'S'], ['mean', 'M'], ['min', 'L'], ['max', 'H']]),
					defaultToDecimal: '8,2',
				},
			},
			target('Out'),
		],
		links: [
			{
				name: 'a',
				from: 'In',
				to: 'Ag',
				columns: [{ name: 'G' }, { name: 'N', sqlType: 3, precision: 9, scale: 3, nullable: true }],
				outProperties: reads('/in'),
				outMeta: { SchemaFormat: format },
			},
			{
				name: 'b',
				from: 'Ag',
				to: 'Out',
				columns: [{ name: 'G' }, ...made.map((name) => ({ name, sqlType: 3, precision: 8, scale: 2 }))],
				inProperties: writes('/out'),
				inMeta: { SchemaFormat: format },
			},
		],
	})
	const { expected, actual, script } = await runBoth(engine, model, {
		In: 'a|1.005\na|2.001\na|-\na|2.003\nb|-\nc|-0.019\n',
	})
	expect(actual, script).toEqual(expected)
	expect(actual).toEqual({
		Out: [expect.stringContaining('5.00'), expect.stringMatching(/^b\|/), expect.stringMatching(/^c\|/)],
	})
	expect(JSON.stringify(actual)).toContain('1.66')
})
