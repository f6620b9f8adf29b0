/** Components that sort, group, turn, map and copy. */
import type { Case } from '../../support/ssis-case.ts'
import { convert, fan, map, remake, sort } from '../../support/ssis-components.ts'
import type { Made, Rows } from '../../support/ssis-flow.ts'
import { scene } from './scene.ts'

const sales = {
	columns: { Region: 'wstr(10)', Qty: 'i4', Price: 'numeric(9,2)', Weight: 'r8', Day: 'dbDate' },
	rows: [
		'North,1,10.50,0.5,2024-01-01',
		'north,2,0.25,1.5,2024-02-01',
		',3,1.00,,2024-03-01',
		',,2.00,2,',
		'South,2,,,2023-01-01',
		'North,1,-1.00,1,2022-12-31',
	],
}
const measure = (from: string | undefined, kind: number, type: string, flags = 0): Made => ({
	type,
	...(from === undefined ? {} : { from }),
	properties: { AggregationType: kind, AggregationComparisonFlags: flags, IsBig: 1 },
})
const grouped = (
	name: string,
	columns: Readonly<Record<string, Made>>,
	lines: readonly string[],
	given = sales.rows,
): Case =>
	scene({
		name,
		read: { sales: { ...sales, rows: given } },
		does: (load, rows) => ({
			out: remake(load, 'Group', 'Microsoft.Aggregate', rows['sales'] as Rows, {
				uses: { Region: {}, Qty: {}, Price: {}, Weight: {}, Day: {} },
				columns,
				property: 'AggregationColumnId',
			}),
		}),
		gives: { out: [Object.keys(columns).join(','), ...lines] },
	})

