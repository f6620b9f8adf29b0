/** Components that bring rows of several inputs together, or look rows up. */
import { dtsx } from '../../support/dtsx-builder.ts'
import type { Case } from '../../support/ssis-case.ts'
import { combine, fan, lookup, sort, source } from '../../support/ssis-components.ts'
import type { Rows } from '../../support/ssis-flow.ts'
import { flow } from '../../support/ssis-flow.ts'
import { text } from './derived-columns.ts'
import type { Scene } from './scene.ts'
import { at, scene } from './scene.ts'

const people = {
	columns: { Id: 'i4', Name: 'wstr(10)' },
	rows: ['1,Ann', '2,Bob', '2,Bo', ',Ghost', ',Ghoul', '5,Eve'],
	sorted: { Id: 1 },
}
const orders = {
	columns: { Who: 'i4', No: 'i4' },
	rows: ['2,10', '2,11', '3,12', ',13', ',14', '5,15'],
	sorted: { Who: 1 },
}
const joined = (
	name: string,
	JoinType: number,
	nulls: string,
	out: readonly string[],
	extra: Partial<Scene> = {},
): Case =>
	scene({
		name,
		read: { people, orders },
		does: (load, { people: left, orders: right }) => ({
			out: combine(
				load,
				'Join',
				'Microsoft.MergeJoin',
				[left as Rows, right as Rows],
				{
					Id: { type: 'i4', from: ['Id', null] },
					Name: { type: 'wstr(10)', from: ['Name', null] },
					Who: { type: 'i4', from: [null, 'Who'] },
					No: { type: 'i4', from: [null, 'No'] },
				},
				{ properties: { JoinType, NumKeyColumns: 1, TreatNullsAsEqual: nulls } },
			),
		}),
		gives: { out: ['Id,Name,Who,No', ...out] },
		...extra,
	})
const many = ['2,Bob,2,10', '2,Bob,2,11', '2,Bo,2,10', '2,Bo,2,11', '5,Eve,5,15']
const ghosts = [',Ghost,,13', ',Ghost,,14', ',Ghoul,,13', ',Ghoul,,14']

const x = dtsx(8)
/** A cache connection: type code, length and rank in the index of each column. */
const cacheManager = (name: string, columns: Readonly<Record<string, readonly [number, number, number]>>): string => {
	const items = Object.entries(columns).map(([column, [DataType, Length, IndexPosition]]) =>
		x.element('CacheColumn', { DataType, Length, IndexPosition, ObjectName: column }),
	)
	return x.connection(name, 'CACHE', '', '', `<DTS:CacheColumns>${items.join('')}</DTS:CacheColumns>`)
}

/** A lookup in a cache that an earlier flow has filled from a file. */
function cached(
	name: string,
	spec: Partial<Parameters<typeof lookup>[3]>,
	gives: (step: ReturnType<typeof lookup>) => Readonly<Record<string, Rows>>,
	expected: Partial<Scene>,
	codes: readonly string[] = ['AB,first', 'AB,second', ',nothing', 'ab ,blank'],
	keeps: Readonly<Record<string, string>> = {},
): Case {
	const fill = flow('Fill')
	const columns = { Code: 'wstr(5)', Title: 'wstr(10)' }
	const { rows } = source(fill, 'Read codes', 'codes', columns, { properties: { RetainNulls: 'true' } })
	fan(
		fill,
		'Keep',
		'Microsoft.Cache',
		rows,
		{},
		keeps,
		{ Code: { CacheColumnName: 'Code' }, Title: { CacheColumnName: 'Title' } },
		['Codes'],
	)
	const made = scene({
		name,
		before: [fill],
		files: { codes: { path: at('codes'), columns } },
		extra: [cacheManager('Codes', { Code: [130, 5, 1], Title: [130, 10, 0] })],
		read: { items: { columns: { No: 'i4', Code: 'wstr(10)' }, rows: ['1,AB', '2,ab', '3,AB ', '4,ZZ', '5,', '6,AB'] } },
		does: (load, given) =>
			gives(
				lookup(load, 'Find', given['items'] as Rows, {
					keys: { Code: 'Code' },
					take: { Title: ['Title', 'wstr(10)'] },
					connection: 'Codes',
					...spec,
					properties: { ConnectionType: 1, ...spec.properties },
				}),
			),
		...expected,
	})
	return {
		...made,
		inputs: { ...made.inputs, [at('codes')]: text('Code,Title', ...codes) },
	}
}

