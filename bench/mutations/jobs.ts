/** Small jobs whose scripts are broken in the mutation check: together they hold what most jobs are made of. */
import { readFileSync } from 'node:fs'
import { importerFor } from '#importers/registry.ts'
import type { Job } from '#model/job.ts'
import type { ColumnSpec, JobSpec } from '../../test/support/dsx-builder.ts'
import { importJob, importText, packed, reads, source, target, writes } from '../../test/support/dsx-builder.ts'
import { writeDsx } from '../../test/support/formats/dsx-writer.ts'
import { sampleExport } from '../../test/support/formats/sample-export.ts'
import { matches, runs, shapes } from './jobs/datastage.ts'
import { dimension, merged } from './jobs/ssis.ts'

export interface MutationJob {
	readonly name: string
	readonly job: Job
}

const lines = { SchemaFormat: "final_delim=end, delim=';', quote=none, null_field=''" }

const sales: readonly ColumnSpec[] = [
	{ name: 'ID', sqlType: 4 },
	{ name: 'SHOP', precision: 4 },
	{ name: 'NAME', precision: 20, nullable: true },
	{ name: 'DAY', precision: 10 },
	{ name: 'AMOUNT', sqlType: 3, precision: 8, scale: 2 },
]
const rates: readonly ColumnSpec[] = [
	{ name: 'ID', sqlType: 4 },
	{ name: 'SHOP', precision: 4 },
	{ name: 'RATE', sqlType: 3, precision: 5, scale: 2, nullable: true },
]
const priced: readonly ColumnSpec[] = [
	{ name: 'ID', sqlType: 4 },
	{ name: 'SHOP', precision: 4 },
	{ name: 'CODE', precision: 3 },
	{ name: 'LABEL', precision: 12 },
	{ name: 'DAY', sqlType: 9 },
	{ name: 'VALUE', sqlType: 3, precision: 14, scale: 2 },
]

/** Join over two keys, Transformer with texts, dates and nulls, Sort, Remove Duplicates. */
const prices: JobSpec = {
	name: 'Prices',
	parameters: [{ Name: 'Least', Prompt: 'Least', Default: '10', ParamType: '2' }],
	stages: [
		source('Sales'),
		source('Rates'),
		{
			name: 'Rated',
			type: 'PxJoin',
			properties: { operator: 'leftouterjoin', key: packed(['key', 'ID'], ['key', 'SHOP']) },
		},
		{ name: 'Price', type: 'CTransformerStage' },
		{
			name: 'Ordered',
			type: 'PxSort',
			properties: { key: packed(['key', 'SHOP'], ['key', 'VALUE', ['asc\\desc', 'desc']], ['key', 'ID']) },
		},
		{ name: 'Best', type: 'PxRemDup', properties: { key: packed(['key', 'SHOP']), keep: 'last' } },
		target('Out'),
	],
	links: [
		{ name: 'sales', from: 'Sales', to: 'Rated', columns: sales, outProperties: reads('/sales'), outMeta: lines },
		{ name: 'rates', from: 'Rates', to: 'Rated', columns: rates, outProperties: reads('/rates'), outMeta: lines },
		{
			name: 'rated',
			from: 'Rated',
			to: 'Price',
			columns: [...sales, { name: 'RATE', sqlType: 3, precision: 5, scale: 2, nullable: true }],
		},
		{
			name: 'priced',
			from: 'Price',
			to: 'Ordered',
			out: { Constraint: 'rated.AMOUNT >= Least And rated.SHOP <> "X"' },
			columns: [
				{ name: 'ID', sqlType: 4, derivation: 'rated.ID' },
				{ name: 'SHOP', precision: 4, derivation: 'UpCase(rated.SHOP)' },
				{ name: 'CODE', precision: 3, derivation: 'rated.DAY[2,3]' },
				{
					name: 'LABEL',
					precision: 12,
					derivation: 'If IsNull(rated.NAME) Then "none" Else Trim(rated.NAME) : "/" : rated.SHOP',
				},
				{ name: 'DAY', sqlType: 9, derivation: 'StringToDate(rated.DAY, "%dd.%mm.%yyyy")' },
				{
					name: 'VALUE',
					sqlType: 3,
					precision: 14,
					scale: 2,
					derivation: 'rated.AMOUNT * NullToValue(rated.RATE, 1) + 5',
				},
			],
		},
		{ name: 'ordered', from: 'Ordered', to: 'Best', columns: priced },
		{
			name: 'best',
			from: 'Best',
			to: 'Out',
			columns: priced,
			inProperties: writes('/best'),
			inMeta: { SchemaFormat: "final_delim=end, delim=';', quote=none, date_format='%yyyy-%mm-%dd'" },
		},
	],
}

