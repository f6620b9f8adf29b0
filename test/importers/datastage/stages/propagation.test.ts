import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ColumnSpec, JobSpec, LinkSpec } from '../../../support/dsx-builder.ts'
import { importJob, operatorOf, outcomeOf, packed, target, writes } from '../../../support/dsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const format = { SchemaFormat: "final_delim=end, delim=',', null_field='~', quote=none" }
const propagates = { RTColumnProp: '1' }

/** An Oracle connector that reads by a statement of its own. */
const asks = (name: string, statement: string): JobSpec['stages'][number] => ({
	name,
	type: 'OracleConnectorPX',
	properties: {
		XMLProperties: [
			"<?xml version='1.0' encoding='UTF-16'?><Properties version='1.1'><Common><Context type='int'>1</Context></Common>",
			'<Connection><Server><![CDATA[ORCL]]></Server><Username><![CDATA[etl]]></Username></Connection>',
			`<Usage><SQL><SelectStatement type='string'><![CDATA[${statement}]]></SelectStatement></SQL></Usage></Properties >`,
		].join(''),
	},
})
const columns: readonly ColumnSpec[] = [
	{ name: 'ID', sqlType: 4, nullable: true },
	{ name: 'NAME', precision: 20, nullable: true },
	{ name: 'TOWN', precision: 20, nullable: true },
]
const link = (name: string, from: string, to: string, more: Partial<LinkSpec> = {}): LinkSpec => ({
	name,
	from,
	to,
	columns: [],
	inMeta: propagates,
	...more,
})
const written = (from: string): LinkSpec => ({
	name: 'out',
	from,
	to: 'Out',
	columns,
	inProperties: writes('/out'),
	inMeta: format,
})

describe('columns that travel along by name', () => {
	it('are named by the statement that reads them, and typed by the links that name them later', () => {
		const job = importJob({
			stages: [
				asks('DB', 'select p.ID, p.FULL_NAME as NAME, p.TOWN, p.OTHER from #SCHEMA#.PERSON p'),
				{ name: 'Copy', type: 'PxCopy' },
				target('Out'),
			],
			links: [link('all', 'DB', 'Copy'), written('Copy')],
		})
		expect(outcomeOf(job, 'DB')).toContain('RG-D130')
		const { schema } = operatorOf(job, 'DB', 'read')
		expect(schema.open).toBe(false)
		expect(schema.columns.map(({ name, type }) => [name, type.kind])).toEqual([
			['ID', 'int'],
			['NAME', 'string'],
			['TOWN', 'string'],
			['OTHER', 'string'],
		])
	})

	it('meet references whose columns a statement names, and rows of both go on through Lookup and Funnel', async () => {
		const job = importJob({
			stages: [
				asks('DB', 'select ID, NAME from PERSON'),
				asks('REF', 'select ID, TOWN from ADDRESS'),
				{ name: 'Look', type: 'PxLookup' },
				{
					name: 'Fill',
					type: 'PxColumnGenerator',
					properties: { selection: 'explicit', schema: packed(['schema', 'TOWN']) },
				},
				{ name: 'Both', type: 'PxFunnel', properties: { operator: 'sequence' } },
				target('Out'),
			],
			links: [
				link('people', 'DB', 'Look'),
				link('places', 'REF', 'Look', {
					kind: 'reference',
					columns: [{ name: 'ID', sqlType: 4, nullable: true, key: 'people.ID' }],
					in: { LookupFail: 'reject' },
				}),
				link('found', 'Look', 'Both'),
				link('missed', 'Look', 'Fill', { kind: 'reject' }),
				link('filled', 'Fill', 'Both', {
					columns: [{ name: 'TOWN', precision: 20, nullable: true, derivation: 'Generate(TOWN)' }],
				}),
				written('Both'),
			],
		})
		expect(job.accounting.filter(({ outcome }) => outcome === 'opaque')).toEqual([])
		const { expected, actual, script } = await runBoth(engine, job, {
			DB: [
				{ ID: 1n, NAME: 'Ann' },
				{ ID: 2n, NAME: 'Bob' },
			],
			REF: [{ ID: 2n, TOWN: 'Ulm' }],
		})
		expect(actual, script).toEqual(expected)
		expect(actual).toEqual({ Out: [`1,Ann,${'a'.repeat(20)}`, '2,Bob,Ulm'] })
	})

	it('are those that the flow names where a statement takes all', async () => {
		const job = importJob({
			stages: [
				asks('DB', 'select * from PERSON'),
				{
					name: 'Modify',
					type: 'PxModify',
					properties: {
						modifyspec: packed(
							['modifyspec', 'keep ID', ['specsuffix', ';']],
							['modifyspec', 'NAME=FULL_NAME', ['specsuffix', ';']],
						),
					},
				},
				{ name: 'Sort', type: 'PxSort', properties: { key: packed(['key', 'ID']) } },
				{ name: 'Copy', type: 'PxCopy' },
				target('Out'),
			],
			links: [
				link('all', 'DB', 'Modify'),
				link('some', 'Modify', 'Sort'),
				link('sorted', 'Sort', 'Copy'),
				{ ...written('Copy'), columns: columns.slice(0, 2) },
			],
		})
		expect(job.accounting.filter(({ outcome }) => outcome === 'opaque')).toEqual([])
		expect(operatorOf(job, 'DB', 'read').schema).toMatchObject({
			columns: [{ name: 'ID' }, { name: 'FULL_NAME' }],
			open: true,
		})
		const { expected, actual, script } = await runBoth(engine, job, { DB: [{ ID: 7n, FULL_NAME: 'Ann' }] })
		expect(actual, script).toEqual(expected)
		expect(actual).toEqual({ Out: ['7,Ann'] })
	})
})
