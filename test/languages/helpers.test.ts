import { describe, expect, it } from 'vitest'
import { checkScript } from '#generators/ruff.ts'
import { helperNames, helperPrelude, helpersUsed, helperText } from '#languages/helpers.ts'

describe('helpers of a script', () => {
	it('are those that the code calls and those that they need, none before what it calls', () => {
		expect(helpersUsed('field_to_int(F.col("QTY"), "int32")')).toEqual(['int_type', 'bare', 'field_to_int'])
	})

	it('are not found in texts, in comments, or behind a point', () => {
		const code = 'F.lit("saturate(x)") + frame.let + F.lit(\'bare\')  # trim_blanks\n"""round_down"""'
		expect(helpersUsed(code)).toEqual([])
		expect(helperPrelude(code)).toBe('')
	})

	it('call nothing that is not printed with them', () => {
		for (const name of helperNames) {
			const needed = helpersUsed(helperText(name) ?? '')
			expect(helpersUsed(name)).toEqual(expect.arrayContaining([...needed]))
		}
	})

	it('are well-formed programs by themselves', () => {
		for (const name of helperNames)
			expect([
				name,
				checkScript(`${helperPrelude(name)}\n\nprint(${name})\n`).problems.filter(
					({ code }) => code !== 'I001' && code !== 'F401',
				),
			]).toEqual([name, []])
	})
})