export const cases: readonly Case[] = [
	joined('Merge Join, inner, null keys equal', 2, 'true', [...many, ...ghosts]),
	joined('Merge Join, inner, null keys apart', 2, 'false', many),
	joined('Merge Join, left, null keys equal', 1, 'true', ['1,Ann,,', ...many, ...ghosts]),
	joined('Merge Join, full, null keys equal', 0, 'true', ['1,Ann,,', ',,3,12', ...many, ...ghosts]),
	joined('Merge Join, full, null keys apart', 0, 'false', [
		'1,Ann,,',
		',,3,12',
		...many,
		',Ghost,,',
		',Ghoul,,',
		',,,13',
		',,,14',
	]),
	joined('Merge Join in format 3', 1, 'false', ['1,Ann,,', ...many, ',Ghost,,', ',Ghoul,,'], { format: 3 }),
	scene({
		name: 'Merge Join on texts that were sorted without regard to case',
		read: {
			left: { columns: { K: 'wstr(5)', L: 'i4' }, rows: ['b,1', 'A,2', 'c,3'] },
			right: { columns: { K: 'wstr(5)', R: 'i4' }, rows: ['B,10', 'a,20', 'd,30'] },
		},
		does: (load, { left, right }) => ({
			out: combine(
				load,
				'Join',
				'Microsoft.MergeJoin',
				[
					sort(load, 'Sort left', left as Rows, { K: 1 }, { flags: { K: 1 } }),
					sort(load, 'Sort right', right as Rows, { K: 1 }, { flags: { K: 1 } }),
				],
				{
					K: { type: 'wstr(5)', from: ['K', null] },
					L: { type: 'i4', from: ['L', null] },
					R: { type: 'i4', from: [null, 'R'] },
				},
				{ properties: { JoinType: 2, NumKeyColumns: 1, TreatNullsAsEqual: 'true' } },
			),
		}),
		gives: { out: ['K,L,R', 'b,1,10', 'A,2,20'] },
	}),
	scene({
		name: 'Merge Join on two keys, one descending',
		read: {
			left: { columns: { K: 'i4', M: 'wstr(5)', L: 'i4' }, rows: ['2,a,1', '1,b,2', '1,a,3', ',a,4'] },
			right: { columns: { K: 'i4', M: 'wstr(5)', R: 'i4' }, rows: ['1,a,10', '2,a,20', '2,b,30', ',a,40'] },
		},
		does: (load, { left, right }) => ({
			out: combine(
				load,
				'Join',
				'Microsoft.MergeJoin',
				[
					sort(load, 'Sort left', left as Rows, { K: -1, M: 2 }),
					sort(load, 'Sort right', right as Rows, { K: -1, M: 2 }),
				],
				{
					K: { type: 'i4', from: ['K', null] },
					L: { type: 'i4', from: ['L', null] },
					R: { type: 'i4', from: [null, 'R'] },
				},
				{ properties: { JoinType: 1, NumKeyColumns: 2, TreatNullsAsEqual: 'true' } },
			),
		}),
		gives: { out: ['K,L,R', '2,1,20', '1,2,', '1,3,10', ',4,40'] },
	}),
	scene({
		name: 'Merge of two sorted inputs',
		read: {
			one: { columns: { K: 'i4', T: 'wstr(5)' }, rows: [',n', '1,a', '3,c'], sorted: { K: 1 } },
			two: { columns: { Key: 'i4', Z: 'wstr(5)' }, rows: ['1,x', '2,b', '4,d'], sorted: { Key: 1 } },
		},
		does: (load, { one, two }) => ({
			out: combine(
				load,
				'Merge',
				'Microsoft.Merge',
				[one as Rows, two as Rows],
				{
					K: { type: 'i4', from: ['K', 'Key'] },
					T: { type: 'wstr(5)', from: ['T', null] },
					Z: { type: 'wstr(5)', from: [null, 'Z'] },
				},
				{ sorted: { K: 1 } },
			),
		}),
		gives: { out: ['K,T,Z', ',n,', '1,a,', '1,,x', '2,,b', '3,c,', '4,,d'] },
	}),
	scene({
		name: 'Union of columns under other names and in other orders',
		read: {
			one: { columns: { A: 'i4', B: 'wstr(5)' }, rows: ['1,x', '1,x'] },
			two: { columns: { N: 'wstr(3)', M: 'i4' }, rows: ['y,2'] },
			three: { columns: { C: 'i4' }, rows: ['3'] },
		},
		does: (load, { one, two, three }) => ({
			out: combine(load, 'Union', 'Microsoft.UnionAll', [one as Rows, two as Rows, three as Rows], {
				A: { type: 'i4', from: ['A', 'M', 'C'] },
				B: { type: 'wstr(5)', from: ['B', 'N', null] },
			}),
		}),
		gives: { out: ['A,B', '1,x', '1,x', '2,y', '3,'] },
	}),
	cached(
		'Lookup, rows without a match to their own output',
		{ properties: { NoMatchBehavior: 1 } },
		(step) => ({ out: step.rows, miss: step.misses }),
		{
			gives: {
				out: ['No,Code,Title', '1,AB,first', '5,,nothing', '6,AB,first'],
				miss: ['No,Code', '2,ab', '3,AB ', '4,ZZ'],
			},
		},
	),
	cached('Lookup, no match ignored', { onError: 'IgnoreFailure' }, (step) => ({ out: step.rows }), {
		gives: { out: ['No,Code,Title', '1,AB,first', '2,ab,', '3,AB ,', '4,ZZ,', '5,,nothing', '6,AB,first'] },
	}),
	cached('Lookup, no match redirected', { onError: 'RedirectRow' }, (step) => ({ out: step.rows, bad: step.errors }), {
		gives: {
			out: ['No,Code,Title', '1,AB,first', '5,,nothing', '6,AB,first'],
			bad: ['No,Code', '2,ab', '3,AB ', '4,ZZ'],
		},
	}),
	cached('Lookup, no match ends the run', {}, (step) => ({ out: step.rows }), { fails: 'Find' }),
	cached(
		'Lookup in a reference that must not hold a key twice, and does',
		{ onError: 'IgnoreFailure', properties: { TreatDuplicateKeysAsError: 'true' } },
		(step) => ({ out: step.rows }),
		{ fails: 'Find' },
	),
	cached(
		'Lookup in a reference that must not hold a key twice, and does not',
		{ onError: 'IgnoreFailure', properties: { TreatDuplicateKeysAsError: 'true' } },
		(step) => ({ out: step.rows }),
		{ gives: { out: ['No,Code,Title', '1,AB,only', '2,ab,other', '3,AB ,', '4,ZZ,', '5,,', '6,AB,only'] } },
		['AB,only', 'ab,other'],
	),
	cached(
		'Cache that must not hold a key twice, and would',
		{ onError: 'IgnoreFailure' },
		(step) => ({ out: step.rows }),
		{ fails: 'Keep' },
		[',nothing', 'ab ,blank', ',nobody'],
		{ TreatDuplicateKeysAsError: 'true' },
	),
	cached(
		'Cache that must not hold a key twice, and does not',
		{ onError: 'IgnoreFailure' },
		(step) => ({ out: step.rows }),
		{ gives: { out: ['No,Code,Title', '1,AB,only', '2,ab,only', '3,AB ,', '4,ZZ,', '5,,', '6,AB,only'] } },
		['AB,only', 'ab,only'],
		{ TreatDuplicateKeysAsError: 'true' },
	),
	cached(
		'Lookup that replaces a column',
		{ onError: 'IgnoreFailure', take: {}, replace: { Code: 'Title' } },
		(step) => ({ out: step.rows }),
		{ gives: { out: ['No,Code', '1,first', '2,', '3,', '4,', '5,nothing', '6,first'] } },
	),
]
