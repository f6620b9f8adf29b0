import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'
import { column, job, operator, outcome, x } from './component-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const book = (connectionString: string, inside = ''): string =>
	x.connection('Book', 'EXCEL', connectionString.replaceAll('"', '&quot;'), inside)
const provider = 'Provider=Microsoft.ACE.OLEDB.12.0;Data Source=C:\\in\\orders.xlsx;Extended Properties='
const plain = book(`${provider}"EXCEL 12.0 XML;HDR=YES";`)

const from = (properties: Record<string, string | number>): ComponentSpec => ({
	name: 'Sheet',
	type: 'Microsoft.ExcelSource',
	properties,
	connections: ['{BOOK}'],
	outputs: [
		{
			id: 'x',
			columns: [
				column('x.id', 'OrderId', 'r8', { externalMetadataColumnId: 'e.1' }),
				column('x.name', 'Customer', 'wstr', {
					length: 5,
					externalMetadataColumnId: 'e.2',
					truncationRowDisposition: 'IgnoreFailure',
				}),
			],
			external: [
				{ id: 'e.1', name: 'OrderId' },
				{ id: 'e.2', name: 'Customer name', attributes: { dataType: 'wstr', length: 255 } },
			],
		},
	],
})

const to = (properties: Record<string, string | number>): ComponentSpec => ({
	name: 'Out',
	type: 'Microsoft.ExcelDestination',
	properties,
	connections: ['{BOOK}'],
	inputs: [
		{
			id: 'o',
			columns: [{ id: 'o.1', lineage: 's.id', name: 'id', attributes: { externalMetadataColumnId: 'f.1' } }],
			external: [{ id: 'f.1', name: 'Number', attributes: { dataType: 'r8' } }],
		},
	],
})

const source = (properties: Record<string, string | number>, connection = plain, ...extra: readonly string[]) =>
	operator(job([from(properties)], [], connection, ...extra), 'Sheet#read', 'read').source

describe('Excel Source', () => {
	it.each([
		[{ AccessMode: 0, OpenRowset: 'Sheet1$' }, 'Sheet1$'],
		[{ AccessMode: 0, OpenRowset: 'Sheet1$A2:C9' }, 'Sheet1$A2:C9'],
		[{ AccessMode: 2, SqlCommand: 'SELECT * FROM [Sheet1$]' }, 'Sheet1$'],
		[{ AccessMode: 2, SqlCommand: 'select OrderId, [Customer name] from `Orders`' }, 'Orders'],
		[{ AccessMode: 1, OpenRowsetVariable: 'User::Sheet' }, '@[User::Sheet]'],
	])('%j', (properties, range) => {
		expect(source(properties, plain, x.variable('Sheet', 8, 'Sheet1$'))).toMatchObject({
			kind: 'workbook',
			path: { text: 'C:\\in\\orders.xlsx' },
			range: { text: range },
			header: true,
		})
	})

	it('takes the path from an expression, and knows when there is no header', () => {
		const computed = (property: string, text: string): string =>
			book(
				`${provider}"EXCEL 8.0;HDR=NO";`,
				`<DTS:PropertyExpression DTS:Name="${property}">${text}</DTS:PropertyExpression>`,
			)
		const file = x.variable('File', 8, 'C:\\b.xlsx')
		const read = { AccessMode: 0, OpenRowset: 'Sheet1$' }
		const whole =
			'&quot;Provider=ACE;Data Source=C:\\\\in\\\\&quot; + @[User::File] + &quot;.xlsx;Extended Properties=x;&quot;'
		expect(source(read, computed('ExcelFilePath', '@[User::File]'), file)).toMatchObject({
			path: { expression: { kind: 'variable', name: 'User::File' } },
			header: false,
		})
		expect(source(read, computed('ConnectionString', whole), file)).toMatchObject({
			path: {
				expression: {
					kind: 'call',
					args: [{ value: 'C:\\in\\' }, { kind: 'variable', name: 'User::File' }, { value: '.xlsx' }],
				},
			},
		})
	})

	it('refuses statements that do more', () => {
		const spec = from({ AccessMode: 2, SqlCommand: 'SELECT Customer, count(*) FROM [Sheet1$] GROUP BY Customer' })
		expect(outcome(job([spec], [], plain), 'Sheet')?.reason).toContain('does more than select')
	})

	it('gives its rows under the names of the output, cut where the package says so', async () => {
		const keep: ComponentSpec = {
			name: 'Keep',
			type: 'Microsoft.RecordsetDestination',
			properties: { VariableName: 'User::Rows' },
			inputs: [
				{
					id: 'k',
					columns: [
						{ id: 'k.1', lineage: 'x.id', name: 'OrderId' },
						{ id: 'k.2', lineage: 'x.name', name: 'Customer' },
					],
				},
			],
		}
		const read = job(
			[from({ AccessMode: 0, OpenRowset: 'Sheet1$' }), keep],
			[['x', 'k']],
			plain,
			x.variable('Rows', 13, ''),
		)
		const given = [
			{ OrderId: 1.5, 'Customer name': 'Anderson' },
			{ OrderId: null, 'Customer name': null },
		]
		const { expected, actual, script } = await runBoth(engine, read, { Src: [], 'Sheet#read': given })
		expect(actual, script).toEqual(expected)
		expect(actual).toEqual({ Keep: ['{"OrderId":1.5,"Customer":"Ander"}', '{"OrderId":null,"Customer":null}'] })
		expect(outcome(read, 'Sheet')?.reason).toBe('RG-D036')
	})
})

describe('Excel Destination', () => {
	it('adds rows below those of a sheet', async () => {
		const read = job([to({ AccessMode: 0, OpenRowset: 'Sheet1$' })], [['src', 'o']], plain)
		const { expected, actual, script } = await runBoth(engine, read, { Src: [{ id: 7n, name: null }] })
		expect(actual, script).toEqual(expected)
		expect(actual).toEqual({ Out: ['{"Number":7}'] })
		expect(script).toContain('"Sheet1$")')
	})

	it('refuses a part of a sheet', () => {
		const read = job([to({ AccessMode: 0, OpenRowset: 'Sheet1$A1:B9' })], [['src', 'o']], plain)
		expect(outcome(read, 'Out')?.reason).toContain('not a whole sheet')
	})
})

it('jobs with workbooks name the Python packages that read them', () => {
	const read = job([to({ AccessMode: 0, OpenRowset: 'Sheet1$' })], [['src', 'o']], plain)
	const { artifacts } = generate({ name: 'unit', jobs: [read] }, defaultOptions)
	const file = artifacts.find((one) => one.path.endsWith('jobs.json'))
	expect(JSON.parse(file?.text ?? '')).toMatchObject({
		jobs: [{ python_modules: [expect.stringMatching(/^openpyxl==/), expect.stringMatching(/^xlrd==/)] }],
	})
})
