import { describe, expect, it } from 'vitest'
import type { Expression } from '#model/expressions.ts'
import { boolean, int, text, timestamp } from '#model/types.ts'
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
		const texts = textsOfParts('T', [field(1), whole(field(3))])
		expect(texts.length).toBeGreaterThan(5)
		for (const one of texts) expect(one).toMatch(/^[^;]+;x;\d+$/)
	})

	it('have them at their places, as wide as they are read', () => {
		const texts = textsOfParts('T', [part(1, 3), whole(part(6, 4))])
		for (const one of texts) expect(one).toMatch(/^.{3} {2}\d+ *$/)
		expect(new Set(texts.map(({ length }) => length))).toEqual(new Set([9]))
	})

	const call = (operation: string, ...args: readonly Expression[]): Expression => ({
		kind: 'call',
		operation,
		args,
		type: text(),
	})
	const literal = (value: string): Expression => ({ kind: 'literal', value, type: text() })

	it('have moments as the conversion around a part spells them', () => {
		const format = literal('%eee %mmm %d %hh:%nn:%ss %yyyy')
		const moment = call('datastage.string-to-timestamp', call('datastage.trim', field(2)), format)
		const [first] = textsOfParts('T', [{ ...moment, type: timestamp(6) }])
		expect(first).toBe('x;Mon Jan 15 10:20:30 2024')
	})

	it('have what a part is compared with, and parts of parts', () => {
		const compared = (part: Expression, value: string): Expression => ({
			...call('datastage.eq', part, literal(value)),
			type: boolean,
		})
		const word = call('datastage.field', call('datastage.trim', field(2)), literal(' '), number(1))
		const texts = textsOfParts('T', [compared(field(1), 'end'), compared(word, 'Starting'), compared(word, 'Finished')])
		expect(texts[0]).toBe('end;Starting')
		expect(texts[1]).toMatch(/;Finished$/)
	})

	it('are those of the column alone', () => expect(textsOfParts('U', [field(1)])).toEqual([]))

	it('are none where nothing takes a text apart', () => expect(textsOfParts('T', [whole(column)])).toEqual([]))
})
