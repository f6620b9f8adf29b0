import { describe, expect, it } from 'vitest'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { column, errorColumns, job, linkTo, names, operator, outcome, source, x } from './component-job.ts'

describe('sources and destinations', () => {
	it('read tables and statements, with parameters from variables', () => {
		const sql = {
			AccessMode: 2,
			SqlCommand: 'select id from t where y = ? order by id',
			ParameterMapping: '"Parameter0:Input",{ABCDEF01-0000-0000-0000-000000000000};',
		}
		const other: ComponentSpec = {
			...source,
			name: 'Sql',
			properties: sql,
			outputs: [{ id: 'sql', columns: [column('q.id', 'id', 'i4')] }],
		}
		const read = job([other], [], x.variable('Year', 3, '2024', { DTSID: '{ABCDEF01-0000-0000-0000-000000000000}' }))
		expect(operator(read, 'Src', 'read').source).toMatchObject({
			kind: 'table',
			connection: 'DB',
			table: { text: '[dbo].[Orders]' },
		})
		expect(operator(read, 'Sql', 'read').source).toMatchObject({
			kind: 'query',
			form: 'call',
			parameters: [{ kind: 'variable', name: 'User::Year' }],
		})
	})

	it('write the mapped columns in the types of the table', () => {
		const input = {
			id: 'd.in',
			columns: [{ id: 'd.1', lineage: 's.id', name: 'id', attributes: { externalMetadataColumnId: 'e.1' } }],
			external: [{ id: 'e.1', name: 'OrderId', attributes: { dataType: 'i8' } }],
		}
		const target: ComponentSpec = {
			name: 'Dst',
			type: 'Microsoft.OLEDBDestination',
			properties: { AccessMode: 3, OpenRowset: 'T' },
			connections: ['DB'],
			inputs: [input],
		}
		const read = job([target], [['src', 'd.in']])
		expect(operator(read, 'Dst', 'write')).toMatchObject({
			target: { kind: 'table', table: { text: 'T' } },
			schema: { columns: [{ name: 'OrderId', type: { kind: 'int', bits: 64 } }] },
		})
		expect(operator(read, 'Dst#columns', 'project').columns[0]?.value.expression).toMatchObject({
			kind: 'cast',
			rule: 'ssis.implicit',
		})
		expect(outcome(read, 'Dst')).toMatchObject({ outcome: 'declared', reason: 'RG-D023, RG-D031' })
	})

	it('refuse files whose layout is not known', () => {
		const flat = (properties: Record<string, string>, delimiter?: string) => {
			const file = {
				name: 'F',
				path: 'C:\\f.txt',
				columns: ['a', 'b', 'c'],
				properties,
				...(delimiter === undefined ? {} : { delimiter }),
			}
			const component: ComponentSpec = {
				name: 'File',
				type: 'Microsoft.FlatFileSource',
				connections: ['F'],
				outputs: [{ id: 'f', columns: [] }],
			}
			return outcome(job([component], [], x.flatFile(file)), 'File')
		}
		expect(flat({})?.outcome).toBe('exact')
		expect(flat({ Format: 'FixedWidth', ColumnNamesInFirstDataRow: 'False' })?.reason).toContain('has no width')
		expect(flat({ CodePage: '12345' })?.reason).toContain('12345')
		expect(flat({}, '')?.reason).toContain('no delimiter')
	})
})

