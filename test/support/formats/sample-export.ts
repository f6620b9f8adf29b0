/** One export with most of what jobs are made of, for the writers of all formats. */
import { packed, reads, writes } from '../dsx-builder.ts'
import type { ExportSpec } from './export-spec.ts'

const lines = "final_delim=end, delim='|', quote=none, null_field=''"

export const sampleExport: ExportSpec = {
	note: 'Orders <b>above</b> the limit, with "names"',
	sets: [
		{
			name: 'Paths',
			parameters: [
				{ Name: 'DIR', Prompt: 'Folder', Default: '/data/in', ParamType: '0' },
				{ Name: 'PASSWORD', Prompt: 'Password', Default: 'hidden', ParamType: '1' },
			],
			files: { test: { DIR: 'C:\\Source\\in' }, prod: { DIR: '/prod/in', PASSWORD: 'hidden too' } },
		},
	],
	jobs: [
		{
			name: 'LargeOrders',
			parameters: [
				{ Name: 'Limit', Prompt: 'Limit', Default: '100', ParamType: '2' },
				{ Name: 'Paths', Prompt: '', Default: 'test', ParamType: '13' },
			],
			stages: [
				{ name: 'Orders', type: 'PxSequentialFile' },
				{
					name: 'Typed',
					type: 'CTransformerStage',
					collections: {
						StageVars: [
							{
								Name: 'name',
								Expression: 'If orders.CUSTOMER = "" Then "?" Else Trim(orders.CUSTOMER)',
								InitialValue: '"?"',
								SqlType: '12',
								Precision: '20',
							},
						],
					},
				},
				{ name: 'Rest', type: 'PxPeek' },
				{ name: 'Customers', type: 'PxSequentialFile' },
				{ name: 'Look', type: 'PxLookup' },
				{ name: 'Lost', type: 'PxSequentialFile' },
				{ name: 'Big', type: 'PxFilter', properties: { where: packed(['where', "NAME <> 'x'", ['target', '0']]) } },
				{
					name: 'Totals',
					type: 'PxAggregator',
					properties: {
						method: 'hash',
						selection: 'reduce',
						key: packed(['key', 'NAME']),
						reduce: packed(['reduce', 'AMOUNT', ['sum', 'TOTAL'], ['max', 'LARGEST']]),
					},
				},
				{
					name: 'Sorted',
					type: 'PxSort',
					properties: { key: packed(['key', 'TOTAL', ['asc\\desc', 'desc']], ['key', 'NAME']) },
				},
				{ name: 'Out', type: 'PxSequentialFile' },
			],
			links: [
				{
					name: 'orders',
					from: 'Orders',
					to: 'Typed',
					columns: [
						{ name: 'ID', sqlType: 4 },
						{ name: 'CUSTOMER', precision: 30, nullable: true },
						{ name: 'AMOUNT', sqlType: 3, precision: 10, scale: 2 },
						{ name: 'DAY', sqlType: 9, nullable: true, format: "date_format='%dd.%mm.%yyyy'" },
					],
					outProperties: reads('#Paths.DIR#/orders.txt', { firstLineColumnNames: 'firstLineColumnNames' }),
					outMeta: { SchemaFormat: lines },
				},
				{
					name: 'typed',
					from: 'Typed',
					to: 'Look',
					out: { Constraint: 'orders.AMOUNT > Limit' },
					columns: [
						{ name: 'ID', sqlType: 4, derivation: 'orders.ID' },
						{ name: 'CUSTOMER', precision: 20, derivation: 'name' },
						{ name: 'AMOUNT', sqlType: 3, precision: 12, scale: 2, derivation: 'orders.AMOUNT * 1.5' },
						{ name: 'SIGN', sqlType: 1, precision: 1, derivation: '"\\"' },
					],
				},
				{
					name: 'rest',
					from: 'Typed',
					to: 'Rest',
					out: { Reject: '1' },
					columns: [{ name: 'ID', sqlType: 4, derivation: 'orders.ID' }],
				},
				{
					name: 'customers',
					from: 'Customers',
					to: 'Look',
					kind: 'reference',
					in: { LookupFail: 'reject' },
					columns: [
						{ name: 'CODE', precision: 20, key: 'typed.CUSTOMER' },
						{ name: 'NAME', precision: 40 },
					],
					outProperties: reads('#Paths.DIR#\\customers.txt'),
					outMeta: { SchemaFormat: "final_delim=end, delim=',', quote=double" },
				},
				{
					name: 'found',
					from: 'Look',
					to: 'Big',
					columns: [
						{ name: 'NAME', precision: 40, derivation: 'customers.NAME' },
						{ name: 'AMOUNT', sqlType: 3, precision: 12, scale: 2, derivation: 'typed.AMOUNT' },
					],
				},
				{
					name: 'lost',
					from: 'Look',
					to: 'Lost',
					kind: 'reject',
					columns: [{ name: 'ID', sqlType: 4 }],
					inProperties: writes('/out/lost.txt'),
					inMeta: { SchemaFormat: lines },
				},
				{
					name: 'big',
					from: 'Big',
					to: 'Totals',
					columns: [
						{ name: 'NAME', precision: 40, derivation: 'found.NAME' },
						{ name: 'AMOUNT', sqlType: 3, precision: 12, scale: 2, derivation: 'found.AMOUNT' },
					],
				},
				{
					name: 'totals',
					from: 'Totals',
					to: 'Sorted',
					columns: [
						{ name: 'NAME', precision: 40, derivation: 'big.NAME' },
						{ name: 'TOTAL', sqlType: 8, nullable: true, derivation: 'Sum(big.AMOUNT)' },
						{ name: 'LARGEST', sqlType: 8, nullable: true, derivation: 'Max(big.AMOUNT)' },
					],
				},
				{
					name: 'sorted',
					from: 'Sorted',
					to: 'Out',
					columns: [
						{ name: 'NAME', precision: 40, derivation: 'totals.NAME' },
						{ name: 'TOTAL', sqlType: 8, nullable: true, derivation: 'totals.TOTAL' },
					],
					inProperties: writes('/out/totals.txt'),
					inMeta: { SchemaFormat: lines },
				},
			],
		},
	],
}
