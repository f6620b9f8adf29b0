import { describe, expect, it } from 'vitest'
import { foreignSettings, narrowed } from '#config/narrow.ts'
import { parseConfig } from '#config/parse.ts'
import { configSchema, defaultConfig } from '#config/schema.ts'

const generous = { openPullRequests: 100, commentsPerHour: 200, engine: 'local' } as const

describe('settings of a repository under an operator', () => {
	it('hold where they are narrower', () => {
		const config = configSchema.parse({ limits: { open_pull_requests: 3, comments_per_hour: 50 } })
		expect(narrowed(config, generous)).toEqual(config)
		const strict = { openPullRequests: 5, commentsPerHour: 10, engine: 'none' } as const
		expect(narrowed(config, strict)).toEqual({
			...config,
			limits: { open_pull_requests: 3, comments_per_hour: 10 },
			engine: { check: 'none' },
		})
		expect(narrowed(configSchema.parse({ engine: { check: 'none' } }), generous).engine.check).toBe('none')
	})

	it('never run commands, read variables or move money', () => {
		const text = `sources: ["exports/\${HOME}/*.dsx"]
hooks: { before_publish: [make] }
parameters:
  TOKEN: "\${AWS_SECRET_ACCESS_KEY}"
llm:
  base_url: https://example.com
glue: { role_arn: arn }
`
		const found = foreignSettings(text, 'reglue.yml')
		expect(found.map(({ provenance }) => [provenance.path, provenance.lines.start])).toEqual([
			['sources', 1],
			['hooks', 2],
			['parameters.TOKEN', 4],
			['llm.base_url', 6],
			['glue.role_arn', 7],
		])
		expect(found.every(({ code }) => code === 'config/not-here')).toBe(true)
		expect(foreignSettings('paths: { /data/$X/: s3://a/ }', 'reglue.yml')).toEqual([])
	})
})

describe('permissions', () => {
	it('can be asked for upward only', () => {
		expect(defaultConfig.permissions).toMatchObject({ help: 'read', run: 'write', approve: 'maintain' })
		expect(parseConfig('permissions: { run: maintain, help: triage }', 'x').config?.permissions).toMatchObject({
			help: 'triage',
			run: 'maintain',
			set: 'write',
		})
		const { diagnostics } = parseConfig('permissions:\n  run: triage\n  approve: write\n', 'reglue.yml')
		expect(diagnostics.map(({ provenance, why }) => [provenance.path, provenance.lines.start, why])).toEqual([
			['permissions.run', 2, 'Invalid option: expected one of "write"|"maintain"|"admin"'],
			['permissions.approve', 3, 'Invalid option: expected one of "maintain"|"admin"'],
		])
	})
})
