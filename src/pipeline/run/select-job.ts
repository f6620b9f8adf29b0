/** Finds a generated job by what a person calls it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { JobEntry, JobsFile, StateMachineEntry } from '#generators/jobs-file.ts'

export interface GeneratedJob {
	readonly unit: string
	readonly entry: JobEntry
	/** Folder of the unit. */
	readonly folder: string
}

/** A state machine of a unit. */
export interface GeneratedMachine {
	readonly unit: string
	readonly entry: StateMachineEntry
	readonly folder: string
}

/** All jobs below a generated folder: the output folder with its units, or one unit's folder. */
export function generatedJobs(folder: string): readonly GeneratedJob[] {
	return unitFolders(folder).flatMap((unit) => {
		const file = readJobsFile(unit)
		return file.jobs.map((entry) => ({ unit: file.unit, entry, folder: unit }))
	})
}

/** State machines of the units in a folder, or of the unit that it is. */
export function generatedMachines(folder: string): readonly GeneratedMachine[] {
	return unitFolders(folder).flatMap((unit) => {
		const file = readJobsFile(unit)
		return (file.state_machines ?? []).map((entry) => ({ unit: file.unit, entry, folder: unit }))
	})
}

function unitFolders(folder: string): readonly string[] {
	if (existsSync(path.join(folder, 'jobs.json'))) return [folder]
	if (!existsSync(folder)) return []
	return readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => path.join(folder, entry.name))
		.filter((unit) => existsSync(path.join(unit, 'jobs.json')))
		.sort()
}

const readJobsFile = (folder: string): JobsFile =>
	JSON.parse(readFileSync(path.join(folder, 'jobs.json'), 'utf8')) as JobsFile

export type Selection =
	| { readonly job: GeneratedJob }
	| { readonly problem: string; readonly candidates: readonly string[] }

/**
 * @param name the job's name in the export, its slug, or `unit/name`
 */
export function selectJob(jobs: readonly GeneratedJob[], name: string): Selection {
	const matches = jobs.filter(({ unit, entry }) =>
		[entry.title, entry.name, `${unit}/${entry.name}`, `${unit}/${entry.title}`, entry.id].includes(name),
	)
	const [first, ...others] = matches
	if (first === undefined) return { problem: `no job is called ${name}`, candidates: jobs.map(fullName) }
	if (others.length > 0) return { problem: `several jobs are called ${name}`, candidates: matches.map(fullName) }
	return { job: first }
}

function fullName({ unit, entry }: GeneratedJob): string {
	return `${unit}/${entry.name}`
}
