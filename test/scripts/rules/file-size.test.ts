import { expect, it } from 'vitest'
import { checkFileSize } from '../../../scripts/rules/file-size.ts'

it.each([
	['400 lines and a last newline', 'x\n'.repeat(400), 0],
	['400 lines without one', `${'x\n'.repeat(399)}x`, 0],
	['401 lines', 'x\n'.repeat(401), 1],
	['an empty file', '', 0],
])('counts %s', (_, text, findings) => {
	expect(checkFileSize([{ path: 'src/a.ts', text }])).toHaveLength(findings)
})

it('says how long the file is', () => {
	const [finding] = checkFileSize([{ path: 'src/a.ts', text: 'x\n'.repeat(512) }])
	expect(finding?.what).toBe('This file has 512 lines; the limit is 400.')
})