describe('row transformations', () => {
	const derive = (expression: string, dispositions = {}): ComponentSpec => ({
		name: 'Derive',
		type: 'Microsoft.DerivedColumn',
		inputs: [
			{
				id: 'dc.in',
				columns: [
					{
						id: 'dc.1',
						lineage: 's.name',
						name: 'name',
						attributes: { usageType: 'readWrite' },
						properties: { Expression: '[UPPER](#{s.name})' },
					},
				],
			},
		],
		outputs: [
			{
				id: 'dc.out',
				attributes: { synchronousInputId: 'dc.in' },
				columns: [column('dc.new', 'name', 'wstr', { length: 5, ...dispositions }, { Expression: expression })],
			},
			{ id: 'dc.err', attributes: { isErrorOut: 'true', synchronousInputId: 'dc.in' }, columns: errorColumns('dc') },
		],
	})
	const end = (input: string): ComponentSpec => ({
		name: 'End',
		type: 'Microsoft.RowCount',
		properties: { VariableName: 'User::N' },
		inputs: [{ id: input }],
		outputs: [{ id: `${input}.out` }],
	})
	const counter = x.variable('N', 3, '0')

	it('Derived Column replaces and adds; a clash of names renames the new column', () => {
		const read = job(
			[derive('#{s.name} + "!"'), end('n.in')],
			[
				['src', 'dc.in'],
				['dc.out', 'n.in'],
			],
			counter,
		)
		expect(operator(read, 'Derive', 'project').columns.map((one) => one.name)).toEqual(['name', 'name (2)'])
		expect(names(read, 'End')).toEqual(['id', 'name', 'name (2)'])
		expect(operator(read, 'End', 'observe').what).toEqual({ kind: 'row-count', variable: 'User::N' })
	})

	it.each([
		['FailComponent', 'fail', 'fail'],
		['IgnoreFailure', 'null', 'cut'],
		['RedirectRow', 'redirect', 'redirect'],
	])('%s becomes the policies %s and %s', (disposition, onError, onTruncation) => {
		const read = job(
			[derive('#{s.name}', { errorRowDisposition: disposition, truncationRowDisposition: disposition }), end('n.in')],
			[
				['src', 'dc.in'],
				['dc.err', 'n.in'],
			],
			counter,
		)
		expect(operator(read, 'Derive', 'project').columns[1]).toMatchObject({
			onError: { kind: onError },
			onTruncation: { kind: onTruncation },
		})
		expect(linkTo(read, 'End')?.from).toEqual({ operator: 'Derive', port: 'reject' })
		expect(names(read, 'End')).toEqual(['id', 'name', 'ErrorCode', 'ErrorColumn'])
	})

	it('an expression that is not understood makes the component opaque, with its place', () => {
		const read = job(
			[derive('NOSUCH(#{s.name})'), end('n.in')],
			[
				['src', 'dc.in'],
				['dc.out', 'n.in'],
			],
			counter,
		)
		expect(outcome(read, 'Derive')?.outcome).toBe('opaque')
		expect(operator(read, 'Derive', 'opaque').text).toContain('NOSUCH')
		expect(read.diagnostics.map((one) => one.code)).toEqual(['expression/unknown-function', 'stage/unsupported'])
	})

	it('Conditional Split tries its outputs in evaluation order; a null condition is an error', () => {
		const output = (id: string, properties: Record<string, string | number>) => ({
			id,
			properties,
			attributes: { synchronousInputId: 'cs.in', errorRowDisposition: 'FailComponent' },
		})
		const split: ComponentSpec = {
			name: 'Split',
			type: 'Microsoft.ConditionalSplit',
			inputs: [{ id: 'cs.in' }],
			outputs: [
				output('late', { Expression: '#{s.id} > 1', EvaluationOrder: 1 }),
				output('early', { Expression: '#{s.id} > 2', EvaluationOrder: 0 }),
				output('rest', { IsDefaultOut: 'true' }),
			],
		}
		const route = operator(job([split], [['src', 'cs.in']]), 'Split', 'route')
		expect(route.routes.map((one) => one.port)).toEqual(['early', 'late'])
		expect(route).toMatchObject({ mode: 'first', otherwise: [{ port: 'rest', after: 2 }], onNull: { kind: 'fail' } })
	})

	it('Data Conversion adds a converted copy', () => {
		const convert: ComponentSpec = {
			name: 'Convert',
			type: 'Microsoft.DataConvert',
			inputs: [{ id: 'cv.in' }],
			outputs: [
				{
					id: 'cv.out',
					columns: [column('cv.1', 'n', 'i4', {}, { SourceInputColumnLineageID: '#{s.name}', FastParse: 'true' })],
				},
			],
		}
		const [made] = operator(job([convert], [['src', 'cv.in']]), 'Convert', 'project').columns
		expect(made?.value.expression).toMatchObject({
			kind: 'cast',
			rule: 'ssis.data-conversion',
			format: 'from=DT_WSTR,10;to=DT_I4;fast-parse',
		})
	})

	it('Data Conversion reads texts by the locale of its package', () => {
		const of = (dataType: string, locale: number, attributes = {}) => {
			const columns = [column('cv.1', 'n', dataType, attributes, { SourceInputColumnLineageID: '#{s.name}' })]
			const convert: ComponentSpec = {
				name: 'Convert',
				type: 'Microsoft.DataConvert',
				inputs: [{ id: 'cv.in' }],
				outputs: [{ id: 'cv.out', columns }],
			}
			const made = job([convert], [['src', 'cv.in']], `<DTS:Property DTS:Name="LocaleID">${locale}</DTS:Property>`)
			const [first] = operator(made, 'Convert', 'project').columns
			return { format: first?.value.expression, differences: made.differences.map(({ detail }) => detail) }
		}
		expect(of('dbDate', 2057).format).toMatchObject({ format: 'from=DT_WSTR,10;to=DT_DBDATE;locale=2057' })
		expect(of('dbDate', 1033).format).toMatchObject({ format: 'from=DT_WSTR,10;to=DT_DBDATE' })
		expect(of('wstr', 2057, { length: 5 }).format).toMatchObject({ format: 'from=DT_WSTR,10;to=DT_WSTR,5' })
		const unknown = 'Its texts are those of the locale 1041, and are read as those of en-US.'
		expect(of('r8', 1041).differences).toEqual([unknown])
		expect(of('i4', 1041).differences).toEqual([])
	})

	it('Data Conversion into a code page says what becomes of characters that it lacks', () => {
		const into = (codePage: number, dataType = 'str') => {
			const reference = { SourceInputColumnLineageID: '#{s.name}' }
			const columns = [column('cv.1', 'n', dataType, { length: 10, codePage }, reference)]
			const convert: ComponentSpec = {
				name: 'Convert',
				type: 'Microsoft.DataConvert',
				inputs: [{ id: 'cv.in' }],
				outputs: [{ id: 'cv.out', columns }],
			}
			return job([convert], [['src', 'cv.in']]).differences
		}
		expect(into(1252)).toMatchObject([{ id: 'RG-D153', detail: expect.stringMatching(/^n may hold/) }])
		expect(into(65001)).toEqual([])
		expect(into(0, 'wstr')).toEqual([])
	})
})
