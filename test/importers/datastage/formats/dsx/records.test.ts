import { describe, expect, it } from 'vitest'
import type { DsxSection } from '#importers/datastage/formats/dsx/records.ts'
import { readSections } from '#importers/datastage/formats/dsx/records.ts'
import type { Diagnostic } from '#model/diagnostics.ts'

function read(text: string): { readonly sections: readonly DsxSection[]; readonly diagnostics: readonly Diagnostic[] } {
	const diagnostics: Diagnostic[] = []
	const wanted = (kind: string): boolean => kind === 'DSJOB' || kind === 'HEADER'
	const sections = [...readSections(text, 'f.dsx', wanted, (diagnostic) => diagnostics.push(diagnostic))]
	return { sections, diagnostics }
}

const job = (...lines: readonly string[]): string => ['BEGIN DSJOB', ...lines, 'END DSJOB'].join('\n')

describe('sections and records', () => {
	it('reads keys of the section, of records and of sub-records, with their lines', () => {
		const { sections, diagnostics } = read(
			job(
				'   Identifier "J"',
				'   BEGIN DSRECORD',
				'      Identifier "V0S1"',
				'      Properties "CCustomProperty"',
				'      BEGIN DSSUBRECORD',
				'         Name "file "',
				'         Value "a"',
				'      END DSSUBRECORD',
				'      BEGIN DSSUBRECORD',
				'         Name "schema"',
				'      END DSSUBRECORD',
				'      StageType "PxSort"',
				'   END DSRECORD',
			),
		)
		expect(diagnostics).toEqual([])
		const [record] = sections[0]?.records ?? []
		expect(sections[0]?.values.get('Identifier')).toBe('J')
		expect(sections[0]?.lines).toEqual({ start: 1, end: 15 })
		expect([...(record?.values ?? [])]).toEqual([
			['Identifier', 'V0S1'],
			['StageType', 'PxSort'],
		])
		expect(record?.lines).toEqual({ start: 3, end: 14 })
		const properties = record?.collections.get('Properties') ?? []
		expect(properties.map(({ values }) => [...values.values()])).toEqual([['file ', 'a'], ['schema']])
		expect(properties[0]?.lines).toEqual({ start: 6, end: 9 })
	})

	it('reads blocks of raw lines, and unescapes them like quoted values', () => {
		const text = job(
			'   BEGIN DSRECORD',
			'      Code =+=+=+=',
			'a "b" \\\\c',
			'  \\(41)d',
			'=+=+=+=',
			'      After "x"',
			'   END DSRECORD',
		)
		const record = read(text).sections[0]?.records[0]
		expect(record?.values.get('Code')).toBe('a "b" \\c\n  Ad')
		expect(record?.values.get('After')).toBe('x')
	})

	it('reads an empty block, and values of any length', () => {
		const long = 'x'.repeat(300_000)
		const text = job('   BEGIN DSRECORD', '      Code =+=+=+=', '=+=+=+=', `      Long "${long}"`, '   END DSRECORD')
		const record = read(text).sections[0]?.records[0]
		expect(record?.values.get('Code')).toBe('')
		expect(record?.values.get('Long')).toBe(long)
	})

	it.each([
		['\r\n', 1],
		['\n', 1],
		['\r', 0],
	])('takes %j for the end of a line', (end, counted) => {
		const { sections } = read(job('   BEGIN DSRECORD', '      A "1"', '   END DSRECORD').replaceAll('\n', end))
		expect(sections[0]?.records[0]?.values.get('A')).toBe('1')
		expect(sections[0]?.lines.end).toBe(counted === 1 ? 5 : 1)
	})

	it('leaves out compiled jobs and binaries, whatever stands in them', () => {
		const binary = [
			'BEGIN DSEXECJOB',
			'   Identifier "J"',
			'   BEGIN DSBPBINARY',
			'00FF "',
			'END DSJOB',
			'   END DSBPBINARY',
			'END DSEXECJOB',
		].join('\n')
		const { sections, diagnostics } = read(`${binary}\nCOMMENT Appended on 2020-01-01\n${job('   Identifier "K"')}`)
		expect(diagnostics).toEqual([])
		expect(sections.map(({ values, lines }) => [values.get('Identifier'), lines.start])).toEqual([['K', 9]])
	})
})

describe('files that are broken', () => {
	it('keeps whole sections before the end of a truncated file', () => {
		const { sections, diagnostics } = read(
			`${job('   Identifier "A"')}\nBEGIN DSJOB\n   Identifier "B"\n   BEGIN DSRECORD\n      Na`,
		)
		expect(sections.map(({ values }) => values.get('Identifier'))).toEqual(['A'])
		expect(diagnostics.map(({ code, provenance }) => [code, provenance.lines.start])).toEqual([
			['record/malformed', 7],
			['file/truncated', 4],
		])
	})

	it('says where a closing quote is missing, and goes on with the next line', () => {
		const { sections, diagnostics } = read(job('   BEGIN DSRECORD', '      A "one', '      B "two"', '   END DSRECORD'))
		expect(diagnostics.map(({ code, provenance }) => [code, provenance.lines.start])).toEqual([['record/malformed', 3]])
		expect([...(sections[0]?.records[0]?.values ?? [])]).toEqual([
			['A', 'one'],
			['B', 'two'],
		])
	})

	it('reads a value that goes on over lines', () => {
		const { sections, diagnostics } = read(
			job('   BEGIN DSRECORD', '      A "one', 'two"', '      B "x"', '   END DSRECORD'),
		)
		expect(diagnostics).toEqual([])
		expect(sections[0]?.records[0]?.values.get('A')).toBe('one\ntwo')
	})

	it.each([
		['END without BEGIN', job('   END DSRECORD'), 2],
		['a record that does not end', job('   BEGIN DSRECORD', '   BEGIN DSRECORD', '   END DSRECORD'), 3],
		[
			'a sub-record that does not end',
			job('   BEGIN DSRECORD', '      P "C"', '      BEGIN DSSUBRECORD', '   END DSRECORD'),
			5,
		],
		['a line of its own kind', job('   what is this'), 2],
		['text outside every section', `nonsense\n${job('   Identifier "A"')}`, 1],
	])('reports %s and keeps the job', (_what, text, line) => {
		const { sections, diagnostics } = read(text)
		expect(sections).toHaveLength(1)
		expect(diagnostics.map(({ code, provenance }) => [code, provenance.lines.start])).toEqual([
			['record/malformed', line],
		])
	})
})
