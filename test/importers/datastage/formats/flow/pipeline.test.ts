import { describe, expect, it } from 'vitest'
import { flowReader } from '#importers/datastage/formats/flow/open.ts'
import { flowImporter } from '#importers/datastage/importer.ts'
import type { Json } from '../../../../support/formats/flow-writer.ts'

type JsonObject = { readonly [key: string]: Json }

const file = (document: Json) => ({
	path: 'orchestration_flow/Nightly.json',
	bytes: new TextEncoder().encode(JSON.stringify(document)),
})

const node = (
	id: string,
	component: string,
	inputs: readonly Json[],
	from: readonly Json[] = [],
	more: JsonObject = {},
): Json => ({
	id,
	type: 'execution_node',
	app_data: { pipeline_data: { descriptive_name: id, config: { link: { component_id_ref: component } }, inputs } },
	inputs: [{ id: `${id}-in`, links: from }],
	outputs: [{ id: `${id}-out` }],
	...more,
})

const behind = (id: string, condition?: Json): Json => ({
	id: `l-${id}`,
	node_id_ref: id,
	link_name: `after ${id}`,
	...(condition === undefined ? {} : { condition }),
})

const pipeline = (nodes: readonly Json[], others: readonly Json[] = []): Json => ({
	primary_pipeline: 'main',
	pipelines: [{ id: 'main', nodes }, ...others],
	parameters: { local_parameters: [{ name: 'day', type: 'string', value: '1' }] },
})

/** Keys of the activities and of the triggers that leave them, as the records have them. */
function records(document: Json): readonly ReadonlyMap<string, string>[] {
	const sections = [
		...flowReader.open(file(document)).sections(
			(kind) => kind === 'DSJOB',
			() => undefined,
		),
	]
	return sections.flatMap((section) => section.records.map(({ values }) => values))
}

const of = (document: Json, type: string) => records(document).filter((values) => values.get('OLEType') === type)

describe('a pipeline', () => {
	it('is a sequence with the activities and triggers of DSX', () => {
		const document = pipeline([
			node('Load', 'run-datastage-job', [{ name: 'job', value: { name: 'LoadSales.DataStage job' } }]),
			node('Clean', 'run-bash-script', [{ name: 'bash_script', value: 'rm -f /tmp/x' }], [behind('Load', 'otherwise')]),
			node(
				'Both',
				'wait-sequencer-any',
				[],
				[behind('Load', { expression: "params.day == '1' && ds.Len('a') != 2" }), behind('Clean')],
			),
			node('Stop', 'control-terminator', [{ name: 'message', value: 'enough' }], [behind('Both')]),
		])
		const { jobs } = flowImporter.read({ file: file(document), companions: [] })
		expect(jobs.map(({ name, kind }) => [name, kind])).toEqual([['Nightly', 'sequence']])
		expect(jobs[0]?.accounting.map(({ id, type }) => [id, type])).toEqual([
			['Nightly/Load', 'CJobActivity'],
			['Nightly/Clean', 'CExecCommandActivity'],
			['Nightly/Both', 'CSequencer'],
			['Nightly/Stop', 'CTerminatorActivity'],
		])
		expect(jobs[0]?.control.precedences).toHaveLength(4)
		expect(jobs[0]?.parameters.map(({ name }) => name)).toEqual(['day'])
		expect(of(document, 'CJSJobActivity').map((values) => values.get('Jobname'))).toEqual(['LoadSales'])
		expect(of(document, 'CJSSequencer').map((values) => values.get('SequencerType'))).toEqual(['1'])
		const triggers = of(document, 'CJSActivityOutput').map((values) => [
			values.get('ConditionType'),
			values.get('TriggerExpression'),
		])
		expect(triggers).toEqual([
			['1', undefined],
			['6', "day = '1'  And  Len('a') <> 2"],
			['0', undefined],
			['0', undefined],
		])
	})

	it('hands values to the parameters of jobs as BASIC', () => {
		const value: Json = [
			{ name: 'DAY', value_from: { expression: 'params.day' } },
			{ name: 'TEXT', value: 'it "is"' },
			{ name: 'COUNT', value: 5 },
		]
		const document = pipeline([
			node('Load', 'run-datastage-job', [
				{ name: 'job', value: 'LoadSales' },
				{ name: 'job_parameters', value },
			]),
		])
		const sections = [
			...flowReader.open(file(document)).sections(
				(kind) => kind === 'DSJOB',
				() => undefined,
			),
		]
		const activity = sections[0]?.records.find(({ values }) => values.get('OLEType') === 'CJSJobActivity')
		const given = activity?.collections.get('ParameterValues') ?? []
		expect(given.map(({ values }) => [values.get('Name'), values.get('Description')])).toEqual([
			['DAY', 'day'],
			['TEXT', `'it "is"'`],
			['COUNT', '5'],
		])
	})

	it('waits for files, goes on after scripts that fail where it says so, and aborts', () => {
		const input = (name: string, value: Json): Json => ({ name, value })
		const document = pipeline([
			node('Wait', 'wait-for-file', [
				{ name: 'file', value_from: { expression: "'s3://lake/in/' + params.day" } },
				input('wait_mode', 'disappear'),
				input('timeout_length', '01:02:03'),
			]),
			node(
				'Clean',
				'run-bash-script',
				[input('script', 'rm s3://lake/in/*.done'), input('error_policy', 'continue_on_error')],
				[behind('Wait')],
			),
			node('Stop', 'control-terminator', [input('terminator_mode', 'abort_wait')], [behind('Clean')]),
			node('Never', 'wait-for-file', [input('file', 's3://lake/x'), input('wait_mode', 'change')], [behind('Wait')]),
		])
		const [job] = flowImporter.read({ file: file(document), companions: [] }).jobs
		expect(job?.control.tasks).toMatchObject([
			{ kind: 'wait-for-file', until: 'disappears', timeoutSeconds: 3723 },
			{ kind: 'files', action: 'delete', needsFile: false },
			{ kind: 'opaque', sourceType: 'wait-for-file' },
			{ kind: 'terminate', sends: 'abort' },
		])
	})

	it('shows what it does not know, and the pipeline of a loop as a sequence of its own', () => {
		const inner = { id: 'body', nodes: [node('Inside', 'run-bash-script', [{ name: 'bash_script', value: 'ls' }])] }
		const loop = node('Each', 'control-sequential-for', [{ name: 'list', value: 'a,b' }], [], {
			subflow_ref: { pipeline_id_ref: 'body' },
		})
		const strange = node('Two', 'run-datastage-job', [
			{ name: 'job', value: 'X' },
			{ name: 'job_parameters', value: 'what is this' },
		])
		const { jobs } = flowImporter.read({ file: file(pipeline([loop, strange], [inner])), companions: [] })
		expect(jobs.map(({ name }) => name)).toEqual(['Nightly', 'Nightly.Each'])
		expect(jobs[0]?.accounting.map(({ type, outcome }) => [type, outcome])).toEqual([
			['control-sequential-for', 'opaque'],
			['run-datastage-job', 'opaque'],
		])
	})
})
