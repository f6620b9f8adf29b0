/** Builds exports of small job sequences for tests, and takes them the whole way to a proof. */

import type { Proof } from '#evidence/evidence.ts'
import { proveSequence } from '#evidence/sequence.ts'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import type { JobsFile, StateMachineEntry } from '#generators/jobs-file.ts'
import { definitionProblems } from '#generators/step-functions/well-formed.ts'
import type { Job } from '#model/job.ts'
import type { LinkSpec, StageSpec, Values } from './dsx-builder.ts'
import { dsxJob, header, importText } from './dsx-builder.ts'

const oleTypes: Readonly<Record<string, string>> = {
	CJobActivity: 'CJSJobActivity',
	CSequencer: 'CJSSequencer',
	CCondition: 'CJSCondition',
	CUserVarsActivity: 'CJSUserVarsActivity',
	CExecCommandActivity: 'CJSExecCmdActivity',
	CRoutineActivity: 'CJSRoutineActivity',
	CStartLoopActivity: 'CJSStartLoopActivity',
	CEndLoopActivity: 'CJSEndLoopActivity',
	CTerminatorActivity: 'CJSTerminatorActivity',
	CExceptionHandler: 'CJSExceptionHandler',
}

const activity = (
	name: string,
	type: string,
	values: Values = {},
	collections: StageSpec['collections'] = {},
): StageSpec => ({
	name,
	type,
	oleType: oleTypes[type] ?? 'CJSUnknownActivity',
	values,
	collections,
})

const items = (values: Values): readonly Values[] =>
	Object.entries(values).map(([Name, Description]) => ({ Name, Description }))

/** Activities by kind. A job activity runs the job of its own name with these parameters, which are expressions. */
export const jobActivity = (name: string, parameters: Values = {}, more: Values = {}): StageSpec =>
	activity(name, 'CJobActivity', { Jobname: name, ExecutionType: '1', ...more }, { ParameterValues: items(parameters) })
export const all = (name: string): StageSpec => activity(name, 'CSequencer', { SequencerType: '0' })
export const any = (name: string): StageSpec => activity(name, 'CSequencer', { SequencerType: '1' })
export const condition = (name: string): StageSpec => activity(name, 'CCondition')
export const variables = (name: string, values: Values): StageSpec =>
	activity(name, 'CUserVarsActivity', {}, { Variables: items(values) })
export const command = (name: string, text: string): StageSpec => activity(name, 'CExecCommandActivity', { Path: text })
export const routine = (name: string, given: Values = {}, catalogue = name): StageSpec =>
	activity(name, 'CRoutineActivity', { Routinename: catalogue }, { ParameterValues: items(given) })
export const terminator = (name: string, message = ''): StageSpec =>
	activity(name, 'CTerminatorActivity', { TerminationType: '3', FinalMessage: message })
export const handler = (name: string): StageSpec => activity(name, 'CExceptionHandler')
export const loopOver = (name: string, list: string, delimiter = ','): StageSpec =>
	activity(name, 'CStartLoopActivity', { LoopType: '1', DelimitedLoopValues: list, Delimiter: delimiter })
export const countTo = (name: string, from: string, to: string, step = '1'): StageSpec =>
	activity(name, 'CStartLoopActivity', {
		LoopType: '0',
		NumericLoopStart: from,
		NumericLoopEnd: to,
		NumericLoopIncrement: step,
	})
/** `start` is the record id of its Start Loop: `V0S` and its place among the activities. */
export const endLoop = (name: string, start: string): StageSpec =>
	activity(name, 'CEndLoopActivity', { StartActivityID: start })

const codes = { always: '0', otherwise: '1', ok: '2', failed: '3', warnings: '4' } as const

/** `'A ok> B'`: a trigger from A to B; `'A [A.$JobStatus = 1]> B'`: a custom one; `'A [= 0]> B'`: a return value. */
function trigger(text: string, index: number): LinkSpec {
	const match = /^(\S+)(?: (\w+)?(?:\[(.*)\])?)?> (\S+)$/.exec(text)
	if (match === null) throw new Error(`no trigger: ${text}`)
	const [, from = '', kind = 'always', expression, to = ''] = match
	const name = `t${index}`
	if (expression !== undefined) {
		const type = /^[=<>]/.test(expression) ? '7' : '6'
		return { name, from, to, out: { ConditionType: type, TriggerExpression: expression } }
	}
	return { name, from, to, out: { ConditionType: codes[kind as keyof typeof codes] } }
}

export interface SequenceSpec {
	readonly name?: string
	/** Compilation options; `handleaborts,logjoberrors` when absent. */
	readonly options?: string
	readonly parameters?: Values
	readonly activities: readonly StageSpec[]
	readonly triggers: readonly string[]
}

export function sequenceText(spec: SequenceSpec): string {
	const text = dsxJob({
		name: spec.name ?? 'Nightly',
		jobType: 2,
		parameters: Object.entries(spec.parameters ?? {}).map(([Name, Default]) => ({ Name, Default, ParamType: '0' })),
		stages: spec.activities,
		links: spec.triggers.map(trigger),
	})
	const options = spec.options ?? 'handleaborts,logjoberrors'
	return text.replace('JobType "2"', `JobType "2"\n      JobSeqCodeGenOpts "${options}"`)
}

export function importSequence(spec: SequenceSpec): Job {
	const job = importText(header + sequenceText(spec)).jobs.find(({ kind }) => kind === 'sequence')
	if (job === undefined) throw new Error('the export holds no sequence')
	return job
}

export interface BuiltSequence {
	readonly job: Job
	readonly entry: StateMachineEntry
	readonly definition: string
	readonly document: string
	readonly problems: readonly string[]
}

/** The state machine of the first of these sequences. Further texts are other jobs of the unit. */
export function buildSequence(spec: SequenceSpec, others: readonly string[] = []): BuiltSequence {
	const { jobs } = importText([header, sequenceText(spec), ...others].join('\n'))
	const { artifacts } = generate({ name: 'unit', jobs }, defaultOptions)
	const text = (path: string): string => artifacts.find((one) => one.path === `unit/${path}`)?.text ?? ''
	const file = JSON.parse(text('jobs.json')) as JobsFile
	const entry = file.state_machines?.find(({ title }) => title === (spec.name ?? 'Nightly'))
	const job = jobs.find(({ id }) => id === entry?.id)
	if (entry === undefined || job === undefined) throw new Error('the unit has no such state machine')
	const definition = text(entry.definition)
	return { job, entry, definition, document: text(`docs/${entry.name}.md`), problems: definitionProblems(definition) }
}

export async function proofOf(spec: SequenceSpec, others: readonly string[] = []): Promise<Proof> {
	const { job, entry, definition, problems } = buildSequence(spec, others)
	return proveSequence(job, { entry, definition, problems }, { run: true })
}
