/** Surrogate Key Generator with a state file, on the reference and on Spark. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Values } from '../../../support/dsx-builder.ts'
import { importJob, outcomeOf, reads, source, target, writes } from '../../../support/dsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'

const format = "delim='|', quote=none"
const settings = { keysourcetype: 'file', sk_id: '/keys/customer', output_key: 'KEY' }

const generating = (properties: Values = settings) =>
	importJob({
		stages: [source('In'), { name: 'Sk', type: 'PxSurrogateKeyGeneratorN', properties }, target('Out')],
		links: [
			{
				name: 'a',
				from: 'In',
				to: 'Sk',
				columns: [{ name: 'NAME' }],
				outProperties: reads('/in'),
				outMeta: { SchemaFormat: format },
			},
			{
				name: 'b',
				from: 'Sk',
				to: 'Out',
				columns: [{ name: 'KEY', sqlType: -5 }, { name: 'NAME' }],
				inProperties: writes('/out'),
				inMeta: { SchemaFormat: format },
			},
		],
	})

const updating = importJob({
	stages: [
		source('In'),
		{ name: 'Sk', type: 'PxSurrogateKeyGeneratorN', properties: { ...settings, input_key: 'KEY' } },
	],
	links: [
		{
			name: 'a',
			from: 'In',
			to: 'Sk',
			columns: [{ name: 'KEY', sqlType: 4, nullable: true }],
			outProperties: reads('/in'),
			outMeta: { SchemaFormat: "quote=none, null_field='-'" },
		},
	],
})

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

describe('Surrogate Key Generator with a state file', () => {
	it('counts on from the highest key, and keeps the new one for the next run', async () => {
		const state = [{ HIGHEST_KEY: 40n }, { HIGHEST_KEY: 7n }]
		const { expected, actual } = await runBoth(engine, generating(), { In: 'x\ny\n', 'Sk#state file': state })
		expect(expected).toEqual({ Out: ['41|x', '42|y'], 'Sk#new state': ['{"HIGHEST_KEY":42}'] })
		expect(actual).toEqual(expected)
	})

	it('begins at one where nothing is known, and keeps nothing where no row came', async () => {
		const first = await runBoth(engine, generating(), { In: 'x\n', 'Sk#state file': [] })
		expect(first.expected).toEqual({ Out: ['1|x'], 'Sk#new state': ['{"HIGHEST_KEY":1}'] })
		expect(first.actual).toEqual(first.expected)
		const none = await runBoth(engine, generating(), { In: '', 'Sk#state file': [{ HIGHEST_KEY: 3n }] })
		expect(none.expected).toEqual({ Out: [], 'Sk#new state': [] })
		expect(none.actual).toEqual(none.expected)
	})

	it('learns the highest key of rows that are there', async () => {
		const { expected, actual } = await runBoth(engine, updating, { In: '5\n-\n12\n8\n' })
		expect(expected).toEqual({ Sk: ['{"HIGHEST_KEY":12}'] })
		expect(actual).toEqual(expected)
	})

	it.each([
		['a sequence of a database', { ...settings, keysourcetype: 'dbsequence' }, 'a sequence of a database'],
		['no state file', { ...settings, sk_id: '' }, 'it names no state file'],
		[
			'a beginning that is no number',
			{ ...settings, start_value: '1e3' },
			'its keys begin with "1e3", which is no plain number',
		],
	])('is opaque with %s', (_what, properties, reason) => {
		expect(outcomeOf(generating(properties), 'Sk')).toContain(reason)
	})

	it('says that keys differ', () => expect(outcomeOf(generating(), 'Sk')).toContain('RG-D098'))
})
