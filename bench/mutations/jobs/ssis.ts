/** Packages whose scripts are broken: joins, splits and groups over text files, and a dimension that changes slowly. */
import type { Job } from '#model/job.ts'
import type { ComponentSpec } from '../../../test/support/dtsx-builder.ts'
import { dtsx } from '../../../test/support/dtsx-builder.ts'
import type { FileSpec } from '../../../test/support/ssis-case.ts'
import { jobOf, packageOf } from '../../../test/support/ssis-case.ts'
import { combine, derive, remake, sort, source, split, target } from '../../../test/support/ssis-components.ts'
import type { Flow, Made, Rows } from '../../../test/support/ssis-flow.ts'
import { flow } from '../../../test/support/ssis-flow.ts'

const orders = { No: 'i4', Who: 'wstr(10)', Qty: 'i4', Price: 'numeric(9,2)', Day: 'dbDate' }
const people = { Name: 'wstr(10)', Region: 'wstr(8)' }
const placed = { ...orders, Region: 'wstr(8)', Total: 'numeric(12,2)', Class: 'wstr(8)' }
const summed = { Region: 'wstr(8)', Rows: 'ui8', Total: 'numeric(38,2)', Last: 'dbDate' }

const measure = (from: string | undefined, kind: number, type: string): Made => ({
	type,
	...(from === undefined ? {} : { from }),
	properties: { AggregationType: kind, IsBig: 1 },
})

const file = (name: string, columns: FileSpec['columns']): FileSpec => ({
	path: `C:\\mutations\\${name}.txt`,
	columns,
	properties: { CodePage: 65001 },
})
const read = (load: Flow, name: string, columns: FileSpec['columns']): Rows =>
	source(load, `Read ${name}`, name, columns, { properties: { RetainNulls: 'true' } }).rows
const write = (load: Flow, name: string, rows: Rows, columns: FileSpec['columns']): void =>
	target(load, `Write ${name}`, name, rows, Object.fromEntries(Object.keys(columns).map((one) => [one, one])))

/** Two Sorts, Merge Join, Derived Column, Conditional Split, Aggregate, Union All of what is left, Sort without duplicates. */
export function merged(): Job {
	const load = flow('Load')
	const joined = combine(
		load,
		'Join',
		'Microsoft.MergeJoin',
		[
			sort(load, 'Orders by person', read(load, 'orders', orders), { Who: 1 }),
			sort(load, 'People in order', read(load, 'people', people), { Name: 1 }),
		],
		{
			...Object.fromEntries(Object.entries(orders).map(([name, type]) => [name, { type, from: [name, null] }])),
			Region: { type: 'wstr(8)', from: [null, 'Region'] },
		},
		{ properties: { JoinType: 1, NumKeyColumns: 1, TreatNullsAsEqual: 'false' } },
	)
	const { rows } = derive(load, 'Sums', joined, {
		Total: { type: 'numeric(12,2)', expression: '(DT_NUMERIC,12,2)(Qty * Price)' },
		Class: { type: 'wstr(8)', expression: 'ISNULL(Qty) ? "none" : Qty > 10 ? "many" : "few"' },
	})
	const parts = split(load, 'Parts', rows, {
		lost: 'ISNULL(Region) || TRIM(Region) == ""',
		dear: 'Total >= 100 && YEAR(Day) > 2000',
	})
	const totals = remake(load, 'By region', 'Microsoft.Aggregate', parts.dear, {
		uses: { Region: {}, Total: {}, Day: {} },
		columns: {
			Region: measure('Region', 0, 'wstr(8)'),
			Rows: measure(undefined, 2, 'ui8'),
			Total: measure('Total', 4, 'numeric(38,2)'),
			Last: measure('Day', 7, 'dbDate'),
		},
		property: 'AggregationColumnId',
	})
	write(load, 'totals', totals, summed)
	const others = combine(
		load,
		'Others',
		'Microsoft.UnionAll',
		[parts.lost, parts.rest],
		Object.fromEntries(Object.entries(placed).map(([name, type]) => [name, { type, from: [name, name] }])),
	)
	write(load, 'others', sort(load, 'Once', others, { Who: 1, No: -2 }, { unique: true }), placed)
	const files = {
		orders: file('orders', orders),
		people: file('people', people),
		totals: file('totals', summed),
		others: file('others', placed),
	}
	return jobOf(packageOf({ name: 'Merged', files, flows: [load] }))
}

const x = dtsx(8)
const text = { dataType: 'wstr', length: 20 }
/** Columns of the dimension, by how their changes count: 1 the key, 2 overwritten, 3 kept as history. */
const compared = { code: 1, mail: 2, city: 3 }
const kinds = ['Unchanged', 'New', 'Changing Attribute Updates', 'Historical Attribute Inserts']

/** Slowly Changing Dimension between two tables, with a table for each of its outputs. */
export function dimension(): Job {
	const names = Object.keys(compared)
	const customers: ComponentSpec = {
		name: 'Customers',
		type: 'Microsoft.OLEDBSource',
		properties: { AccessMode: 0, OpenRowset: '[dbo].[Customers]' },
		connections: ['DB'],
		outputs: [{ id: 'cus', columns: names.map((name) => ({ id: `s.${name}`, name, attributes: text })) }],
	}
	const scd: ComponentSpec = {
		name: 'Scd',
		type: 'Microsoft.SCD',
		properties: {
			SqlCommand: 'SELECT code, mail, city FROM dim',
			CurrentRowWhere: '[until] IS NULL',
			EnableInferredMember: 'false',
			IncomingRowChangeType: '1',
		},
		connections: ['DB'],
		inputs: [
			{
				id: 'scd.in',
				columns: Object.entries(compared).map(([name, type]) => ({
					id: `scd.${name}`,
					lineage: `s.${name}`,
					name,
					attributes: { externalMetadataColumnId: `dim.${name}` },
					properties: { ColumnType: type },
				})),
				external: names.map((name) => ({ id: `dim.${name}`, name, attributes: text })),
			},
		],
		outputs: kinds.map((name) => ({
			id: name,
			name: `${name} Output`,
			attributes: { synchronousInputId: 'scd.in' },
		})),
	}
	const taken = kinds.map(
		(kind): ComponentSpec => ({
			name: kind,
			type: 'Microsoft.OLEDBDestination',
			properties: { AccessMode: 3, OpenRowset: `[dbo].[${kind}]` },
			connections: ['DB'],
			inputs: [
				{
					id: `${kind}.in`,
					columns: names.map((name) => ({
						id: `${kind}.${name}`,
						lineage: `s.${name}`,
						name,
						attributes: { ...text, externalMetadataColumnId: `${kind}.x.${name}` },
					})),
					external: names.map((name) => ({ id: `${kind}.x.${name}`, name, attributes: text })),
				},
			],
		}),
	)
	const paths = [['cus', 'scd.in'] as const, ...kinds.map((kind) => [kind, `${kind}.in`] as const)]
	const load = x.pipeline(
		[customers, scd, ...taken].map((one) => x.component(one)),
		paths,
	)
	const database = x.connection('DB', 'OLEDB', 'Data Source=srv;Initial Catalog=Orders;Provider=SQLNCLI11.1')
	return jobOf(x.package('Dimension', database, x.executables(x.executable('Load', 'Microsoft.Pipeline', load))))
}
