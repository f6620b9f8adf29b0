import { describe, expect, it } from 'vitest'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { column, job, names, operator, outcome } from './component-job.ts'

const feed = (own: Partial<ComponentSpec> = {}): ComponentSpec => ({
	name: 'Feed',
	type: 'Microsoft.ManagedComponentHost',
	properties: { UserComponentTypeName: 'Microsoft.ODataSource', CollectionName: 'Orders' },
	outputs: [{ id: 'f.out', columns: [column('f.id', 'Id', 'i4'), column('f.t', 'Title', 'wstr', { length: 40 })] }],
	...own,
})
const after: ComponentSpec = { name: 'After', type: 'Microsoft.Multicast', inputs: [{ id: 'af' }] }
const read = (spec: ComponentSpec) => job([spec, after], [['f.out', 'af']])

describe('sources of systems that Spark does not reach', () => {
	it('read a data set that a connector fills', () => {
		const found = read(feed())
		expect(operator(found, 'Feed', 'read')).toMatchObject({
			source: { kind: 'data-set', path: { text: 'Flow/Feed' } },
			differences: ['RG-D094'],
		})
		expect(found.differences).toMatchObject([{ detail: 'It reads a feed of OData: Orders.' }])
		expect(names(found, 'After')).toEqual(['Id', 'Title'])
	})

	it('say what they ask Salesforce for, as COZYROC stores it', () => {
		const properties = { UserComponentTypeName: 'CozyRoc.SforceSource', Object: 'Account', Statement: '' }
		const found = read(feed({ properties }))
		expect(found.differences).toMatchObject([{ id: 'RG-D094', detail: 'It reads Salesforce: Account.' }])
	})

	it('are given up without columns', () => {
		const bare = feed({ outputs: [{ id: 'f.out' }] })
		expect(outcome(read(bare), 'Feed')).toMatchObject({ outcome: 'opaque', reason: 'it has no columns' })
	})
})

describe('DataReader Destination', () => {
	it('only computes its rows where it takes no column', () => {
		const type = 'Microsoft.SqlServer.Dts.Pipeline.DataReaderDestinationAdapter'
		const reader: ComponentSpec = { name: 'Reader', type, inputs: [{ id: 'r.in' }] }
		expect(outcome(job([reader], [['src', 'r.in']]), 'Reader')).toMatchObject({ outcome: 'exact' })
	})
})
