import { describe, expect, it } from 'vitest'
import { html, join, own } from '#report/html.ts'

describe('html', () => {
	it('escapes texts wherever they stand, and keeps markup', () => {
		const hostile = `"><script>alert('1')</script>`
		expect(html`<a title="${hostile}">${hostile}</a>${own('<b>')}`.markup).toBe(
			'<a title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;">&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;</a><b>',
		)
	})

	it('removes secrets from every text', () => {
		expect(html`<p>${'Server=db;Password=hunter2;'}</p>`.markup).toBe('<p>Server=db;Password=***;</p>')
	})

	it('spells out signs that would turn the direction of a text or hide in it', () => {
		expect(html`${'a\u202egpj.exe\u0000'}`.markup).toBe('a\\u202egpj.exe\\u0000')
	})

	it('leaves nothing for what is absent, and prints lists and numbers', () => {
		expect(html`[${undefined}${[html`a`, html`b`]}${3}]`.markup).toBe('[ab3]')
		expect(join([html`a`, html`b`], ', ').markup).toBe('a, b')
	})
})
