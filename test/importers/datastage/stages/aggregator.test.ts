import { describe, expect, it } from 'vitest'
import type { ColumnSpec, JobSpec, Values } from '../../../support/dsx-builder.ts'
import {
	importJob,
	operatorOf,
	outcomeOf,
	packed,
	reads,
	source,
	target,
	writes,
} from '../../../support/dsx-builder.ts'

const columns: readonly ColumnSpec[] = [
	{ name: 'G', nullable: true },
	{ name: 'N', sqlType: 4, nullable: true },
	{ name: 'D', sqlType: 9, nullable: true },
]

function aggregate(properties: Values, out: readonly ColumnSpec[]): JobSpec {
	return {
		stages: [
			source('In'),
			{ name: 'Ag', type: 'PxAggregator', properties: { key: packed(['key', 'g']), ...properties } },
			target('Out'),
		],
		links: [
			{ name: 'a', from: 'In', to: 'Ag', columns, outProperties: reads('/in') },
			{ name: 'b', from: 'Ag', to: 'Out', columns: out, inProperties: writes('/out') },
		],
	}
}

const group = { name: 'G', nullable: true }

describe('Aggregator', () => {
	it('counts rows in the type of the output column, which a derivation may name', () => {
		const out = [group, { name: 'TOTAL', sqlType: -5, derivation: 'RecCount()' }]
		const job = importJob(
			aggregate({ selection: 'count', countField: packed(['countField', 'CNT']), method: 'sort' }, out),
		)
		expect(operatorOf(job, 'Ag', 'aggregate')).toMatchObject({
			keys: [{ column: 'G', name: 'G', collation: 'binary' }],
			measures: [{ name: 'CNT', function: 'count-rows' }],
			rowForNoInput: false,
			ordered: true,
		})
		expect(operatorOf(job, 'Ag#b', 'project').columns.map(({ name }) => name)).toEqual(['G', 'TOTAL'])
	})

	it('makes decimals of whole numbers and decimals where Default To Decimal Output says so', () => {
		const reduce = packed(['reduce', 'N', ['sum', 'S'], ['mean', 'M'], ['count', 'C']])
		const out = [
			group,
			...['S', 'M'].map((name) => ({ name, sqlType: 3, precision: 8, scale: 2 })),
			{ name: 'C', sqlType: 4 },
		]
		const job = importJob(aggregate({ selection: 'reduce', reduce, defaultToDecimal: '8,2' }, out))
		expect(
			operatorOf(job, 'Ag', 'aggregate').measures.map(({ name, type, whenEmpty }) => [name, type, whenEmpty]),
		).toEqual([
			['S', { kind: 'decimal', precision: 38, scale: 0 }, expect.anything()],
			['M', { kind: 'decimal', precision: 38, scale: 4 }, expect.anything()],
			['C', { kind: 'int', bits: 32, signed: true }, 0n],
		])
		expect(operatorOf(job, 'Ag#decimals', 'project').columns.map(({ name, type }) => [name, type])).toEqual([
			['S', { kind: 'decimal', precision: 8, scale: 2 }],
			['M', { kind: 'decimal', precision: 8, scale: 2 }],
		])
		expect(outcomeOf(job, 'Ag')).toContain('RG-D132')
		const spread = packed(['reduce', 'N', ['var', 'V']])
		expect(outcomeOf(importJob(aggregate({ reduce: spread, defaultToDecimal: '8,2' }, out)), 'Ag')).toContain(
			'var of N is a decimal',
		)
		expect(outcomeOf(importJob(aggregate({ reduce, defaultToDecimal: 'big' }, out)), 'Ag')).toContain('"big"')
	})

	it('calculates with doubles; a group of nulls gives 0', () => {
		const reduce = packed(['reduce', 'N', ['sum', 'S'], ['mean', 'M'], ['count', 'C'], ['missing', 'X']])
		const out = [
			group,
			{ name: 'S', sqlType: 8 },
			{ name: 'M', sqlType: 8 },
			{ name: 'C', sqlType: 4 },
			{ name: 'X', sqlType: 4 },
		]
		const job = importJob(aggregate({ selection: 'reduce', reduce }, out))
		expect(operatorOf(job, 'Ag#numbers', 'project').columns).toMatchObject([
			{ name: 'N_number', type: { kind: 'float', bits: 64 } },
		])
		expect(operatorOf(job, 'Ag', 'aggregate').measures).toMatchObject([
			{ name: 'S', function: 'sum', column: 'N_number', type: { kind: 'float' }, whenEmpty: 0, nullable: false },
			{ name: 'M', function: 'mean', column: 'N_number', whenEmpty: 0 },
			{ name: 'C', function: 'count', column: 'N', type: { kind: 'int', bits: 32 }, whenEmpty: 0n },
			{ name: 'X', function: 'count-missing', column: 'N' },
		])
		expect(outcomeOf(job, 'Ag')).toBe('exact')
	})

	it('preserves types of least and greatest values, and gives null where nulls are allowed', () => {
		const reduce = packed(['reduce', 'D', ['max', 'L'], ['preserveType', 'preserveType']])
		const job = importJob(
			aggregate({ selection: 'reduce', reduce, nul_res: 'nul_res' }, [
				group,
				{ name: 'L', sqlType: 9, nullable: true },
			]),
		)
		expect(operatorOf(job, 'Ag', 'aggregate').measures).toMatchObject([
			{ function: 'max', column: 'D', type: { kind: 'date' }, whenEmpty: null, nullable: true },
		])
	})

	it.each([
		[
			'a function that the model has not',
			packed(['reduce', 'N', ['summary', 'S']]),
			'the function summary of column N is not supported',
		],
		[
			'decimals that cannot be read',
			packed(['reduce', 'N', ['sum', 'S'], ['decimal', '8;2']]),
			'its results are decimals of "8;2" (Decimal Output)',
		],
		[
			'dates without preserved type',
			packed(['reduce', 'D', ['max', 'S']]),
			'it calculates with D, a date, without preserving its type',
		],
	])('is opaque with %s', (_what, reduce, reason) => {
		expect(outcomeOf(importJob(aggregate({ selection: 'reduce', reduce }, [group])), 'Ag')).toBe(`opaque: ${reason}`)
	})
})
