import { describe, expect, it } from 'vitest'
import { configOf, inputs } from '#action/inputs.ts'
import { configSchema } from '#config/schema.ts'

const reading = (given: Readonly<Record<string, string>>) => (name: string) => given[name] ?? ''

describe('the inputs of the Action', () => {
	it('are the settings of the file, and what a workflow must say besides', () => {
		const names = inputs.map(({ name }) => name)
		expect(names).toEqual(expect.arrayContaining(Object.keys(configSchema.shape).filter((key) => key !== 'version')))
		expect(names).toEqual(expect.arrayContaining(['token', 'login', 'cache']))
	})

	it('win over the file, maps key by key', () => {
		const file = 'output: made\nparameters: { A: one, B: two }\n'
		const { config } = configOf(file, reading({ parameters: 'B: three', output: 'new' }), 'reglue.yml')
		expect(config).toMatchObject({ output: 'new', parameters: { A: 'one', B: 'three' } })
	})

	it('say nothing where they are empty', () => {
		expect(configOf('output: made\n', reading({ output: ' ' }), 'reglue.yml').config?.output).toBe('made')
	})

	it('give the defaults where there is no file', () => {
		expect(configOf(undefined, reading({}), 'reglue.yml').config?.output).toBe('generated')
	})

	it.each([
		['a value that is not allowed', { output: '../outside' }, 'output'],
		['text that is no YAML', { paths: '{ a: ' }, 'paths'],
	])('with %s name the input', (_what, given, name) => {
		const { config, diagnostics } = configOf('', reading(given), 'reglue.yml')
		expect(config).toBeUndefined()
		expect(diagnostics.map(({ what }) => what)).toContain(`The input \`${name}\` is not valid.`)
	})

	it('leave the problems of the file to the file', () => {
		const { diagnostics } = configOf('outptu: x\n', reading({}), '.github/reglue.yml')
		expect(diagnostics).toMatchObject([{ provenance: { file: '.github/reglue.yml', lines: { start: 1 } } }])
	})
})
