import { describe, expect, it } from 'vitest'
import type { XmlStep } from '#model/xml-queries.ts'
import { documentFor } from '#synthesis/xml-documents.ts'

const step = (name: string, more: Partial<XmlStep> = {}): XmlStep => ({ isBelow: false, name, tests: [], ...more })

describe('a document for a path', () => {
	it('has as many elements as were asked for', () => {
		const path = { steps: [step('shop'), step('part')] }
		expect(documentFor({ gives: 'count', path }, 2)).toBe('<shop><part>1</part><part>2</part></shop>')
		expect(documentFor({ gives: 'count', path }, 0)).toBe('<shop><other></other></shop>')
	})

	it('meets the tests, and has an element beside that fails each', () => {
		const tests = [
			{ of: 'attribute', name: 'id' },
			{ of: 'child', name: 'name', text: 'a&b' },
		] as const
		const path = {
			steps: [step('part', { isBelow: true, tests })],
			last: { kind: 'attribute', name: 'price' },
		} as const
		const part = (price: string, name: string): string => `<part id="7"${price}><name>${name}</name></part>`
		expect(documentFor({ gives: 'texts', path }, 1)).toBe(
			`<inside>${part(' price="1"', 'a&amp;b')}${part(' price="8"', 'not a&amp;b')}</inside>`,
		)
	})

	it('puts others before a place', () => {
		const path = { steps: [step('shop'), step('part', { place: 2 }), step('*')] }
		expect(documentFor({ gives: 'texts', path }, 1)).toBe('<shop><part>9</part><part><any>1</any></part></shop>')
	})

	it('has one root, whatever is asked for', () => {
		expect(documentFor({ gives: 'texts', path: { steps: [step('shop')] } }, 3)).toBe('<shop>1</shop>')
	})
})
