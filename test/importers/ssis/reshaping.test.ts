import { describe, expect, it } from 'vitest'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { column, job, linkTo, names, operator, outcome } from './component-job.ts'

const sink = (id: string): ComponentSpec => ({ name: `To ${id}`, type: 'Microsoft.Multicast', inputs: [{ id }] })
const wide = { length: 10 }

describe('Pivot', () => {
	const pivot = (changes: Readonly<Record<string, string>> = {}, key = 'a'): ComponentSpec => ({
		name: 'Pvt',
		type: 'Microsoft.Pivot',
		properties: changes,
		inputs: [
			{
				id: 'pv.in',
				columns: [
					{ id: 'pv.1', lineage: 's.id', name: 'id', properties: { PivotUsage: 3 } },
					{ id: 'pv.2', lineage: 's.name', name: 'name', properties: { PivotUsage: 2 } },
				],
			},
		],
		outputs: [
			{
				id: 'pv.out',
				columns: [column('pv.a', 'A', 'i4', {}, { SourceColumn: '#{s.id}', PivotKeyValue: key })],
			},
		],
	})
	const read = (spec: ComponentSpec) =>
		job(
			[spec, sink('x')],
			[
				['src', 'pv.in'],
				['pv.out', 'x'],
			],
		)

	it('takes values by the text of the pivot key; an unknown key is an error unless it may pass', () => {
		expect(operator(read(pivot()), 'Pvt', 'pivot')).toMatchObject({
			pivotKey: { column: 'name', onUnknown: 'fail' },
			columns: [{ name: 'A', take: { kind: 'value', column: 'id', value: 'a' } }],
		})
		const lenient = read(pivot({ PassThroughUnmatchedPivotKeys: 'true' }))
		expect(operator(lenient, 'Pvt', 'pivot').pivotKey?.onUnknown).toBe('drop')
		expect(names(lenient, 'To x')).toEqual(['A'])
	})

	it('is given up where an output column has another type than its source', () => {
		const spec = pivot()
		const outputs = [
			{ id: 'pv.out', columns: [column('pv.a', 'A', 'r8', {}, { SourceColumn: '#{s.id}', PivotKeyValue: 'a' })] },
		]
		expect(outcome(read({ ...spec, outputs }), 'Pvt')).toMatchObject({
			outcome: 'opaque',
			reason: expect.stringContaining('another type'),
		})
	})
})

describe('Unpivot', () => {
	it('makes a row of each unpivoted column, and passes the others under their new names', () => {
		const unpivot: ComponentSpec = {
			name: 'Unp',
			type: 'Microsoft.UnPivot',
			inputs: [
				{
					id: 'un.in',
					columns: [
						{
							id: 'un.1',
							lineage: 's.id',
							name: 'id',
							properties: { DestinationColumn: '#{un.id}', PivotKeyValue: '' },
						},
						{
							id: 'un.2',
							lineage: 's.name',
							name: 'name',
							properties: { DestinationColumn: '#{un.v}', PivotKeyValue: 'Name' },
						},
					],
				},
			],
			outputs: [
				{
					id: 'un.out',
					columns: [
						column('un.k', 'What', 'wstr', wide, { PivotKey: 'true' }),
						column('un.v', 'id', 'wstr', wide, { PivotKey: 'false' }),
						column('un.id', 'Number', 'i4', {}, { PivotKey: 'false' }),
					],
				},
			],
		}
		const read = job(
			[unpivot, sink('x')],
			[
				['src', 'un.in'],
				['un.out', 'x'],
			],
		)
		expect(operator(read, 'Unp', 'unpivot')).toMatchObject({
			passes: ['id'],
			rows: [{ from: ['name'], key: 'Name' }],
			nulls: 'skip',
			differences: ['RG-D042'],
		})
		expect(linkTo(read, 'Unp#columns')?.schema.columns.map(({ name }) => name)).toHaveLength(3)
		expect(names(read, 'To x')).toEqual(['What', 'id', 'Number'])
	})
})

describe('sampling', () => {
	it.each([
		['Microsoft.PctSampling', { how: 'percent', seed: 5, shares: [{ port: 'out', percent: 70 }] }],
		['Microsoft.RowSampling', { how: 'rows', seed: 5, rows: 70 }],
	])('%s sends selected rows one way and the others the other way', (type, expected) => {
		const sample: ComponentSpec = {
			name: 'Smp',
			type,
			properties: { SamplingValue: 70, SamplingSeed: 5 },
			inputs: [{ id: 'sa.in' }],
			outputs: [
				{ id: 'sa.no', properties: { Selected: 'false' } },
				{ id: 'sa.yes', properties: { Selected: 'true' } },
			],
		}
		const read = job(
			[sample, sink('x'), sink('y')],
			[
				['src', 'sa.in'],
				['sa.yes', 'x'],
				['sa.no', 'y'],
			],
		)
		expect(operator(read, 'Smp', 'sample')).toMatchObject({ ...expected, differences: ['RG-D040'] })
		expect([linkTo(read, 'To x')?.from.port, linkTo(read, 'To y')?.from.port]).toEqual(['out', 'rest'])
	})
})

