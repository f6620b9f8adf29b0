/** Small jobs, one kind of stage each, for the writers of all formats. */
import type { ColumnSpec, JobSpec, LinkSpec, StageSpec, Values } from '../dsx-builder.ts'
import { packed, reads, writes } from '../dsx-builder.ts'
import type { ExportSpec } from './export-spec.ts'

const lines = { SchemaFormat: "final_delim=end, delim=',', quote=none, null_field='~'" }

const columns: readonly ColumnSpec[] = [
	{ name: 'K', sqlType: 4 },
	{ name: 'T', precision: 20, nullable: true },
	{ name: 'A', sqlType: 3, precision: 10, scale: 2, nullable: true },
]

interface Shape {
	readonly type: string
	readonly properties?: Values
	readonly collections?: StageSpec['collections']
	/** Links that arrive, by what is special about them; one when absent. */
	readonly inputs?: readonly Partial<LinkSpec>[]
	readonly outputs?: readonly Partial<LinkSpec>[]
}

/** The columns of a link `from` moved as they are, with others behind them. */
const moved = (from: string, ...more: readonly ColumnSpec[]): readonly ColumnSpec[] => [
	...columns.map((column) => ({ ...column, derivation: `${from}.${column.name}` })),
	...more,
]

/** A file for each link around the stage; the first input link is called a, the second b. */
function around(name: string, { type, properties, collections, inputs = [{}], outputs = [{}] }: Shape) {
	const arriving = inputs.map((more, number): LinkSpec => {
		const link = 'ab'[number] ?? `i${number}`
		const own = { columns, outProperties: reads(`/in/${link}`), outMeta: lines }
		return { name: link, from: `In ${link}`, to: name, ...own, ...more }
	})
	const leaving = outputs.map((more, number): LinkSpec => {
		const link = 'xyz'[number] ?? `o${number}`
		const own = { columns: moved('a'), inProperties: writes(`/out/${link}`), inMeta: lines }
		return { name: link, from: name, to: `Out ${link}`, ...own, ...more }
	})
	const file = (stage: string): StageSpec => ({ name: stage, type: 'PxSequentialFile' })
	const stage: StageSpec = {
		name,
		type,
		...(properties === undefined ? {} : { properties }),
		...(collections === undefined ? {} : { collections }),
	}
	return {
		name: `Job${name}`,
		stages: [...arriving.map(({ from }) => file(from)), stage, ...leaving.map(({ to }) => file(to))],
		links: [...arriving, ...leaving],
	} satisfies JobSpec
}

const key = (name: string, ...options: readonly (readonly [string, string])[]): Values => ({
	key: packed(['key', name, ...options]),
})

const shapes: Readonly<Record<string, Shape>> = {
	Join: {
		type: 'PxJoin',
		properties: { operator: 'leftouterjoin', ...key('K', ['ci\\cs', 'cs']) },
		inputs: [
			{},
			{
				columns: [
					{ name: 'K', sqlType: 4 },
					{ name: 'TOWN', precision: 20 },
				],
			},
		],
		outputs: [{ columns: moved('a', { name: 'TOWN', precision: 20, nullable: true, derivation: 'b.TOWN' }) }],
	},
	Merge: {
		type: 'PxMerge',
		properties: {
			...key('K', ['asc\\desc', 'asc'], ['nulls', 'first']),
			'dropBadMasters\\keepBadMasters': 'dropBadMasters',
		},
		inputs: [
			{},
			{
				columns: [
					{ name: 'K', sqlType: 4 },
					{ name: 'TOWN', precision: 20 },
				],
			},
		],
		outputs: [{ columns: moved('a', { name: 'TOWN', precision: 20, nullable: true, derivation: 'b.TOWN' }) }],
	},
	Funnel: {
		type: 'PxFunnel',
		properties: { operator: 'sortfunnel', ...key('K', ['asc\\desc', 'desc'], ['nulls', 'last']) },
		inputs: [{}, {}],
	},
	Dedupe: {
		type: 'PxRemDup',
		properties: { keep: 'last', ...key('T', ['ci\\cs', 'ci']) },
		inputs: [{ inMeta: { Sort: 'tsort -key T -ci -desc -key K', SortAdv: '', 'Part/Col': 'hash' } }],
	},
	Sorted: {
		type: 'PxSort',
		properties: {
			operator: 'tsort',
			flagKey: 'flagKey',
			key: packed(['key', 'T', ['ci\\cs', 'ci'], ['nulls', 'last']], ['key', 'K', ['asc\\desc', 'desc']]),
		},
		outputs: [{ columns: moved('a', { name: 'keyChange', sqlType: 4 }) }],
	},
	Counted: {
		type: 'PxAggregator',
		properties: { method: 'sort', selection: 'count', countField: packed(['countField', 'N']), ...key('T') },
		outputs: [
			{
				columns: [
					{ name: 'T', precision: 20, nullable: true, derivation: 'a.T' },
					{ name: 'N', sqlType: 4, derivation: 'RecCount()' },
				],
			},
		],
	},
	Captured: {
		type: 'PxChangeCapture',
		properties: {
			selection: 'allvalues',
			'keepCopy\\dropCopy': 'keepCopy',
			editCode: '2',
			deleteCode: '3',
			codeField: 'WHAT',
			...key('K'),
		},
		inputs: [{}, {}],
		outputs: [{ columns: moved('b', { name: 'WHAT', sqlType: 4 }) }],
	},
	Copied: {
		type: 'PxCopy',
		properties: { force: 'force' },
		outputs: [{}, { columns: [{ name: 'ID', sqlType: 4, derivation: 'a.K' }] }],
	},
	Switched: {
		type: 'PxSwitch',
		properties: {
			selection: 'user',
			key: packed(['key', 'K']),
			case: packed(['case', '1=0'], ['case', '2=1']),
			ifNotFound: 'ignore',
		},
		outputs: [{}, {}],
	},
	Filtered: {
		type: 'PxFilter',
		properties: {
			where: packed(['where', "K > 5 and T like 'a.*'", ['target', '1']], ['where', 'A is null', ['target', '0']]),
			first: 'first',
			nulls: 'last',
		},
		outputs: [{}, {}],
	},
	Modified: {
		type: 'PxModify',
		properties: {
			modifyspec: packed(
				['modifyspec', 'ID:int64=K', ['specsuffix', ';']],
				['modifyspec', 'DROP A', ['specsuffix', ';']],
			),
		},
		outputs: [
			{
				columns: [
					{ name: 'ID', sqlType: -5 },
					{ name: 'T', precision: 20, nullable: true },
				],
			},
		],
	},
	Keyed: {
		type: 'PxSurrogateKeyGeneratorN',
		properties: { keysourcetype: 'file', sk_id: '/keys/orders', output_key: 'SK', start_value: '10' },
		outputs: [{ columns: moved('a', { name: 'SK', sqlType: -5 }) }],
	},
	Made: {
		type: 'PxColumnGenerator',
		properties: { selection: 'explicit', schema: packed(['schema', 'N']) },
		outputs: [{ columns: moved('a', { name: 'N', sqlType: 4, format: 'cycle={init=5, incr=2}' }) }],
	},
	Summed: {
		type: 'PxChecksum',
		properties: { comp_mode: 'keepcol', keepcol: packed(['keepcol', 'K'], ['keepcol', 'T']), checksum_name: 'SUM' },
		outputs: [{ columns: moved('a', { name: 'SUM', precision: 32 }) }],
	},
	First: { type: 'PxHead', properties: { nrecs: '5', skip: '1' } },
	Last: { type: 'PxTail', properties: { nrecs: '3' } },
	Shared: {
		type: 'PxSample',
		properties: { selection: 'percent', percent: packed(['percent', '10', ['target', '0']]), seed: '4' },
	},
	Pivoted: {
		type: 'PxPivot',
		properties: {
			pivot_type: 'verticalpivot',
			VerticalPivotCustomOSH: '-group K -pivot A -array 2 ',
		},
		outputs: [
			{
				columns: [
					{ name: 'K', sqlType: 4, derivation: 'a.K' },
					...['A', 'A1'].map((name) => ({
						name,
						sqlType: 3,
						precision: 10,
						scale: 2,
						nullable: true,
						derivation: `VerticalPivot(${name})`,
					})),
				],
			},
		],
	},
	Combined: {
		type: 'PxCompare',
		properties: { field: packed(['field', 'K']), gt: '7' },
		inputs: [{}, {}],
		outputs: [{ columns: [{ name: 'result', sqlType: 4 }] }],
	},
}

