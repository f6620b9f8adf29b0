/**
 * Which units share a branch and a pull request: each has its own, unless that makes more pull requests than people can
 * look at. Then units whose exports lie in the same folder go together. The answer depends on the exports alone and not
 * on how far a former run came, so that a run that was stopped goes on as it began.
 */
import path from 'node:path/posix'
import { batchName } from '#publish/branches.ts'
import type { UnitInput } from '../bot.ts'

/** Units of one pull request: more cannot be reviewed, and its text has an end too. */
const largestBatch = 100

/** @returns the part of each unit, by the unit's name */
export function partsFor(units: readonly UnitInput[], limit: number): ReadonlyMap<string, string> {
	if (units.length <= limit) return new Map(units.map(({ name }) => [name, name]))
	const deepest = Math.max(...units.map((unit) => foldersOf(unit).length))
	let groups = new Map<string, readonly UnitInput[]>()
	for (let depth = deepest; depth >= 0; depth--) {
		groups = Map.groupBy(units, (unit) => foldersOf(unit).slice(0, depth).join('/'))
		if (partCount(groups) <= limit) break
	}
	return new Map([...groups].flatMap(([folder, members]) => chunksOf(folder, members)))
}

function partCount(groups: ReadonlyMap<string, readonly UnitInput[]>): number {
	return [...groups.values()].reduce((sum, members) => sum + Math.ceil(members.length / largestBatch), 0)
}

function chunksOf(folder: string, members: readonly UnitInput[]): readonly (readonly [string, string])[] {
	const [only] = members
	if (members.length === 1 && only !== undefined) return [[only.name, only.name]]
	const sorted = members.toSorted((left, right) => (left.name < right.name ? -1 : 1))
	return sorted.map(({ name }, index) => [name, batchName(folder, 1 + Math.floor(index / largestBatch))])
}

function foldersOf({ files }: UnitInput): readonly string[] {
	const folder = path.dirname(files[0] ?? '')
	return folder === '.' ? [] : folder.split('/')
}
