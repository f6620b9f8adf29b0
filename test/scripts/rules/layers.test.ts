import { describe, expect, it } from 'vitest'
import { checkLayers, layerOf, layers } from '../../../scripts/rules/layers.ts'

function whatIsWrong(path: string, text: string): readonly string[] {
	return checkLayers([{ path, text }]).map(({ what }) => what)
}

describe('the order of the layers', () => {
	it('lets a higher layer import a lower one', () => {
		expect(whatIsWrong('src/importers/ssis/read.ts', `import type { Job } from '#model/job.ts'`)).toEqual([])
	})

	it('refuses a lower layer that imports a higher one, types included', () => {
		const text = `\nimport type { Importer } from '#importers/importer.ts'`
		expect(checkLayers([{ path: 'src/model/job.ts', text }])).toEqual([
			expect.objectContaining({
				file: 'src/model/job.ts',
				line: 2,
				what: 'model must not import importers (src/importers/importer.ts).',
			}),
		])
	})

	it.each([
		['importers', 'generators'],
		['generators', 'importers'],
	])('never lets %s import %s, which stand side by side', (from, to) => {
		const [finding] = checkLayers([{ path: `src/${from}/a.ts`, text: `export * from '#${to}/b.ts'` }])
		expect(finding?.what).toBe(`${from} must not import ${to} (src/${to}/b.ts).`)
		expect(finding?.why).toContain('side by side')
	})

	it('lets a layer use the neighbours that are named for it', () => {
		expect(whatIsWrong('src/synthesis/rows.ts', `import { run } from '#reference/run.ts'`)).toEqual([])
		expect(whatIsWrong('src/reference/run.ts', `import { rows } from '#synthesis/rows.ts'`)).toHaveLength(1)
	})

	it.each([
		['a dynamic import', `const job = await import('#cli/main.ts')`],
		['a re-export', `export { main } from '#cli/main.ts'`],
		['an import for its effect', `import '#cli/main.ts'`],
		['a type import in place', `type Main = import('#cli/main.ts').Main`],
	])('sees %s', (_, text) => {
		expect(whatIsWrong('src/model/job.ts', text)).toEqual(['model must not import cli (src/cli/main.ts).'])
	})

	it('does not take a comment or a string for an import', () => {
		const text = `// import '#cli/main.ts'\nexport const text = "import '#cli/main.ts'"`
		expect(whatIsWrong('src/model/job.ts', text)).toEqual([])
	})

	it('leaves packages and builtins alone', () => {
		expect(whatIsWrong('src/cli/main.ts', `import fs from 'node:fs'\nimport { z } from 'zod'`)).toEqual([])
	})

	it('leaves files at the root of the project alone', () => {
		const text = `import manifest from '../../package.json' with { type: 'json' }`
		expect(whatIsWrong('src/cli/program.ts', text)).toEqual([])
	})

	it('says nothing about files outside src/', () => {
		expect(whatIsWrong('scripts/check.ts', `import '#cli/main.ts'`)).toEqual([])
	})

	it('refuses a folder that has no place in the order', () => {
		expect(whatIsWrong('src/utils/text.ts', '')).toEqual(['This folder is not a layer of the project.'])
		expect(whatIsWrong('src/main.ts', '')).toEqual(['This folder is not a layer of the project.'])
	})
})

describe('the spelling of imports', () => {
	it('wants # across layers and says how', () => {
		const text = `import type { Job } from '../../model/job.ts'`
		const [finding] = checkLayers([{ path: 'src/importers/ssis/read.ts', text }])
		expect(finding?.remedy).toBe(`write '#model/job.ts'.`)
	})

	it('wants a relative path inside a layer and says how', () => {
		const text = `import { stages } from '#importers/datastage/stages.ts'`
		const [finding] = checkLayers([{ path: 'src/importers/datastage/read.ts', text }])
		expect(finding?.remedy).toBe(`write './stages.ts'.`)
	})
})

describe('the table of layers', () => {
	it('names only neighbours of the same rank, and never in a circle', () => {
		for (const [name, { rank, beside }] of Object.entries(layers)) {
			for (const other of beside) {
				expect(layers[other].rank, `${name} beside ${other}`).toBe(rank)
				expect(layers[other].beside, `${name} and ${other} know each other`).not.toContain(name)
			}
		}
	})

	it('finds the layer of a path', () => {
		expect(layerOf('src/model/job.ts')).toBe('model')
		expect(layerOf('src/constructor/job.ts')).toBeUndefined()
		expect(layerOf('test/model/job.test.ts')).toBeUndefined()
	})
})
