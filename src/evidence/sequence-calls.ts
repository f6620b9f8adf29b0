/** What the state machine calls, in the words in which the reference tells what it starts. */

import type { Json } from '#engines/state-machine/definition.ts'
import type { Answer, Answers, Call } from '#engines/state-machine/run.ts'
import type { StateMachineEntry } from '#generators/jobs-file.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import type { Activity, SequenceWorld, Started } from '#reference/sequence/world.ts'

export interface CallWorld {
	readonly answers: Answers
	/** Of the calls that begin an activity: the reference's words for them. */
	readonly started: (calls: readonly Call[]) => readonly Started[]
}

type ByState = ReadonlyMap<string, Activity>

/** @param states name of the state of each task, by task id */
export function callWorld(
	job: Job,
	entry: StateMachineEntry,
	states: ReadonlyMap<string, string>,
	world: SequenceWorld,
): CallWorld {
	const byState = new Map(
		allTasks(job.control).flatMap((task) => (isActivity(task) ? [[states.get(task.id) ?? '', task] as const] : [])),
	)
	const times = new Map<string, number>()
	const waiting = new Set<string>()
	return {
		answers(call) {
			const activity = byState.get(call.state)
			// A later step of an operation whose first step went well.
			if (activity === undefined) return { seconds: 0, result: {} }
			const before = times.get(activity.id) ?? 0
			if (activity.kind === 'wait-for-file') return look(activity, world(activity, 0).status, waiting)
			times.set(activity.id, before + 1)
			const { status, seconds } = world(activity, before)
			return answer(activity, status, seconds, call)
		},
		started: (calls) => startedOf(calls, byState, entry),
	}
}

const isActivity = (task: { readonly kind: string }): task is Activity =>
	['run-job', 'file-operation', 'wait-for-file', 'mail'].includes(task.kind)

function answer(activity: Activity, status: number, seconds: number, call: Call): Answer {
	if (status === 3) {
		const error = activity.kind === 'run-job' ? 'States.TaskFailed' : 'S3.S3Exception'
		return { seconds, error, cause: `${activity.name} failed` }
	}
	return {
		seconds,
		result: call.resource.includes('startExecution') ? { Output: { JobStatus: status } } : { JobRunState: 'SUCCEEDED' },
	}
}

/** Is the file there? It is as the activity wants it at once, or never. */
function look({ until }: Extract<Activity, { kind: 'wait-for-file' }>, status: number, _waiting: Set<string>): Answer {
	const there = (status === 1) === (until === 'appears')
	return there
		? { seconds: 0, result: {} }
		: { seconds: 0, error: 'S3.NoSuchKeyException', cause: 'there is no such file' }
}

function startedOf(calls: readonly Call[], byState: ByState, entry: StateMachineEntry): readonly Started[] {
	const looked = new Set<string>()
	return calls.flatMap((call) => {
		const activity = byState.get(call.state)
		if (activity === undefined) return []
		if (activity.kind === 'wait-for-file') {
			if (looked.has(activity.id)) return []
			looked.add(activity.id)
		}
		return [{ at: call.at, task: activity.id, details: detailsOf(activity, call, entry) }]
	})
}

function detailsOf(activity: Activity, call: Call, entry: StateMachineEntry): Readonly<Record<string, string>> {
	if (activity.kind !== 'run-job')
		return { file: fileName(textAt(call.arguments, 'CopySource') || textAt(call.arguments, 'Key')) }
	const target = textAt(call.arguments, 'JobName') || textAt(call.arguments, 'StateMachineArn')
	const start = entry.starts.find(({ placeholder }) => target === `\${${placeholder}}`)
	const given =
		start?.kind === 'state-machine' ? at(at(call.arguments, 'Input'), 'parameters') : at(call.arguments, 'Arguments')
	const prefix = start?.kind === 'state-machine' ? '' : '--'
	const passed = Object.entries(start?.arguments ?? {}).flatMap(([name, argument]) => {
		const value = at(given, `${prefix}${argument}`)
		return value === undefined
			? []
			: [[`parameter ${name}`, typeof value === 'string' ? value : JSON.stringify(value)] as const]
	})
	return { job: start?.title ?? target, ...Object.fromEntries(passed) }
}

function at(value: Json | undefined, key: string): Json | undefined {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
	return Object.hasOwn(value, key) ? (value as Readonly<Record<string, Json>>)[key] : undefined
}

const textAt = (value: Json, key: string): string => {
	const found = at(value, key)
	return typeof found === 'string' ? found : ''
}

/** What the reference tells, as far as the state machine passes it on: a parameter that the new job does not have is left out. */
export function comparable({ at: when, task, details }: Started, entry: StateMachineEntry): Started {
	if (details['job'] === undefined)
		return { at: when, task, details: { file: fileName(details['source'] ?? details['path'] ?? '') } }
	const name = details['job'].toLowerCase()
	const start = entry.starts.find(({ title }) => title.toLowerCase() === name)
	const kept = Object.entries(details).filter(
		([key]) => key.startsWith('parameter ') && Object.hasOwn(start?.arguments ?? {}, key.slice('parameter '.length)),
	)
	return { at: when, task, details: { job: start?.title ?? details['job'], ...Object.fromEntries(kept) } }
}

/** The place differs, the name of the file does not. */
const fileName = (path: string): string => decodeURIComponent(path).replace(/^.*[\\/]/, '')
