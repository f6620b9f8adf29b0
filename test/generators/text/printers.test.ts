import { describe, expect, it } from 'vitest'
import { checkScript } from '#generators/ruff.ts'
import { hclString } from '#generators/text/hcl.ts'
import {
	markdownBlock,
	markdownCode,
	markdownParagraphs,
	markdownProse,
	markdownText,
} from '#generators/text/markdown.ts'
import { realign } from '#generators/text/realign.ts'
import { indent, render, traced } from '#generators/text/tree.ts'
import { provenance } from '../../support/model-builder.ts'

const origin = { element: 'A', provenance: provenance('JOB/A') }

describe('a tree of lines', () => {
	it('indents, and knows which lines come from which element', () => {
		const { text, traces } = render(['def f():', indent([traced(origin, ['x = 1', 'y = 2']), 'return x'])])
		expect(text).toBe('def f():\n    x = 1\n    y = 2\n    return x\n')
		expect(traces).toEqual([{ ...origin, lines: { start: 2, end: 3 } }])
	})
})

describe('traces behind the formatter', () => {
	it('follow their tokens to other lines, closing brackets included', () => {
		const long = `frame = source.select(${Array.from({ length: 12 }, (_none, index) => `"column_${index}"`).join(', ')})`
		const before = render(['a = (1)', traced(origin, long), 'b = 2'])
		const { formatted } = checkScript(before.text)
		const [trace] = realign(before.traces, before.text, formatted)
		const lines = formatted.split('\n').slice((trace?.lines.start ?? 0) - 1, trace?.lines.end)
		expect(lines.at(0)).toBe('frame = source.select(')
		expect(lines.at(-1)).toBe(')')
		expect(formatted.split('\n')[trace?.lines.end ?? 0]).toBe('b = 2')
	})

	it('are refused where more than the layout has changed', () => {
		expect(() => realign([], 'a = 1\n', 'a = 2\n')).toThrow(/more than the layout/)
	})
})

describe('texts of an export in other languages', () => {
	it('Markdown: no markup, no HTML, no new line', () => {
		expect(markdownText('a|b\n# <b>*x*</b> `c` snake_case _i_')).toBe(
			'a\\|b \\# &lt;b&gt;\\*x\\*&lt;/b&gt; \\`c\\` snake_case \\_i\\_',
		)
	})

	it('keeps the lines of a text, none of which becomes a list or a heading', () => {
		expect(markdownParagraphs('Loads *all*\r\n1. first\n====\n\n\n- last\n')).toBe(
			'Loads \\*all\\*\\\n1\\. first\\\n\\====\n\n\\- last',
		)
	})

	it('Markdown: code between back quotes stays code, and all else is text', () => {
		expect(markdownProse('Map <x> in `paths|more`, or `a\nb`.')).toBe('Map &lt;x&gt; in `paths\\|more`, or \\`a b\\`.')
	})

	it('Markdown: code and blocks cannot be closed from inside', () => {
		expect(markdownCode('a `b` | c')).toBe('``a `b` \\| c``')
		expect(markdownBlock('x\n````\ny')).toBe('`````\nx\n````\ny\n`````')
	})

	it('HCL: no interpolation', () => {
		expect(hclString(`\${var.x} %{if} "q"\n\\`)).toBe(`"$\${var.x} %%{if} \\"q\\"\\n\\\\"`)
	})
})

it('ruff names what is wrong, with its line', () => {
	const { problems } = checkScript('import os\n\nx = undefined_name\n')
	expect(problems.map(({ code, line }) => `${code} ${line}`).sort()).toEqual(['F401 1', 'F821 3'])
	expect(checkScript('def f(:\n').problems[0]?.code).toBe('invalid-syntax')
})
