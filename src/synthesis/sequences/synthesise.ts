/**
 * Scenarios of a sequence: everything ends well; each activity fails once; and whatever else, one change at a time, makes a
 * trigger fire or stay silent that has not yet.
 */
import type { RunFacts } from '#languages/catalogue.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import { branchId, createTracker } from '#reference/coverage.ts'
import { parameterValues } from '#reference/parameters.ts'
import { interpretSequence } from '#reference/sequence/sequence.ts'
import type { Activity, ActivityEnd, JobStatus, SequenceWorld } from '#reference/sequence/world.ts'
import type { SequenceScenario } from './scenario.ts'
import { candidateStatuses, candidateTexts, placeParameters } from './values.ts'

/** Runs of the reference, and scenarios that come of them, at most. */
const most = { runs: 500, scenarios: 80 }

export interface SequenceFacts {
	readonly run: RunFacts
	/** Texts of parameters that the config gives. */
	readonly given: ReadonlyMap<string, string>
	/** May the job end with warnings in the new world? Only a sequence does. */
	readonly mayWarn: (activity: Activity) => boolean
	/** May the new job tell a user status? */
	readonly tellsStatus: (activity: Activity) => boolean
}

export function synthesiseSequence(job: Job, facts: SequenceFacts): readonly SequenceScenario[] {
	const seen = new Set<string>()
	const found: SequenceScenario[] = []
	const texts = candidateTexts(job)
	const activities = allTasks(job.control).filter(isActivity)
	const statuses = candidateStatuses(job)
	let runs = 0
	const isNew = (scenario: SequenceScenario): boolean => {
		runs += 1
		const before = seen.size
		const tracker = createTracker()
		interpretSequence(job, sequenceRequest(job, scenario, facts.run), tracker)
		for (const { operator, what, count } of tracker.branches()) if (count > 0) seen.add(branchId(operator, what))
		return seen.size > before
	}
	const base = baseScenario(job, facts.given)
	isNew(base)
	found.push(base)
	for (const activity of activities) {
		if (asksForFiles(activity)) found.push(withoutFiles(base, activity))
		const failing = changed(base, activity, 3)
		if (!endsOf(activity, facts).includes(3)) continue
		isNew(failing)
		found.push(failing)
	}
	for (let at = 0; at < found.length && runs < most.runs && found.length < most.scenarios; at += 1) {
		const scenario = found[at]
		if (scenario === undefined) break
		const changes = [
			...[...texts].flatMap(([name, values]) => values.map((value) => withText(scenario, name, value))),
			...activities.flatMap((activity) => endsOf(activity, facts).map((end) => changed(scenario, activity, end))),
			...activities.flatMap((activity) => (asksForFiles(activity) ? [withoutFiles(scenario, activity)] : [])),
			...activities
				.filter(facts.tellsStatus)
				.flatMap((activity) => (statuses.get(activity.id) ?? []).map((text) => withStatus(scenario, activity, text))),
		]
		for (const change of changes) if (runs < most.runs && isNew(change)) found.push(change)
	}
	return found
}

const isActivity = (task: { readonly kind: string }): task is Activity =>
	['run-job', 'file-operation', 'files', 'read-file', 'wait-for-file', 'mail'].includes(task.kind)

/** Does it depend on what a folder holds? */
const asksForFiles = (activity: Activity): boolean =>
	activity.kind === 'files' ||
	activity.kind === 'read-file' ||
	(activity.kind === 'file-operation' && activity.mayBeFolder === true)

function endsOf(activity: Activity, facts: SequenceFacts): readonly JobStatus[] {
	if (activity.kind === 'run-job' && facts.mayWarn(activity)) return [1, 2, 3]
	return activity.kind === 'wait-for-file' && activity.timeoutSeconds === undefined ? [1] : [1, 3]
}

/** What the config gives, places in S3, the defaults; a required parameter gets a text of its own. */
function baseScenario(job: Job, given: ReadonlyMap<string, string>): SequenceScenario {
	const places = placeParameters(job)
	const parameters = new Map<string, string>()
	for (const { name, type, default: usual } of job.parameters) {
		const text = given.get(name)
		const number = type.kind === 'int' || type.kind === 'float'
		if (text !== undefined) parameters.set(name, text)
		else if (places.has(name)) parameters.set(name, `s3://bucket/${name.replaceAll(/\W/g, '')}`)
		else if (usual === undefined) parameters.set(name, number ? '7' : `${name} text`)
	}
	return { name: 'all end well', parameters, ends: new Map() }
}

function changed(scenario: SequenceScenario, activity: Activity, end: JobStatus): SequenceScenario {
	const words = { 1: 'ends well', 2: 'ends with warnings', 3: 'fails' } as const
	return {
		...scenario,
		name: `${scenario.name === 'all end well' ? '' : `${scenario.name}, `}${activity.name} ${words[end]}`,
		ends: new Map([...scenario.ends, [activity.id, end]]),
	}
}

function withoutFiles(scenario: SequenceScenario, activity: Activity): SequenceScenario {
	return {
		...scenario,
		name: `${scenario.name === 'all end well' ? '' : `${scenario.name}, `}${activity.name} finds no file`,
		noFiles: new Set([...(scenario.noFiles ?? []), activity.id]),
	}
}

function withStatus(scenario: SequenceScenario, activity: Activity, text: string): SequenceScenario {
	return {
		...scenario,
		name: `${scenario.name === 'all end well' ? '' : `${scenario.name}, `}${activity.name} says ${text}`,
		statuses: new Map([...(scenario.statuses ?? []), [activity.id, text]]),
	}
}

function withText(scenario: SequenceScenario, name: string, value: string): SequenceScenario {
	return {
		...scenario,
		name: `${scenario.name === 'all end well' ? '' : `${scenario.name}, `}${name} = ${value}`,
		parameters: new Map([...scenario.parameters, [name, value]]),
	}
}

/** The same answers for the reference and for the state machine. */
export function worldOf(job: Job, { ends, noFiles, statuses }: SequenceScenario): SequenceWorld {
	const places = new Map(allTasks(job.control).map(({ id }, index) => [id, index]))
	return (activity, times): ActivityEnd => {
		const status = ends.get(activity.id) ?? 1
		const index = places.get(activity.id) ?? 0
		// Failures come early, while what runs beside them is still at work; no two jobs take the same time.
		if (activity.kind === 'run-job') {
			const said = statuses?.get(activity.id)
			const seconds = (status === 3 ? 1 : 100) + index + times / 1000
			return { status, seconds, ...(said === undefined ? {} : { userStatus: said }) }
		}
		const waited =
			activity.kind === 'wait-for-file' && status === 3 ? Math.floor((activity.timeoutSeconds ?? 0) / 60) * 60 : 0
		return { status, seconds: waited, ...(noFiles?.has(activity.id) === true ? { noFiles: true } : {}) }
	}
}

export function sequenceRequest(job: Job, scenario: SequenceScenario, run: RunFacts) {
	const { values } = parameterValues(job, scenario.parameters)
	return { parameters: values, run, world: worldOf(job, scenario) }
}
