import { describe, expect, it } from 'vitest'
import { begin, end, withOwnSection } from '#publish/own-section.ts'

const ours = (text: string) => `${begin}\n\n${text}\n\n${end}\n`

describe('the body of a pull request', () => {
	it('is ours where nobody wrote anything', () => {
		expect(withOwnSection('', ours('one'))).toBe(ours('one'))
		expect(withOwnSection(ours('one'), ours('two $& $1'))).toBe(ours('two $& $1'))
	})

	it('keeps what people wrote around our section', () => {
		expect(withOwnSection(`Please look.\r\n${ours('one')}\nThanks!`, ours('two'))).toBe(
			`Please look.\n${ours('two')}\nThanks!`,
		)
	})

	it('gets our section back where somebody deleted it', () => {
		expect(withOwnSection('All gone.', ours('two'))).toBe(`${ours('two')}\nAll gone.`)
	})
})
