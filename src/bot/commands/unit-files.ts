/** What a unit's own files on the branch say about it: its jobs, connections and paths, and what was decided. */
import { z } from 'zod'
import { decisionsFile } from '#pipeline/decisions/file.ts'
import type { Scene } from './command.ts'

const jobsSchema = z.object({
	jobs: z
		.array(
			z.object({
				title: z.string(),
				places: z.array(z.object({ legacy: z.string(), argument: z.string().nullish() })).catch([]),
				connections: z.array(z.object({ name: z.string() })).catch([]),
			}),
		)
		.catch([]),
	state_machines: z.array(z.object({ title: z.string(), files: z.array(z.string()).catch([]) })).catch([]),
})

export interface UnitFacts {
	/** Names in the export. */
	readonly jobs: readonly string[]
	readonly connections: readonly string[]
	/** Old paths of files, parameters replaced by their defaults. */
	readonly paths: readonly string[]
}

export const decisionsPath = (unit: string, { config }: Pick<Scene, 'config'>): string =>
	`${config.output}/${unit}/${decisionsFile}`

/** Nothing is known of a unit that has no files there, or whose files nobody can read any more. */
export async function unitFacts(scene: Scene, unit: string, commit: string): Promise<UnitFacts> {
	const text = await textAt(scene, `${scene.config.output}/${unit}/jobs.json`, commit)
	const parsed = jobsSchema.safeParse(text === undefined ? undefined : json(text))
	if (!parsed.success) return { jobs: [], connections: [], paths: [] }
	const { jobs, state_machines: machines } = parsed.data
	const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort()
	return {
		jobs: unique([...jobs, ...machines].map(({ title }) => title)),
		connections: unique(jobs.flatMap(({ connections }) => connections.map(({ name }) => name))),
		paths: unique([
			...jobs.flatMap(({ places }) => places.flatMap(({ legacy, argument }) => (argument == null ? [] : [legacy]))),
			...machines.flatMap(({ files }) => files),
		]),
	}
}

export async function textAt({ bot }: Pick<Scene, 'bot'>, path: string, commit: string): Promise<string | undefined> {
	const bytes = await bot.repository.file(path, commit)
	return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
}

function json(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		// A person has edited it: then it says nothing.
		return undefined
	}
}
