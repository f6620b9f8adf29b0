/** Listings of S3, and what is done to the files in them. */
import type { Json } from '#engines/state-machine/definition.ts'
import type { Answer, Call } from '#engines/state-machine/run.ts'
import type { FilesTask, FileTask } from '#model/control-flow.ts'
import { folderOf, splitPath } from '#reference/sequence/folder.ts'
import type { Activity, ActivityEnd, Started } from '#reference/sequence/world.ts'
import { at, fileName, startedAt, textAt } from './call-words.ts'

/** So few that every listing has several pages. */
const pageSize = 3

export interface Listings {
	/** How often the activity was begun before this call. */
	readonly begun: (activity: FilesTask, call: Call) => number
	readonly answer: (activity: FilesTask, call: Call, end: ActivityEnd) => Answer
}

export const isLaterPage = ({ arguments: given }: Call): boolean => at(given, 'ContinuationToken') !== undefined

export function makeListings(expected: readonly Started[]): Listings {
	const times = new Map<string, number>()
	return {
		begun({ id }, call) {
			const before = times.get(id) ?? 0
			if (isLaterPage(call)) return before - 1
			times.set(id, before + 1)
			return before
		},
		answer(activity, call, end) {
			if (end.status === 3) return { seconds: 0, error: 'S3.S3Exception', cause: `${activity.name} failed` }
			const asked = expected.filter(({ task, details }) => task === activity.id && details['pattern'] !== undefined)
			const pattern = asked[(times.get(activity.id) ?? 1) - 1]?.details['pattern']?.split('\n') ?? ['']
			return { seconds: 0, result: page(activity, pattern, call, end.noFiles === true) }
		},
	}
}

/** A page of what the folder holds below the prefix that was asked for. */
function page(activity: FilesTask, pattern: readonly string[], call: Call, isEmpty: boolean): Json {
	const prefix = textAt(call.arguments, 'Prefix')
	const [folder] = splitPath(prefix)
	const first = Number(textAt(call.arguments, 'ContinuationToken') || '0')
	const now = Date.parse(startedAt) + call.at * 1000
	const all = folderOf(pattern, activity.whole, isEmpty)
		.map(({ path, hours }) => ({
			Key: `${folder}${path}`,
			LastModified: new Date(now - hours * 3_600_000).toISOString(),
		}))
		.filter(({ Key }) => Key.startsWith(prefix))
	const contents = all.slice(first, first + pageSize)
	const next = first + pageSize
	return {
		Name: textAt(call.arguments, 'Bucket'),
		Prefix: prefix,
		KeyCount: contents.length,
		IsTruncated: next < all.length,
		...(contents.length === 0 ? {} : { Contents: contents }),
		...(next < all.length ? { NextContinuationToken: String(next) } : {}),
	}
}

/** Calls that change files, each file for itself; its path below the folder is what both sides tell. */
export function workedOn(call: Call, byState: ReadonlyMap<string, Activity>): readonly Started[] {
	const found = [...byState].find(([state]) => call.state.startsWith(`${state}: `))?.[1]
	if (found?.kind === 'file-operation' && found.mayBeFolder === true) return copied(found, call)
	if (found?.kind !== 'files') return []
	const told = (action: string, key: string): Started => ({
		at: call.at,
		task: found.id,
		details: { action, file: found.whole ? key.split('/').slice(-2).join('/') : fileName(key) },
	})
	if (call.resource.endsWith(':deleteObjects')) {
		const objects = at(at(call.arguments, 'Delete'), 'Objects')
		return Array.isArray(objects) ? objects.map((one: Json) => told('delete', textAt(one, 'Key'))) : []
	}
	if (!call.resource.endsWith(':copyObject')) return []
	const [source, target] = [decodeURIComponent(textAt(call.arguments, 'CopySource')), textAt(call.arguments, 'Key')]
	return [told(found.action, fileName(source) === fileName(target) ? target : `${source} to ${target}`)]
}

/** Where a file went whose destination may be a folder. */
function copied(task: FileTask, call: Call): readonly Started[] {
	if (!call.resource.endsWith(':copyObject')) return []
	const [source, target] = [decodeURIComponent(textAt(call.arguments, 'CopySource')), textAt(call.arguments, 'Key')]
	const file = fileName(source) === fileName(target) ? target.split('/').slice(-2).join('/') : fileName(target)
	return [{ at: call.at, task: task.id, details: { action: task.operation, file } }]
}
