/** Rows that are counted, marked with facts of the run or of their failure, turned, and brought back together. */
import type { Case } from '../../support/ssis-case.ts'
import { packageOf } from '../../support/ssis-case.ts'
import { combine, derive, fan, lookup, map, remake, sort, source, target } from '../../support/ssis-components.ts'
import type { Made, Rows } from '../../support/ssis-flow.ts'
import { flow } from '../../support/ssis-flow.ts'
import { text } from './derived-columns.ts'
import { at, scene } from './scene.ts'

const measure = (from: string | undefined, kind: number, type: string, flags = 0): Made => ({
	type,
	...(from === undefined ? {} : { from }),
	properties: { AggregationType: kind, AggregationComparisonFlags: flags, IsBig: 1 },
})

/** Marks each row with what the columns of an error output hold. */
const marked = (load: Parameters<typeof derive>[0], errors: Rows): Rows =>
	derive(load, 'Mark', errors, {
		Code: { type: 'wstr(12)', expression: '(DT_WSTR,12)ErrorCode' },
		Column: { type: 'wstr(12)', expression: 'ErrorColumn == 0 ? "row" : "column"' },
	}).rows

const basket = {
	columns: { Who: 'wstr(9)', Ham: 'i4', Soda: 'i4', Milk: 'i4' },
	rows: ['Kate,2,6,1', 'Fred,,,', 'Bob,3,,0'],
}

/** A lookup on two columns, one of which may be null, in rows that an earlier flow has read. */
const twoKeys = ((): Case => {
	const columns = { Land: 'wstr(2)', No: 'i4', Title: 'wstr(9)' }
	const fill = flow('Fill')
	const { rows } = source(fill, 'Read towns', 'towns', columns, { properties: { RetainNulls: 'true' } })
	const uses = Object.fromEntries(Object.keys(columns).map((name) => [name, { CacheColumnName: name }]))
	fan(fill, 'Keep', 'Microsoft.Cache', rows, {}, {}, uses, ['Towns'])
	const column = (name: string, type: number, length: number, index: number): string =>
		`<DTS:CacheColumn DTS:DataType="${type}" DTS:Length="${length}" DTS:IndexPosition="${index}" DTS:ObjectName="${name}"/>`
	const cache = `<DTS:ConnectionManagers><DTS:ConnectionManager DTS:ObjectName="Towns" DTS:DTSID="{TOWNS}" DTS:CreationName="CACHE"><DTS:ObjectData><DTS:ConnectionManager DTS:ConnectionString=""><DTS:CacheColumns>${column('Land', 130, 2, 1)}${column('No', 3, 0, 2)}${column('Title', 130, 9, 0)}</DTS:CacheColumns></DTS:ConnectionManager></DTS:ObjectData></DTS:ConnectionManager></DTS:ConnectionManagers>`
	const made = scene({
		name: 'Lookup on two keys, one of them null, with the facts of what is not found',
		before: [fill],
		files: { towns: { path: at('towns'), columns } },
		extra: [cache],
		read: { given: { columns: { L: 'wstr(2)', N: 'i4' }, rows: ['AT,1', ',1', 'AT,', 'DE,1', ',', 'AT,2'] } },
		does: (load, { given }) => {
			const found = lookup(load, 'Find', given as Rows, {
				keys: { L: 'Land', N: 'No' },
				take: { Title: ['Title', 'wstr(9)'] },
				connection: 'Towns',
				onError: 'RedirectRow',
				properties: { ConnectionType: 1 },
			})
			return { out: found.rows, bad: marked(load, found.errors) }
		},
		gives: {
			out: ['L,N,Title', 'AT,1,Wien', ',1,Nowhere', 'AT,,Any'],
			bad: ['L,N,Code,Column', 'DE,1,-1071607778,row', ',,-1071607778,row', 'AT,2,-1071607778,row'],
		},
	})
	const towns = text('Land,No,Title', 'AT,1,Wien', ',1,Nowhere', 'AT,,Any', 'AT,1,Again')
	return { ...made, inputs: { ...made.inputs, [at('towns')]: towns } }
})()

