import { describe, expect, it } from 'vitest'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { column, job, operator, outcome, x } from './component-job.ts'

const managed = (name: string) => ({ UserComponentTypeName: `${name}, Some.Assembly, Version=11.0.0.0` })
const host = 'Microsoft.ManagedComponentHost'

function from(type: string, properties: Record<string, string | number>): ComponentSpec {
	return {
		name: 'In',
		type,
		properties,
		connections: ['DB'],
		outputs: [{ id: 'in', columns: [column('i.id', 'id', 'i4')] }],
	}
}

function to(type: string, properties: Record<string, string | number>): ComponentSpec {
	const input = {
		id: 'd.in',
		columns: [{ id: 'd.1', lineage: 's.id', name: 'id', attributes: { externalMetadataColumnId: 'e.1' } }],
		external: [{ id: 'e.1', name: 'OrderId', attributes: { dataType: 'i8' } }],
	}
	return { name: 'Out', type, properties, connections: ['DB'], inputs: [input] }
}

const source = (spec: ComponentSpec, ...extra: readonly string[]) =>
	operator(job([spec], [], ...extra), 'In', 'read').source
const target = (spec: ComponentSpec) => operator(job([spec], [['src', 'd.in']]), 'Out', 'write').target

describe('database sources', () => {
	it.each([
		[host, { ...managed('Microsoft.SqlServer.Dts.Pipeline.DataReaderSourceAdapter'), TableOrViewName: '"a"."b"' }],
		[host, { ...managed('Microsoft.DataReaderSourceAdapter'), AccessMode: 0, TableOrViewName: '"a"."b"' }],
		['Microsoft.ODBCSource', { AccessMode: 0, TableName: '"a"."b"' }],
		['Attunity.SSISOraSrc', { AccessMode: 0, TableName: '"a"."b"' }],
	])('%s reads a table', (type, properties) => {
		expect(source(from(type, properties))).toMatchObject({
			kind: 'table',
			connection: 'DB',
			table: { text: '"a"."b"' },
		})
	})

	it.each([
		[host, { ...managed('Microsoft.DataReaderSourceAdapter'), AccessMode: 2, SqlCommand: 'select id from t' }],
		[host, { ...managed('Microsoft.SqlServer.Dts.Pipeline.DataReaderSourceAdapter'), SqlCommand: 'select id from t' }],
		['Attunity.SSISODBCSrc', { AccessMode: 1, SqlCommand: 'select id from t' }],
	])('%s reads what a statement selects', (type, properties) => {
		expect(source(from(type, properties))).toMatchObject({
			kind: 'query',
			form: 'select',
			sql: { text: 'select id from t' },
		})
	})

	it('a statement that an expression of the task computes is computed; what nobody takes is refused', () => {
		const spec = from('Microsoft.OLEDBSource', { AccessMode: 2, SqlCommand: 'select id from t where y = 1' })
		const read = (property: string, expression: string) => {
			const computed = `<DTS:PropertyExpression DTS:Name="[In].[${property}]">${expression}</DTS:PropertyExpression>`
			const flow = x.executable('Flow', 'Microsoft.Pipeline', x.pipeline([x.component(spec)]), computed)
			const connection = x.connection('DB', 'OLEDB', 'Provider=SQLNCLI11.1')
			const bytes = x.package('P', connection, x.variable('Y', 8, '7'), x.executables(flow))
			const [found] = dtsxImporter.read({ file: { path: 'p.dtsx', bytes }, companions: [] }).jobs
			if (found === undefined) throw new Error('no job was read')
			return found
		}
		const found = read('SqlCommand', '&quot;select id from t where y = &quot; + @[User::Y]')
		expect(operator(found, 'In', 'read').source).toMatchObject({
			kind: 'query',
			form: 'select',
			sql: { expression: { kind: 'call' }, text: '"select id from t where y = " + @[User::Y]' },
		})
		expect(outcome(read('SqlCommand', '@[User::None]'), 'In')?.outcome).toBe('opaque')
		expect(outcome(read('DefaultCodePage', '1252'), 'In')?.reason).toContain('DefaultCodePage')
	})

	it('as many parameters are bound as the statement has markers', () => {
		const mapping = ['a', 'b'].map((name) => `"@${name}:Input",{12345678-0000-0000-0000-000000000000};`).join('')
		const parameters = (SqlCommand: string) => {
			const read = job([from('Microsoft.OLEDBSource', { AccessMode: 2, SqlCommand, ParameterMapping: mapping })], [])
			const { source } = operator(read, 'In', 'read')
			return source.kind === 'query' ? source.parameters.length : undefined
		}
		expect(parameters('EXEC a ?')).toBe(1)
		expect(parameters("EXEC a '?'")).toBe(0)
	})

	it('a parameter that nothing holds is a required argument of the job', () => {
		const sql = {
			AccessMode: 2,
			SqlCommand: 'select id from t where y > ?',
			ParameterMapping: '"Parameter0",{12345678-0000-0000-0000-000000000000};',
		}
		const read = job([from('Microsoft.OLEDBSource', sql)], [])
		expect(operator(read, 'In', 'read').source).toMatchObject({
			parameters: [{ kind: 'parameter', name: '$Project::Parameter_12345678' }],
		})
		expect(read.parameters).toMatchObject([{ name: '$Project::Parameter_12345678', secret: false }])
		expect(read.parameters[0]).not.toHaveProperty('default')
		expect(read.diagnostics.map(({ code }) => code)).toContain('package/dangling-reference')
	})
})

