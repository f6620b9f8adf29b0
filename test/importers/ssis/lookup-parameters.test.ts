import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { proveJob } from '../../support/prove-job.ts'
import { startSpark, warmUp } from '../../support/run-flow.ts'
import { column, errorColumns, job, operator, outcome } from './component-job.ts'

const lookup = (properties: Record<string, string | number>): ComponentSpec => ({
	name: 'Find',
	type: 'Microsoft.Lookup',
	properties: { SqlCommand: 'select k, v from ref', CacheType: 1, NoMatchBehavior: 0, ...properties },
	connections: ['DB'],
	inputs: [
		{ id: 'l.in', columns: [{ id: 'l.1', lineage: 's.id', name: 'id', properties: { JoinToReferenceColumn: 'k' } }] },
	],
	outputs: [
		{
			id: 'l.match',
			attributes: { errorRowDisposition: 'IgnoreFailure' },
			columns: [column('l.v', 'v', 'wstr', { length: 5 }, { CopyFromReferenceColumn: 'v' })],
		},
		{ id: 'l.miss' },
		{ id: 'l.err', attributes: { isErrorOut: 'true' }, columns: errorColumns('l') },
	],
})
const target: ComponentSpec = {
	name: 'Out',
	type: 'Microsoft.RecordsetDestination',
	properties: { VariableName: 'User::Rows' },
	inputs: [
		{
			id: 'r',
			columns: ['s.id', 'l.v'].map((lineage) => ({ id: `r.${lineage}`, lineage, name: lineage.slice(2) })),
		},
	],
}
const asked = (condition: string, more: Record<string, string> = {}) =>
	job(
		[
			lookup({
				SqlCommandParam: `select * from (select k, v  from ref) [refTable]\nwhere ${condition}`,
				ParameterMap: '#{s.id};#{s.id};',
				...more,
			}),
			target,
		],
		[
			['src', 'l.in'],
			['l.match', 'r'],
		],
		'<DTS:Variables><DTS:Variable DTS:Namespace="User" DTS:ObjectName="Rows"><DTS:VariableValue DTS:DataType="13"/></DTS:Variable></DTS:Variables>',
	)

describe('a lookup without full cache', () => {
	it.each([
		['[refTable].[k] = ? and [refTable].[low] <= ?', ['k'], ['>= low']],
		['? > [refTable].[low] AND [refTable].k = ?;', ['k'], ['> low']],
		['? between [refTable].[low] and [refTable].[high]', [], ['>= low', '<= high']],
	])('Lookup by a query of its own: %s', (condition, keys, bounds) => {
		const found = operator(asked(condition), 'Find', 'lookup')
		expect(found.keys.map(({ left, right }) => [left, right])).toEqual(keys.map((one) => ['id', one]))
		expect(found.ranges?.map(({ left, test, right }) => [left, `${test} ${right}`])).toEqual(
			bounds.map((one) => ['id', one]),
		)
		expect(found.nullsEqual).toBe(false)
	})

	it('never looks for duplicate keys, which only a full cache could hold all of', () => {
		const once = { TreatDuplicateKeysAsError: 'true' }
		expect(operator(asked('[refTable].[k] = ?', once), 'Find', 'lookup')).not.toHaveProperty('onDuplicates')
	})

	it.each([
		['[refTable].[k] = ? or [refTable].[low] <= ?', {}, /more than comparing/],
		['[refTable].[k] = ?', { SqlCommand: 'select k, v from other' }, /more than comparing/],
		['[refTable].[low] <= ?', { ParameterMap: '#{gone};' }, /lead to no columns/],
	])('Lookup by a query that is not understood: %s %j', (condition, more, reason) => {
		expect(outcome(asked(condition, more), 'Find')?.reason).toMatch(reason)
	})
})

describe('on Spark', () => {
	const engine = startSpark()
	beforeAll(() => warmUp(engine))
	afterAll(() => engine.close())

	it.each(['[refTable].[k] = ? and [refTable].[low] < ?', '? between [refTable].[low] and [refTable].[high]'])(
		'finds the same rows as the reference: %s',
		async (condition) => {
			const { proof } = await proveJob(engine, asked(condition))
			expect(proof).toMatchObject({ details: [], report: { level: 'E3' } })
			expect(proof.report.branches.unreached).toEqual([])
		},
	)
})
