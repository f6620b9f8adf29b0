import { describe, expect, it } from 'vitest'
import { type HelperName, helperNames, withNeeded } from '#generators/glue/helpers/registry.ts'
import { importBlock, installedModules, standardModules } from '#generators/glue/imports.ts'

describe('imports of a script', () => {
	it('are modules that a job has, whichever helpers it needs', () => {
		const lines = withNeeded(helperNames as readonly HelperName[]).flatMap(({ imports }) => imports)
		const strange = lines.filter((line) => {
			const module = line.split(' ')[1] ?? ''
			return !standardModules.has(module) && !installedModules.has(module.split('.')[0] ?? '')
		})
		expect(strange).toEqual([])
	})

	it('stand in the order that ruff wants, without names that nothing uses', () => {
		const lines = ['from pyspark.sql import DataFrame, Window', 'import sys', 'from xml.etree import ElementTree']
		expect(importBlock(lines, new Set(['sys', 'Window', 'ElementTree']))).toEqual([
			'import sys',
			'from xml.etree import ElementTree',
			'',
			'from pyspark.sql import Window',
		])
	})
})
