import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { compiled, filled, pythonPattern, pythonTemplate } from '#languages/dotnet/regex.ts'

function pattern(text: string, options = 0n): string {
	const made = pythonPattern(text, options)
	if ('problem' in made) throw new Error(made.problem)
	return made.pattern
}

const found = (text: string, subject: string, options = 0n): readonly string[] =>
	[...subject.matchAll(compiled(pattern(text, options)))].map(([one]) => one)

describe('a pattern of .NET', () => {
	it.each([
		['^\\d{3}-\\d{4}$', '^\\d{3}-\\d{4}$'],
		['[^a-zA-Z0-9 ]', '[^a-zA-Z0-9 ]'],
		['(?<year>\\d+)/(?<month>\\d+)', '(?P<year>\\d+)/(?P<month>\\d+)'],
		['a\\z', 'a\\Z'],
		['a\\Z', 'a$'],
		['[[\\]-]+?', '[\\[\\]\\-]+?'],
		['\\u0041\\x42\\t', 'AB\\t'],
		['x{2}{', 'x{2}\\{'],
	])('%s is %s in Python', (dotnet, python) => expect(pattern(dotnet)).toBe(python))

	it('puts options that change the meaning in front', () => {
		expect(pattern('a', 1n | 8n | 512n)).toBe('(?i)a')
		expect(pattern('(?i)a.', 16n)).toBe('(?is)a.')
	})

	it.each([
		['(?<=a)b', 'the group'],
		['(?>a)', 'the group'],
		['a*+', 'possessive'],
		['(a)(?<n>b)', 'with and without names'],
		['[a-z-[aeiou]]', 'less another'],
		['\\p{Lu}', '\\p'],
		['(', 'that is none'],
		['\\B', '\\B'],
	])('%s is refused', (text, why) => {
		const made = pythonPattern(text, 0n)
		expect('problem' in made ? made.problem : '').toContain(why)
	})

	it('refuses options that Python lacks', () => {
		expect(pythonPattern('a', 64n)).toEqual({ problem: expect.stringContaining('options') })
	})
})

describe('the reference reads it as Python does', () => {
	const samples = ['', 'abc', 'a\nb\n', 'Ünïcode 12 ٣', 'x_1-y', ' \t\u00a0\u2028', 'AbC abc', '[a]{2}', 'a.b|c\\d']
	const patterns = [
		'\\w+',
		'\\s',
		'\\d',
		'^.',
		'.$',
		'(?m)^.',
		'(?m).$',
		'a|b',
		'[^\\w]',
		'\\bb',
		'[\\]\\[]',
		'(?i)ABC',
		'.',
		'(?s).',
		'\\.',
	]

	it('on every sample', () => {
		const program = `import json, re, sys
patterns, samples = json.load(sys.stdin)
print(json.dumps([[[m.group() for m in re.finditer(p, s)] for s in samples] for p in patterns]))`
		const all = patterns.map((one) => pattern(one))
		const python: unknown = JSON.parse(
			execFileSync('python3', ['-c', program], { input: JSON.stringify([all, samples]), encoding: 'utf8' }),
		)
		expect(
			all.map((one) => samples.map((sample) => [...sample.matchAll(compiled(one))].map(([text]) => text))),
		).toEqual(python)
	})

	it('an end may stand before the last line end', () => expect(found('b$', 'ab\n')).toEqual(['b']))
})

describe('a replacement', () => {
	it('takes groups by number and name', () => {
		// biome-ignore lint/suspicious/noTemplateCurlyInString: .NET spells the name of a group so.
		expect(pythonTemplate('$2-${name}\\$$', 2, ['name'])).toBe('\\g<2>-\\g<name>\\\\$')
		expect(pythonTemplate('$3', 2, [])).toBeUndefined()
		expect(pythonTemplate("$'", 2, [])).toBeUndefined()
	})
	it('is filled', () => {
		const [match] = [...'ab'.matchAll(compiled('(a)(b)(c)?'))]
		if (match === undefined) throw new Error('no match')
		expect(filled('\\g<2>\\g<1>\\g<3>\\\\', match)).toBe('ba\\')
	})
})
