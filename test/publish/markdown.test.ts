import { describe, expect, it } from 'vitest'
import { cell, code, md, table } from '#publish/markdown.ts'

describe('text from exports in Markdown', () => {
	it('cannot become markup, a link, HTML or a mention', () => {
		expect(md('[x](http://e) <img> @team *b* a|b')).toBe('\\[x\\]\\(http://e\\) \\<img\\> @\u200bteam \\*b\\* a\\|b')
	})

	it('stays on one line', () => {
		expect(md('a\r\nb')).toBe('a b')
		expect(code('a\nb')).toBe('`a b`')
	})

	it('may hold backticks in code', () => {
		expect(code('a`b')).toBe('``a`b``')
		expect(code('`')).toBe('`` ` ``')
	})

	it('cannot end a table cell', () => {
		expect(table(['Job'], [[cell('a|b')]])).toBe('| Job |\n| --- |\n| `a\\|b` |')
	})
})
