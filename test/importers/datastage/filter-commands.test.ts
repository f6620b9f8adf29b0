import { describe, expect, it } from 'vitest'
import { filterSteps } from '#importers/datastage/filter-commands/command.ts'
import { linePattern } from '#importers/datastage/filter-commands/patterns.ts'

describe('a filter command', () => {
	it.each([
		['gunzip', [{ kind: 'unpack', ending: '.gz' }]],
		['/usr/bin/gunzip -c', [{ kind: 'unpack', ending: '.gz' }]],
		['gzip -dc', [{ kind: 'unpack', ending: '.gz' }]],
		['zcat', [{ kind: 'unpack', ending: '.gz' }]],
		['bzip2 -d', [{ kind: 'unpack', ending: '.bz2' }]],
		['gzip -9c', [{ kind: 'pack', ending: '.gz' }]],
		['cat', []],
		['tail -n +2', [{ kind: 'skip', lines: 1 }]],
		['tail +4', [{ kind: 'skip', lines: 3 }]],
		["awk 'NR > 2'", [{ kind: 'skip', lines: 2 }]],
		['sed 1d', [{ kind: 'skip', lines: 1 }]],
		["sed -e '1,3d'", [{ kind: 'skip', lines: 3 }]],
		["sed '/^#/d'", [{ kind: 'keep', pattern: '^#', inverted: true }]],
		["sed -n '/total/p'", [{ kind: 'keep', pattern: 'total', inverted: false }]],
		['head -5', [{ kind: 'head', lines: 5 }]],
		["grep -vF 'a.b'", [{ kind: 'keep', pattern: 'a\\.b', inverted: true }]],
		[
			"gunzip -c | grep -i '^x'",
			[
				{ kind: 'unpack', ending: '.gz' },
				{ kind: 'keep', pattern: '^[xX]', inverted: false },
			],
		],
	])('%s', (command, steps) => {
		expect(filterSteps(command)).toEqual(steps)
	})

	it.each([
		'tail -5',
		'sed s/a/b/',
		"sed -n '1d'",
		'grep #PATTERN#',
		'grep -c x',
		'grep x other.txt',
		'gunzip > out',
		'gunzip && cat',
		'compress',
		"awk '{print $1}'",
		'bzip2',
	])('%s is not understood', (command) => {
		expect(filterSteps(command)).toBeUndefined()
	})
})

/** POSIX, regular expressions: what is a sign in an extended one is mostly a character in a basic one. */
describe('a pattern of lines', () => {
	it.each([
		['a+b', 'basic', 'a\\+b'],
		['a+b', 'extended', 'a+b'],
		['*a*', 'basic', '\\*a*'],
		['a^b$c$', 'basic', 'a\\^b\\$c$'],
		['a.[^,]', 'basic', 'a[^\n][^,]'],
		['a|b', 'extended', 'a|b'],
		['(a|b)', 'basic', '\\(a\\|b\\)'],
		['a\\.b', 'basic', 'a\\.b'],
		['a.b', 'fixed', 'a\\.b'],
	] as const)('%s as a %s one', (written, grammar, pattern) => {
		expect(linePattern(written, grammar, false)).toBe(pattern)
	})

	it.each([
		['\\(a\\)\\1', 'basic'],
		['[[:alpha:]]', 'basic'],
		['\\d', 'extended'],
		['a[', 'basic'],
	] as const)('%s is not understood', (written, grammar) => {
		expect(linePattern(written, grammar, false)).toBeUndefined()
	})

	it('ignores letter case where letters stand alone', () => {
		expect(linePattern('aB1.', 'basic', true)).toBe('[aA][bB]1[^\n]')
		expect(linePattern('[ab]', 'basic', true)).toBeUndefined()
		expect(linePattern('straße', 'fixed', true)).toBeUndefined()
	})
})
