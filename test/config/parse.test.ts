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
			['glue.flavour', 4],
		])
	})

	it('says of settings that are not there yet that nothing follows from them', () => {
		const text = 'hooks: { before_publish: [make] }\nllm:\n  provider: x\nglue: { role_arn: arn }\nsorces: []\n'
		const { diagnostics } = parseConfig(text, 'reglue.yml')
		const told = diagnostics.map(
			({ what, why, remedy, provenance }) => `${provenance.lines.start}: ${what} ${why} ${remedy}`,
		)
		expect(told.sort()).toEqual([
			'1: `hooks` is no setting. This version of Reglue runs no commands of a config, on any host. Take it out; nothing would follow from it.',
			'2: `llm` is no setting. This version of Reglue works with rules alone: no language model can be configured. Take it out; nothing would follow from it.',
			'4: `glue.role_arn` is no setting. The Terraform module makes a role for each job. Take it out; nothing would follow from it.',
			'5: `sorces` is no setting. There is no key of that name here. Correct the key named; `reglue config schema` prints what is allowed.',
		])
	})

	it('takes the values of environments as texts, as those of parameters', () => {
		const { config } = parseConfig("environments: { dev: { PM_ENV: dev, DAYS: '03' } }", 'reglue.yml')
		expect(config?.environments).toEqual({ dev: { PM_ENV: 'dev', DAYS: '03' } })
		const wrong = parseConfig('environments: { ../x: {}, dev: { DAYS: 03 } }', 'reglue.yml').diagnostics
		expect(wrong.map(({ provenance }) => provenance.path)).toEqual(['environments.../x', 'environments.dev.DAYS'])
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
