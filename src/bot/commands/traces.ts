/** Generated lines and what they come from, as the lock files of a commit say. */
import { z } from 'zod'
import type { TreeFile } from '#forge/repository.ts'
import { explainBy } from '#pipeline/explain.ts'
import { code } from '#publish/markdown.ts'
import type { Scene } from './command.ts'
import { candidates } from './units.ts'

/** Where to look. */
export interface Place {
	readonly commit: string
	/** Where the exports are. */
	readonly base: string
	/** Units to look at; empty: all that are there. */
	readonly units: readonly string[]
	readonly files: ReadonlyMap<string, TreeFile>
}

export interface Trace {
	readonly unit: string
	readonly element: string
	/** Generated file below the output folder, and lines there. */
	readonly path: string
	readonly lines: readonly [number, number]
	/** Export and lines there. */
	readonly file: string
	readonly source: readonly [number, number]
	/** The generated file is not as it was generated. */
	readonly edited: boolean
}

export type Found =
	| { readonly kind: 'found'; readonly traces: readonly Trace[] }
	| { readonly kind: 'problem'; readonly text: string }

/** Lock files that are read for one answer. */
const mostLocks = 40

const traceSchema = z.tuple([z.number(), z.number(), z.string(), z.string(), z.number(), z.number()])
const lockSchema = z.object({
	blobs: z.record(z.string(), z.string()),
	traces: z.record(z.string(), z.array(traceSchema)),
})

type Lock = z.infer<typeof lockSchema>

/** Units of the place that were generated. */
export function generatedUnits({ config }: Scene, { files, units }: Place): readonly string[] {
	const start = `${config.output}/`
	const all = [...files.keys()].flatMap((path) => {
		const [unit = '', name, ...rest] = path.startsWith(start) ? path.slice(start.length).split('/') : []
		return name === 'reglue.lock.json' && rest.length === 0 ? [unit] : []
	})
	return all.filter((unit) => units.length === 0 || units.includes(unit)).sort()
}

/** What a line of a generated file comes from. `file` may lack folders at its start. */
export async function findLine(
	scene: Scene,
	place: Place,
	{ file, line }: { readonly file: string; readonly line: number },
): Promise<Found> {
	const start = `${scene.config.output}/`
	const units = new Set(generatedUnits(scene, place))
	const known = [...place.files.keys()].filter(
		(path) => path.startsWith(start) && units.has(path.split('/').at(start.split('/').length - 1) ?? ''),
	)
	const wanted = file.replace(/^\.?\//, '')
	const hits = known.filter((path) => path === wanted || path.endsWith(`/${wanted}`))
	const [path, other] = hits
	if (path === undefined) {
		const names = known.map((one) => one.split('/').slice(-2).join('/'))
		return problem(`There is no generated file ${code(file)} here.${candidates(file, names)}`)
	}
	if (other !== undefined) {
		const some = hits
			.slice(0, 5)
			.map((one) => code(`${one}:${line}`))
			.join(', ')
		return problem(`Several generated files end like ${code(file)}. Say which: ${some}.`)
	}
	const key = path.slice(start.length)
	const unit = key.split('/')[0] ?? ''
	const lock = await lockOf(scene, place, unit)
	const text = await textOf(scene, place, path)
	const explained = lock === undefined ? { problem: 'its lock file cannot be read' } : explainBy(lock, key, text, line)
	if ('problem' in explained) return problem(`${code(`${file}:${line}`)} cannot be explained: ${explained.problem}.`)
	return {
		kind: 'found',
		traces: explained.explanations.map(({ element, file: from, lines, edited }) => ({
			unit,
			element,
			path: key,
			lines: [line, line],
			file: from,
			source: lines,
			edited,
		})),
	}
}

/** Everything that was made of an element, named in full or by its last part. */
export async function findElement(scene: Scene, place: Place, name: string): Promise<Found> {
	const units = generatedUnits(scene, place)
	if (units.length > mostLocks) {
		return problem(
			`There are ${units.length} units here, too many to search. Ask in the pull request of the unit, or for a line of a file.`,
		)
	}
	const all: Trace[] = []
	for (const unit of units) {
		const lock = await lockOf(scene, place, unit)
		if (lock !== undefined) all.push(...tracesOf(unit, lock, place, scene.config.output))
	}
	const names = [...new Set(all.map(({ element }) => element))]
	const exact = names.filter((element) => element === name)
	const meant = exact.length > 0 ? exact : names.filter((element) => sameName(last(element), name))
	if (meant.length === 0) return problem(`Nothing here comes from ${code(name)}.${candidates(name, names.map(last))}`)
	const jobs = new Set(
		all.filter(({ element }) => meant.includes(element)).map(({ unit, element }) => `${unit} ${element}`),
	)
	if (jobs.size > 1) {
		const some = meant
			.slice(0, 10)
			.map((element) => code(element))
			.join(', ')
		return problem(`Several elements are called ${code(name)}. Say which: ${some}.`)
	}
	return { kind: 'found', traces: all.filter(({ element }) => meant.includes(element)) }
}

const problem = (text: string): Found => ({ kind: 'problem', text })
const last = (element: string): string => element.split(/[\\/]/).at(-1) ?? element
const sameName = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase()

function tracesOf(unit: string, { traces, blobs }: Lock, { files }: Place, output: string): readonly Trace[] {
	return Object.entries(traces).flatMap(([path, entries]) => {
		const now = files.get(`${output}/${path}`)
		if (now === undefined) return []
		return entries.map(
			([first, end, element, file, start, stop]): Trace => ({
				unit,
				element,
				path,
				lines: [first, end],
				file,
				source: [start, stop],
				edited: now.id !== blobs[path],
			}),
		)
	})
}

async function lockOf(scene: Scene, place: Place, unit: string): Promise<Lock | undefined> {
	const text = await textOf(scene, place, `${scene.config.output}/${unit}/reglue.lock.json`)
	try {
		return lockSchema.safeParse(JSON.parse(text)).data
	} catch {
		// Somebody broke it: as good as none.
		return undefined
	}
}

async function textOf({ bot: { repository } }: Scene, { files }: Place, path: string): Promise<string> {
	const id = files.get(path)?.id
	return id === undefined ? '' : new TextDecoder().decode(await repository.blob(id))
}
