import { describe, expect, it } from 'vitest'
import type { Json } from '#engines/state-machine/definition.ts'
import { readDefinition } from '#engines/state-machine/definition.ts'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import { definitionProblems } from '#generators/step-functions/well-formed.ts'
import { dsxJob, header, importText } from '../../support/dsx-builder.ts'
import type { SequenceSpec } from '../../support/sequence-builder.ts'
import {
	all,
	buildSequence,
	command,
	condition,
	jobActivity,
	routine,
	sequenceText,
	terminator,
	variables,
} from '../../support/sequence-builder.ts'

/** `A → B` for each transition of the top level, in the order of the file. */
function transitions(spec: SequenceSpec): readonly string[] {
	const { States } = readDefinition(buildSequence(spec).definition)
	return Object.entries(States).flatMap(([name, state]) => [
		...(state.Choices ?? []).map(({ Next }) => `${name} → ${Next}`),
		...(state.Default === undefined ? [] : [`${name} else → ${state.Default}`]),
		...(state.Next === undefined ? [] : [`${name} → ${state.Next}`]),
	])
}

const stateOf = (spec: SequenceSpec, name: string, others: readonly string[] = []): Readonly<Record<string, Json>> => {
	const { States } = readDefinition(buildSequence(spec, others).definition)
	return JSON.parse(JSON.stringify(States[name] ?? {})) as Readonly<Record<string, Json>>
}

describe('states of a sequence', () => {
	it('tell the status of a job under the name that its triggers read', () => {
		const spec = {
			activities: [command('Run', 'dsjob -run -jobstatus P Load'), jobActivity('Next'), jobActivity('Mend')],
			triggers: ['Run [Run.$ReturnValue = 1]> Next', 'Run otherwise> Mend'],
		}
		const state = JSON.stringify(stateOf(spec, 'Run'))
		expect(state).toContain("{'JobStatus': '1', 'ReturnValue': '1'}")
		expect(state).toContain("{'JobStatus': '3', 'ReturnValue': '3'}")
	})

	it('are named after its activities, in the order in which they run', () => {
		expect(
			transitions({
				activities: [variables('Names', { A: '"x"' }), jobActivity('Load'), jobActivity('Report')],
				triggers: ['Names > Load', 'Load ok> Report'],
			}),
		).toEqual(['Start → Names', 'Names → Load', 'Load → Report', 'Report → Sequence finished'])
	})

	it('choose where triggers exclude each other; a nested condition is the choice itself', () => {
		expect(
			transitions({
				parameters: { Mode: 'a' },
				activities: [condition('Which'), jobActivity('A'), jobActivity('B'), terminator('Stop')],
				triggers: ['Which [Mode = "a"]> A', 'Which [Mode = "b"]> B', 'Which otherwise> Stop'],
			}),
		).toEqual([
			'Start → Which',
			'Which → A',
			'Which → B',
			'Which → Stop',
			'Which else → Sequence finished',
			'A → Sequence finished',
			'B → Sequence finished',
		])
	})

	it('run side by side what no trigger orders, and meet at the sequencer', () => {
		const { States } = readDefinition(
			buildSequence({
				activities: [jobActivity('A'), jobActivity('B'), all('Both'), jobActivity('C')],
				triggers: ['A > Both', 'B > Both', 'Both > C'],
			}).definition,
		)
		expect(Object.keys(States)).toEqual(['Start', 'Together: A, B', 'Both', 'C', 'Sequence finished'])
		expect(States['Together: A, B']?.Branches?.map(({ StartAt }) => StartAt)).toEqual(['A', 'B'])
	})

	it('start Glue jobs with their arguments, and other sequences as state machines', () => {
		const parameters = [{ Name: 'Day', Default: '1', ParamType: '0' }]
		const load = dsxJob({ name: 'Load', parameters, stages: [{ name: 'Gen', type: 'PxRowGenerator' }] })
		const inner = sequenceText({
			name: 'Inner',
			parameters: { Key: '' },
			activities: [jobActivity('Load')],
			triggers: [],
		})
		const spec: SequenceSpec = {
			activities: [
				variables('V', { Today: '"2" : "4"' }),
				jobActivity('Load', { Day: 'V.Today', Unknown: '"x"' }),
				jobActivity('Inner', { Key: '"k"' }),
			],
			triggers: ['V > Load', 'Load > Inner'],
		}
		expect(stateOf(spec, 'Load', [load, inner])).toMatchObject({
			Resource: 'arn:aws:states:::glue:startJobRun.sync',
			Arguments: { JobName: ['$', '{job_load}'].join(''), Arguments: { '--day': '{% $states.input.V.Today %}' } },
		})
		expect(stateOf(spec, 'Inner', [load, inner])).toMatchObject({
			Resource: 'arn:aws:states:::states:startExecution.sync:2',
			Arguments: { Input: { parameters: { Key: 'k' } } },
		})
	})

	it('stop the machine with the name of what is not translated, and stand before what follows', () => {
		const spec: SequenceSpec = {
			activities: [routine('DSU.Mail'), jobActivity('Load')],
			triggers: ['DSU.Mail > Load'],
		}
		const state = stateOf(spec, 'DSU.Mail')
		expect(state['Output']).toContain("$error('DSU.Mail (CRoutineActivity) is not translated")
		expect(state['Next']).toBe('Load')
	})

	it('keep names and texts of the export data', () => {
		const nasty = `'"\\ {% $$ %} ${'$'}{x} %{y} \u0007 ${'long '.repeat(30)}`
		const name = "O'Neil %} {% $x"
		const spec: SequenceSpec = {
			name: 'Next',
			parameters: { "P'; $x": "it's %} {% " },
			activities: [
				{ ...jobActivity(name), name },
				{ ...jobActivity('States'), name: 'States' },
				{ ...terminator('Stop', nasty), name: 'Stop' },
			],
			triggers: [],
		}
		const { definition, problems } = buildSequence(spec)
		expect(problems).toEqual([])
		expect(definition).toContain('$${x} %%{y}')
	})
})

