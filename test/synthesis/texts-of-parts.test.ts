import { describe, expect, it } from 'vitest'
import type { Expression } from '#model/expressions.ts'
import { int, text } from '#model/types.ts'
import { textsOfParts } from '#synthesis/texts-of-parts.ts'

const column: Expression = { kind: 'column', name: 'T', type: text() }
const number = (value: number): Expression => ({ kind: 'literal', value: BigInt(value), type: int(32) })
const field = (at: number): Expression => ({
	kind: 'call',
	operation: 'datastage.field',
	args: [column, { kind: 'literal', value: ';', type: text() }, number(at)],
	type: text(),
})
const part = (from: number, width: number): Expression => ({
	kind: 'call',
	operation: 'datastage.substring',
	args: [column, number(from), number(width)],
	type: text(),
})
const whole = (operand: Expression): Expression => ({
	kind: 'cast',
	rule: 'datastage.text-read',
	operand,
	type: int(32),
})

describe('texts that hold several values', () => {
	it('have everyday values of the wanted types between their delimiters', () => {
		const texts = textsOfParts([field(1), whole(field(3))])
		expect(texts.length).toBeGreaterThan(5)
		for (const one of texts) expect(one).toMatch(/^[^;]+;x;\d+$/)
	})

	it('have them at their places, as wide as they are read', () => {
		const texts = textsOfParts([part(1, 3), whole(part(6, 4))])
		for (const one of texts) expect(one).toMatch(/^.{3} {2}\d+ *$/)
		expect(new Set(texts.map(({ length }) => length))).toEqual(new Set([9]))
	})

	it('are none where nothing takes a text apart', () => expect(textsOfParts([whole(column)])).toEqual([]))
})
