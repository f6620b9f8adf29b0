/** A config file that explains itself: what was detected is set, every other key is there as a comment with its default. */
import { stringify } from 'yaml'
import { z } from 'zod'
import { configJsonSchema } from '#config/json-schema.ts'
import type { Config } from '#config/schema.ts'

const schema = z.object({
	properties: z.record(z.string(), z.object({ description: z.string().default(''), default: z.unknown() }).loose()),
})

/** What a key may look like, where its default says nothing. */
const examples: Readonly<Record<string, unknown>> = {
	paths: { '/data/landing/': 's3://acme-landing/' },
	connections: { ORACLE_DW: { glue_connection: 'dw', dialect: 'oracle' } },
	parameters: { RUN_DATE: '2026-01-31' },
	glue: { worker_type: 'G.1X', workers: 2, timeout_minutes: 60 },
	outputs: { terraform: true, unit_tests: true, documentation: true },
	engine: { check: 'local' },
	permissions: { accept: 'maintain' },
	limits: { open_pull_requests: 10, comments_per_hour: 20 },
}

const heading = [
	'# Settings of Reglue. Every key has a default; what stands here as a comment holds only once the # is taken away.',
	'# A pull request that changes this file gets a check of its own.',
]

export function configText(settings: Partial<Config>): string {
	const set = new Map<string, unknown>([['version', 1], ...Object.entries(settings)])
	const { properties } = schema.parse(configJsonSchema())
	const parts = Object.entries(properties).map(([key, { description, default: usual }]) => {
		const lines = stringify({ [key]: set.get(key) ?? examples[key] ?? usual }, { lineWidth: 0 }).trimEnd()
		const shown = set.has(key) ? lines : lines.replace(/^/gm, '# ')
		return `# ${description}\n${shown}`
	})
	return `${[heading.join('\n'), ...parts].join('\n\n')}\n`
}