describe('database destinations', () => {
	it.each([
		[host, { ...managed('Microsoft.SqlServer.Dts.Pipeline.ADONETDestination'), TableOrViewName: 'T' }],
		['Microsoft.SSISODBCDst', { TableName: 'T' }],
		['Microsoft.SQLServerDestination', { BulkInsertTableName: 'T' }],
		['Microsoft.OLEDBDestination', { AccessMode: 2, SqlCommand: 'select id, name from T' }],
	])('%s appends to a table', (type, properties) => {
		expect(target(to(type, properties))).toEqual({
			kind: 'table',
			connection: 'DB',
			table: { expression: expect.objectContaining({ value: 'T' }), text: 'T' },
			mode: 'insert',
		})
	})

	it('a statement that is more than a table is refused', () => {
		const spec = to('Microsoft.OLEDBDestination', { AccessMode: 2, SqlCommand: 'select a from t where b > 1' })
		expect(outcome(job([spec], [['src', 'd.in']]), 'Out')?.reason).toContain('not a plain SELECT')
	})

	it('a bulk load tells how the inserts of Spark differ from it', () => {
		const reason = (properties: Record<string, string | number>) =>
			outcome(job([to('Microsoft.OLEDBDestination', { OpenRowset: 'T', ...properties })], [['src', 'd.in']]), 'Out')
				?.reason
		const all = { FastLoadKeepNulls: 'true', FastLoadOptions: 'CHECK_CONSTRAINTS,FIRE_TRIGGERS' }
		expect(reason({ AccessMode: 3, ...all })).toBeUndefined()
		expect(reason({ AccessMode: 3, ...all, FastLoadKeepIdentity: 'true' })).toBe('RG-D030')
		expect(reason({ AccessMode: 3, ...all, FastLoadOptions: 'TABLOCK' })).toBe('RG-D031')
		expect(reason({ AccessMode: 0 })).toBeUndefined()
	})

	it('one that inserts only some of the rows is refused', () => {
		const spec = to('Microsoft.SQLServerDestination', { BulkInsertTableName: 'T', BulkInsertLastRow: 10 })
		expect(outcome(job([spec], [['src', 'd.in']]), 'Out')?.reason).toContain('BulkInsertLastRow')
	})
})

describe('components without a counterpart', () => {
	it.each([
		['Microsoft.PXPipelineDMQuery', {}, 'data mining model'],
		[host, managed('AzBlobSrc'), 'have the files written as text or Parquet'],
		['Some.Unknown', {}, 'its rules have to be written by hand'],
	])('%s says what to do', (type, properties, reason) => {
		expect(outcome(job([from(type, properties)], []), 'In')?.reason).toContain(reason)
	})
})

describe('destinations that keep no row', () => {
	it.each(['NullDestination', 'Konesans.Dts.Pipeline.TrashDestination.Trash'])(
		'%s has its rows computed and given up',
		(name) => {
			const spec: ComponentSpec = { name: 'Out', type: host, properties: managed(name), inputs: [{ id: 'd.in' }] }
			const read = job([spec], [['src', 'd.in']])
			expect(outcome(read, 'Out')).toMatchObject({ outcome: 'exact' })
			expect(operator(read, 'Out', 'write').target).toEqual({ kind: 'none' })
		},
	)
})
