import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import type { Job } from '#model/job.ts'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'
import { column, job, operator, outcome, source, x } from './component-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: 'Ann' },
	{ id: 2n, name: null },
	{ id: 3n, name: "O'Hara" },
]

async function same(read: Job, inputs: Parameters<typeof runBoth>[2] = { Src: rows }) {
	const { expected, actual, script } = await runBoth(engine, read, inputs)
	expect(actual, script).toEqual(expected)
	return actual
}

const both = [
	{ id: 'd.1', lineage: 's.id', name: 'id', attributes: { externalMetadataColumnId: 'e.1' } },
	{ id: 'd.2', lineage: 's.name', name: 'name', attributes: { externalMetadataColumnId: 'e.2' } },
]

describe('Recordset Destination', () => {
	it('leaves its rows in a variable, in the order of its columns', async () => {
		const spec: ComponentSpec = {
			name: 'Keep',
			type: 'Microsoft.RecordsetDestination',
			properties: { VariableName: 'User::Rows' },
			inputs: [{ id: 'd.in', columns: both.toReversed() }],
		}
		const read = job([spec], [['src', 'd.in']], x.variable('Rows', 13, ''))
		expect(operator(read, 'Keep', 'write').target).toEqual({ kind: 'rows', variable: 'User::Rows' })
		expect(outcome(read, 'Keep')?.outcome).toBe('exact')
		expect(await same(read)).toEqual({
			Keep: ['{"name":"Ann","id":1}', '{"name":"O\'Hara","id":3}', '{"name":null,"id":2}'],
		})
	})

	it('is refused when its variable is not there', () => {
		const spec: ComponentSpec = { name: 'Keep', type: 'Microsoft.RecordsetDestination', inputs: [{ id: 'd.in' }] }
		expect(outcome(job([spec], [['src', 'd.in']]), 'Keep')?.reason).toContain('no variable')
	})
})

