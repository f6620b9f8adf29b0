import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import { isFull } from '../../support/depth.ts'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'
import { column, job, names, operator, outcome, source } from './component-job.ts'

const KEY = 1
const CHANGING = 2
const HISTORICAL = 3
const FIXED = 4

const customers: ComponentSpec = {
	...source,
	outputs: [
		{
			id: 'src',
			columns: ['code', 'mail', 'city', 'born'].map((name) => column(`s.${name}`, name, 'wstr', { length: 20 })),
		},
	],
}
const compared = { code: KEY, mail: CHANGING, city: HISTORICAL, born: FIXED }
const outputs = [
	'Unchanged',
	'New',
	'Fixed Attribute',
	'Changing Attribute Updates',
	'Historical Attribute Inserts',
	'Inferred Member Updates',
]

const scd = (own: Readonly<Record<string, string>> = {}): ComponentSpec => ({
	name: 'Scd',
	type: 'Microsoft.SCD',
	properties: {
		SqlCommand: 'SELECT code, mail, city, born, guessed FROM dim',
		CurrentRowWhere: '[until] IS NULL',
		EnableInferredMember: 'true',
		InferredMemberIndicator: 'guessed',
		IncomingRowChangeType: '1',
		...own,
	},
	connections: ['DB'],
	inputs: [
		{
			id: 'scd.in',
			columns: Object.entries(compared).map(([name, type]) => ({
				id: `scd.${name}`,
				lineage: `s.${name}`,
				name,
				attributes: { externalMetadataColumnId: `dim.${name}` },
				properties: { ColumnType: type },
			})),
			external: Object.keys(compared).map((name) => ({
				id: `dim.${name}`,
				name,
				attributes: { dataType: 'wstr', length: 20 },
			})),
		},
	],
	outputs: outputs.map((name) => ({ id: name, name: `${name} Output`, attributes: { synchronousInputId: 'scd.in' } })),
})
const rowsOf = (output: string): ComponentSpec => ({
	name: output,
	type: 'Microsoft.RecordsetDestination',
	properties: { VariableName: `User::${output}` },
	inputs: [{ id: `${output}.in`, columns: [{ id: `${output}.1`, lineage: 's.code', name: 'code' }] }],
})
const objects = `<DTS:Variables>${outputs.map((name) => `<DTS:Variable DTS:Namespace="User" DTS:ObjectName="${name}"><DTS:VariableValue DTS:DataType="13"/></DTS:Variable>`).join('')}</DTS:Variables>`

/** `job` has a source of its own, which nothing reads here. */
const read = (spec = scd()): Job =>
	job(
		[
			{
				...customers,
				name: 'Customers',
				properties: { AccessMode: 0, OpenRowset: '[dbo].[Customers]' },
				outputs: [{ id: 'cus', columns: customers.outputs?.[0]?.columns ?? [] }],
			},
			spec,
			...outputs.map(rowsOf),
		],
		[['cus', 'scd.in'], ...outputs.map((name): [string, string] => [name, `${name}.in`])],
		objects,
	)

describe('Slowly Changing Dimension', () => {
	it('compares with the current records of the dimension', () => {
		expect(operator(read(), 'Scd#dimension', 'read').source).toMatchObject({
			kind: 'query',
			sql: { text: 'SELECT code, mail, city, born, guessed FROM dim WHERE [until] IS NULL' },
		})
		expect(operator(read(), 'Scd', 'slowly-changing')).toMatchObject({
			keys: [{ left: 'code', right: 'code' }],
			changes: [
				{ name: 'changing differs', values: [{ left: 'mail' }] },
				{ name: 'historical differs', values: [{ left: 'city' }] },
				{ name: 'fixed differs', values: [{ left: 'born' }] },
			],
			differences: ['RG-D113', 'RG-D021'],
		})
		expect(names(read(), 'New#columns')).toEqual(['code', 'mail', 'city', 'born'])
	})

	it('is given up where a setting would do something else', () => {
		const reason = (own: Readonly<Record<string, string>>) => outcome(read(scd(own)), 'Scd')?.reason
		expect(reason({ SqlCommand: 'SELECT a FROM b WHERE c = 1' })).toContain('cannot be added to its statement')
	})
})

