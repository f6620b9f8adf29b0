import { describe, expect, it } from 'vitest'
import { parseTimestamp } from '#model/calendar.ts'
import type { Task } from '#model/control-flow.ts'
import type { Operator } from '#model/operators.ts'
import { text } from '#model/types.ts'
import { makeTimestamp } from '#model/values.ts'
import { synthesise } from '#synthesis/synthesise.ts'
import {
	flow,
	job,
	link,
	literal,
	provenance,
	schema,
	sourced,
	textSource,
	textTarget,
} from '../support/model-builder.ts'

const facts = {
	parameters: new Map(),
	run: {
		at: makeTimestamp(parseTimestamp('2024-01-15 10:20:30') ?? 0n),
		job: 'J',
		project: '',
		host: '',
		invocation: '',
	},
}

const load = (id: string, source: Operator) =>
	flow([source, textTarget(`${id} out`, ['A'])], [link(`${source.id} > ${id} out`, schema('A'))], id)

/** Two data flows; a statement waits for the outcome of the first. */
function scenariosOf(first: Operator, second: Operator, outcome: 'success' | 'failure', written = '?') {
	const both = job([load('ONE', first), load('TWO', second)])
	const note: Task = {
		kind: 'execute-sql',
		id: 'NOTE',
		element: 'NOTE',
		name: 'NOTE',
		disabled: false,
		provenance: provenance('NOTE'),
		connection: 'DW',
		batches: [sourced(literal('INSERT INTO log VALUES (1)'))],
		parameters: [{ direction: 'input', variable: written, type: text() }],
		result: { kind: 'none' },
	}
	const precedence = {
		id: 'ONE > NOTE',
		from: 'ONE',
		to: 'NOTE',
		outcome,
		combine: 'and',
		provenance: note.provenance,
	} as const
	const control = { tasks: [...both.control.tasks, note], precedences: [precedence], joins: [] }
	return synthesise({ ...both, control }, facts).scenarios.filter(({ kind }) => kind === 'control')
}

describe('scenarios of the control flow', () => {
	const [one, two] = [textSource('IN 1', ['A']), textSource('IN 2', ['A'])]
	it('take the source from a data flow whose failure somebody waits for', () => {
		const [failing, ...more] = scenariosOf(one, two, 'failure')
		expect(more).toEqual([])
		expect(failing).toMatchObject({ name: 'ONE fails', control: { failing: 'ONE' } })
		expect(failing?.flows.get('ONE')?.has('IN 1')).toBe(false)
		expect(failing?.flows.get('TWO')?.has('IN 2')).toBe(true)
	})
	it('leave a data flow alone where its failure says nothing but that the job fails', () => {
		expect(scenariosOf(one, two, 'success')).toEqual([])
	})
	it('leave words of errors to the engines, where somebody writes them down', () => {
		expect(scenariosOf(one, two, 'failure', 'System::ErrorDescription')).toEqual([])
	})
	it('take no source that another flow reads, too', () => {
		const same = textSource('IN 2', ['A'], { path: '/data/IN 1.txt' })
		expect(scenariosOf(one, same, 'failure')).toEqual([])
	})
})
