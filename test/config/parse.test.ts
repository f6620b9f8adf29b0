import { describe, expect, it } from 'vitest'
import { parseConfig } from '#config/parse.ts'

describe('the config file', () => {
	it('may be empty: every key has a default', () => {
		const { config, diagnostics } = parseConfig('', 'reglue.yml')
		expect(diagnostics).toEqual([])
		expect(config).toMatchObject({
			version: 1,
			unit: 'auto',
			output: 'generated',
			glue: { version: '5.1', workers: 2 },
		})
	})

	it('reports every problem at once, each with its key and line', () => {
		const text = 'version: 1\nglue:\n  workers: many\n  flavour: vanilla\nunit: galaxy\n'
		const { config, diagnostics } = parseConfig(text, 'reglue.yml')
		expect(config).toBeUndefined()
		expect(diagnostics.map(({ provenance }) => [provenance.path, provenance.lines.start])).toEqual([
			['unit', 5],
			['glue.workers', 3],
			['glue', 4],
		])
	})

	it('names the line of a YAML mistake', () => {
		const { diagnostics } = parseConfig('paths:\n  a: "b\n', 'reglue.yml')
		expect(diagnostics[0]).toMatchObject({ code: 'config/invalid', provenance: { file: 'reglue.yml' } })
	})

	it('keeps the output folder inside the repository', () => {
		expect(parseConfig('output: ../elsewhere', 'reglue.yml').diagnostics).toHaveLength(1)
		expect(parseConfig('output: /etc', 'reglue.yml').diagnostics).toHaveLength(1)
	})
})
