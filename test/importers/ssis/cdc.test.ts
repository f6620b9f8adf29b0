import { describe, expect, it } from 'vitest'
import type { SequenceTask, SqlTask } from '#model/control-flow.ts'
import type { ComponentSpec } from '../../support/dtsx-builder.ts'
import { connections, database, first, jobOf, x } from '../../support/ssis-tasks.ts'

const managers = connections(
	x.connection('Shop', 'ADO.NET:System.Data.SqlClient.SqlConnection', database),
	x.connection('Own', 'ADO.NET:System.Data.SqlClient.SqlConnection', database),
)
const state = x.variable('CDC_State', 8, '')
const settings = {
	Connection: 'Shop',
	OperationParameter: '',
	StateConnection: 'Own',
	StateVariable: 'User::CDC_State',
	AutomaticStatePersistence: 'True',
	StateName: 'orders',
	StateTable: '[dbo].[cdc_states]',
}
const control = (own: Readonly<Record<string, string>>) => {
	const attributes = Object.entries({ ...settings, ...own }).map(([name, value]) => `${name}="${value}"`)
	const task = x.executable('Control', 'Attunity.CdcControlTask', `<CDCControlTask ${attributes.join(' ')}/>`)
	return jobOf(managers, state, x.executables(task))
}
const alone = { AutomaticStatePersistence: 'False' }
const statement = (own: Readonly<Record<string, string>>): string => {
	const task = first(control({ ...alone, ...own }))
	return task.kind === 'execute-sql'
		? (task.batches[0]?.text ?? '')
		: `${task.kind}: ${control({ ...alone, ...own }).accounting[0]?.reason ?? ''}`
}

describe('CDC Control', () => {
	it('loads the state, moves it on and keeps it', () => {
		const task = first(control({ TaskOperation: 'GetProcessingRange' })) as SequenceTask
		expect(task).toMatchObject({ kind: 'sequence', name: 'Control' })
		const [load, move, keep] = task.body.tasks as readonly SqlTask[]
		expect(load).toMatchObject({
			connection: 'Own',
			batches: [
				{ text: "SELECT COALESCE((SELECT [state] FROM [dbo].[cdc_states] WHERE [name] = N'orders'), '') AS [state]" },
			],
			parameters: [],
			result: { kind: 'single-row', bindings: [{ column: 'state', variable: 'User::CDC_State' }] },
		})
		expect(move).toMatchObject({
			connection: 'Shop',
			parameters: [{ direction: 'input', variable: 'User::CDC_State' }],
		})
		expect(keep?.batches[0]?.text).toContain('UPDATE [dbo].[cdc_states] SET [state] = @state')
		expect(keep).toMatchObject({ connection: 'Own', result: { kind: 'none' } })
		expect(task.body.precedences.map(({ from, to }) => [from, to])).toEqual([
			[load?.id, move?.id],
			[move?.id, keep?.id],
		])
	})

	it('only moves the state where the package keeps it', () => {
		expect(first(control({ ...alone, TaskOperation: 'MarkProcessedRange' }))).toMatchObject({
			id: 'Package\\Control',
			kind: 'execute-sql',
			connection: 'Shop',
			result: { kind: 'single-row' },
		})
	})

	it('follows only the states that its operation can follow', () => {
		const [range, processed, ended] = ['GetProcessingRange', 'MarkProcessedRange', 'MarkInitialLoadEnd'].map(
			(TaskOperation) => statement({ TaskOperation }),
		)
		expect(range).toContain("DECLARE @start varchar(22) = SUBSTRING(@state, CHARINDEX('/CS/', @state) + 4, 22)")
		expect(range).toContain("WHEN @state LIKE 'TFEND/%' THEN 'TFSTART/CS/' + @start + '/CE/' + @latest")
		expect(range).toContain("THEN 'TFREDO/CS/' + @start + '/CE/' + @end")
		expect(range).toContain(`THEN 'ILUPDATE' + SUBSTRING(@state, 6, 49) + '/CS/' + @initial + '/CE/' + @latest`)
		expect(processed).toContain(`THEN 'TFEND/CS/' + @end END`)
		expect(processed).not.toContain('@latest')
		expect(ended).toContain(`WHEN @state LIKE 'ILSTART/%' THEN 'ILEND/IR/' + @initial + '/' + @latest END`)
		for (const text of [range, processed, ended]) expect(text).toContain('IF @next IS NULL THROW 50000')
	})

	it('starts at a number of its own, or at the latest', () => {
		const from = (OperationParameter: string) => statement({ TaskOperation: 'MarkCdcStart', OperationParameter })
		expect(from('0x0000162B158700000000')).toContain("@latest varchar(22) = '0x0000162B158700000000'")
		expect(from('')).toContain('sys.fn_cdc_get_max_lsn()')
		expect(from('shop_snapshot')).toBe('opaque: it starts at the state of a database snapshot')
	})

	it('says what is missing', () => {
		expect(statement({ TaskOperation: 'Rest' })).toBe('opaque: it does Rest')
		expect(statement({ TaskOperation: 'ResetCdcState', StateVariable: 'User::X' })).toContain(
			'the variable that holds its state',
		)
		const table = control({ TaskOperation: 'ResetCdcState', StateTable: 'x; DROP TABLE y' })
		expect(table.accounting[0]?.reason).toBe('it names no table of states')
	})

	it('declares that it does not wait for a change after the load', () => {
		expect(control({ TaskOperation: 'MarkInitialLoadEnd' }).differences).toMatchObject([{ id: 'RG-D158' }])
		expect(control({ TaskOperation: 'MarkInitialLoadStart' }).differences).toEqual([])
	})
})

