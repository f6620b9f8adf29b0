/** Rows of the generated tests: synthesised inputs, and what the reference interpreter makes of them. Fixed before any script is run. */
import type { TestRows } from '#evidence/difference-rows.ts'
import { throughEncoding } from '#evidence/encoding.ts'
import type { PlaceData, TestData, Scenario as TestScenario } from '#generators/tests/test-data.ts'
import type { RunFacts } from '#languages/catalogue.ts'
import { parseTimestamp } from '#model/calendar.ts'
import type { Job } from '#model/job.ts'
import { makeTimestamp } from '#model/values.ts'
import type { SourceData } from '#reference/context.ts'
import { interpretJob } from '#reference/job.ts'
import { parameterValues } from '#reference/parameters.ts'
import type { FlowInputs, Scenario } from '#synthesis/scenario.ts'
import { synthesise } from '#synthesis/synthesise.ts'

/** The clock of every test, as argument and as value. */
const clock = { argument: '2024-01-15T10:20:30Z', micros: parseTimestamp('2024-01-15 10:20:30') ?? 0n }

/** None where a part of the job is not understood, as its script stops there, or a parameter must be given. */
export function madeRows(job: Job): TestRows | undefined {
	// A sequence becomes a state machine, which has no script to test.
	if (job.kind === 'sequence' || job.accounting.some(({ outcome }) => outcome === 'opaque')) return undefined
	const { values, missing } = parameterValues(job, new Map())
	if (missing.length > 0) return undefined
	const run: RunFacts = { at: makeTimestamp(clock.micros), job: job.name, project: '', host: '', invocation: '' }
	const facts = { parameters: values, run }
	return { scenarios: synthesise(job, facts).scenarios, facts }
}

/** Scenarios that are meant to fail, of statements that give values to rows, that set variables, or of the control flow, are proven by the evidence, not by the tests. */
export function testDataOf(job: Job, { scenarios, facts }: TestRows): TestData {
	if (job.flows.some(({ operators }) => operators.some(({ kind }) => kind === 'command'))) return { scenarios: [] }
	return {
		scenarios: scenarios
			.filter(({ kind, variables }) => (kind === 'main' || kind === 'empty') && variables === undefined)
			.flatMap((scenario) => testScenario(job, scenario, facts)),
	}
}

function testScenario(job: Job, scenario: Scenario, facts: TestRows['facts']): readonly TestScenario[] {
	const given = new Map([...scenario.flows].map(([id, inputs]) => [id, encoded(job, id, inputs)]))
	const flows = new Map([...given].map(([id, inputs]) => [id, { inputs }]))
	const result = interpretJob(job, { ...facts, flows })
	const written = result.outputs.map(({ flow, output }) => `${flow}/${output.operator}`)
	// A test keeps what one run of a data flow wrote; passes of a loop are compared by the evidence.
	if (result.failure !== undefined || new Set(written).size < written.length) return []
	return [
		{
			name: scenario.name,
			inputs: new Map([...given].flatMap(([id, inputs]) => placeInputs(job, id, inputs))),
			parameters: { run_at: clock.argument },
			expected: new Map(
				result.outputs.map(({ flow, output }) => [
					`${flow}/${output.operator}`,
					output.text === undefined
						? { kind: 'rows', schema: output.schema, rows: output.rows }
						: { kind: 'text', text: asEncoded(output.text, encodingOf(job, flow, output.operator)) },
				]),
			),
		},
	]
}

/** The inputs with the characters that the encodings of their files have. */
function encoded(job: Job, flow: string, inputs: FlowInputs): FlowInputs {
	return new Map(
		[...inputs].map(([operator, data]): [string, SourceData] => {
			if (data.kind !== 'text') return [operator, data]
			const encoding = encodingOf(job, flow, operator)
			return [operator, { ...data, files: data.files.map((text) => asEncoded(text, encoding)) }]
		}),
	)
}

function encodingOf(job: Job, flow: string, id: string): string {
	const operator = job.flows.find((one) => one.id === flow)?.operators.find((one) => one.id === id)
	const place = operator?.kind === 'read' ? operator.source : operator?.kind === 'write' ? operator.target : undefined
	return place?.kind === 'text-file' ? place.layout.encoding : 'utf-8'
}

/** Unicode has all characters, and may begin with a mark that belongs to the text here. */
const asEncoded = (text: string, encoding: string): string =>
	/^utf/i.test(encoding) ? text : throughEncoding(text, encoding)

function placeInputs(job: Job, flow: string, inputs: FlowInputs): readonly (readonly [string, PlaceData])[] {
	const operators = job.flows.find(({ id }) => id === flow)?.operators ?? []
	return [...inputs].map(([operator, data]) => {
		const read = operators.find(({ id }) => id === operator)
		const schema = read?.kind === 'read' ? read.schema : { columns: [], open: false }
		return [`${flow}/${operator}`, placeData(data, schema)]
	})
}

function placeData(data: SourceData, schema: Extract<PlaceData, { kind: 'rows' }>['schema']): PlaceData {
	return data.kind === 'text' ? { kind: 'text', text: data.files.join('') } : { kind: 'rows', schema, rows: data.rows }
}