/** What is counted in one flow is a value for the next. */
const counted = ((): Case => {
	const columns = { Id: 'i4' }
	const files = {
		given: { path: at('given'), columns },
		out: { path: at('out'), columns: { Id: 'i4', All: 'i4' } },
		all: { path: at('all'), columns },
	}
	const count = flow('Count')
	const first = source(count, 'Read', 'given', columns).rows
	const { counted: going } = fan(
		count,
		'Rows',
		'Microsoft.RowCount',
		first,
		{ counted: {} },
		{ VariableName: 'User::N' },
	)
	target(count, 'Write all', 'all', going, { Id: 'Id' })
	const use = flow('Use')
	const again = source(use, 'Read again', 'given', columns).rows
	const told = derive(use, 'Tell', again, { All: { type: 'i4', expression: '@[User::N] + Id' } }).rows
	target(use, 'Write', 'out', told, { Id: 'Id', All: 'All' })
	return {
		name: 'Rows counted for a later data flow',
		package: packageOf({
			name: 'Counted',
			files,
			flows: [count, use],
			variables: [
				'<DTS:Variables><DTS:Variable DTS:Namespace="User" DTS:ObjectName="N" DTS:DTSID="{N}"><DTS:VariableValue DTS:DataType="3">-7</DTS:VariableValue></DTS:Variable></DTS:Variables>',
			],
		}),
		inputs: { [at('given')]: text('Id', '10', '20', '30') },
		expected: { [at('out')]: ['Id,All', '10,13', '20,23', '30,33'], [at('all')]: ['Id', '10', '20', '30'] },
	}
})()