const columns = ['__$start_lsn', '__$operation', 'ID']
const source = (
	mode: number,
	own: Readonly<Record<string, string>> = {},
	more: readonly string[] = [],
): ComponentSpec => ({
	name: 'Changes',
	type: 'Microsoft.ManagedComponentHost',
	properties: {
		UserComponentTypeName: 'Attunity.CdcSourceComponent',
		StateVariable: 'User::CDC_State',
		CDCProcessingMode: mode,
		CaptureInstance: 'dbo_Orders',
		...own,
	},
	connections: ['{SHOP}'],
	outputs: [
		{
			id: 'c.out',
			columns: [...columns, ...more].map((name) => ({ id: `c.${name}`, name, attributes: { dataType: 'i4' } })),
		},
	],
})
const splitter: ComponentSpec = {
	name: 'Split',
	type: 'Microsoft.ManagedComponentHost',
	properties: { UserComponentTypeName: 'Attunity.CdcSplitterComponent' },
	inputs: [{ id: 's.in' }],
	outputs: ['InsertOutput', 'UpdateOutput', 'DeleteOutput'].map((name) => ({
		id: `s.${name}`,
		name,
		attributes: { synchronousInputId: 's.in' },
	})),
}
const flow = (spec: ComponentSpec) => {
	const pipeline = x.pipeline([x.component(spec), x.component(splitter)], [['c.out', 's.in']])
	return jobOf(managers, state, x.executables(x.executable('Load', 'Microsoft.Pipeline', pipeline)))
}
const readOf = (spec: ComponentSpec) => {
	const found = flow(spec).flows[0]?.operators.find(({ kind }) => kind === 'read')
	return found?.kind === 'read' ? found.source : undefined
}

describe('CDC Source', () => {
	it('asks for the net changes in the range of its state', () => {
		const asked = readOf(source(2))
		expect(asked).toMatchObject({
			kind: 'query',
			connection: 'Shop',
			form: 'select',
			parameters: [{ kind: 'variable', name: 'User::CDC_State' }],
		})
		const text = asked?.kind === 'query' ? asked.sql.text : ''
		expect(text).toContain('SELECT c.[__$start_lsn], c.[__$operation], c.[ID]')
		expect(text).toContain('CROSS APPLY cdc.[fn_cdc_get_net_changes_dbo_Orders](')
		expect(text).toContain("N'all'")
		expect(flow(source(2)).accounting.map(({ name, outcome }) => [name, outcome])).toEqual([
			['Changes', 'exact'],
			['Split', 'exact'],
			['Load', 'exact'],
		])
	})

	it.each([
		[0, 'all', 'all'],
		[1, 'all', 'all update old'],
		[4, 'net', 'all with merge'],
	])('mode %i', (mode, kind, rows) => {
		const asked = readOf(source(mode))
		const text = asked?.kind === 'query' ? asked.sql.text : ''
		expect(text).toContain(`cdc.[fn_cdc_get_${kind}_changes_dbo_Orders](`)
		expect(text).toContain(`N'${rows}'`)
	})

	it('marks rows that may have been read before', () => {
		const asked = readOf(source(2, {}, ['__$reprocessing']))
		expect(asked?.kind === 'query' && asked.sql.text).toContain(
			"CAST(CASE WHEN (r.state LIKE 'ILUPDATE/%' OR r.state LIKE 'TFREDO/%') THEN 1 ELSE 0 END AS bit) AS [__$reprocessing]",
		)
	})

	it('takes a data set where nothing says what to ask for', () => {
		expect(readOf(source(3))).toMatchObject({ kind: 'data-set' })
		expect(readOf(source(2, { StateVariable: '' }))).toMatchObject({ kind: 'data-set' })
	})
})
