import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { proveJob } from '../../support/prove-job.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'
import { column, errorColumns, job, linkTo, names, operator, source, x } from './component-job.ts'

const sink = (id: string): ComponentSpec => ({ name: `To ${id}`, type: 'Microsoft.Multicast', inputs: [{ id }] })

const imports = (own: Readonly<Record<string, string>> = {}, disposition = 'FailComponent'): ComponentSpec => ({
	name: 'Imp',
	type: 'Microsoft.Inserter',
	inputs: [
		{
			id: 'im.in',
			columns: [
				{
					id: 'im.1',
					lineage: 's.name',
					name: 'name',
					attributes: { errorRowDisposition: disposition },
					properties: { FileDataColumnID: '#{im.c}', ExpectBOM: 'false', ...own },
				},
			],
		},
	],
	outputs: [
		{
			id: 'im.out',
			attributes: { synchronousInputId: 'im.in' },
			columns: [column('im.c', 'Picture', 'image')],
		},
		{ id: 'im.err', attributes: { synchronousInputId: 'im.in', isErrorOut: 'true' } },
	],
})
const read = (spec: ComponentSpec) =>
	job(
		[spec, sink('x'), sink('y')],
		[
			['src', 'im.in'],
			['im.out', 'x'],
			['im.err', 'y'],
		],
	)

describe('Import Column', () => {
	it('finds the content of each file by its path, in whatever case it is written', () => {
		expect(operator(read(imports()), 'Imp', 'lookup')).toMatchObject({
			keys: [{ left: 'name', right: 'path', collation: 'caseless' }],
			onMiss: 'fail',
			take: [{ name: 'Picture', side: 'right', column: 'content' }],
			differences: ['RG-D087'],
		})
		expect(operator(read(imports()), 'Imp#file contents', 'read').source).toMatchObject({
			kind: 'data-set',
			path: { text: 'Flow/Imp/Picture' },
		})
		expect(names(read(imports()), 'To x')).toEqual(['id', 'name', 'Picture'])
	})

	it('sends rows whose file is not there to the error output, where the designer asks for it', () => {
		const redirecting = read(imports({}, 'RedirectRow'))
		expect(operator(redirecting, 'Imp', 'lookup').onMiss).toBe('reject')
		expect(linkTo(redirecting, 'To y')?.from.port).toBe('reject')
		expect(operator(read(imports({}, 'IgnoreFailure')), 'Imp', 'lookup').onMiss).toBe('continue')
	})

	it('leaves the byte order mark out of DT_NTEXT, the only type that expects one', () => {
		const detail = (type: string, ExpectBOM: string) => {
			const [output, ...rest] = imports({ ExpectBOM }).outputs ?? []
			const texts = { ...output, id: 'im.out', columns: [column('im.c', 'Picture', type)] }
			const found = read({ ...imports({ ExpectBOM }), outputs: [texts, ...rest] })
			return found.differences.find(({ id }) => id === 'RG-D087')?.detail
		}
		expect(detail('nText', 'true')).toMatch(/names, without its byte order mark\.$/)
		expect(detail('nText', 'false')).toMatch(/names\.$/)
		expect(detail('image', 'true')).toMatch(/names\.$/)
	})
})

describe('on Spark', () => {
	const engine = startSpark()
	beforeAll(() => warmUp(engine))
	afterAll(() => engine.close())

	const path = (id: string, name: string, content: string, errorRowDisposition: string) => ({
		id,
		lineage: `s.${name}`,
		name,
		attributes: { errorRowDisposition },
		properties: { FileDataColumnID: `#{${content}}` },
	})
	const people: ComponentSpec = {
		...source,
		name: 'People',
		properties: { AccessMode: 0, OpenRowset: '[dbo].[People]' },
		outputs: [
			{ id: 'peo', columns: ['face', 'letter'].map((name) => column(`s.${name}`, name, 'wstr', { length: 10 })) },
		],
	}
	const both: ComponentSpec = {
		name: 'Imp',
		type: 'Microsoft.Inserter',
		inputs: [
			{
				id: 'im.in',
				columns: [path('im.1', 'face', 'im.f', 'RedirectRow'), path('im.2', 'letter', 'im.l', 'RedirectRow')],
			},
		],
		outputs: [
			{
				id: 'im.out',
				attributes: { synchronousInputId: 'im.in' },
				columns: [column('im.f', 'Portrait', 'nText'), column('im.l', 'Text', 'nText')],
			},
			{
				id: 'im.err',
				attributes: { synchronousInputId: 'im.in', isErrorOut: 'true' },
				columns: errorColumns('im'),
			},
		],
	}
	const kept = (name: string, lineages: readonly string[]): ComponentSpec => ({
		name,
		type: 'Microsoft.RecordsetDestination',
		properties: { VariableName: `User::${name}` },
		inputs: [{ id: `${name}.in`, columns: lineages.map((lineage) => ({ id: `${name} ${lineage}`, lineage })) }],
	})
	const variables = ['Whole', 'Bad'].map((name) => x.variable(name, 13, '')).join('')
	const model = job(
		[people, both, kept('Whole', ['s.face', 'im.f', 'im.l']), kept('Bad', ['s.face', 's.letter', 'im.code'])],
		[
			['peo', 'im.in'],
			['im.out', 'Whole.in'],
			['im.err', 'Bad.in'],
		],
		variables.replaceAll('</DTS:Variables><DTS:Variables>', ''),
	)

	it('several columns each redirect the rows whose files are not there', async () => {
		const given = {
			Src: [{ id: 1n, name: 'unread' }],
			People: [
				{ face: 'a.png', letter: 'A.TXT' },
				{ face: 'b.png', letter: 'a.txt' },
				{ face: 'a.png', letter: 'b.txt' },
				{ face: null, letter: 'a.txt' },
			],
			'Imp#file contents': [{ path: 'A.png', content: 'a face' }],
			'Imp#file 2 contents': [{ path: 'a.txt', content: 'a letter' }],
		}
		const { expected, actual, script } = await runBoth(engine, model, given)
		expect(actual, script).toEqual(expected)
		expect(actual).toEqual({
			Whole: ['{"face":"a.png","Portrait":"a face","Text":"a letter"}'],
			Bad: [
				'{"face":"a.png","letter":"b.txt","ErrorCode":-1071607767}',
				'{"face":"b.png","letter":"a.txt","ErrorCode":-1071607767}',
				'{"face":null,"letter":"a.txt","ErrorCode":-1071607767}',
			],
		})
	})

	it('reaches E3', async () => {
		const { proof } = await proveJob(engine, model)
		expect(proof).toMatchObject({ details: [], report: { level: 'E3' } })
	})
})