export const cases: readonly Case[] = [
	twoKeys,
	counted,
	scene({
		name: 'Unpivot: no row for a null, one for a row of nulls, passing columns repeated',
		format: 8,
		read: { given: basket },
		does: (load, { given }) => {
			const of = (id: string): string => `#{Package\\Load\\Unpivot.Outputs[Unpivot Output].Columns[${id}]}`
			const rows = remake(load, 'Unpivot', 'Microsoft.UnPivot', given as Rows, {
				uses: {
					Who: { DestinationColumn: of('Who'), PivotKeyValue: '' },
					Ham: { DestinationColumn: of('Qty'), PivotKeyValue: 'ham' },
					Soda: { DestinationColumn: of('Qty'), PivotKeyValue: 'soda' },
					Milk: { DestinationColumn: of('Qty'), PivotKeyValue: 'milk' },
				},
				columns: {
					Who: { type: 'wstr(12)', properties: { PivotKey: 'false' } },
					Qty: { type: 'i4', properties: { PivotKey: 'false' } },
					Product: { type: 'wstr(9)', properties: { PivotKey: 'true' } },
				},
				property: 'Unused',
			})
			const who = derive(load, 'Known', rows, { Any: { type: 'wstr(4)', expression: 'ISNULL(Qty) ? "none" : "some"' } })
			return { out: who.rows }
		},
		gives: {
			out: [
				'Who,Qty,Product,Any',
				'Kate,2,ham,some',
				'Kate,6,soda,some',
				'Kate,1,milk,some',
				'Fred,,,none',
				'Bob,3,ham,some',
				'Bob,0,milk,some',
			],
		},
	}),
	scene({
		name: 'Aggregate of groups that hold nulls only',
		read: {
			given: {
				columns: { G: 'wstr(3)', N: 'i4', T: 'wstr(3)' },
				rows: ['a,,', 'a,,', 'b,1,x', 'b,1,X', 'b,,y', 'b,4,'],
			},
		},
		does: (load, { given }) => ({
			out: remake(load, 'Group', 'Microsoft.Aggregate', given as Rows, {
				uses: { G: {}, N: {}, T: {} },
				columns: {
					G: measure('G', 0, 'wstr(3)'),
					Rows: measure(undefined, 2, 'ui8'),
					Known: measure('N', 1, 'ui8'),
					Kinds: measure('N', 3, 'ui4'),
					Texts: measure('T', 3, 'ui4', 1),
					Sum: measure('N', 4, 'i8'),
					Mean: measure('N', 5, 'r8'),
					Low: measure('N', 6, 'i4'),
				},
				property: 'AggregationColumnId',
			}),
		}),
		gives: { out: ['G,Rows,Known,Kinds,Texts,Sum,Mean,Low', 'a,2,0,0,0,,,', 'b,4,3,2,2,6,2,1'] },
	}),
	scene({
		name: 'Sort that keeps one row of those whose keys differ in case only',
		read: { given: { columns: { T: 'wstr(5)', N: 'i4' }, rows: ['b,1', 'B,1', 'a,2', ',3', ',3', 'A,5'] } },
		does: (load, { given }) => {
			const upper = derive(
				load,
				'Upper',
				sort(load, 'Sort', given as Rows, { T: 1 }, { flags: { T: 1 }, unique: true }),
				{ Any: { type: 'wstr(9)', expression: 'UPPER(T)' } },
			).rows
			return {
				out: remake(load, 'Only', 'Microsoft.Aggregate', upper, {
					uses: { Any: {} },
					columns: { Any: measure('Any', 0, 'wstr(9)'), Rows: measure(undefined, 2, 'ui8') },
					property: 'AggregationColumnId',
				}),
			}
		},
		gives: { out: ['Any,Rows', 'A,1', 'B,1', ',1'] },
	}),
	scene({
		name: 'Audit of package and task',
		read: { given: { columns: { Id: 'i4' }, rows: ['1', '2'] } },
		does: (load, { given }) => ({
			out: map(load, 'Audit', 'Microsoft.Lineage', given as Rows, {
				Package: { type: 'wstr(40)', from: 'Id', properties: { LineageItemSelected: 2 } },
				Task: { type: 'wstr(40)', from: 'Id', properties: { LineageItemSelected: 7 } },
			}).rows,
		}),
		gives: {
			out: ['Id,Package,Task', '1,Audit of package and task,Load', '2,Audit of package and task,Load'],
		},
	}),
	scene({
		name: 'Audit of the execution: one GUID for all rows, and an hour of this century',
		read: { given: { columns: { Id: 'i4' }, rows: ['1', '2'] } },
		does: (load, { given }) => {
			const facts = map(load, 'Audit', 'Microsoft.Lineage', given as Rows, {
				Run: { type: 'guid', from: 'Id', properties: { LineageItemSelected: 0 } },
				Start: { type: 'date', from: 'Id', properties: { LineageItemSelected: 4 } },
			}).rows
			const seen = derive(load, 'Look', facts, {
				Length: { type: 'i4', expression: 'LEN((DT_WSTR,40)Run)' },
				Late: { type: 'bool', expression: 'YEAR((DT_DBTIMESTAMP)Start) > 2000' },
			}).rows
			return {
				out: remake(load, 'Runs', 'Microsoft.Aggregate', seen, {
					uses: { Run: {}, Length: {}, Late: {} },
					columns: {
						Length: measure('Length', 0, 'i4'),
						Late: measure('Late', 0, 'bool'),
						Runs: measure('Run', 3, 'ui4'),
					},
					property: 'AggregationColumnId',
				}),
			}
		},
		gives: { out: ['Length,Late,Runs', '38,True,1'] },
	}),
	scene({
		name: 'A sum of groups joined to the rows that it was made of',
		read: {
			given: {
				columns: { G: 'i4', V: 'numeric(9,2)' },
				rows: ['2,1.00', '1,.50', '2,3.00', ',4.00', '1,1.50', ',1.00'],
			},
		},
		does: (load, { given }) => {
			const { one, two } = fan(load, 'Twice', 'Microsoft.Multicast', given as Rows, { one: {}, two: {} })
			const sums = remake(load, 'Sum', 'Microsoft.Aggregate', two, {
				uses: { G: {}, V: {} },
				columns: { G: measure('G', 0, 'i4'), Sum: measure('V', 4, 'numeric(38,2)') },
				property: 'AggregationColumnId',
			})
			const both = combine(
				load,
				'Join',
				'Microsoft.MergeJoin',
				[sort(load, 'Sort rows', one, { G: 1 }), sort(load, 'Sort sums', sums, { G: 1 })],
				{
					G: { type: 'i4', from: ['G', null] },
					V: { type: 'numeric(9,2)', from: ['V', null] },
					Sum: { type: 'numeric(38,2)', from: [null, 'Sum'] },
				},
				{ properties: { JoinType: 2, NumKeyColumns: 1, TreatNullsAsEqual: 'true' } },
			)
			return {
				out: derive(load, 'Share', both, {
					Share: { type: 'i4', expression: '(DT_I4)(V * 100 / Sum)' },
				}).rows,
			}
		},
		gives: {
			out: [
				'G,V,Sum,Share',
				',4.00,5.00,80',
				',1.00,5.00,20',
				'1,.50,2.00,25',
				'1,1.50,2.00,75',
				'2,1.00,4.00,25',
				'2,3.00,4.00,75',
			],
		},
	}),
	scene({
		name: 'Merge of rows that descend, nulls last',
		read: {
			one: { columns: { K: 'i4', T: 'wstr(5)' }, rows: ['3,a', '1,b', ',c'], sorted: { K: -1 } },
			two: { columns: { K: 'i4', T: 'wstr(5)' }, rows: ['4,d', '2,e', '0,f'], sorted: { K: -1 } },
		},
		does: (load, { one, two }) => ({
			out: combine(
				load,
				'Merge',
				'Microsoft.Merge',
				[one as Rows, two as Rows],
				{ K: { type: 'i4', from: ['K', 'K'] }, T: { type: 'wstr(5)', from: ['T', 'T'] } },
				{ sorted: { K: -1 } },
			),
		}),
		gives: { out: ['K,T', '4,d', '3,a', '2,e', '1,b', '0,f', ',c'] },
		ordered: true,
	}),
	scene({
		name: 'Pivot of rows that are not sorted: a row for each run of a key',
		read: {
			given: {
				columns: { S: 'wstr(5)', Q: 'wstr(5)', V: 'i4' },
				rows: ['a,x,1', 'a,y,2', 'b,x,3', 'a,x,4'],
			},
		},
		does: (load, { given }) => ({
			out: remake(load, 'Pivot', 'Microsoft.Pivot', given as Rows, {
				uses: { S: { PivotUsage: 1 }, Q: { PivotUsage: 2 }, V: { PivotUsage: 3 } },
				columns: {
					S: { type: 'wstr(5)', from: 'S' },
					X: { type: 'i4', from: 'V', properties: { PivotKeyValue: 'x' } },
					Y: { type: 'i4', from: 'V', properties: { PivotKeyValue: 'y' } },
				},
				property: 'SourceColumn',
				properties: { PassThroughUnmatchedPivotKeys: 'false' },
			}),
		}),
		gives: { out: ['S,X,Y', 'a,1,2', 'b,3,', 'a,4,'] },
	}),
	scene({
		name: 'Derived texts that are too long: cut, or sent aside',
		read: { given: { columns: { Id: 'i4', T: 'wstr(5)' }, rows: ['1,ab', '2,abc', '3,'] } },
		does: (load, { given }) => {
			const cut = derive(load, 'Cut', given as Rows, {
				Twice: { type: 'wstr(4)', expression: 'T + T', onTruncation: 'IgnoreFailure' },
			}).rows
			const kept = derive(load, 'Keep', cut, {
				Three: { type: 'wstr(6)', expression: 'T + T + T', onTruncation: 'RedirectRow' },
			})
			return { out: kept.rows, bad: kept.errors }
		},
		gives: { out: ['Id,T,Twice,Three', '1,ab,abab,ababab', '3,,,'], bad: ['Id,T,Twice', '2,abc,abca'] },
	}),
	scene({
		name: 'Products and sums of decimal numbers keep every digit',
		read: {
			given: {
				columns: { A: 'numeric(9,2)', B: 'numeric(9,3)' },
				rows: ['1.25,.105', '-9999999.99,999999.999', ',1.000'],
			},
		},
		does: (load, { given }) => ({
			out: derive(load, 'Compute', given as Rows, {
				Product: { type: 'numeric(19,5)', expression: 'A * B' },
				Sum: { type: 'numeric(11,3)', expression: 'A + B' },
				Less: { type: 'numeric(11,3)', expression: '-A - B' },
			}).rows,
		}),
		gives: {
			out: [
				'A,B,Product,Sum,Less',
				'1.25,.105,.13125,1.355,-1.355',
				'-9999999.99,999999.999,-9999999980000.00001,-8999999.991,8999999.991',
				',1.000,,,',
			],
		},
	}),
]