const counted: readonly ColumnSpec[] = [
	{ name: 'KIND', precision: 6, nullable: true },
	{ name: 'SIZE', sqlType: 4, nullable: true },
]

/** Funnel, Filter with three outputs, Aggregator with several measures. */
const kinds: JobSpec = {
	name: 'Kinds',
	stages: [
		source('Old'),
		source('New'),
		{ name: 'Both', type: 'PxFunnel', properties: { operator: 'funnel' } },
		{
			name: 'Part',
			type: 'PxFilter',
			properties: {
				where: packed(
					['where', 'SIZE > 10 and SIZE <= 42', ['target', '0']],
					['where', "KIND = 'B' or KIND is null", ['target', '1']],
				),
			},
		},
		{
			name: 'Sums',
			type: 'PxAggregator',
			properties: {
				method: 'hash',
				selection: 'reduce',
				key: packed(['key', 'KIND']),
				reduce: packed(['reduce', 'SIZE', ['sum', 'TOTAL'], ['min', 'LEAST'], ['count', 'SIZES']]),
			},
		},
		target('OutSums'),
		target('OutMiddle'),
	],
	links: [
		{ name: 'old', from: 'Old', to: 'Both', columns: counted, outProperties: reads('/old'), outMeta: lines },
		{ name: 'new', from: 'New', to: 'Both', columns: counted, outProperties: reads('/new'), outMeta: lines },
		{ name: 'both', from: 'Both', to: 'Part', columns: counted },
		{
			name: 'middle',
			from: 'Part',
			to: 'OutMiddle',
			columns: counted,
			inProperties: writes('/middle'),
			inMeta: lines,
		},
		{ name: 'kind', from: 'Part', to: 'Sums', columns: counted },
		{
			name: 'sums',
			from: 'Sums',
			to: 'OutSums',
			columns: [
				{ name: 'KIND', precision: 6, nullable: true },
				{ name: 'TOTAL', sqlType: 8, nullable: true },
				{ name: 'LEAST', sqlType: 8, nullable: true },
				{ name: 'SIZES', sqlType: 8, nullable: true },
			],
			inProperties: writes('/sums'),
			inMeta: lines,
		},
	],
}

/** The examples, the export that all format writers have, and two jobs of many rows. */
export function mutationJobs(): readonly MutationJob[] {
	const read = (file: string): Job => {
		const bytes = readFileSync(file)
		return only(importerFor(file, bytes.subarray(0, 4096))?.read({ file: { path: file, bytes }, companions: [] }).jobs)
	}
	return [
		{ name: 'Kinds', job: importJob(kinds) },
		{ name: 'Prices', job: importJob(prices) },
		{ name: 'LargeOrders', job: only(importText(writeDsx(sampleExport)).jobs) },
		{ name: 'LoadOrders', job: read('examples/ssis-orders/LoadOrders.dtsx') },
		{ name: 'DailySales', job: read('examples/datastage-retail/daily_sales.dsx') },
		...[matches, runs, shapes].map((spec) => ({ name: spec.name ?? '', job: importJob(spec) })),
		...[merged(), dimension()].map((job) => ({ name: job.name, job })),
	]
}

function only(jobs: readonly Job[] | undefined): Job {
	const [job] = jobs ?? []
	if (job === undefined) throw new Error('there is no job')
	return job
}