describe('on Spark', () => {
	const engine = startSpark()
	beforeAll(() => warmUp(engine))
	afterAll(() => engine.close())

	const row = (code: string | null, mail: string | null, city = 'Rome', born = '1990') => ({ code, mail, city, born })
	const incoming = [
		row('same', 'a'),
		row('new', 'a'),
		row('mail', 'b'),
		row('city', 'a', 'Oslo'),
		row('both', 'b', 'Oslo'),
		row('born', 'a', 'Rome', '1991'),
		row('all', 'b', 'Oslo', '1991'),
		row('guess', 'z', 'Bonn', '1900'),
		row('none', null),
		row(null, 'a'),
	]
	const dimension = ['same', 'mail', 'city', 'both', 'born', 'all'].map((code) => ({
		...row(code, 'a'),
		guessed: false,
	}))
	const records = [...dimension, { ...row('guess', null), guessed: true }, { ...row('none', null), guessed: null }]

	/** Codes of the rows that each output gets, the same on both sides. */
	const sent = async (own: Readonly<Record<string, string>> = {}) => {
		const given = { Customers: incoming, 'Scd#dimension': records, Src: [{ id: 1n, name: 'unread' }] }
		const { expected, actual, script } = await runBoth(engine, read(scd(own)), given)
		expect(actual, script).toEqual(expected)
		const codes = (name: string): readonly string[] =>
			'failed' in actual ? [] : (actual[name] ?? []).map((line) => /"code":"?(\w+)/.exec(line)?.[1] ?? '').toSorted()
		return Object.fromEntries(outputs.map((name) => [name.replace(/ .*/, ''), codes(name)]))
	}
	const byOutput = {
		Unchanged: ['none', 'same'],
		New: ['new', 'null'],
		Fixed: ['all', 'born'],
		Changing: ['mail'],
		Historical: ['both', 'city'],
		Inferred: ['guess'],
	}

	it('sends each row to the output of the change that counts most', async () => {
		expect(await sent()).toEqual(byOutput)
	})

	it('sends a historical change to the changing attributes too, where their history changes with them', async () => {
		expect(await sent({ UpdateChangingAttributeHistory: 'true' })).toEqual({ ...byOutput, Changing: ['both', 'mail'] })
	})

	it('takes all rows for new ones where it is told to, and reads no dimension', async () => {
		const own = { IncomingRowChangeType: '0' }
		const codes = ['all', 'born', 'both', 'city', 'guess', 'mail', 'new', 'none', 'null', 'same']
		const nothing = { Unchanged: [], Fixed: [], Changing: [], Historical: [], Inferred: [] }
		expect(await sent(own)).toEqual({ ...nothing, New: codes })
		const reads = read(scd(own)).flows.flatMap(({ operators }) => operators.filter(({ kind }) => kind === 'read'))
		expect(reads.map(({ id }) => id)).toEqual(['Src', 'Customers'])
		expect(outcome(read(scd(own)), 'Scd')).toMatchObject({ outcome: 'exact' })
	})

	/** Does the step that lets rows through end the run, on both sides? */
	const ends = async (own: Readonly<Record<string, string>>, rows: typeof incoming): Promise<boolean> => {
		const given = { Customers: rows, 'Scd#dimension': records, Src: [{ id: 1n, name: 'unread' }] }
		const { expected, actual, script } = await runBoth(engine, read(scd(own)), given)
		const isEnded = 'failed' in expected
		expect(actual, script).toEqual(isEnded ? { failed: 'Scd' } : expected)
		if (isEnded) expect(expected).toEqual({ failed: 'Scd#allowed rows' })
		return isEnded
	}

	it('ends the run where a fixed attribute differs, but for inferred members', async () => {
		const own = { FailOnFixedAttributeChange: 'true' }
		expect(await ends(own, incoming)).toBe(true)
		expect(
			await ends(
				own,
				incoming.filter(({ code }) => code !== 'born' && code !== 'all'),
			),
		).toBe(false)
	})

	it.skipIf(!isFull)('ends the run where a row has no record', async () => {
		const own = { FailOnLookupFailure: 'true' }
		expect(await ends(own, incoming)).toBe(true)
		expect(await ends(own, [row('same', 'a')])).toBe(false)
	})
})