describe('Multiple Hash', () => {
	const hash = (properties: Readonly<Record<string, string | number>>, own = {}): ComponentSpec => ({
		name: 'Hash',
		type: 'Microsoft.ManagedComponentHost',
		properties: { UserComponentTypeName: 'MultipleHash', ...own },
		inputs: [{ id: 'mh.in', columns: [{ id: 'mh.1', lineage: 's.id', name: 'id' }] }],
		outputs: [
			{
				id: 'mh.out',
				attributes: { synchronousInputId: 'mh.in' },
				columns: [column('mh.h', 'H', 'bytes', { length: 16 }, properties)],
			},
		],
	})
	const read = (spec: ComponentSpec) =>
		job(
			[spec, sink('x')],
			[
				['src', 'mh.in'],
				['mh.out', 'x'],
			],
		)

	it('hashes the columns that it lists, in their order', () => {
		const spec = hash({ HashType: 1, InputColumnLineageIDs: '#{s.name},#{s.id}' }, { SafeNullHandling: 1 })
		expect(operator(read(spec), 'Hash', 'checksum')).toMatchObject({
			algorithm: 'md5',
			inputs: ['name', 'id'],
			marksNulls: true,
			fractions: false,
		})
		expect(names(read(spec), 'To x')).toEqual(['id', 'name', 'H'])
	})

	it('knows the hashes of its later versions and their forms', () => {
		const spec = hash({ HashType: 12, HashOutputType: 2, InputColumnLineageIDs: '#{s.id}' })
		expect(operator(read(spec), 'Hash', 'checksum')).toMatchObject({ algorithm: 'xxhash64', form: 'prefixed-hex' })
	})

	it('is given up for a hash that carries on from row to row', () => {
		const spec = hash({ HashType: 11, InputColumnLineageIDs: '#{s.id}' })
		expect(outcome(read(spec), 'Hash')?.reason).toContain('the hash Murmur3a of column H carries on from row to row')
	})
})

describe('CDC Splitter', () => {
	const splitter: ComponentSpec = {
		name: 'Cdc',
		type: 'Microsoft.CDCSplitter',
		inputs: [{ id: 'cd.in' }],
		outputs: [
			{ id: 'cd.ins', name: 'InsertOutput' },
			{ id: 'cd.upd', name: 'UpdateOutput' },
			{ id: 'cd.del', name: 'DeleteOutput' },
		],
	}
	const copy: ComponentSpec = {
		name: 'Op',
		type: 'Microsoft.DerivedColumn',
		inputs: [{ id: 'op.in' }],
		outputs: [
			{
				id: 'op.out',
				attributes: { synchronousInputId: 'op.in' },
				columns: [column('op.o', '__$operation', 'i4', {}, { FriendlyExpression: '[id]' })],
			},
		],
	}

	it('sends rows by their operation; a row of any other ends the run', () => {
		const read = job(
			[copy, splitter, sink('x'), sink('y')],
			[
				['src', 'op.in'],
				['op.out', 'cd.in'],
				['cd.ins', 'x'],
				['cd.upd', 'y'],
			],
		)
		const { routes, unrouted } = operator(read, 'Cdc', 'route')
		expect(routes.map(({ port, condition }) => [port, condition?.text])).toEqual([
			['InsertOutput', '[__$operation] == 2'],
			['UpdateOutput', '[__$operation] >= 3 && [__$operation] <= 5'],
			['DeleteOutput', '[__$operation] == 1'],
		])
		expect(unrouted).toBe('fail')
		expect(linkTo(read, 'To x')?.from.port).toBe('InsertOutput')
	})

	it('knows its outputs by their type, whatever they are called', () => {
		const named = ['Neue', 'Geänderte', 'Gelöschte'].map((name, type) => ({
			id: `cd.${name}`,
			name,
			properties: { OutputType: type },
		}))
		const read = job(
			[copy, { ...splitter, outputs: named }, sink('x')],
			[
				['src', 'op.in'],
				['op.out', 'cd.in'],
				['cd.Neue', 'x'],
			],
		)
		expect(operator(read, 'Cdc', 'route').routes.map(({ port, condition }) => [port, condition?.text])).toEqual([
			['Neue', '[__$operation] == 2'],
			['Geänderte', '[__$operation] >= 3 && [__$operation] <= 5'],
			['Gelöschte', '[__$operation] == 1'],
		])
	})

	it('is given up without the column of operations', () => {
		const read = job(
			[splitter, sink('x')],
			[
				['src', 'cd.in'],
				['cd.ins', 'x'],
			],
		)
		expect(outcome(read, 'Cdc')?.outcome).toBe('opaque')
	})
})
