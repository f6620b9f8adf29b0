import { describe, expect, it } from 'vitest'
import { flowImporter } from '#importers/datastage/importer.ts'
import type { Job } from '#model/job.ts'
import type { Json } from '../../../../support/formats/flow-writer.ts'

type Settings = { readonly [key: string]: Json }

const schemas: Json = [
	{
		id: 's',
		fields: [
			{ name: 'K', nullable: false, metadata: { max_length: 10 }, app_data: { odbc_type: 'INTEGER' } },
			{ name: 'T', nullable: true, metadata: { max_length: 10 }, app_data: { odbc_type: 'VARCHAR' } },
		],
	},
]
/** The same columns, none of which takes a null. */
const strict: Json = [
	{
		id: 't',
		fields: [{ name: 'T', nullable: false, metadata: { max_length: 10 }, app_data: { odbc_type: 'VARCHAR' } }],
	},
]

interface Between {
	readonly parameters?: Settings
	/** Settings of the link that comes in. */
	readonly input?: Settings
	/** Of each link that leaves. */
	readonly outputs?: readonly Settings[]
	readonly schema?: string
}

/** A file, one stage, and a file for each link that leaves it. */
function importStage(op: string, { parameters = {}, input = {}, outputs = [{}], schema = 's' }: Between): Job {
	const label = (text: string): Json => ({ ui_data: { label: text } })
	const file = (id: string, path: string, ports: Settings): Json => ({
		id,
		type: 'binding',
		op: 'PxSequentialFile',
		app_data: label(path),
		...ports,
	})
	const nodes: Json = [
		file('in', 'In', { outputs: [{ id: 'in-o', schema_ref: 's', parameters: { file: ['/in'] } }] }),
		{
			id: 'stage',
			type: 'execution_node',
			op,
			app_data: label('Stage'),
			parameters,
			inputs: [
				{
					id: 'i',
					schema_ref: 's',
					parameters: input,
					links: [{ node_id_ref: 'in', port_id_ref: 'in-o', link_name: 'rows' }],
				},
			],
			outputs: outputs.map((one, number) => ({ id: `o${number}`, schema_ref: schema, parameters: one })),
		},
		...outputs.map((_one, number) => {
			const links: Json = [{ node_id_ref: 'stage', port_id_ref: `o${number}`, link_name: `out${number}` }]
			const port: Json = { id: `i${number}`, schema_ref: schema, links, parameters: { file: [`/out${number}`] } }
			return file(`out${number}`, `Out${number}`, { inputs: [port] })
		}),
	]
	const document: Json = {
		primary_pipeline: 'm',
		pipelines: [{ id: 'm', nodes }],
		schemas: [...(schemas as Json[]), ...(strict as Json[])],
	}
	const bytes = new TextEncoder().encode(JSON.stringify(document))
	const { jobs } = flowImporter.read({ file: { path: 'data_intg_flow/Stage.json', bytes }, companions: [] })
	const [job] = jobs
	if (job === undefined) throw new Error('no job')
	return job
}

/** Operators that the stage in the middle became. */
const operators = (job: Job, kind: string) =>
	job.flows[0]?.operators.filter((operator) => operator.kind === kind && /Stage\b/.test(operator.id)) ?? []

describe('settings of stages as flows spell them', () => {
	it('a sort on a link names its columns as keyCol; a key may be there to partition by alone', () => {
		const key = (keyCol: string, sorting: boolean, more: Settings = {}): Json => ({
			keyCol,
			partitioning: true,
			sorting,
			'ci-cs': 'cs',
			'asc-desc': 'asc',
			...more,
		})
		const input: Settings = {
			part_type: 'hash',
			perform_sort: true,
			part_unique: true,
			part_stable: true,
			keyColsPart: [key('K', false), key('T', true, { 'ci-cs': 'ci', 'asc-desc': 'desc' })],
		}
		expect(operators(importStage('PxCopy', { input }), 'sort')).toMatchObject([
			{ keys: [{ column: 'T', direction: 'descending', collation: 'caseless' }], unique: true, stable: true },
		])
	})

	it('a sort before collecting has keys without a say in partitions', () => {
		const input: Settings = { part_coll: 'none', perform_sort: true, keyColsNone: [{ keyCol: 'K', 'asc-desc': 'asc' }] }
		expect(operators(importStage('PxCopy', { input }), 'sort')).toMatchObject([{ keys: [{ column: 'K' }] }])
	})

	it('shares of a Sample name their output link', () => {
		const percentProperties: Json = [
			{ percent: 10, output: 1 },
			{ percent: 25, output: 0 },
		]
		const job = importStage('PxSample', { parameters: { percentProperties, selection: 'percent' }, outputs: [{}, {}] })
		expect(operators(job, 'sample')).toMatchObject([{ shares: [{ percent: 10 }, { percent: 25 }] }])
		const ports = job.flows[0]?.links.filter(({ from }) => /Stage$/.test(from.operator))
		expect(ports?.map(({ from, to }) => [from.port, /Out\d/.exec(to.operator)?.[0]])).toEqual(
			expect.arrayContaining([
				['out0', 'Out1'],
				['out1', 'Out0'],
			]),
		)
	})

	it('a null that a column does not take drops the row, or ends the job where the stage aborts', () => {
		const column = (parameters: Settings) =>
			operators(importStage('CTransformerStage', { parameters, schema: 't' }), 'project').flatMap((operator) =>
				operator.kind === 'project' ? operator.columns.filter(({ name }) => name === 'T') : [],
			)[0]
		expect(column({})).toMatchObject({ onNull: { kind: 'drop' } })
		expect(column({ AbortOnNull: true })).toMatchObject({ onNull: { kind: 'fail' } })
		const both = importStage('CTransformerStage', {
			parameters: { AbortOnNull: true, OldNullHandling: true },
			schema: 't',
		})
		expect(both.accounting[1]).toMatchObject({ outcome: 'opaque', reason: expect.stringContaining('it ends the job') })
	})
})
