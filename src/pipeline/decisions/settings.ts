import type { Config } from '#config/schema.ts'
import type { Decisions } from './file.ts'
import { optionKey, withOption } from './options.ts'

/** The settings that hold for one unit: the config, with what its people decided put in. */
export function withDecisions(config: Config, { options, mappings }: Decisions): Config {
	const places = new Map(Object.entries(config.paths))
	const connections = new Map(Object.entries(config.connections))
	const tables = new Map(Object.entries(config.tables))
	const columns = new Map(Object.entries(config.columns))
	for (const { kind, from, to } of mappings) {
		if (kind === 'path') places.set(from, to)
		else if (kind === 'table') tables.set(from, to)
		else if (kind === 'column') columns.set(from, to)
		else connections.set(from, { ...connections.get(from), glue_connection: to })
	}
	const mapped = {
		...config,
		paths: Object.fromEntries(places),
		connections: Object.fromEntries(connections),
		tables: Object.fromEntries(tables),
		columns: Object.fromEntries(columns),
	}
	return options.reduce((settings, { key, value }) => {
		const known = optionKey(key)
		return known === undefined ? settings : withOption(settings, known, value)
	}, mapped)
}

/** Names of the jobs that people left out. */
export function skippedJobs({ jobs }: Decisions): readonly string[] {
	const last = new Map(jobs.map(({ job, decision }) => [job, decision]))
	return [...last].flatMap(([job, decision]) => (decision === 'skipped' ? [job] : [])).sort()
}
