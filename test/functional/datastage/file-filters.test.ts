/** Files that go through a command on their way (IBM: Sequential File stage, Filter). */
import { describe, expect, it } from 'vitest'
import { importJob, outcomeOf, reads, source, target, writes } from '../../support/dsx-builder.ts'
import { from, stage, subject, to } from '../../support/functional-job.ts'

const columns = `ID int
	NAME varchar(20)`

const filtered = (
	filter: string,
	given: string,
	written: string,
	{ file = '/data/in/In.txt', more = {}, out = '' } = {},
) => ({
	stages: [stage('Cp', 'PxCopy')],
	links: [
		from('In', 'Cp', columns, { file, more: { filter, ...more } }),
		to('Out', 'Cp', columns, out === '' ? {} : { more: { filter: out } }),
	],
	given: { In: given },
	written: { Out: written },
})

const rows = '1,ann\n2,bob\n3,cid\n'

subject('a filter command of a Sequential File', {
	'gunzip unpacks, as Spark does': filtered('gunzip', rows, rows, { file: '/data/in/In.txt.gz' }),
	'gzip packs what is written': filtered('', rows, rows, { out: 'gzip -c' }),
	'tail leaves the first line out': filtered('tail -n +2', 'a note\n1,ann\n2,bob\n', '1,ann\n2,bob\n'),
	'what it leaves out stands before the column names': filtered('sed 1,2d', 'a note\n\nID,NAME\n1,ann\n', '1,ann\n', {
		more: { firstLineColumnNames: 'firstLineColumnNames' },
	}),
	'head counts the column names': filtered('head -2', 'ID,NAME\n1,ann\n2,bob\n', '1,ann\n', {
		more: { firstLineColumnNames: 'firstLineColumnNames' },
	}),
	'grep keeps lines by a pattern, in whichever field it is found': filtered(
		'grep b',
		'1,ann\n2,bob\n3,b\n',
		'2,bob\n3,b\n',
	),
	'grep -v keeps the others': filtered("grep -v '^#'", '#1,x\n1,#x\n', '1,#x\n'),
	'a basic pattern': filtered("grep 'n*,c.d$'", '1,ann\n2,cid\n3,cord\n', '2,cid\n'),
	'letter case': filtered('grep -i ANN', rows, '1,ann\n'),
	pipes: filtered('zcat | tail -n +2 | grep -v bob', 'a note\n1,ann\n2,bob\n', '1,ann\n', {
		file: '/data/in/In.gz',
	}),
})

subject('rejects behind a filter command', {
	'a malformed line is rejected only where the filter leaves it': {
		stages: [stage('Cp', 'PxCopy')],
		links: [
			from('In', 'Cp', columns, { more: { filter: "grep -v '^#'", rejects: 'save' } }),
			to('Out', 'Cp', columns),
			to('Bad', 'In', 'rejected raw(100)', { kind: 'reject', format: 'delim=none, quote=none' }),
		],
		given: { In: '# a note\n1,ann\nnothing\nx,bob\n' },
		written: { Out: '1,ann\n', Bad: 'nothing\nx,bob\n' },
	},
})

describe('a filter command that is not understood', () => {
	const job = (inFilter: string, outFilter: string, more = {}) =>
		importJob({
			stages: [source('In'), target('Out')],
			links: [
				{
					name: 'rows',
					from: 'In',
					to: 'Out',
					columns: [{ name: 'ID', sqlType: 4 }],
					outProperties: reads('/in.txt', { filter: inFilter, ...more }),
					inProperties: writes('/out.txt', { filter: outFilter }),
				},
			],
		})

	it.each(['perl fix.pl', 'tail -3', 'grep x | tail -n +2', 'gzip'])('%s', (command) => {
		expect(outcomeOf(job(command, ''), 'In')).toBe(
			`opaque: it reads what the filter command "${command}" gives; write what it does as a step of the script`,
		)
	})

	it('cannot drop the line of column names', () => {
		const read = job('grep -v x', '', { firstLineColumnNames: 'firstLineColumnNames' })
		expect(outcomeOf(read, 'In')).toContain('opaque')
	})

	it('counts no lines of several files', () => {
		const read = job('tail -n +2', '', { selection: 'pattern', pattern: '/in/*.txt' })
		expect(outcomeOf(read, 'In')).toContain('counts lines, and whether those of each file is not documented')
	})

	it('writes through nothing but gzip', () => {
		expect(outcomeOf(job('', 'gzip'), 'Out')).toBe('exact')
		expect(outcomeOf(job('', 'sort'), 'Out')).toContain('opaque: it writes what the filter command "sort" gives')
	})

	it('says that Spark knows packed files by their names', () => {
		expect(job('gunzip', '').differences.map(({ id, detail }) => [id, detail])).toEqual([
			['RG-D162', '/in.txt goes through gunzip.'],
		])
	})
})
