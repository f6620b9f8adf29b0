/** Arguments that carry the paths of tasks. */
import type { Job } from '#model/job.ts'
import type { ArgumentEntry } from '../../jobs-file.ts'
import { identifier, type Names } from '../../names.ts'
import type { GenerateOptions } from '../options.ts'
import { relocate } from './places.ts'
import type { TaskPlace } from './task-places.ts'
import { taskPlaces } from './task-places.ts'

export interface PlannedTaskPlace extends TaskPlace {
	readonly entry: ArgumentEntry
}

/** One argument for each; empty by default where the path follows from variables or parameters. */
export function planTaskPlaces(job: Job, names: Names, options: GenerateOptions): readonly PlannedTaskPlace[] {
	return taskPlaces(job).map((place) => {
		const { task, what, path, legacy, isComputed } = place
		const name = names.take(`${identifier(task.name).replace(/_$/, '')}_${what}`)
		const mapped = isComputed || legacy === undefined ? '' : (relocate(legacy, options.paths) ?? null)
		const description = `${what === 'folder' ? 'Folder' : 'Path'} of ${task.name}: ${path.text}`
		return { ...place, entry: { name, default: mapped, description, kind: 'place', parameter: null } }
	})
}