export const cases: readonly Case[] = [
	scene({
		name: 'Sort by two keys, nulls first, the second descending',
		read: {
			given: {
				columns: { K: 'i4', D: 'dbDate', T: 'wstr(5)' },
				rows: ['2,2024-01-01,a', '1,2024-01-01,b', '1,2024-05-01,c', ',2024-01-01,d', '1,,e'],
			},
		},
		does: (load, { given }) => ({ out: sort(load, 'Sort', given as Rows, { K: 1, D: -2 }) }),
		gives: { out: ['K,D,T', ',2024-01-01,d', '1,2024-05-01,c', '1,2024-01-01,b', '1,,e', '2,2024-01-01,a'] },
		ordered: true,
	}),
	scene({
		name: 'Sort that removes duplicates without regard to case',
		read: { given: { columns: { T: 'wstr(5)', N: 'i4' }, rows: ['b,1', 'B,1', 'a,2', ',3', ',3'] } },
		does: (load, { given }) => ({
			out: sort(
				load,
				'Sort',
				remake(load, 'Upper', 'Microsoft.Aggregate', given as Rows, {
					uses: { T: {}, N: {} },
					property: 'AggregationColumnId',
					columns: { N: measure('N', 0, 'i4') },
				}),
				{ N: 1 },
				{ unique: true },
			),
		}),
		gives: { out: ['N', '1', '2', '3'] },
	}),
	scene({
		name: 'Sort that removes rows with the same keys',
		read: { given: { columns: { T: 'wstr(5)', N: 'i4' }, rows: ['b,1', 'B,1', 'b,1', 'a,2', ',3', ',3'] } },
		does: (load, { given }) => ({ out: sort(load, 'Sort', given as Rows, { T: 1, N: 2 }, { unique: true }) }),
		gives: { out: ['T,N', 'b,1', 'B,1', 'a,2', ',3'] },
	}),
	...[1, 0x10, 2, 0x20000, 0x10000, 3].map((flags) =>
		scene({
			name: `Sort with the comparison flags ${flags}`,
			read: { given: { columns: { T: 'wstr(5)', N: 'i4' }, rows: ['b,1', 'a,2', ',3', 'c,4'] } },
			does: (load, { given }) => ({ out: sort(load, 'Sort', given as Rows, { T: 1 }, { flags: { T: flags } }) }),
			gives: { out: ['T,N', ',3', 'a,2', 'b,1', 'c,4'] },
			ordered: true,
		}),
	),
	grouped(
		'Aggregate by groups',
		{
			Region: measure('Region', 0, 'wstr(10)'),
			Rows: measure(undefined, 2, 'ui8'),
			Known: measure('Qty', 1, 'ui8'),
			Kinds: measure('Qty', 3, 'ui4'),
			Total: measure('Qty', 4, 'i8'),
			Sum: measure('Price', 4, 'numeric(38,2)'),
			Mean: measure('Price', 5, 'numeric(38,6)'),
			Low: measure('Price', 6, 'numeric(9,2)'),
			High: measure('Weight', 7, 'r8'),
			First: measure('Day', 6, 'dbDate'),
			Last: measure('Day', 7, 'dbDate'),
		},
		[
			'North,2,2,1,2,9.50,4.750000,-1.00,1,2022-12-31,2024-01-01',
			'north,1,1,1,2,.25,.250000,.25,1.5,2024-02-01,2024-02-01',
			',2,1,1,3,3.00,1.500000,1.00,2,2024-03-01,2024-03-01',
			'South,1,1,1,2,,,,,2023-01-01,2023-01-01',
		],
	),
	grouped(
		'Aggregate without regard to case',
		{ Kinds: measure('Region', 3, 'ui8', 1), Rows: measure(undefined, 2, 'ui8') },
		['2,6'],
	),
	scene({
		name: 'Aggregate without regard to accents, symbols, kana or width',
		read: {
			given: {
				columns: { T: 'wstr(9)', S: 'wstr(9)', K: 'wstr(9)', W: 'wstr(9)', A: 'wstr(9)' },
				rows: ['Émil,a-b,カ,ABC,Zoë', 'emil,ab,か,ＡＢＣ,ZOE', 'Emil,a b.,ガ,abc,zoe', ',c,が,ｶﾞ,', ',$C,ｶ,ガ,'],
			},
		},
		does: (load, { given }) => ({
			out: remake(load, 'Group', 'Microsoft.Aggregate', given as Rows, {
				uses: { T: {}, S: {}, K: {}, W: {}, A: {} },
				columns: {
					Accents: measure('T', 3, 'ui4', 2),
					Symbols: measure('S', 3, 'ui4', 4),
					Kana: measure('K', 3, 'ui4', 0x10000),
					Width: measure('W', 3, 'ui4', 0x20000),
					Japan: measure('K', 3, 'ui4', 0x30000),
					Both: measure('A', 3, 'ui4', 3),
				},
				property: 'AggregationColumnId',
			}),
		}),
		gives: { out: ['Accents,Symbols,Kana,Width,Japan,Both', '2,3,3,3,2,1'] },
	}),
	scene({
		name: 'Groups of texts that differ in accents and case: the first stands for all',
		read: { given: { columns: { T: 'wstr(9)', N: 'i4' }, rows: ['Zoë,1', 'Bob,2', 'ZOE,3', ',4', 'zoe,5', ',6'] } },
		does: (load, { given }) => ({
			out: remake(load, 'Group', 'Microsoft.Aggregate', given as Rows, {
				uses: { T: {}, N: {} },
				columns: { T: measure('T', 0, 'wstr(9)', 3), Sum: measure('N', 4, 'i8') },
				property: 'AggregationColumnId',
			}),
		}),
		gives: { out: ['T,Sum', 'Zoë,9', 'Bob,2', ',10'] },
	}),
	grouped(
		'Aggregate without groups',
		{ Rows: measure(undefined, 2, 'ui8'), Total: measure('Qty', 4, 'i8'), Mean: measure('Weight', 5, 'r8') },
		['6,9,1.25'],
	),
	grouped('Averages of whole numbers', { Region: measure('Region', 0, 'wstr(10)'), Mean: measure('Qty', 5, 'r8') }, [
		'North,1',
		'north,2',
		',3',
		'South,2',
	]),
	grouped(
		'Aggregate of few rows by default sizes',
		{
			Rows: { type: 'ui4', properties: { AggregationType: 2, IsBig: 0 } },
			Mean: { type: 'r4', from: 'Qty', properties: { AggregationType: 5, IsBig: 0 } },
		},
		['6,1.8'],
	),
	scene({
		name: 'Pivot of sorted rows',
		read: {
			given: {
				columns: { S: 'wstr(5)', M: 'wstr(5)', Q: 'i4', V: 'numeric(9,2)' },
				rows: ['a,x,1,1.50', 'a,y,2,2.50', 'a,x,9,3.00', 'b,z,2,', 'c,,1,.1'],
				sorted: { S: 1 },
			},
		},
		does: (load, { given }) => ({
			out: remake(load, 'Pivot', 'Microsoft.Pivot', given as Rows, {
				uses: { S: { PivotUsage: 1 }, M: { PivotUsage: 0 }, Q: { PivotUsage: 2 }, V: { PivotUsage: 3 } },
				columns: {
					S: { type: 'wstr(5)', from: 'S', properties: { PivotKeyValue: '' } },
					M: { type: 'wstr(5)', from: 'M' },
					Q1: { type: 'numeric(9,2)', from: 'V', properties: { PivotKeyValue: '1' } },
					Q2: { type: 'numeric(9,2)', from: 'V', properties: { PivotKeyValue: '2' } },
				},
				property: 'SourceColumn',
				properties: { PassThroughUnmatchedPivotKeys: 'true' },
			}),
		}),
		gives: { out: ['S,M,Q1,Q2', 'a,x,1.50,2.50', 'b,z,,', 'c,,.10,'] },
	}),
	...(
		[
			['numeric(5,1)', '1.5', '2'],
			['dbDate', '2024-02-29', '2024-03-01'],
			['dbTimeStamp', '2024-02-29 12:00:00', '2024-02-29'],
		] as const
	).map(([type, first, second]) =>
		scene({
			name: `Pivot by keys of the type ${type}`,
			read: {
				given: {
					columns: { S: 'wstr(5)', Q: type, V: 'i4' },
					rows: [`a,${first},1`, `a,${second},2`, `b,${second},3`],
					sorted: { S: 1 },
				},
			},
			does: (load, { given }) => ({
				out: remake(load, 'Pivot', 'Microsoft.Pivot', given as Rows, {
					uses: { S: { PivotUsage: 1 }, Q: { PivotUsage: 2 }, V: { PivotUsage: 3 } },
					columns: {
						S: { type: 'wstr(9)', from: 'S' },
						One: { type: 'i4', from: 'V', properties: { PivotKeyValue: first } },
						Two: { type: 'i4', from: 'V', properties: { PivotKeyValue: second } },
					},
					property: 'SourceColumn',
					properties: { PassThroughUnmatchedPivotKeys: 'false' },
				}),
			}),
			gives: { out: ['S,One,Two', 'a,1,2', 'b,,3'] },
		}),
	),
	...['dup', 'unknown'].map((kind) =>
		scene({
			name: `Pivot that fails: ${kind}`,
			read: {
				given: {
					columns: { S: 'wstr(5)', Q: 'wstr(5)', V: 'i4' },
					rows: kind === 'dup' ? ['a,q,1', 'a,q,2'] : ['a,q,1', 'a,z,2'],
					sorted: { S: 1 },
				},
			},
			does: (load, { given }) => ({
				out: remake(load, 'Pivot', 'Microsoft.Pivot', given as Rows, {
					uses: { S: { PivotUsage: 1 }, Q: { PivotUsage: 2 }, V: { PivotUsage: 3 } },
					columns: {
						S: { type: 'wstr(5)', from: 'S' },
						One: { type: 'i4', from: 'V', properties: { PivotKeyValue: 'q' } },
					},
					property: 'SourceColumn',
					properties: { PassThroughUnmatchedPivotKeys: 'false' },
				}),
			}),
			fails: 'Pivot',
		}),
	),
	scene({
		name: 'Character Map',
		read: { given: { columns: { A: 'i4', T: 'wstr(9)' }, rows: ['1,Grün', '2,ÉCOLE', '3,'] } },
		does: (load, { given }) => ({
			out: map(load, 'Map', 'Microsoft.CharacterMap', given as Rows, {
				Up: { type: 'wstr(9)', from: 'T', properties: { MapFlags: 512 } },
				Low: { type: 'wstr(9)', from: 'T', properties: { MapFlags: 256 } },
			}).rows,
		}),
		gives: { out: ['A,T,Up,Low', '1,Grün,GRÜN,grün', '2,ÉCOLE,ÉCOLE,école', '3,,,'] },
	}),
	scene({
		name: 'Character Map between kanas and widths',
		read: { given: { columns: { A: 'i4', T: 'wstr(9)' }, rows: ['1,ｶﾞｰ ab', '2,パンＡ', '3,ひらがな', '4,'] } },
		does: (load, { given }) => ({
			out: map(load, 'Map', 'Microsoft.CharacterMap', given as Rows, {
				Full: { type: 'wstr(9)', from: 'T', properties: { MapFlags: 0x800000 } },
				Half: { type: 'wstr(9)', from: 'T', properties: { MapFlags: 0x400000 } },
				Hira: { type: 'wstr(9)', from: 'T', properties: { MapFlags: 0x100000 } },
				Kata: { type: 'wstr(9)', from: 'T', properties: { MapFlags: 0x200000 | 0x400000 } },
				Both: { type: 'wstr(9)', from: 'T', properties: { MapFlags: 0x800000 | 0x100000 | 0x200 } },
			}).rows,
		}),
		gives: {
			out: [
				'A,T,Full,Half,Hira,Kata,Both',
				'1,ｶﾞｰ ab,ガー\u3000ａｂ,ｶﾞｰ ab,ｶﾞｰ ab,ｶﾞｰ ab,がー\u3000ＡＢ',
				'2,パンＡ,パンＡ,ﾊﾟﾝA,ぱんＡ,ﾊﾟﾝA,ぱんＡ',
				'3,ひらがな,ひらがな,ひらがな,ひらがな,ﾋﾗｶﾞﾅ,ひらがな',
				'4,,,,,,',
			],
		},
	}),
	scene({
		name: 'Copy Column and Multicast',
		read: { given: { columns: { A: 'i4', T: 'wstr(9)' }, rows: ['1,x', '2,'] } },
		does: (load, { given }) => {
			const { one, two } = fan(load, 'Cast', 'Microsoft.Multicast', given as Rows, { one: {}, two: {} })
			return {
				out: map(load, 'Copy', 'Microsoft.CopyMap', one, { T2: { type: 'wstr(9)', from: 'T' } }).rows,
				same: two,
			}
		},
		gives: { out: ['A,T,T2', '1,x,x', '2,,'], same: ['A,T', '1,x', '2,'] },
	}),
	scene({
		name: 'Conversions, each with a way of its own to fail',
		read: {
			given: {
				columns: { Id: 'i4', T: 'str(20)' },
				rows: ['1,12', '2,abc', '3,123456', '4,', '5,-1', '6,2024-02-29', '7,TRUE'],
			},
		},
		does: (load, { given }) => {
			const step = convert(load, 'Convert', given as Rows, {
				Num: { type: 'i2', from: 'T', onError: 'IgnoreFailure' },
				Short: { type: 'wstr(4)', from: 'T', onTruncation: 'IgnoreFailure' },
				Pos: { type: 'ui2', from: 'T', onError: 'RedirectRow' },
				Day: { type: 'dbDate', from: 'T', onError: 'IgnoreFailure' },
			})
			return { out: step.rows, bad: step.errors }
		},
		gives: {
			out: ['Id,T,Num,Short,Pos,Day', '1,12,12,12,12,', '4,,,,,'],
			bad: ['Id,T', '2,abc', '3,123456', '5,-1', '6,2024-02-29', '7,TRUE'],
		},
	}),
]
