import { describe, expect, it } from 'vitest'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import type { Job } from '#model/job.ts'
import type { Operator, OperatorKind, OperatorOf } from '#model/operators.ts'
import type { ColumnSpec, ComponentSpec } from '../../support/dtsx-builder.ts'
import { dtsx } from '../../support/dtsx-builder.ts'

const x = dtsx(8)

/** A job of one data flow: a database source `Src` with columns id and name, then the components given. */
function job(
	components: readonly ComponentSpec[],
	paths: readonly (readonly [string, string])[],
	...extra: readonly string[]
): Job {
	const all = [source, ...components].map((component) => x.component(component))
	const data = x.package(
		'P',
		x.connection('DB', 'OLEDB', 'Data Source=srv;Initial Catalog=Orders;Provider=SQLNCLI11.1'),
		...extra,
		x.executables(x.executable('Flow', 'Microsoft.Pipeline', x.pipeline(all, paths))),
	)
	const [read] = dtsxImporter.read({ file: { path: 'p.dtsx', bytes: data }, companions: [] }).jobs
	if (read === undefined) throw new Error('no job was read')
	return read
}

const column = (id: string, name: string, dataType: string, attributes = {}, properties = {}): ColumnSpec => ({
	id,
	name,
	attributes: { dataType, ...attributes },
	properties,
})
const source: ComponentSpec = {
	name: 'Src',
	type: 'Microsoft.OLEDBSource',
	properties: { AccessMode: 0, OpenRowset: '[dbo].[Orders]' },
	connections: ['DB'],
	outputs: [
		{
			id: 'src',
			columns: [column('s.id', 'id', 'i4', { sortKeyPosition: 1 }), column('s.name', 'name', 'wstr', { length: 10 })],
		},
	],
}
const errorColumns = (id: string): readonly ColumnSpec[] => [
	column(`${id}.code`, 'ErrorCode', 'i4', { specialFlags: 1 }),
	column(`${id}.column`, 'ErrorColumn', 'i4', { specialFlags: 2 }),
]

function operator<K extends OperatorKind>(read: Job, name: string, kind: K): OperatorOf<K> {
	const found = read.flows[0]?.operators.find((one: Operator) => one.id === name)
	expect(found).toMatchObject({ kind })
	return found as OperatorOf<K>
}
const outcome = (read: Job, name: string) => read.accounting.find((item) => item.name === name)
const linkTo = (read: Job, id: string) => read.flows[0]?.links.find((link) => link.to.operator === id)
const names = (read: Job, id: string) => linkTo(read, id)?.schema.columns.map((one) => one.name)

describe('sources and destinations', () => {
	it('read tables and statements, with parameters from variables', () => {
		const sql = {
			AccessMode: 2,
			SqlCommand: 'select id from t where y = ? order by id',
			ParameterMapping: '"Parameter0:Input",{ABCDEF01-0000-0000-0000-000000000000};',
		}
		const other: ComponentSpec = {
			...source,
			name: 'Sql',
			properties: sql,
			outputs: [{ id: 'sql', columns: [column('q.id', 'id', 'i4')] }],
		}
		const read = job([other], [], x.variable('Year', 3, '2024', { DTSID: '{ABCDEF01-0000-0000-0000-000000000000}' }))
		expect(operator(read, 'Src', 'read').source).toMatchObject({
			kind: 'table',
			connection: 'DB',
			table: { text: '[dbo].[Orders]' },
		})
		expect(operator(read, 'Sql', 'read').source).toMatchObject({
			kind: 'query',
			form: 'call',
			parameters: [{ kind: 'variable', name: 'User::Year' }],
		})
	})

	it('write the mapped columns in the types of the table', () => {
		const input = {
			id: 'd.in',
			columns: [{ id: 'd.1', lineage: 's.id', name: 'id', attributes: { externalMetadataColumnId: 'e.1' } }],
			external: [{ id: 'e.1', name: 'OrderId', attributes: { dataType: 'i8' } }],
		}
		const target: ComponentSpec = {
			name: 'Dst',
			type: 'Microsoft.OLEDBDestination',
			properties: { AccessMode: 3, OpenRowset: 'T' },
			connections: ['DB'],
			inputs: [input],
		}
		const read = job([target], [['src', 'd.in']])
		expect(operator(read, 'Dst', 'write')).toMatchObject({
			target: { kind: 'table', table: { text: 'T' } },
			schema: { columns: [{ name: 'OrderId', type: { kind: 'int', bits: 64 } }] },
		})
		expect(operator(read, 'Dst#columns', 'project').columns[0]?.value.expression).toMatchObject({
			kind: 'cast',
			rule: 'ssis.implicit',
		})
		expect(outcome(read, 'Dst')).toMatchObject({ outcome: 'declared', reason: 'RG-D023' })
	})

	it('refuse files that are not delimited, or delimited in several ways', () => {
		const flat = (properties: Record<string, string>, delimiter?: string) => {
			const file = {
				name: 'F',
				path: 'C:\\f.txt',
				columns: ['a', 'b', 'c'],
				properties,
				...(delimiter === undefined ? {} : { delimiter }),
			}
			const component: ComponentSpec = {
				name: 'File',
				type: 'Microsoft.FlatFileSource',
				connections: ['F'],
				outputs: [{ id: 'f', columns: [] }],
			}
			return outcome(job([component], [], x.flatFile(file)), 'File')
		}
		expect(flat({})?.outcome).toBe('exact')
		expect(flat({ Format: 'FixedWidth' })?.reason).toContain('FixedWidth')
		expect(flat({ CodePage: '12345' })?.reason).toContain('12345')
		expect(flat({}, '')?.reason).toContain('no delimiter')
	})
})