describe('Cache Transform', () => {
	const cacheColumn = (name: string, dataType: number, length = 0): string =>
		x.element('CacheColumn', { ObjectName: name, DataType: dataType, Length: length })
	const cache = (properties: Record<string, string> = {}): string => {
		const columns = `<DTS:CacheColumns>${cacheColumn('Code', 3)}${cacheColumn('Label', 130, 10)}</DTS:CacheColumns>`
		const data = `<DTS:ObjectData>${x.element('ConnectionManager', properties, columns)}</DTS:ObjectData>`
		const own = { ObjectName: 'Names', DTSID: '{NAMES}', CreationName: 'CACHE' }
		return `<DTS:ConnectionManagers>${x.element('ConnectionManager', own, data)}</DTS:ConnectionManagers>`
	}
	const fill: ComponentSpec = {
		name: 'Fill',
		type: 'Microsoft.Cache',
		connections: ['{NAMES}'],
		inputs: [
			{
				id: 'c.in',
				columns: [
					{ id: 'c.1', lineage: 's.id', name: 'id', properties: { CacheColumnName: 'Code' } },
					{ id: 'c.2', lineage: 's.name', name: 'name', properties: { CacheColumnName: 'Label' } },
				],
			},
		],
		outputs: [],
	}
	const orders: ComponentSpec = {
		name: 'Orders',
		type: 'Microsoft.OLEDBSource',
		properties: { AccessMode: 0, OpenRowset: 'Orders' },
		connections: ['DB'],
		outputs: [{ id: 'o', columns: [column('o.code', 'code', 'i4')] }],
	}
	const find: ComponentSpec = {
		name: 'Find',
		type: 'Microsoft.Lookup',
		properties: { ConnectionType: 1, CacheType: 0, NoMatchBehavior: 1 },
		connections: ['{NAMES}'],
		inputs: [
			{ id: 'l.in', columns: [{ id: 'l.1', lineage: 'o.code', properties: { JoinToReferenceColumn: 'Code' } }] },
		],
		outputs: [
			{
				id: 'l.out',
				attributes: { synchronousInputId: 'l.in' },
				columns: [column('l.label', 'label', 'wstr', { length: 10 }, { CopyFromReferenceColumn: 'Label' })],
			},
			{ id: 'l.miss', attributes: { synchronousInputId: 'l.in' } },
		],
	}
	const keep = (name: string, lineages: readonly string[]): ComponentSpec => ({
		name,
		type: 'Microsoft.RecordsetDestination',
		properties: { VariableName: `User::${name}` },
		inputs: [{ id: `${name}.in`, columns: lineages.map((lineage) => ({ id: `${name} ${lineage}`, lineage })) }],
	})
	const flow = (name: string, parts: readonly ComponentSpec[], paths: readonly (readonly [string, string])[]): string =>
		x.executable(
			name,
			'Microsoft.Pipeline',
			x.pipeline(
				parts.map((one) => x.component(one)),
				paths,
			),
		)
	const packageOf = (connection: string): Job => {
		const bytes = x.package(
			'P',
			x
				.connection('DB', 'OLEDB', 'Provider=SQLNCLI11.1')
				.replace('</DTS:ConnectionManagers>', connection.replace('<DTS:ConnectionManagers>', '')),
			x.variable('Hit', 13, '').replace('</DTS:Variables>', x.variable('Miss', 13, '').replace('<DTS:Variables>', '')),
			x.executables(
				flow('First', [source, fill], [['src', 'c.in']]),
				flow(
					'Second',
					[orders, find, keep('Hit', ['o.code', 'l.label']), keep('Miss', ['o.code'])],
					[
						['o', 'l.in'],
						['l.out', 'Hit.in'],
						['l.miss', 'Miss.in'],
					],
				),
			),
			x.constraints(x.constraint('First', 'Second')),
		)
		const [found] = dtsxImporter.read({ file: { path: 'p.dtsx', bytes }, companions: [] }).jobs
		if (found === undefined) throw new Error('no job was read')
		return found
	}

	it('fills what a lookup of a later data flow reads', async () => {
		const read = packageOf(cache())
		expect(read.accounting.filter((one) => one.outcome === 'opaque')).toEqual([])
		expect(read.flows[1]?.operators.find((one) => one.id === 'Find#reference')).toMatchObject({
			source: { kind: 'cache', name: 'Names' },
			schema: { columns: [{ name: 'Code' }, { name: 'Label' }] },
		})
		const given = {
			Src: [...rows, { id: 1n, name: 'later' }],
			Orders: [{ code: 1n }, { code: 2n }, { code: 9n }, { code: null }],
		}
		expect(await same(read, given)).toEqual({
			Hit: ['{"code":1,"label":"Ann"}', '{"code":2,"label":null}'],
			Miss: ['{"code":9}', '{"code":null}'],
		})
	})

	it('with a file is a data set for other packages too', () => {
		const read = packageOf(cache({ UseFile: 'True', ConnectionString: 'C:\\names.caw' }))
		const write = read.flows[0]?.operators.find((one) => one.id === 'Fill')
		expect(write).toMatchObject({ target: { kind: 'data-set', path: { text: 'C:\\names.caw' }, mode: 'overwrite' } })
	})
})

