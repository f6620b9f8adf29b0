/** What a unit's own files on the branch say about it: its jobs, connections and paths, and what was decided. */
import { z } from 'zod'
import type { Config } from '#config/schema.ts'
import { columnKey, nameKey, nameParts } from '#model/table-names.ts'
import { decisionsFile, parseDecisions } from '#pipeline/decisions/file.ts'
import { withDecisions } from '#pipeline/decisions/settings.ts'
import type { Scene } from './command.ts'

const placeSchema = z.object({
	legacy: z.string(),
	argument: z.string().nullish(),
	kind: z.string().nullish(),
	spelled: z.string().nullish(),
	connection: z.string().nullish(),
	columns: z.array(z.object({ name: z.string() })).catch([]),
})

const jobsSchema = z.object({
	jobs: z
		.array(
			z.object({
				title: z.string(),
				places: z.array(placeSchema).catch([]),
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
	/** Tables that jobs read or write by name, where that name is the same in every run. */
	readonly tables: readonly TableFacts[]
}

export interface TableFacts {
	/** As the export spells it. */
	readonly name: string
	/** Old names. */
	readonly columns: readonly string[]
	/** Old name → new one, of those that have one. */
	readonly renamed: ReadonlyMap<string, string>
}

export const decisionsPath = (unit: string, { config }: Pick<Scene, 'config'>): string =>
	`${config.output}/${unit}/${decisionsFile}`

/** Nothing is known of a unit that has no files there, or whose files nobody can read any more. */
export async function unitFacts(scene: Scene, unit: string, commit: string): Promise<UnitFacts> {
	const text = await textAt(scene, `${scene.config.output}/${unit}/jobs.json`, commit)
	const parsed = jobsSchema.safeParse(text === undefined ? undefined : json(text))
	if (!parsed.success) return { jobs: [], connections: [], paths: [], tables: [] }
	const { jobs, state_machines: machines } = parsed.data
	const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort()
	return {
		jobs: unique([...jobs, ...machines].map(({ title }) => title)),
		connections: unique(jobs.flatMap(({ connections }) => connections.map(({ name }) => name))),
		paths: unique([
			...jobs.flatMap(({ places }) => places.flatMap(({ legacy, argument }) => (argument == null ? [] : [legacy]))),
			...machines.flatMap(({ files }) => files),
		]),
		tables: tablesOf(
			jobs.flatMap(({ places }) => places),
			await namesOf(scene, unit, commit),
		),
	}
}

type NewNames = Pick<Config, 'tables' | 'columns'>

/** What the files of the unit follow from: the config and its decisions. */
async function namesOf(scene: Scene, unit: string, commit: string): Promise<NewNames> {
	const path = decisionsPath(unit, scene)
	const { decisions } = parseDecisions(await textAt(scene, path, commit), path)
	return withDecisions(scene.config, decisions)
}

function tablesOf(
	places: readonly z.infer<typeof placeSchema>[],
	{ tables, columns }: NewNames,
): readonly TableFacts[] {
	const mapped = new Set(Object.keys(tables).map(nameKey))
	const newNames = Object.entries(columns).map(([from, to]) => [nameKey(from), from, to] as const)
	return places.flatMap(({ kind, legacy, spelled, connection, columns: now }): readonly TableFacts[] => {
		if (kind !== 'table' || spelled == null) return []
		const isFixed = nameKey(legacy) === nameKey(`${connection ?? ''}:${spelled}`) || mapped.has(nameKey(spelled))
		if (!isFixed) return []
		const renamed = new Map(
			now.flatMap(({ name }) => {
				const found = newNames.find(([, from, to]) => to === name && isColumnOf(spelled, from))
				return found === undefined ? [] : [[lastPart(found[1]), name] as const]
			}),
		)
		const old = new Map([...renamed].map(([from, to]) => [to, from]))
		return [{ name: spelled, columns: now.map(({ name }) => old.get(name) ?? name), renamed }]
	})
}

/** `from` is a table and a column of it. */
const isColumnOf = (table: string, from: string): boolean => columnKey(table, lastPart(from)) === nameKey(from)

const lastPart = (name: string): string => nameParts(name).at(-1) ?? ''

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