describe('row transformations', () => {
	const derive = (expression: string, dispositions = {}): ComponentSpec => ({
		name: 'Derive',
		type: 'Microsoft.DerivedColumn',
		inputs: [
			{
				id: 'dc.in',
				columns: [
					{
						id: 'dc.1',
						lineage: 's.name',
						name: 'name',
						attributes: { usageType: 'readWrite' },
						properties: { Expression: '[UPPER](#{s.name})' },
					},
				],
			},
		],
		outputs: [
			{
				id: 'dc.out',
				attributes: { synchronousInputId: 'dc.in' },
				columns: [column('dc.new', 'name', 'wstr', { length: 5, ...dispositions }, { Expression: expression })],
			},
			{ id: 'dc.err', attributes: { isErrorOut: 'true', synchronousInputId: 'dc.in' }, columns: errorColumns('dc') },
		],
	})
	const end = (input: string): ComponentSpec => ({
		name: 'End',
		type: 'Microsoft.RowCount',
		properties: { VariableName: 'User::N' },
		inputs: [{ id: input }],
		outputs: [{ id: `${input}.out` }],
	})
	const counter = x.variable('N', 3, '0')

	it('Derived Column replaces and adds; a clash of names renames the new column', () => {
		const read = job(
			[derive('#{s.name} + "!"'), end('n.in')],
			[
				['src', 'dc.in'],
				['dc.out', 'n.in'],
			],
			counter,
		)
		expect(operator(read, 'Derive', 'project').columns.map((one) => one.name)).toEqual(['name', 'name (2)'])
		expect(names(read, 'End')).toEqual(['id', 'name', 'name (2)'])
		expect(operator(read, 'End', 'observe').what).toEqual({ kind: 'row-count', variable: 'User::N' })
	})

	it.each([
		['FailComponent', 'fail', 'fail'],
		['IgnoreFailure', 'null', 'cut'],
		['RedirectRow', 'redirect', 'redirect'],
	])('%s becomes the policies %s and %s', (disposition, onError, onTruncation) => {
		const read = job(
			[derive('#{s.name}', { errorRowDisposition: disposition, truncationRowDisposition: disposition }), end('n.in')],
			[
				['src', 'dc.in'],
				['dc.err', 'n.in'],
			],
			counter,
		)
		expect(operator(read, 'Derive', 'project').columns[1]).toMatchObject({
			onError: { kind: onError },
			onTruncation: { kind: onTruncation },
		})
		expect(linkTo(read, 'End')?.from).toEqual({ operator: 'Derive', port: 'reject' })
		expect(names(read, 'End')).toEqual(['id', 'name', 'ErrorCode', 'ErrorColumn'])
	})

	it('an expression that is not understood makes the component opaque, with its place', () => {
		const read = job(
			[derive('NOSUCH(#{s.name})'), end('n.in')],
			[
				['src', 'dc.in'],
				['dc.out', 'n.in'],
			],
			counter,
		)
		expect(outcome(read, 'Derive')?.outcome).toBe('opaque')
		expect(operator(read, 'Derive', 'opaque').text).toContain('NOSUCH')
		expect(read.diagnostics.map((one) => one.code)).toEqual(['expression/unknown-function', 'stage/unsupported'])
	})

	it('Conditional Split tries its outputs in evaluation order; a null condition is an error', () => {
		const output = (id: string, properties: Record<string, string | number>) => ({
			id,
			properties,
			attributes: { synchronousInputId: 'cs.in', errorRowDisposition: 'FailComponent' },
		})
		const split: ComponentSpec = {
			name: 'Split',
			type: 'Microsoft.ConditionalSplit',
			inputs: [{ id: 'cs.in' }],
			outputs: [
				output('late', { Expression: '#{s.id} > 1', EvaluationOrder: 1 }),
				output('early', { Expression: '#{s.id} > 2', EvaluationOrder: 0 }),
				output('rest', { IsDefaultOut: 'true' }),
			],
		}
		const route = operator(job([split], [['src', 'cs.in']]), 'Split', 'route')
		expect(route.routes.map((one) => one.port)).toEqual(['early', 'late'])
		expect(route).toMatchObject({ mode: 'first', otherwise: [{ port: 'rest', after: 2 }], onNull: { kind: 'fail' } })
	})

	it('Data Conversion adds a converted copy', () => {
		const convert: ComponentSpec = {
			name: 'Convert',
			type: 'Microsoft.DataConvert',
			inputs: [{ id: 'cv.in' }],
			outputs: [
				{
					id: 'cv.out',
					columns: [column('cv.1', 'n', 'i4', {}, { SourceInputColumnLineageID: '#{s.name}', FastParse: 'true' })],
				},
			],
		}
		const [made] = operator(job([convert], [['src', 'cv.in']]), 'Convert', 'project').columns
		expect(made?.value.expression).toMatchObject({
			kind: 'cast',
			rule: 'ssis.data-conversion',
			format: 'from=DT_WSTR,10;to=DT_I4;fast-parse',
		})
	})
})

