import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import type { InferredType } from '#model/job.ts'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { column, job } from './component-job.ts'

const folder = '../shared/corpus/ssis'
const files = existsSync(folder) ? globSync(`${folder}/**/*.dtsx`).sort() : []
if (files.length === 0) process.stderr.write(`The inferred types are not counted: ${folder} is not there.\n`)

describe('types that follow from expressions', () => {
	it('are counted against the stored ones, which hold', () => {
		const derive: ComponentSpec = {
			name: 'Derive',
			type: 'Microsoft.DerivedColumn',
			inputs: [{ id: 'd.in' }],
			outputs: [
				{
					id: 'd.out',
					attributes: { synchronousInputId: 'd.in' },
					columns: [
						column('d.a', 'Same', 'i4', {}, { FriendlyExpression: '[id] + 1' }),
						column('d.b', 'Other', 'i8', {}, { FriendlyExpression: '[id] + 1' }),
					],
				},
			],
		}
		const read = job([derive], [['src', 'd.in']])
		expect(read.types?.equal).toBe(1)
		expect(read.types?.others).toMatchObject([{ column: 'Other', stored: 'DT_I8', inferred: 'DT_I4' }])
	})

	it('are absent where nothing is derived', () => {
		expect(job([], []).types).toBeUndefined()
	})
})

describe.skipIf(files.length === 0)('types of public packages', () => {
	it('follow as the designer stored them, for nearly all columns', () => {
		let equal = 0
		const others: InferredType[] = []
		for (const path of files) {
			for (const { types } of dtsxImporter.read({ file: { path, bytes: readFileSync(path) }, companions: [] }).jobs) {
				equal += types?.equal ?? 0
				others.push(...(types?.others ?? []))
			}
		}
		const list = others.map((one) => `${one.element}: ${one.column} is ${one.stored}, not ${one.inferred}`).join('\n')
		if (process.env['REGLUE_FULL'] === '1') process.stderr.write(`${equal} equal, ${others.length} others\n${list}\n`)
		expect(equal / (equal + others.length), list).toBeGreaterThan(0.9)
	})
})
