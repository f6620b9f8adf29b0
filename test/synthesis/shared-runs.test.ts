import { describe, expect, it } from 'vitest'
import type { DataFlow } from '#model/operators.ts'
import type { Row } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'
import { interpretFlow } from '#reference/flow.ts'
import { makeComposer } from '#synthesis/compose.ts'
import type { SpecialRun } from '#synthesis/shared-runs.ts'
import { shareRuns } from '#synthesis/shared-runs.ts'
import type { SourceRows } from '#synthesis/sources.ts'
import { sourceData, sourcesOf } from '#synthesis/sources.ts'
import type { JobSpec, StageSpec } from '../support/dsx-builder.ts'
import { importJob, packed, source, target } from '../support/dsx-builder.ts'
import { from, list, stage, to } from '../support/functional-job.ts'

const sizes = 'KIND varchar(30)\n\tSIZE int'

const job = (step: StageSpec, written: string): JobSpec => ({
	name: 'Job',
	stages: [source('In'), step, target('Out')],
	links: [from('In', step.name, sizes), to('Out', step.name, written)],
})

const summed = job(
	stage('Sum', 'PxAggregator', {
		method: 'hash',
		selection: 'reduce',
		key: list('key', 'KIND'),
		reduce: packed(['reduce', 'SIZE', ['sum', 'TOTAL']]),
	}),
	'KIND varchar(30)\nTOTAL double',
)
const filtered = job(stage('Large', 'PxFilter', { where: packed(['where', 'SIZE > 10', ['target', '0']]) }), sizes)
const firstTwo = job(stage('Head', 'PxHead', { nrecs: '2' }), sizes)

const run = (name: string, ...rows: readonly (readonly [kind: string, size: string])[]): SpecialRun => ({
	name,
	rows: new Map([['In', rows.map(([KIND, SIZE]) => ({ kind: 'row', row: { KIND, SIZE } satisfies Row }))]]),
})

/** Names of the runs that are left. */
function shared(spec: JobSpec, first: SpecialRun, ...others: readonly SpecialRun[]): readonly string[] {
	const [flow] = importJob(spec).flows
	if (flow === undefined) throw new Error('the job has a data flow')
	const clock = { at: makeTimestamp(0n), job: '', project: '', host: '', invocation: '' }
	const scope = { parameter: () => null, variable: () => null, run: clock }
	const space = { scope, ordinary: () => null, values: () => [] }
	const written = (rows: SourceRows) => lines(flow, rows, clock)
	return shareRuns(flow, [makeComposer(flow)], space, first, others, written).map(({ name }) => name)
}

function lines(flow: DataFlow, rows: SourceRows, clock: Parameters<typeof interpretFlow>[1]['run']) {
	const inputs = new Map(sourcesOf(flow).map((one) => [one.id, sourceData(one, rows.get(one.id) ?? [])]))
	const { outputs, failure } = interpretFlow(flow, { inputs, parameters: new Map(), variables: new Map(), run: clock })
	return failure === undefined ? outputs.flatMap((output) => output.lines ?? []) : undefined
}

describe('special rows', () => {
	it('share a run with those of other groups', () => {
		expect(shared(summed, run('main', ['a', '1']), run('odd', ['b', '0']))).toEqual(['main'])
		expect(shared(summed, run('main', ['a', '1']), run('odd', ['a', '0']), run('few', ['b', '0'], ['c', '1']))).toEqual(
			['main', 'odd'],
		)
	})

	it('name the runs that they came from', () => {
		const main = run('main', ['a', '1'], ['b', '1'])
		expect(shared(summed, main, run('odd', ['a', '0']), run('lonely', ['b', '0']))).toEqual(['main', 'odd; lonely'])
	})

	it('do not share one with a record that may belong to any group', () => {
		const broken: SpecialRun = { name: 'broken', rows: new Map([['In', [{ kind: 'raw', record: 'a,1,2' }]]]) }
		expect(shared(summed, run('main', ['a', '1']), broken)).toEqual(['main', 'broken'])
	})

	it('go with all others where no row meets another', () => {
		const main = run('main', ['a', '11'], ['b', '3'])
		expect(shared(filtered, main, run('parts', ['a', '10'], ['a', '11']))).toEqual(['main'])
	})

	it('stay alone where the order of all rows counts', () => {
		expect(shared(firstTwo, run('main', ['a', '1']), run('odd', ['b', '0']))).toEqual(['main', 'odd'])
	})
})
