import { describe, expect, it } from 'vitest'
import { mapTexts } from '#generators/text/python-tokens.ts'

describe('texts of a script', () => {
	const upper = (script: string): string => mapTexts(script, (part) => part.toUpperCase())

	it('are changed in every form of literal, and in comments', () => {
		expect(upper(`a = "b" + 'c' + f"d{e}" # f`)).toBe(`a = "B" + 'C' + F"D{E}" # F`)
		expect(upper('"""one\n"two" three"""\nfour')).toBe('"""ONE\n"TWO" THREE"""\nfour')
	})

	it('do not end at an escaped quote, and a sign for comments within them begins none', () => {
		expect(upper(String.raw`a = "b\"c" if d else e`)).toBe(String.raw`a = "B\"C" if d else e`)
		expect(upper('a = "b # c" + d')).toBe('a = "B # C" + d')
	})

	it('leave the code around them alone', () => {
		const code = 'password = read_secret(\n    name,\n)'
		expect(upper(code)).toBe(code)
	})
})
