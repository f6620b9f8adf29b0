/** What the state machine calls, in the words in which the reference tells what it starts. */

import type { Answer, Answers, Call } from '#engines/state-machine/run.ts'
import type { StateMachineEntry } from '#generators/jobs-file.ts'
import type { Memory } from '#generators/step-functions/memory.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import { textInFile } from '#reference/sequence/text-file.ts'
import type { Activity, ActivityEnd, SequenceWorld, Started } from '#reference/sequence/world.ts'
import { at, fileName, textAt } from './call-words.ts'
import { isLaterPage, makeListings, workedOn } from './sequence-listings.ts'

export interface CallWorld {
	readonly answers: Answers
	/** Of the calls that begin an activity: the reference's words for them. */
	readonly started: (calls: readonly Call[]) => readonly Started[]
}

type ByState = ReadonlyMap<string, Activity>

/**
 * @param memory names the state of each task, and its key in what the machine remembers
 * @param expected what the reference started: its patterns tell what the folders hold
 */
export function callWorld(
	job: Job,
	entry: StateMachineEntry,
	{ states, keys }: Pick<Memory, 'states' | 'keys'>,
	world: SequenceWorld,
	expected: readonly Started[],
): CallWorld {
	const byState = new Map(
		allTasks(job.control).flatMap((task) => (isActivity(task) ? [[states.get(task.id) ?? '', task] as const] : [])),
	)
	const byKey = new Map([...byState.values()].map((task) => [keys.get(task.id), task]))
	const times = new Map<string, number>()
	const waiting = new Set<string>()
	const listings = makeListings(expected)
	return {
		answers(call) {
			const activity = byState.get(call.state)
			if (activity?.kind === 'files') {
				const before = listings.begun(activity, call)
				return listings.answer(activity, call, world(activity, before))
			}
			// A later step of an operation whose first step went well.
			if (activity === undefined) return tellStatus(call, (key) => byKey.get(key), world)
			const before = times.get(activity.id) ?? 0
			if (activity.kind === 'wait-for-file') return look(activity, world(activity, 0).status, waiting)
			times.set(activity.id, before + 1)
			return answer(activity, world(activity, before), call)
		},
		started: (calls) => startedOf(calls, byState, entry),
	}
}

const isActivity = (task: { readonly kind: string }): task is Activity =>
	['run-job', 'file-operation', 'files', 'read-file', 'wait-for-file', 'mail'].includes(task.kind)

function answer(activity: Activity, { status, seconds, noFiles }: ActivityEnd, call: Call): Answer {
	const isFolder = noFiles !== true
	if (status === 3) {
		const error = activity.kind === 'run-job' ? 'States.TaskFailed' : 'S3.S3Exception'
		return { seconds, error, cause: `${activity.name} failed` }
	}
	// Something is below the destination: it is a folder.
	if (call.resource.endsWith(':listObjectsV2')) return { seconds, result: { KeyCount: isFolder ? 1 : 0 } }
	if (activity.kind === 'read-file') return { seconds, result: { Body: textInFile(noFiles === true) } }
	return {
		seconds,
		result: call.resource.includes('startExecution') ? { Output: { JobStatus: status } } : { JobRunState: 'SUCCEEDED' },
	}
}

/** What a job said by its user status; a job that said nothing has left no object. */
function tellStatus(call: Call, taskOf: (key: string) => Activity | undefined, world: SequenceWorld): Answer {
	const key = /^user-status\/.*\/(\w+)(?:-\d+)*$/.exec(textAt(call.arguments, 'Key'))?.[1]
	if (key === undefined || !call.resource.endsWith(':getObject')) return { seconds: 0, result: {} }
	const activity = taskOf(key)
	const said = activity === undefined ? undefined : world(activity, 0).userStatus
	return said === undefined
		? { seconds: 0, error: 'S3.NoSuchKeyException', cause: 'the job has set no user status' }
		: { seconds: 0, result: { Body: said } }
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
		if (activity === undefined) return workedOn(call, byState)
		if (activity.kind === 'files' && isLaterPage(call)) return []
		if (activity.kind === 'wait-for-file') {
			if (looked.has(activity.id)) return []
			looked.add(activity.id)
		}
		return [{ at: call.at, task: activity.id, details: detailsOf(activity, call, entry) }]
	})
}

function detailsOf(activity: Activity, call: Call, entry: StateMachineEntry): Readonly<Record<string, string>> {
	if (activity.kind === 'files') return { file: fileName(textAt(call.arguments, 'Prefix')) }
	if (activity.kind !== 'run-job') {
		const [source, key, prefix] = ['CopySource', 'Key', 'Prefix'].map((name) => textAt(call.arguments, name))
		return { file: fileName((source || key || prefix || '').replace(/[/]+$/, '')) }
	}
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

/** What the reference tells, as far as the state machine passes it on: a parameter that the new job does not have is left out. */
export function comparable({ at: when, task, details }: Started, entry: StateMachineEntry): Started {
	if (details['pattern'] !== undefined)
		return { at: when, task, details: { file: fileName(details['pattern'].split('\n')[0] ?? '') } }
	if (details['action'] !== undefined) return { at: when, task, details }
	if (details['job'] === undefined)
		return {
			at: when,
			task,
			details: { file: fileName(details['perhaps'] ?? details['source'] ?? details['path'] ?? '') },
		}
	const name = details['job'].toLowerCase()
	const start = entry.starts.find(({ title }) => title.toLowerCase() === name)
	const kept = Object.entries(details).filter(
		([key]) => key.startsWith('parameter ') && Object.hasOwn(start?.arguments ?? {}, key.slice('parameter '.length)),
	)
	return { at: when, task, details: { job: start?.title ?? details['job'], ...Object.fromEntries(kept) } }
}
