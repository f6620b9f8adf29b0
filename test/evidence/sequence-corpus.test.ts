import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { proveSequence } from '#evidence/sequence.ts'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import type { JobsFile } from '#generators/jobs-file.ts'
import { definitionProblems } from '#generators/step-functions/well-formed.ts'
import { dsxImporter } from '#importers/datastage/importer.ts'

const corpus = path.resolve('../shared/corpus/datastage')
const reason = existsSync(corpus) ? undefined : `no exports at ${corpus}`

describe.skipIf(reason !== undefined)(`Sequences of public exports${reason ? ` (skipped: ${reason})` : ''}`, () => {
	const files = reason === undefined ? globSync('**/*.dsx', { cwd: corpus }) : []
	const withSequences = files.filter(
		(file) =>
			readFileSync(path.join(corpus, file), 'latin1').includes('"CJSJobActivity"') ||
			readFileSync(path.join(corpus, file), 'latin1').includes('"CJSUserVarsActivity"'),
	)

	it.each(withSequences)('%s: well-formed, and equal to the reference unless something is opaque', async (file) => {
		const bytes = new Uint8Array(readFileSync(path.join(corpus, file)))
		const { jobs } = dsxImporter.read({ file: { path: file, bytes }, companions: [] })
		const { artifacts } = generate({ name: 'unit', jobs }, defaultOptions)
		const text = (name: string): string => artifacts.find((one) => one.path === `unit/${name}`)?.text ?? ''
		for (const entry of (JSON.parse(text('jobs.json')) as JobsFile).state_machines ?? []) {
			const job = jobs.find(({ id }) => id === entry.id)
			if (job === undefined) throw new Error(`no job has the id ${entry.id}`)
			const definition = text(entry.definition)
			const problems = definitionProblems(definition)
			expect(problems, entry.title).toEqual([])
			const { report, details } = await proveSequence(job, { entry, definition, problems }, { run: true })
			const opaque = job.accounting.some(({ outcome }) => outcome === 'opaque')
			expect({ title: entry.title, level: report.level, details }).toEqual({
				title: entry.title,
				level: opaque ? 'E1' : 'E3',
				details: [],
			})
		}
	})
})
