/** Programs that only read or write files (IBM: External Source stage; External Target stage). */
import { describe, expect, it } from 'vitest'
import { importJob, operatorOf, outcomeOf, source, target } from '../../support/dsx-builder.ts'
import { columns, from, list, stage, subject, to } from '../../support/functional-job.ts'

const people = `ID int
	NAME varchar(20)`
const rows = '1,ann\n2,bob\n3,cid\n'

const printed = (program: string, given: string, written: string, { file = '/data/in/In.txt' } = {}) => ({
	stages: [stage('In', 'PxExternalSource'), stage('Cp', 'PxCopy')],
	links: [
		from('In', 'Cp', people, { outProperties: { selection: 'program', source: list('source', program) }, file }),
		to('Out', 'Cp', people),
	],
	given: { In: given },
	written: { Out: written },
})

const taken = (program: string, given: string, written: string) => ({
	stages: [stage('Cp', 'PxCopy'), stage('Out', 'PxExternalTarget')],
	links: [
		from('In', 'Cp', people),
		to('Out', 'Cp', people, { inProperties: { selection: 'program', destination: list('destination', program) } }),
	],
	given: { In: given },
	written: { Out: written },
})

subject('an External Source whose program prints a file', {
	'cat prints all of it': printed('cat /data/in/In.txt', rows, rows),
	'tail leaves the first line out': printed("/usr/bin/tail -n +2 '/data/in/In.txt'", rows, '2,bob\n3,cid\n'),
	'pipes go on from there': printed('cat /data/in/In.txt | grep -v bob | head -1', rows, '1,ann\n'),
})

subject('an External Target whose program writes a file', {
	'cat writes what it reads': taken('cat > /data/out/Out.txt', rows, rows),
	'gzip packs it': taken('cat | gzip -c > /data/out/Out.txt', rows, rows),
})

describe('what the program of an External Source reads', () => {
	const job = (properties: Readonly<Record<string, string>>) =>
		importJob({
			parameters: [{ Name: 'DIR', ParamType: '0', Default: '/in' }],
			stages: [{ name: 'In', type: 'PxExternalSource' }, target('Out')],
			links: [
				{
					name: 'rows',
					from: 'In',
					to: 'Out',
					columns: columns(people),
					outProperties: properties,
					inProperties: { file: '/o' },
				},
			],
		})

	it.each([
		['cat #DIR#/a.txt', '#DIR#/a.txt'],
		['zcat /in/a.txt.gz', '/in/a.txt.gz'],
		['gunzip -c /in/a.txt.gz', '/in/a.txt.gz'],
		['cat /in/2024*.txt', '/in/2024*.txt'],
	])('%s: %s', (program, path) => {
		const { source: file } = operatorOf(job({ source: list('source', program) }), 'In', 'read')
		expect(file).toMatchObject({ kind: 'text-file', path: { text: path } })
	})

	it.each([
		['perl print.pl'],
		['gunzip /in/a.txt.gz'],
		['grep x /in/a.txt /in/b.txt'],
		['grep #DIR# /in/a.txt'],
		['tail -5 /in/a.txt'],
		['grep x /in/a.txt | tail -n +2'],
		['cat /in/a.txt > /out/b.txt'],
		['cat'],
	])('the rows of %s have to be brought', (program) => {
		const found = job({ source: list('source', program) })
		expect(operatorOf(found, 'In', 'read').source).toMatchObject({ kind: 'data-set', path: { text: 'In' } })
		expect(outcomeOf(found, 'In')).toContain(`RG-D094: In reads what a program prints: ${program}`)
	})

	it('several programs are not told apart', () => {
		const found = job({ source: list('source', 'cat /a', 'cat /b') })
		expect(outcomeOf(found, 'In')).toContain('RG-D094')
	})
})

describe('what the program of an External Target writes', () => {
	const job = (properties: Readonly<Record<string, string>>) =>
		importJob({
			stages: [source('In'), { name: 'Out', type: 'PxExternalTarget' }],
			links: [
				{
					name: 'rows',
					from: 'In',
					to: 'Out',
					columns: columns(people),
					outProperties: { file: '/i' },
					inProperties: properties,
				},
			],
		})

	it('joins what is there where the shell appends', () => {
		const { target: file } = operatorOf(job({ destination: list('destination', 'cat >> /out/a.txt') }), 'Out', 'write')
		expect(file).toMatchObject({ kind: 'text-file', mode: 'append', path: { text: '/out/a.txt' } })
	})

	it.each(['mail -s rows', 'cat > /out/*.txt', 'sort > /out/a.txt', 'cat > /a | cat > /b'])(
		'%s is opaque',
		(program) => {
			expect(outcomeOf(job({ destination: list('destination', program) }), 'Out')).toContain(
				program === 'sort > /out/a.txt' || program.startsWith('mail') ? `the program "${program}"` : 'opaque',
			)
		},
	)

	it('a list of programs is on the old server', () => {
		expect(outcomeOf(job({ destinationlist: '/etc/programs' }), 'Out')).toContain(
			'opaque: it pipes rows into programs that a file of the old server lists',
		)
	})
})