describe('OLE DB Command', () => {
	const command = (sql: string, parameters: readonly Record<string, string>[] = [{}, {}]): ComponentSpec => ({
		name: 'Run',
		type: 'Microsoft.OLEDBCommand',
		properties: { SqlCommand: sql },
		connections: ['DB'],
		inputs: [
			{
				id: 'd.in',
				columns: both,
				external: parameters.map((attributes, place) => ({
					id: `e.${place + 1}`,
					name: `Param_${place}`,
					attributes: { dataType: place === 0 ? 'i4' : 'wstr', length: 10, ...attributes },
				})),
			},
		],
		outputs: [{ id: 'd.out', attributes: { synchronousInputId: 'd.in' } }],
	})
	const after: ComponentSpec = {
		name: 'After',
		type: 'Microsoft.RecordsetDestination',
		properties: { VariableName: 'User::Rows' },
		inputs: [{ id: 'a.in', columns: [{ id: 'a.1', lineage: 's.id', name: 'id' }] }],
	}
	const variable = x.variable('Rows', 13, '')

	it('runs its statement with the values of each row, and passes the rows on', async () => {
		const paths = [
			['src', 'd.in'],
			['d.out', 'a.in'],
		] as const
		const read = job([command('EXEC dbo.Tell ?, ?'), after], paths, variable)
		expect(outcome(read, 'Run')).toMatchObject({ outcome: 'declared', reason: 'RG-D035' })
		expect(operator(read, 'Run', 'write').target).toMatchObject({ kind: 'command', connection: 'DB' })
		expect(await same(read)).toEqual({
			Run: ['{"Param_0":1,"Param_1":"Ann"}', '{"Param_0":2,"Param_1":null}', '{"Param_0":3,"Param_1":"O\'Hara"}'],
			After: ['{"id":1}', '{"id":2}', '{"id":3}'],
		})
	})

	it.each([
		['update [dbo].[T] set [Id] = ?, B = 1 where Name = ?', { kind: 'command' }],
		[
			'UPDATE dbo.T SET Id = ? WHERE [Name] = ?;',
			{ kind: 'table', mode: 'update', keys: ['Name'], table: { text: 'dbo.T' } },
		],
		['delete from "T" where Id = ? and Name = ?', { kind: 'table', mode: 'delete', keys: ['Id', 'Name'] }],
		['insert into T (Id, Name) values (?, ?)', { kind: 'table', mode: 'insert' }],
		['insert into T (Id, Name) values (?, upper(?))', { kind: 'command' }],
		['update T set Id = ? where Id = ?', { kind: 'command' }],
	])('%s', (sql, target) => {
		expect(operator(job([command(sql)], [['src', 'd.in']]), 'Run', 'write').target).toMatchObject(target)
	})

	it('may take no value of the row', async () => {
		const read = job([command('EXEC dbo.Tick', [])], [['src', 'd.in']])
		expect(await same(read)).toEqual({ Run: ['{}', '{}', '{}'] })
	})

	it('is refused when markers and columns do not agree', () => {
		const reason = (spec: ComponentSpec) => outcome(job([spec], [['src', 'd.in']]), 'Run')?.reason
		expect(reason(command("update T set A = '?' where B = ?"))).toContain('1 markers, 2 of which')
	})
})

describe('files of rows', () => {
	const raw = (type: string, properties: Record<string, string | number>): ComponentSpec => ({
		name: 'Raw',
		type,
		properties,
		inputs: [{ id: 'd.in', columns: both }],
	})

	it.each([
		[
			{ AccessMode: 0, FileName: 'C:\\a.raw', WriteOption: 0 },
			{ mode: 'overwrite', path: { text: 'C:\\a.raw' } },
		],
		[
			{ AccessMode: 1, FileNameVariable: 'User::File', WriteOption: 2 },
			{ mode: 'append', path: { text: '@[User::File]' } },
		],
		[{ AccessMode: 0, FileName: 'C:\\a.raw', WriteOption: 1 }, { mode: 'create' }],
	])('Raw File Destination %j', (properties, target) => {
		const read = job(
			[raw('Microsoft.RawDestination', properties)],
			[['src', 'd.in']],
			x.variable('File', 8, 'C:\\b.raw'),
		)
		expect(operator(read, 'Raw', 'write').target).toMatchObject({ kind: 'data-set', flavour: 'raw-file', ...target })
	})

	it('Raw File Source reads what other packages left', () => {
		const spec: ComponentSpec = {
			name: 'Raw',
			type: 'Microsoft.RawSource',
			properties: { AccessMode: 0, FileName: 'C:\\a.raw' },
			outputs: [{ id: 'r', columns: [column('r.id', 'id', 'i4')] }],
		}
		expect(operator(job([spec], []), 'Raw', 'read').source).toMatchObject({
			kind: 'data-set',
			path: { text: 'C:\\a.raw' },
		})
	})

	it.each(['Microsoft.DataReaderDestinationAdapter', 'Microsoft.DataStreamingDestinationAdapter'])(
		'%s leaves a data set for its reader, as a declared difference',
		(name) => {
			const spec = raw('Microsoft.ManagedComponentHost', { UserComponentTypeName: name })
			const read = job([spec], [['src', 'd.in']])
			expect(operator(read, 'Raw', 'write').target).toMatchObject({ kind: 'data-set', path: { text: 'Flow/Raw' } })
			expect(outcome(read, 'Raw')?.reason).toBe('RG-D034')
		},
	)
})