describe('transformations of many rows', () => {
	const input = (id: string, lineage: string, properties: Record<string, string | number>) => ({
		id,
		columns: [{ id: `${id}.1`, lineage, name: lineage, properties }],
	})

	it('Sort keeps one row of each key when it eliminates duplicates, and says that it may be another', () => {
		const sort: ComponentSpec = {
			name: 'Sort',
			type: 'Microsoft.Sort',
			properties: { EliminateDuplicates: 'true' },
			inputs: [input('so.in', 's.id', { NewSortKeyPosition: -1, NewComparisonFlags: 0 })],
			outputs: [{ id: 'so.out', columns: [column('so.id', 'id', 'i4', {}, { SortColumnId: '#{s.id}' })] }],
		}
		const read = job([sort], [['src', 'so.in']])
		expect(operator(read, 'Sort', 'sort')).toMatchObject({
			keys: [{ column: 'id', direction: 'descending', nulls: 'last' }],
			unique: true,
			stable: false,
			differences: ['RG-D001'],
		})
		expect(outcome(read, 'Sort')?.outcome).toBe('declared')
	})

	it('Aggregate makes one operator for each output', () => {
		const grouped = (id: string, type: number) => ({
			id,
			columns: [
				column(`${id}.k`, 'name', 'wstr', { length: 10 }, { AggregationType: 0, AggregationColumnId: '#{s.name}' }),
				column(`${id}.m`, 'm', 'ui8', {}, { AggregationType: type, AggregationColumnId: '#{s.id}' }),
			],
		})
		const fed = (id: string): ComponentSpec => ({
			name: `To ${id}`,
			type: 'Microsoft.Multicast',
			inputs: [{ id }],
			outputs: [],
		})
		const aggregate: ComponentSpec = {
			name: 'Agg',
			type: 'Microsoft.Aggregate',
			inputs: [{ id: 'ag.in' }],
			outputs: [grouped('one', 2), grouped('two', 3)],
		}
		const read = job(
			[aggregate, fed('x'), fed('y')],
			[
				['src', 'ag.in'],
				['one', 'x'],
				['two', 'y'],
			],
		)
		expect(operator(read, 'Agg#group 1', 'aggregate').measures).toMatchObject([
			{ function: 'count-rows', whenEmpty: 0n },
		])
		expect(operator(read, 'Agg#group 2', 'aggregate')).toMatchObject({
			keys: [{ column: 'name' }],
			measures: [{ function: 'count-distinct', column: 'id' }],
		})
	})

	it('Union All maps by lineage and leaves the rest null', () => {
		const union: ComponentSpec = {
			name: 'Union',
			type: 'Microsoft.UnionAll',
			inputs: [input('u1', 's.id', { OutputColumnLineageID: '#{u.b}' }), { id: 'idle' }],
			outputs: [{ id: 'u.out', columns: [column('u.a', 'a', 'i4'), column('u.b', 'b', 'i4')] }],
		}
		expect(operator(job([union], [['src', 'u1']]), 'Union', 'union')).toMatchObject({
			inputs: 1,
			columns: [
				{ column: { name: 'a' }, from: [null] },
				{ column: { name: 'b' }, from: ['id'] },
			],
		})
	})

	it('Merge Join pairs sort keys by rank', () => {
		const other: ComponentSpec = {
			...source,
			name: 'Other',
			outputs: [{ id: 'oth', columns: [column('o.key', 'key', 'i4', { sortKeyPosition: 1 })] }],
		}
		const join: ComponentSpec = {
			name: 'Join',
			type: 'Microsoft.MergeJoin',
			properties: { JoinType: 0, NumKeyColumns: 1, TreatNullsAsEqual: 'false' },
			inputs: [input('j.l', 's.id', {}), input('j.r', 'o.key', {})],
			outputs: [{ id: 'j.out', columns: [column('j.1', 'right', 'i4', {}, { InputColumnID: '#{j.r.1}' })] }],
		}
		expect(
			operator(
				job(
					[other, join],
					[
						['src', 'j.l'],
						['oth', 'j.r'],
					],
				),
				'Join',
				'join',
			),
		).toMatchObject({
			how: 'full',
			nullsEqual: false,
			keys: [{ left: 'id', right: 'key' }],
			columns: [{ name: 'right', side: 'right', column: 'key' }],
		})
	})

	const lookup = (properties: Record<string, string | number>, disposition = 'FailComponent'): ComponentSpec => ({
		name: 'Find',
		type: 'Microsoft.Lookup',
		properties: { SqlCommand: 'select k, v from ref', CacheType: 0, NoMatchBehavior: 0, ...properties },
		connections: ['DB'],
		inputs: [input('l.in', 's.id', { JoinToReferenceColumn: 'k' })],
		outputs: [
			{
				id: 'l.match',
				attributes: { errorRowDisposition: disposition },
				columns: [column('l.v', 'v', 'wstr', { length: 5 }, { CopyFromReferenceColumn: 'v' })],
			},
			{ id: 'l.miss' },
			{ id: 'l.err', attributes: { isErrorOut: 'true' }, columns: errorColumns('l') },
		],
	})

	it.each([
		[{}, 'FailComponent', 'fail'],
		[{}, 'IgnoreFailure', 'continue'],
		[{}, 'RedirectRow', 'reject'],
		[{ NoMatchBehavior: 1 }, 'FailComponent', 'reject'],
	])('Lookup %j with %s: a miss is %s', (properties, disposition, onMiss) => {
		const read = job([lookup(properties, disposition)], [['src', 'l.in']])
		expect(operator(read, 'Find', 'lookup')).toMatchObject({
			onMiss,
			nullsEqual: true,
			match: 'first',
			missCode: -1071607778,
			take: [{ name: 'v', side: 'right', column: 'v' }],
		})
		expect(names(read, 'Find')).toBeDefined()
		expect(operator(read, 'Find#reference', 'read').schema.columns.map((one) => one.name)).toEqual(['k', 'v'])
	})

	it('Lookup without full cache declares its difference; with a cache connection it is opaque', () => {
		expect(outcome(job([lookup({ CacheType: 1 })], [['src', 'l.in']]), 'Find')?.reason).toBe('RG-D003, RG-D021')
		expect(outcome(job([lookup({ ConnectionType: 1 })], [['src', 'l.in']]), 'Find')?.outcome).toBe('opaque')
	})

	it('Multicast fans out from one port; an unknown component keeps its ports and text', () => {
		const odd = (id: string): ComponentSpec => ({
			name: `Odd ${id}`,
			type: '{00000000-0000-0000-0000-00000000BEEF}',
			properties: { Secret: 'kept' },
			inputs: [{ id }],
		})
		const cast: ComponentSpec = {
			name: 'Cast',
			type: 'Microsoft.Multicast',
			inputs: [{ id: 'm.in' }],
			outputs: [{ id: 'm.1' }, { id: 'm.2' }],
		}
		const read = job(
			[cast, odd('a'), odd('b')],
			[
				['src', 'm.in'],
				['m.1', 'a'],
				['m.2', 'b'],
			],
		)
		expect(['Odd a', 'Odd b'].map((id) => linkTo(read, id)?.from)).toEqual([
			{ operator: 'Cast', port: 'out' },
			{ operator: 'Cast', port: 'out' },
		])
		expect(operator(read, 'Odd a', 'opaque')).toMatchObject({ sourceType: '{00000000-0000-0000-0000-00000000BEEF}' })
	})
})
