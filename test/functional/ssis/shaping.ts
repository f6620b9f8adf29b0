/** Components that bring rows together, look them up, sort, group and turn them. */
import type { Case, FileSpec } from '../../support/ssis-case.ts'
import { packageOf } from '../../support/ssis-case.ts'
import { combine, convert, fan, lookup, map, remake, sort, source, target } from '../../support/ssis-components.ts'
import type { Flow, Made, Rows } from '../../support/ssis-flow.ts'
import { flow } from '../../support/ssis-flow.ts'
import { dtsx } from '../../support/dtsx-builder.ts'
import { text } from './derived-columns.ts'

type Types = Readonly<Record<string, string>>
const at = (name: string): string => `C:\\subjects\\${name}.txt`

interface Scene {
	readonly name: string
	/** File → columns and lines. */
	readonly read: Readonly<Record<string, { readonly columns: Types; readonly rows: readonly string[]; readonly sorted?: Readonly<Record<string, number>> }>>
	/** What happens between: rows by the file that takes them. */
	readonly does: (load: Flow, rows: Readonly<Record<string, Rows>>) => Readonly<Record<string, Rows>>
	readonly gives?: Readonly<Record<string, readonly string[]>>
	readonly fails?: string
	readonly ordered?: boolean
	readonly extra?: readonly string[]
	readonly before?: readonly Flow[]
	readonly files?: Readonly<Record<string, FileSpec>>
	readonly format?: 2 | 3 | 6 | 8
}

export function scene(one: Scene): Case {
	const load = flow('Load', one.format)
	const files: Record<string, FileSpec> = { ...one.files }
	const rows: Record<string, Rows> = {}
	for (const [name, { columns, sorted }] of Object.entries(one.read)) {
		files[name] = { path: at(name), columns }
		rows[name] = source(load, `Read ${name}`, name, columns, { properties: { RetainNulls: 'true' }, ...(sorted === undefined ? {} : { sorted }) }).rows
	}
	for (const [name, { columns }] of Object.entries(one.does(load, rows)).map(([name, given]) => {
		const own = given.columns.filter((column) => column.name !== 'ErrorCode' && column.name !== 'ErrorColumn')
		target(load, `Write ${name}`, name, given, Object.fromEntries(own.map((column) => [column.name, column.name])))
		return [name, { columns: own }] as const
	})) {
		files[name] = { path: at(name), columns: Object.fromEntries(columns.map((column) => [column.name, column.type])) }
	}
	return {
		name: one.name,
		package: packageOf({ name: one.name, files, flows: [...(one.before ?? []), load], ...(one.extra === undefined ? {} : { extra: one.extra }), ...(one.format === undefined ? {} : { format: one.format }) }),
		inputs: Object.fromEntries(Object.entries(one.read).map(([name, { columns, rows: lines }]) => [at(name), text(Object.keys(columns).join(','), ...lines)])),
		expected: Object.fromEntries(Object.entries(one.gives ?? {}).map(([name, lines]) => [at(name), lines])),
		...(one.fails === undefined ? {} : { fails: one.fails }),
		...(one.ordered === undefined ? {} : { ordered: one.ordered }),
	}
}

const people = { columns: { Id: 'i4', Name: 'wstr(10)' }, rows: ['1,Ann', '2,Bob', '2,Bo', ',Ghost', ',Ghoul', '5,Eve'], sorted: { Id: 1 } }
const orders = { columns: { Who: 'i4', No: 'i4' }, rows: ['2,10', '2,11', '3,12', ',13', ',14', '5,15'], sorted: { Who: 1 } }
const joined = (name: string, JoinType: number, nulls: string, out: readonly string[], extra: Partial<Scene> = {}): Case =>
	scene({
		name,
		read: { people, orders },
		does: (load, { people: left, orders: right }) => ({
			out: combine(load, 'Join', 'Microsoft.MergeJoin', [left as Rows, right as Rows], {
				Id: { type: 'i4', from: ['Id', null] }, Name: { type: 'wstr(10)', from: ['Name', null] },
				Who: { type: 'i4', from: [null, 'Who'] }, No: { type: 'i4', from: [null, 'No'] },
			}, { properties: { JoinType, NumKeyColumns: 1, TreatNullsAsEqual: nulls } }),
		}),
		gives: { out: ['Id,Name,Who,No', ...out] },
		...extra,
	})
