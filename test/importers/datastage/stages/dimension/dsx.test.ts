/**
 * Slowly Changing Dimension stages of DSX exports: columns have their purposes as numbers, derivations and key expressions. Where a
 * DSX keeps Expire expressions is not known, so a dimension with history stays as it is.
 */
import { describe, expect, it } from 'vitest'
import type { ColumnSpec, JobSpec } from '../../../../support/dsx-builder.ts'
import { importJob, operatorOf, outcomeOf, reads, source, target, writes } from '../../../../support/dsx-builder.ts'

const purpose = (column: ColumnSpec, number: string): ColumnSpec => ({ ...column, more: { SCDPurpose: number } })
const columns: readonly ColumnSpec[] = [
	purpose({ name: 'SK', sqlType: 4, derivation: 'NextSurrogateKey()' }, '6'),
	purpose({ name: 'CUST', derivation: 'src.CUST' }, '1'),
	purpose({ name: 'NAME', derivation: 'src.NAME' }, '7'),
]

const job = (updates: readonly ColumnSpec[]): JobSpec => ({
	stages: [
		source('In'),
		source('Dim'),
		{ name: 'SCD', type: 'PxSCD', properties: { keyfile: '/keys/customer' } },
		target('Out'),
		target('Changes'),
	],
	links: [
		{
			name: 'src',
			from: 'In',
			to: 'SCD',
			columns: [{ name: 'CUST' }, { name: 'NAME' }],
			outProperties: reads('/in'),
		},
		{
			name: 'dim',
			from: 'Dim',
			to: 'SCD',
			kind: 'reference',
			columns: updates.map(({ derivation: _derivation, more: _more, ...column }) =>
				column.name === 'CUST' ? { ...column, key: 'src.CUST' } : column,
			),
			outProperties: reads('/dim'),
		},
		{
			name: 'facts',
			from: 'SCD',
			to: 'Out',
			columns: [{ name: 'SK', sqlType: 4, derivation: 'dim.SK' }],
			inProperties: writes('/out'),
		},
		{ name: 'updates', from: 'SCD', to: 'Changes', columns: updates, inProperties: writes('/changes') },
	],
})

describe('a Slowly Changing Dimension stage of a DSX', () => {
	it('is translated where its columns are of Type 1', () => {
		const read = importJob(job(columns))
		expect(outcomeOf(read, 'SCD')).toMatch(/^declared: RG-D180: In SCD, .* 7 is type-1 \(NAME\)/)
		expect(operatorOf(read, 'SCD', 'maintain-dimension')).toMatchObject({
			keys: [{ left: 'CUST', right: 'CUST' }],
			columns: [
				{ name: 'SK', role: 'kept', value: { kind: 'next-key' } },
				{ name: 'CUST', role: 'kept', value: { kind: 'column', column: 'CUST' } },
				{ name: 'NAME', role: 'overwritten', value: { kind: 'column', column: 'NAME' } },
			],
			take: [{ name: 'SK', column: 'SK' }],
		})
	})

	it('is not where a column marks the current rows', () => {
		const indicator = purpose({ name: 'CURR', derivation: "'Y'" }, '2')
		const read = importJob(job([...columns, indicator]))
		expect(outcomeOf(read, 'SCD')).toMatch(/^opaque: .* leaves several for 7 \(NAME\) and 2 \(CURR\)/)
	})
})
