/** Work on the files of a folder that stands for a repository, in a child process: paths are those of the repository. */
import path from 'node:path'
import type { JobChange } from '#analysis/changes/job-changes.ts'
import { changesOfJobs } from '#analysis/changes/job-changes.ts'
import type { Config } from '#config/schema.ts'
import type { SourceUnit } from './discover.ts'
import { discover } from './discover.ts'
import { readExports } from './read-exports.ts'
import { inputOf } from './unit-input.ts'
import type { UnitRequest, UnitResult } from './unit-work.ts'
import { workOnUnit } from './unit-work.ts'

export type RootedRequest =
	| { readonly task: 'units'; readonly root: string; readonly config: Config }
	| { readonly task: 'generate'; readonly root: string; readonly request: UnitRequest }
	| { readonly task: 'compare'; readonly before: RootedUnit | undefined; readonly after: RootedUnit | undefined }

export interface RootedUnit {
	readonly root: string
	readonly unit: SourceUnit
}

/** A unit with the hash of what it holds. */
export interface HashedUnit extends SourceUnit {
	readonly input: string
}

export type RootedResult =
	| { readonly task: 'units'; readonly units: readonly HashedUnit[] }
	| { readonly task: 'generate'; readonly result: UnitResult }
	| { readonly task: 'compare'; readonly changes: readonly JobChange[] }

/** Changes the working directory: for a process of its own. */
export function workInRoot(request: RootedRequest, onStep?: () => void): RootedResult {
	switch (request.task) {
		case 'units': {
			process.chdir(request.root)
			return { task: 'units', units: unitsOf(request.config) }
		}
		case 'generate': {
			process.chdir(request.root)
			return { task: 'generate', result: workOnUnit(request.request, onStep) }
		}
		case 'compare':
			return { task: 'compare', changes: changesOfJobs(jobsOf(request.before), jobsOf(request.after)) }
	}
}

function unitsOf({ sources, output, unit }: Config): readonly HashedUnit[] {
	const isSource = (file: string) =>
		!file.startsWith(`${output}/`) && sources.some((pattern) => path.posix.matchesGlob(file, pattern))
	return discover(['.'], unit, isSource).units.map((found) => ({ ...found, input: inputOf(found) }))
}

function jobsOf(given: RootedUnit | undefined) {
	if (given === undefined) return []
	process.chdir(given.root)
	return readExports(given.unit.files, given.unit.companions).jobs
}
