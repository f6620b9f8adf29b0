import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import { makeTimestamp } from '#model/values.ts'
import type { SqlEffect } from '#reference/effects.ts'
import { interpretJob } from '#reference/job.ts'
import type { ColumnSpec, ComponentSpec } from '../../support/dtsx-builder.ts'
import type { RunOptions } from '../../support/run-flow.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'
import { column, errorColumns, job, operator, outcome, x } from './component-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: 'Ann' },
	{ id: 2n, name: null },
	{ id: 3n, name: "O'Hara" },
]

const parameter = (place: number, dataType: string, flags: number, attributes = {}): ColumnSpec =>
	column(`e.${place}`, `@p${place}`, dataType, attributes, { DBParamInfoFlags: flags })

/** OLE DB: 65 is a nullable parameter that takes a value, 66 one that gives one, 67 does both, 2 is the return value. */
const command = (sql: string, external: readonly ColumnSpec[], columns = ['id', 'name']): ComponentSpec => ({
	name: 'Run',
	type: 'Microsoft.OLEDBCommand',
	properties: { SqlCommand: sql },
	connections: ['DB'],
	inputs: [
		{
			id: 'd.in',
			attributes: { errorRowDisposition: 'RedirectRow' },
			columns: columns.map((name, index) => ({
				id: `d.${index}`,
				lineage: `s.${name}`,
				name,
				attributes: { externalMetadataColumnId: `e.${index}` },
			})),
			external,
		},
	],
	outputs: [
		{ id: 'd.out', attributes: { synchronousInputId: 'd.in' } },
		{ id: 'd.err', attributes: { synchronousInputId: 'd.in', isErrorOut: 'true' }, columns: errorColumns('d') },
	],
})

const keep = (name: string, from: string, columns: readonly string[]): ComponentSpec => ({
	name,
	type: 'Microsoft.RecordsetDestination',
	properties: { VariableName: `User::${name}` },
	inputs: [
		{
			id: from,
			columns: columns.map((one) => ({ id: `${from}.${one}`, lineage: one, name: one.replace(/^.*\./, '') })),
		},
	],
})
const after = keep('Rows', 'a.in', ['s.id', 's.name'])
const variables = [x.variable('Rows', 13, ''), x.variable('Bad', 13, '')]
const paths = [
	['src', 'd.in'],
	['d.out', 'a.in'],
] as const

const both = (spec: ComponentSpec): Job => job([spec, after], paths, ...variables)

async function same(read: Job, rowAnswers: NonNullable<RunOptions['rowAnswers']>, input = rows) {
	const { expected, actual, script } = await runBoth(engine, read, { Src: input }, { rowAnswers })
	expect(actual, script).toEqual(expected)
	return actual
}

describe('an OLE DB Command that gives values back', () => {
	it('puts the value of an output parameter into the column that is mapped to it', async () => {
		const read = both(
			command('EXEC dbo.Next ?, ? OUTPUT', [parameter(0, 'i4', 65), parameter(1, 'wstr', 67, { length: 10 })]),
		)
		expect(outcome(read, 'Run')).toMatchObject({ outcome: 'exact' })
		expect(operator(read, 'Run', 'command').parameters).toMatchObject([
			{ kind: 'takes', column: 'id' },
			{ kind: 'both', column: 'name' },
		])
		expect(await same(read, [['first'], [null], ['third']])).toEqual({
			Rows: ['{"id":1,"name":"first"}', '{"id":2,"name":null}', '{"id":3,"name":"third"}'],
		})
	})

	it('takes the return value of a procedure, by the order of the markers', async () => {
		const spec = command('EXEC ? = dbo.Rate ?', [parameter(0, 'i4', 2), parameter(1, 'wstr', 65, { length: 10 })])
		expect(await same(both(spec), [['10'], ['20'], ['30']])).toEqual({
			Rows: ['{"id":10,"name":"Ann"}', '{"id":20,"name":null}', '{"id":30,"name":"O\'Hara"}'],
		})
	})

	it('converts between a parameter and its column, both ways', async () => {
		const spec = command('EXEC dbo.Swap ? OUTPUT, ? OUTPUT', [parameter(0, 'i8', 66), parameter(1, 'i4', 67)])
		const numbers = [
			{ id: 1n, name: '7' },
			{ id: 2n, name: null },
		]
		const read = both(spec)
		expect(statements(read, numbers)).toEqual([
			['DB', 'EXEC dbo.Swap ? OUTPUT, ? OUTPUT', [7n]],
			['DB', 'EXEC dbo.Swap ? OUTPUT, ? OUTPUT', []],
		])
		expect(
			await same(
				read,
				[
					['11', '70'],
					['12', null],
				],
				numbers,
			),
		).toEqual({
			Rows: ['{"id":11,"name":"70"}', '{"id":12,"name":null}'],
		})
	})

	it('sends a row to the error output when its value is none of the parameter, without running the statement for it', async () => {
		const spec = command('EXEC dbo.Next ? OUTPUT, ?', [parameter(0, 'i4', 66), parameter(1, 'i4', 65)])
		const bad = keep('Bad', 'b.in', ['s.name'])
		const read = job([spec, after, bad], [...paths, ['d.err', 'b.in']], ...variables)
		expect(outcome(read, 'Run')?.reason).toBe('RG-D022')
		const given = [
			{ id: 1n, name: '7' },
			{ id: 2n, name: 'x' },
			{ id: 3n, name: '9' },
		]
		expect(await same(read, [['70'], ['90']], given)).toEqual({
			Rows: ['{"id":70,"name":"7"}', '{"id":90,"name":"9"}'],
			Bad: ['{"name":"x"}'],
		})
	})

	it('runs although nobody takes its rows', async () => {
		const spec = command('EXEC ? = dbo.Rate ?', [parameter(0, 'i4', 2), parameter(1, 'wstr', 65, { length: 10 })])
		const read = job([spec], [['src', 'd.in']])
		expect(statements(read, rows).map(([, , values]) => values)).toEqual([['Ann'], [null], ["O'Hara"]])
		const { script } = await runBoth(engine, read, { Src: rows }, { rowAnswers: [['1'], ['2'], ['3']] })
		expect(script).toContain('run_for_rows(')
	})

	it('is refused when a marker has no column', () => {
		const spec = command('EXEC dbo.Next ?, ?, ? OUTPUT', [
			parameter(0, 'i4', 65),
			parameter(1, 'wstr', 65),
			parameter(2, 'i4', 66),
		])
		expect(outcome(both(spec), 'Run')?.reason).toContain('3 markers, 2 of which')
	})
})

/** What the reference runs, in order. */
function statements(read: Job, input: typeof rows) {
	const found: (readonly unknown[])[] = []
	interpretJob(read, {
		flows: new Map(read.flows.map(({ id }) => [id, { inputs: new Map([['Src', { kind: 'rows', rows: input }]]) }])),
		parameters: new Map(),
		run: { at: makeTimestamp(0n), job: 'P', project: '', host: '', invocation: '' },
		outside: (effect) => {
			const { connection, statement, parameters } = effect as SqlEffect
			found.push([connection, statement, parameters])
			return {}
		},
	})
	return found
}
