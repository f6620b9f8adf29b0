import { describe, expect, it } from 'vitest'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { column, job, linkTo, names, operator, outcome } from './component-job.ts'

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

	it('is given up for byte order marks', () => {
		expect(outcome(read(imports({ ExpectBOM: 'true' })), 'Imp')?.reason).toBe(
			'the files that name names begin with a byte order mark',
		)
	})
})