const many = ['2,Bob,2,10', '2,Bob,2,11', '2,Bo,2,10', '2,Bo,2,11', '5,Eve,5,15']
const ghosts = [',Ghost,,13', ',Ghost,,14', ',Ghoul,,13', ',Ghoul,,14']

const sales = {
	columns: { Region: 'wstr(10)', Qty: 'i4', Price: 'numeric(9,2)', Weight: 'r8', Day: 'dbDate' },
	rows: ['North,1,10.50,0.5,2024-01-01', 'north,2,0.25,1.5,2024-02-01', ',3,1.00,,2024-03-01', ',,2.00,2,', 'South,2,,,2023-01-01', 'North,1,-1.00,1,2022-12-31'],
}
const measure = (from: string | undefined, kind: number, type: string, flags = 0): Made => ({ type, ...(from === undefined ? {} : { from }), properties: { AggregationType: kind, AggregationComparisonFlags: flags, IsBig: 1 } })
const grouped = (name: string, columns: Readonly<Record<string, Made>>, lines: readonly string[], given = sales.rows): Case =>
	scene({
		name,
		read: { sales: { ...sales, rows: given } },
		does: (load, rows) => ({
			out: remake(load, 'Group', 'Microsoft.Aggregate', rows['sales'] as Rows, { uses: { Region: {}, Qty: {}, Price: {}, Weight: {}, Day: {} }, columns, property: 'AggregationColumnId' }),
		}),
		gives: { out: [Object.keys(columns).join(','), ...lines] },
	})

const x = dtsx(8)
/** A cache connection: type code, length and rank in the index of each column. */
const cacheManager = (name: string, columns: Readonly<Record<string, readonly [number, number, number]>>): string => {
	const items = Object.entries(columns).map(([column, [DataType, Length, IndexPosition]]) =>
		x.element('CacheColumn', { DataType, Length, IndexPosition, ObjectName: column }),
	)
	return x.connection(name, 'CACHE', '', '', `<DTS:CacheColumns>${items.join('')}</DTS:CacheColumns>`)
}

/** A lookup in a cache that an earlier flow has filled from a file. */
function cached(name: string, spec: Partial<Parameters<typeof lookup>[3]>, gives: (step: ReturnType<typeof lookup>) => Readonly<Record<string, Rows>>, expected: Partial<Scene>): Case {
	const fill = flow('Fill')
	const columns = { Code: 'wstr(5)', Title: 'wstr(10)' }
	const { rows } = source(fill, 'Read codes', 'codes', columns, { properties: { RetainNulls: 'true' } })
	fan(fill, 'Keep', 'Microsoft.Cache', rows, {}, {}, { Code: { CacheColumnName: 'Code' }, Title: { CacheColumnName: 'Title' } }, ['Codes'])
	const made = scene({
		name,
		before: [fill],
		files: { codes: { path: at('codes'), columns } },
		extra: [cacheManager('Codes', { Code: [130, 5, 1], Title: [130, 10, 0] })],
		read: { items: { columns: { No: 'i4', Code: 'wstr(10)' }, rows: ['1,AB', '2,ab', '3,AB ', '4,ZZ', '5,', '6,AB'] } },
		does: (load, given) =>
			gives(lookup(load, 'Find', given['items'] as Rows, { keys: { Code: 'Code' }, take: { Title: ['Title', 'wstr(10)'] }, connection: 'Codes', ...spec, properties: { ConnectionType: 1, ...spec.properties } })),
		...expected,
	})
	return { ...made, inputs: { ...made.inputs, [at('codes')]: text('Code,Title', 'AB,first', 'AB,second', ',nothing', 'ab ,blank') } }
}

