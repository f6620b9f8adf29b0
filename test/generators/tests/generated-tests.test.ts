import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { examples } from '../../../scripts/demo/examples.ts'
import { root } from '../../../scripts/rules/tree.ts'
import { SET_UP_MS, withTemporaryFolder } from '../../engines/local-spark/support.ts'
import { cases as control } from '../../functional/ssis/control.ts'
import { cases as derived } from '../../functional/ssis/derived-columns.ts'
import { cases as events } from '../../functional/ssis/events.ts'
import { cases as joining } from '../../functional/ssis/joining.ts'
import { cases as marked } from '../../functional/ssis/marked-rows.ts'
import { cases as shaping } from '../../functional/ssis/shaping.ts'
import { cases as texts } from '../../functional/ssis/text-files.ts'
import { sampled } from '../../support/depth.ts'
import { runGeneratedTests } from '../../support/generated-tests.ts'

it(
	'those of the examples pass with plain pytest',
	() =>
		withTemporaryFolder(async (folder) => {
			const exports = examples.map((example) => path.join(root, example.export))
			for (const { code, summary, output } of await runGeneratedTests(exports, folder)) {
				expect(code, output).toBe(0)
				expect(summary).toMatch(/^\d+ passed/)
			}
		}),
	SET_UP_MS,
)

it(
	'those of small packages, one subject each, pass too',
	() =>
		withTemporaryFolder(async (folder) => {
			const all = [control, derived, events, joining, marked, shaping, texts].flat()
			const place = path.join(folder, 'packages')
			mkdirSync(place)
			const exports = sampled(all, 12).map((one, index) => {
				const file = path.join(place, `p${index}.dtsx`)
				writeFileSync(file, one.package)
				return file
			})
			const runs = await runGeneratedTests(exports, folder)
			expect(runs.length).toBeGreaterThan(0)
			for (const { code, output } of runs) expect(code, output).toBe(0)
		}),
	SET_UP_MS,
)