/** A data set that one job leaves, and rows that nothing feeds. */
const ends: readonly (JobSpec & { readonly name: string })[] = [
	{
		name: 'JobDataSet',
		stages: [
			{ name: 'Old', type: 'PxDataSet' },
			{ name: 'New', type: 'PxDataSet' },
		],
		links: [
			{
				name: 'rows',
				from: 'Old',
				to: 'New',
				columns,
				outProperties: { dataset: '/ds/old.ds' },
				inProperties: { dataset: '/ds/new.ds', datasetmode: '>> [ds' },
			},
		],
	},
	{
		name: 'JobRows',
		stages: [
			{ name: 'Rows', type: 'PxRowGenerator' },
			{ name: 'Peek', type: 'PxPeek' },
		],
		links: [
			{
				name: 'made',
				from: 'Rows',
				to: 'Peek',
				columns: [{ name: 'K', sqlType: 4, format: 'cycle={init=1, incr=1}' }],
				outProperties: { records: '20' },
			},
		],
	},
]

const usage = (text: string): Values => ({
	XMLProperties: `<?xml version='1.0' encoding='UTF-16'?><Properties version='1.1'><Connection><Server><![CDATA[DB]]></Server></Connection><Usage>${text}</Usage></Properties>`,
})

const tables: JobSpec & { readonly name: string } = {
	name: 'JobTables',
	stages: [
		{
			name: 'From table',
			type: 'OracleConnectorPX',
			properties: usage(
				'<ReadMode>0</ReadMode><GenerateSQL>1</GenerateSQL><TableName>APP.ORDERS</TableName><WhereClause>K &gt; 5</WhereClause>',
			),
		},
		{
			name: 'Into table',
			type: 'OracleConnectorPX',
			properties: usage(
				'<WriteMode>0</WriteMode><GenerateSQL>1</GenerateSQL><TableName>APP.COPIES</TableName><TableAction>3</TableAction><BeforeAfter>1<BeforeSQL>DELETE FROM LOG</BeforeSQL></BeforeAfter>',
			),
		},
	],
	links: [{ name: 'rows', from: 'From table', to: 'Into table', columns }],
}

export const stageExports: ExportSpec = {
	note: 'One stage each',
	sets: [],
	jobs: [...Object.entries(shapes).map(([name, shape]) => around(name, shape)), ...ends, tables],
	connections: {
		'From table': {
			host: 'DB',
			generate_sql: true,
			schema_name: 'APP',
			table_name: 'ORDERS',
			where_clause: 'K > 5',
		},
		'Into table': {
			host: 'DB',
			write_mode: '0',
			generate_sql: true,
			schema_name: 'APP',
			table_name: 'COPIES',
			table_action: '3',
			before_sql: 'DELETE FROM LOG',
		},
	},
}