export const cases: readonly Case[] = [
	joined('Merge Join, inner, null keys equal', 2, 'true', [...many, ...ghosts]),
	joined('Merge Join, inner, null keys apart', 2, 'false', many),
	joined('Merge Join, left, null keys equal', 1, 'true', ['1,Ann,,', ...many, ...ghosts]),
	joined('Merge Join, full, null keys equal', 0, 'true', ['1,Ann,,', ',,3,12', ...many, ...ghosts]),
	joined('Merge Join, full, null keys apart', 0, 'false', ['1,Ann,,', ',,3,12', ...many, ',Ghost,,', ',Ghoul,,', ',,,13', ',,,14']),
	joined('Merge Join in format 3', 1, 'false', ['1,Ann,,', ...many, ',Ghost,,', ',Ghoul,,'], { format: 3 }),
	scene({
		name: 'Merge Join on texts that were sorted without regard to case',
		read: { left: { columns: { K: 'wstr(5)', L: 'i4' }, rows: ['b,1', 'A,2', 'c,3'] }, right: { columns: { K: 'wstr(5)', R: 'i4' }, rows: ['B,10', 'a,20', 'd,30'] } },
		does: (load, { left, right }) => ({
			out: combine(load, 'Join', 'Microsoft.MergeJoin', [sort(load, 'Sort left', left as Rows, { K: 1 }, { flags: { K: 1 } }), sort(load, 'Sort right', right as Rows, { K: 1 }, { flags: { K: 1 } })], {
				K: { type: 'wstr(5)', from: ['K', null] }, L: { type: 'i4', from: ['L', null] }, R: { type: 'i4', from: [null, 'R'] },
			}, { properties: { JoinType: 2, NumKeyColumns: 1, TreatNullsAsEqual: 'true' } }),
		}),
		gives: { out: ['K,L,R', 'b,1,10', 'A,2,20'] },
	}),
	scene({
		name: 'Merge Join on two keys, one descending',
		read: { left: { columns: { K: 'i4', M: 'wstr(5)', L: 'i4' }, rows: ['2,a,1', '1,b,2', '1,a,3', ',a,4'] }, right: { columns: { K: 'i4', M: 'wstr(5)', R: 'i4' }, rows: ['1,a,10', '2,a,20', '2,b,30', ',a,40'] } },
		does: (load, { left, right }) => ({
			out: combine(load, 'Join', 'Microsoft.MergeJoin', [sort(load, 'Sort left', left as Rows, { K: -1, M: 2 }), sort(load, 'Sort right', right as Rows, { K: -1, M: 2 })], {
				K: { type: 'i4', from: ['K', null] }, L: { type: 'i4', from: ['L', null] }, R: { type: 'i4', from: [null, 'R'] },
			}, { properties: { JoinType: 1, NumKeyColumns: 2, TreatNullsAsEqual: 'true' } }),
		}),
		gives: { out: ['K,L,R', '2,1,20', '1,2,', '1,3,10', ',4,40'] },
	}),
	scene({
		name: 'Merge of two sorted inputs',
		read: { one: { columns: { K: 'i4', T: 'wstr(5)' }, rows: [',n', '1,a', '3,c'], sorted: { K: 1 } }, two: { columns: { Key: 'i4', Z: 'wstr(5)' }, rows: ['1,x', '2,b', '4,d'], sorted: { Key: 1 } } },
		does: (load, { one, two }) => ({
			out: combine(load, 'Merge', 'Microsoft.Merge', [one as Rows, two as Rows], { K: { type: 'i4', from: ['K', 'Key'] }, T: { type: 'wstr(5)', from: ['T', null] }, Z: { type: 'wstr(5)', from: [null, 'Z'] } }, { sorted: { K: 1 } }),
		}),
		gives: { out: ['K,T,Z', ',n,', '1,a,', '1,,x', '2,,b', '3,c,', '4,,d'] },
	}),
	scene({
		name: 'Union of columns under other names and in other orders',
		read: { one: { columns: { A: 'i4', B: 'wstr(5)' }, rows: ['1,x', '1,x'] }, two: { columns: { N: 'wstr(3)', M: 'i4' }, rows: ['y,2'] }, three: { columns: { C: 'i4' }, rows: ['3'] } },
		does: (load, { one, two, three }) => ({
			out: combine(load, 'Union', 'Microsoft.UnionAll', [one as Rows, two as Rows, three as Rows], { A: { type: 'i4', from: ['A', 'M', 'C'] }, B: { type: 'wstr(5)', from: ['B', 'N', null] } }),
		}),
		gives: { out: ['A,B', '1,x', '1,x', '2,y', '3,'] },
	}),
	scene({
		name: 'Sort by two keys, nulls first, the second descending',
		read: { given: { columns: { K: 'i4', D: 'dbDate', T: 'wstr(5)' }, rows: ['2,2024-01-01,a', '1,2024-01-01,b', '1,2024-05-01,c', ',2024-01-01,d', '1,,e'] } },
		does: (load, { given }) => ({ out: sort(load, 'Sort', given as Rows, { K: 1, D: -2 }) }),
		gives: { out: ['K,D,T', ',2024-01-01,d', '1,2024-05-01,c', '1,2024-01-01,b', '1,,e', '2,2024-01-01,a'] },
		ordered: true,
	}),
	scene({
		name: 'Sort that removes duplicates without regard to case',
		read: { given: { columns: { T: 'wstr(5)', N: 'i4' }, rows: ['b,1', 'B,1', 'a,2', ',3', ',3'] } },
		does: (load, { given }) => ({ out: sort(load, 'Sort', remake(load, 'Upper', 'Microsoft.Aggregate', given as Rows, { uses: { T: {}, N: {} }, property: 'AggregationColumnId', columns: { N: measure('N', 0, 'i4') } }), { N: 1 }, { unique: true }) }),
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
	grouped('Aggregate by groups', {
		Region: measure('Region', 0, 'wstr(10)'), Rows: measure(undefined, 2, 'ui8'), Known: measure('Qty', 1, 'ui8'), Kinds: measure('Qty', 3, 'ui4'), Total: measure('Qty', 4, 'i8'),
		Sum: measure('Price', 4, 'numeric(38,2)'), Mean: measure('Price', 5, 'numeric(38,6)'), Low: measure('Price', 6, 'numeric(9,2)'), High: measure('Weight', 7, 'r8'), First: measure('Day', 6, 'dbDate'), Last: measure('Day', 7, 'dbDate'),
	}, ['North,2,2,1,2,9.50,4.750000,-1.00,1,2022-12-31,2024-01-01', 'north,1,1,1,2,.25,.250000,.25,1.5,2024-02-01,2024-02-01', ',2,1,1,3,3.00,1.500000,1.00,2,2024-03-01,2024-03-01', 'South,1,1,1,2,,,,,2023-01-01,2023-01-01']),
	grouped('Aggregate without regard to case', { Kinds: measure('Region', 3, 'ui8', 1), Rows: measure(undefined, 2, 'ui8') }, ['2,6']),
	grouped('Aggregate without groups', { Rows: measure(undefined, 2, 'ui8'), Total: measure('Qty', 4, 'i8'), Mean: measure('Weight', 5, 'r8') }, ['6,9,1.25']),
	grouped('Averages of whole numbers', { Region: measure('Region', 0, 'wstr(10)'), Mean: measure('Qty', 5, 'r8') }, ['North,1', 'north,2', ',3', 'South,2']),
	grouped('Aggregate of few rows by default sizes', { Rows: { type: 'ui4', properties: { AggregationType: 2, IsBig: 0 } }, Mean: { type: 'r4', from: 'Qty', properties: { AggregationType: 5, IsBig: 0 } } }, ['6,1.8']),
	cached('Lookup, rows without a match to their own output', { properties: { NoMatchBehavior: 1 } }, (step) => ({ out: step.rows, miss: step.misses }), { gives: { out: ['No,Code,Title', '1,AB,first', '5,,nothing', '6,AB,first'], miss: ['No,Code', '2,ab', '3,AB ', '4,ZZ'] } }),
	cached('Lookup, no match ignored', { onError: 'IgnoreFailure' }, (step) => ({ out: step.rows }), { gives: { out: ['No,Code,Title', '1,AB,first', '2,ab,', '3,AB ,', '4,ZZ,', '5,,nothing', '6,AB,first'] } }),
	cached('Lookup, no match redirected', { onError: 'RedirectRow' }, (step) => ({ out: step.rows, bad: step.errors }), { gives: { out: ['No,Code,Title', '1,AB,first', '5,,nothing', '6,AB,first'], bad: ['No,Code', '2,ab', '3,AB ', '4,ZZ'] } }),
	cached('Lookup, no match ends the run', {}, (step) => ({ out: step.rows }), { fails: 'Find' }),
	cached('Lookup that replaces a column', { onError: 'IgnoreFailure', take: {}, replace: { Code: 'Title' } }, (step) => ({ out: step.rows }), { gives: { out: ['No,Code', '1,first', '2,', '3,', '4,', '5,nothing', '6,first'] } }),
	scene({
		name: 'Pivot of sorted rows',
		read: { given: { columns: { S: 'wstr(5)', M: 'wstr(5)', Q: 'i4', V: 'numeric(9,2)' }, rows: ['a,x,1,1.50', 'a,y,2,2.50', 'a,x,9,3.00', 'b,z,2,', 'c,,1,.1'], sorted: { S: 1 } } },
		does: (load, { given }) => ({
			out: remake(load, 'Pivot', 'Microsoft.Pivot', given as Rows, {
				uses: { S: { PivotUsage: 1 }, M: { PivotUsage: 0 }, Q: { PivotUsage: 2 }, V: { PivotUsage: 3 } },
				columns: { S: { type: 'wstr(5)', from: 'S', properties: { PivotKeyValue: '' } }, M: { type: 'wstr(5)', from: 'M' }, Q1: { type: 'numeric(9,2)', from: 'V', properties: { PivotKeyValue: '1' } }, Q2: { type: 'numeric(9,2)', from: 'V', properties: { PivotKeyValue: '2' } } },
				property: 'SourceColumn', properties: { PassThroughUnmatchedPivotKeys: 'true' },
			}),
		}),
		gives: { out: ['S,M,Q1,Q2', 'a,x,1.50,2.50', 'b,z,,', 'c,,.10,'] },
	}),
	...['dup', 'unknown'].map((kind) =>
		scene({
			name: `Pivot that fails: ${kind}`,
			read: { given: { columns: { S: 'wstr(5)', Q: 'wstr(5)', V: 'i4' }, rows: kind === 'dup' ? ['a,q,1', 'a,q,2'] : ['a,q,1', 'a,z,2'], sorted: { S: 1 } } },
			does: (load, { given }) => ({
				out: remake(load, 'Pivot', 'Microsoft.Pivot', given as Rows, {
					uses: { S: { PivotUsage: 1 }, Q: { PivotUsage: 2 }, V: { PivotUsage: 3 } },
					columns: { S: { type: 'wstr(5)', from: 'S' }, One: { type: 'i4', from: 'V', properties: { PivotKeyValue: 'q' } } },
					property: 'SourceColumn', properties: { PassThroughUnmatchedPivotKeys: 'false' },
				}),
			}),
			fails: 'Pivot',
		}),
	),
	scene({
		name: 'Character Map',
		read: { given: { columns: { A: 'i4', T: 'wstr(9)' }, rows: ['1,Straße', '2,ÉCOLE', '3,'] } },
		does: (load, { given }) => ({ out: map(load, 'Map', 'Microsoft.CharacterMap', given as Rows, { Up: { type: 'wstr(9)', from: 'T', properties: { MapFlags: 512 } }, Low: { type: 'wstr(9)', from: 'T', properties: { MapFlags: 256 } } }).rows }),
		gives: { out: ['A,T,Up,Low', '1,Straße,STRAßE,straße', '2,ÉCOLE,ÉCOLE,école', '3,,,'] },
	}),
	scene({
		name: 'Copy Column and Multicast',
		read: { given: { columns: { A: 'i4', T: 'wstr(9)' }, rows: ['1,x', '2,'] } },
		does: (load, { given }) => {
			const { one, two } = fan(load, 'Cast', 'Microsoft.Multicast', given as Rows, { one: {}, two: {} })
			return { out: map(load, 'Copy', 'Microsoft.CopyMap', one, { T2: { type: 'wstr(9)', from: 'T' } }).rows, same: two }
		},
		gives: { out: ['A,T,T2', '1,x,x', '2,,'], same: ['A,T', '1,x', '2,'] },
	}),
	scene({
		name: 'Conversions, each with a way of its own to fail',
		read: { given: { columns: { Id: 'i4', T: 'str(20)' }, rows: ['1,12', '2,abc', '3,123456', '4,', '5,-1', '6,2024-02-29', '7,TRUE'] } },
		does: (load, { given }) => {
			const step = convert(load, 'Convert', given as Rows, { Num: { type: 'i2', from: 'T', onError: 'IgnoreFailure' }, Short: { type: 'wstr(4)', from: 'T', onTruncation: 'IgnoreFailure' }, Pos: { type: 'ui2', from: 'T', onError: 'RedirectRow' }, Day: { type: 'dbDate', from: 'T', onError: 'IgnoreFailure' } })
			return { out: step.rows, bad: step.errors }
		},
		gives: { out: ['Id,T,Num,Short,Pos,Day', '1,12,12,12,12,', '4,,,,,'], bad: ['Id,T', '2,abc', '3,123456', '5,-1', '6,2024-02-29', '7,TRUE'] },
	}),
]
