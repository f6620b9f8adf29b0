import { expect, it } from 'vitest'
import { renderFindings } from '../../../scripts/rules/finding.ts'

it('prints findings by file and line, each in three parts', () => {
	const parts = { what: 'It is wrong.', why: 'it matters.', remedy: 'mend it.' }
	const text = renderFindings([
		{ file: 'b.ts', ...parts },
		{ file: 'a.ts', line: 10, ...parts },
		{ file: 'a.ts', line: 9, ...parts },
	])
	expect(text.split('\n').filter((line) => /^\S/.test(line))).toEqual(['a.ts:9', 'a.ts:10', 'b.ts'])
	expect(text).toContain('  It is wrong.\n  Why: it matters.\n  Do: mend it.\n')
})
