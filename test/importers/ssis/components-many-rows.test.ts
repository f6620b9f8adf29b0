import { describe, expect, it } from 'vitest'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { column, errorColumns, job, linkTo, names, operator, outcome, source } from './component-job.ts'

describe('transformations of many rows', () => {
	const input = (id: string, lineage: string, properties: Record<string, string | number>) => ({
		id,
		columns: [{ id: `${id}.1`, lineage, name: lineage, properties }],
	})

	it('Sort keeps one row of each key when it eliminates duplicates, and says that it may be another', () => {
		const sort: ComponentSpec = {
			name: 'Sort',
			type: 'Microsoft.Sort',
			properties: { EliminateDuplicates: 'true' },
			inputs: [input('so.in', 's.id', { NewSortKeyPosition: -1, NewComparisonFlags: 0 })],
			outputs: [{ id: 'so.out', columns: [column('so.id', 'id', 'i4', {}, { SortColumnId: '#{s.id}' })] }],
		}
		const read = job([sort], [['src', 'so.in']])
		expect(operator(read, 'Sort', 'sort')).toMatchObject({
			keys: [{ column: 'id', direction: 'descending', nulls: 'last' }],
			unique: true,
			stable: false,
			differences: ['RG-D001'],
		})
		expect(outcome(read, 'Sort')?.outcome).toBe('declared')
	})

	it('Aggregate makes one operator for each output', () => {
		const grouped = (id: string, type: number) => ({
			id,
			columns: [
				column(`${id}.k`, 'name', 'wstr', { length: 10 }, { AggregationType: 0, AggregationColumnId: '#{s.name}' }),
				column(`${id}.m`, 'm', 'ui8', {}, { AggregationType: type, AggregationColumnId: '#{s.id}' }),
			],
		})
		const fed = (id: string): ComponentSpec => ({
			name: `To ${id}`,
			type: 'Microsoft.Multicast',
			inputs: [{ id }],
			outputs: [],
		})
		const aggregate: ComponentSpec = {
			name: 'Agg',
			type: 'Microsoft.Aggregate',
			inputs: [{ id: 'ag.in' }],
			outputs: [grouped('one', 2), grouped('two', 3)],
		}
		const read = job(
			[aggregate, fed('x'), fed('y')],
			[
				['src', 'ag.in'],
				['one', 'x'],
				['two', 'y'],
			],
		)
		expect(operator(read, 'Agg#group 1', 'aggregate').measures).toMatchObject([
			{ function: 'count-rows', whenEmpty: 0n },
		])
		expect(operator(read, 'Agg#group 2', 'aggregate')).toMatchObject({
			keys: [{ column: 'name' }],
			measures: [{ function: 'count-distinct', column: 'id' }],
		})
	})

	it('Union All maps by lineage and leaves the rest null', () => {
		const union: ComponentSpec = {
			name: 'Union',
			type: 'Microsoft.UnionAll',
			inputs: [input('u1', 's.id', { OutputColumnLineageID: '#{u.b}' }), { id: 'idle' }],
			outputs: [{ id: 'u.out', columns: [column('u.a', 'a', 'i4'), column('u.b', 'b', 'i4')] }],
		}
		expect(operator(job([union], [['src', 'u1']]), 'Union', 'union')).toMatchObject({
			inputs: 1,
			columns: [
				{ column: { name: 'a' }, from: [null] },
				{ column: { name: 'b' }, from: ['id'] },
			],
		})
	})

	it('Merge Join pairs sort keys by rank', () => {
		const other: ComponentSpec = {
			...source,
			name: 'Other',
			outputs: [{ id: 'oth', columns: [column('o.key', 'key', 'i4', { sortKeyPosition: 1 })] }],
		}
		const join: ComponentSpec = {
			name: 'Join',
			type: 'Microsoft.MergeJoin',
			properties: { JoinType: 0, NumKeyColumns: 1, TreatNullsAsEqual: 'false' },
			inputs: [input('j.l', 's.id', {}), input('j.r', 'o.key', {})],
			outputs: [{ id: 'j.out', columns: [column('j.1', 'right', 'i4', {}, { InputColumnID: '#{j.r.1}' })] }],
		}
		expect(
			operator(
				job(
					[other, join],
					[
						['src', 'j.l'],
						['oth', 'j.r'],
					],
				),
				'Join',
				'join',
			),
		).toMatchObject({
			how: 'full',
			nullsEqual: false,
			keys: [{ left: 'id', right: 'key' }],
			columns: [{ name: 'right', side: 'right', column: 'key' }],
		})
	})

	const lookup = (properties: Record<string, string | number>, disposition = 'FailComponent'): ComponentSpec => ({
		name: 'Find',
		type: 'Microsoft.Lookup',
		properties: { SqlCommand: 'select k, v from ref', CacheType: 0, NoMatchBehavior: 0, ...properties },
		connections: ['DB'],
		inputs: [input('l.in', 's.id', { JoinToReferenceColumn: 'k' })],
		outputs: [
			{
				id: 'l.match',
				attributes: { errorRowDisposition: disposition },
				columns: [column('l.v', 'v', 'wstr', { length: 5 }, { CopyFromReferenceColumn: 'v' })],
			},
			{ id: 'l.miss' },
			{ id: 'l.err', attributes: { isErrorOut: 'true' }, columns: errorColumns('l') },
		],
	})

	it.each([
		[{}, 'FailComponent', 'fail'],
		[{}, 'IgnoreFailure', 'continue'],
		[{}, 'RedirectRow', 'reject'],
		[{ NoMatchBehavior: 1 }, 'FailComponent', 'reject'],
	])('Lookup %j with %s: a miss is %s', (properties, disposition, onMiss) => {
		const read = job([lookup(properties, disposition)], [['src', 'l.in']])
		expect(operator(read, 'Find', 'lookup')).toMatchObject({
			onMiss,
			nullsEqual: true,
			match: 'first',
			missCode: -1071607778,
			take: [{ name: 'v', side: 'right', column: 'v' }],
		})
		expect(names(read, 'Find')).toBeDefined()
		expect(operator(read, 'Find#reference', 'read').schema.columns.map((one) => one.name)).toEqual(['k', 'v'])
	})

	it('Lookup without full cache declares its difference; with a cache connection it is opaque', () => {
		expect(outcome(job([lookup({ CacheType: 1 })], [['src', 'l.in']]), 'Find')?.reason).toBe('RG-D003, RG-D021')
		expect(outcome(job([lookup({ ConnectionType: 1 })], [['src', 'l.in']]), 'Find')?.outcome).toBe('opaque')
	})

	it('Multicast fans out from one port; an unknown component keeps its ports and text', () => {
		const odd = (id: string): ComponentSpec => ({
			name: `Odd ${id}`,
			type: '{00000000-0000-0000-0000-00000000BEEF}',
			properties: { Secret: 'kept' },
			inputs: [{ id }],
		})
		const cast: ComponentSpec = {
			name: 'Cast',
			type: 'Microsoft.Multicast',
			inputs: [{ id: 'm.in' }],
			outputs: [{ id: 'm.1' }, { id: 'm.2' }],
		}
		const read = job(
			[cast, odd('a'), odd('b')],
			[
				['src', 'm.in'],
				['m.1', 'a'],
				['m.2', 'b'],
			],
		)
		expect(['Odd a', 'Odd b'].map((id) => linkTo(read, id)?.from)).toEqual([
			{ operator: 'Cast', port: 'out' },
			{ operator: 'Cast', port: 'out' },
		])
		expect(operator(read, 'Odd a', 'opaque')).toMatchObject({ sourceType: '{00000000-0000-0000-0000-00000000BEEF}' })
	})
})