describe('the files of a sequence', () => {
	it('lie in step_functions and docs, with an entry in jobs.json and lines that lead back', () => {
		const { jobs } = importText(header + sequenceText({ activities: [jobActivity('Load')], triggers: [] }))
		const { artifacts, diagnostics } = generate({ name: 'unit', jobs }, defaultOptions)
		const paths = artifacts.map(({ path }) => path).filter((path) => path.startsWith('unit/'))
		expect(paths).toEqual([
			'unit/step_functions/nightly.asl.json',
			'unit/docs/nightly.md',
			'unit/jobs.json',
			'unit/reglue.lock.json',
		])
		const [machine] = artifacts
		const [trace] = machine?.traces ?? []
		expect(trace?.element).toBe('Nightly/Load')
		expect(machine?.text.split('\n')[(trace?.lines.start ?? 0) - 1]).toBe('    "Load": {')
		expect(diagnostics.map(({ code }) => code)).toEqual(['job/not-exported'])
	})

	it('are left out when the config says so', () => {
		const { jobs } = importText(header + sequenceText({ activities: [jobActivity('Load')], triggers: [] }))
		const outputs = { ...defaultOptions.outputs, step_functions: false }
		const { artifacts } = generate({ name: 'unit', jobs }, { ...defaultOptions, outputs })
		expect(artifacts.some(({ path }) => path.includes('step_functions'))).toBe(false)
	})

	it('tell a person what each activity does and when it starts', () => {
		const { document } = buildSequence({
			parameters: { Day: '1' },
			activities: [condition('Which'), jobActivity('A', { Day: 'Day' }), routine('Mail')],
			triggers: ['Which [Day > 1]> A', 'A failed> Mail'],
		})
		expect(document).toContain('n0 -->|"Day #62; 1"| n1')
		expect(document).toContain('| A | runs A | `A` | Which (Day &gt; 1) |')
		expect(document).toContain('- Mail (CRoutineActivity): it calls the routine Mail')
	})
})

describe('a definition', () => {
	it('is well-formed, or says why not', () => {
		const { definition } = buildSequence({ activities: [jobActivity('Load')], triggers: [] })
		expect(definitionProblems(definition)).toEqual([])
		expect(definitionProblems(definition.replace('"Next": "Load"', '"Next": "Lost"')).join()).toContain('Lost')
		expect(definitionProblems(definition.replace('{% $merge([{}', '{% $merge([{')).join()).toContain('$merge([{,')
	})
})
