/** Variables that a script component sets, as later tasks find them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allTasks } from '#model/control-flow.ts'
import { makeTimestamp } from '#model/values.ts'
import { interpretJob } from '#reference/job.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { outcome, x } from '../component-job.ts'
import type { ScriptSpec } from './script-job.ts'
import { added, scriptJob } from './script-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const variables = [
	x.variable('Rows', 3, '7'),
	x.variable('Total', 14, '0'),
	x.variable('Last', 8, 'none'),
	x.variable('At', 7, '2024-02-29T00:00:00'),
	x.variable('Seen', 11, '0'),
]
const readWrite = { ReadWriteVariables: 'User::Rows,User::Total,User::Last,User::At,User::Seen' }

function build(spec: Omit<ScriptSpec, 'extra'>, later: readonly string[] = []) {
	const extra = [...variables, ...later]
	const job = scriptJob({ ...spec, properties: { ...readWrite, ...spec.properties }, extra })
	const { outcome: how, reason } = outcome(job, 'Code') ?? {}
	if (how === 'opaque') throw new Error(reason)
	return job
}

const rows = [
	{ id: 1n, name: 'Ann' },
	{ id: 2n, name: null },
	{ id: 3n, name: 'Cy' },
]

function ran(spec: Omit<ScriptSpec, 'extra'>, given: typeof rows = rows) {
	const job = build(spec)
	const result = interpretJob(job, {
		flows: new Map(job.flows.map(({ id }) => [id, { inputs: new Map([['Src', { kind: 'rows', rows: given }]]) }])),
		parameters: new Map(),
		run: { at: makeTimestamp(0n), job: 'P', project: '', host: '', invocation: '' },
	})
	expect(result.failure).toBeUndefined()
	return result.variables
}

const counting = `int rows = 0;
    decimal total = 0;
    string last = "";
    public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        rows++;
        total += Row.id * 1.5M;
        if (!Row.name_IsNull) last = Row.name;
    }
    public override void PostExecute()
    {
        base.PostExecute();
        Variables.Rows = Variables.Rows + rows;
        Variables.Total = total;
        if (rows > 0) ReadWriteVariables["User::Last"].Value = last;
        this.Variables.At = Variables.At.AddDays(rows);
        Variables.Seen = last == "Cy";
    }`

describe('PostExecute', () => {
	it('hands over counts, sums and last values', async () => {
		const spec = { input: ['id', 'name'], body: counting, columns: [] }
		const found = ran(spec)
		expect(found.get('User::Rows')).toBe(10n)
		expect(found.get('User::Total')).toEqual({ kind: 'decimal', unscaled: 90n, scale: 1 })
		expect(found.get('User::Last')).toBe('Cy')
		expect(found.get('User::At')).toEqual(makeTimestamp(1_709_424_000_000_000n))
		expect(found.get('User::Seen')).toBe(true)
		const { proof, script } = await proveJob(engine, build(spec))
		expect(proof.report, `${script}\n${JSON.stringify(proof)}`).toMatchObject({ level: 'E3' })
	})

	it('runs once where no row arrives', () => {
		const found = ran({ input: ['id', 'name'], body: counting, columns: [] }, [])
		expect(found.get('User::Rows')).toBe(7n)
		expect(found.get('User::Last')).toBe('none')
	})
})

describe('what later steps see', () => {
	it('is what the data flow has set, by a precedence and in a statement', async () => {
		const body = `int odd = 0;
    public override void Input0_ProcessInputRow(Input0Buffer Row) { if (Row.id % 2 == 1) odd++; }
    public override void PostExecute() { Variables.Rows = odd; }`
		const sql = (name: string, statement: string) =>
			x.executable(
				name,
				'Microsoft.ExecuteSQLTask',
				`<SQLTask:SqlTaskData xmlns:SQLTask="www.microsoft.com/sqlserver/dts/tasks/sqltask" SQLTask:Connection="{DB}" SQLTask:SqlStatementSource="${statement}"/>`,
			)
		const job = build({ input: ['id'], body, columns: [] }, [
			x.executables(sql('Some', 'EXEC dbo.Some'), sql('None', 'EXEC dbo.None')),
			x.constraints(
				x.constraint('Flow', 'Some', { EvalOp: 3, Expression: '@[User::Rows] > 0' }),
				x.constraint('Flow', 'None', { EvalOp: 3, Expression: '@[User::Rows] == 0' }),
			),
		])
		expect(allTasks(job.control).map(({ kind }) => kind)).toEqual(['data-flow', 'execute-sql', 'execute-sql'])
		expect(ran({ input: ['id'], body, columns: [] }).get('User::Rows')).toBe(2n)
		const { proof, script } = await proveJob(engine, job)
		expect(proof.report, `${script}\n${JSON.stringify(proof)}`).toMatchObject({ level: 'E3' })
	})
})

describe('other forms', () => {
	it('a component without outputs, in Visual Basic', async () => {
		const body = `    Dim n As Integer = 0
    Public Overrides Sub Input0_ProcessInputRow(ByVal Row As Input0Buffer)
        n += 1
    End Sub
    Public Overrides Sub PostExecute()
        MyBase.PostExecute()
        Me.Variables.Rows = n
    End Sub`
		const spec = { language: 'vb', input: ['id'], body, columns: [] } as const
		expect(ran(spec).get('User::Rows')).toBe(3n)
	})

	it('a variable that is locked while rows pass', () => {
		const body = `public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        IDTSVariables100 vars = null;
        VariableDispenser.LockOneForWrite("User::Rows", ref vars);
        vars["User::Rows"].Value = Row.id;
        vars.Unlock();
    }`
		const spec = { input: ['id'], body, columns: [], properties: { ReadWriteVariables: '' } }
		expect(ran(spec).get('User::Rows')).toBe(3n)
	})

	it('a name of the script stays apart from that of a variable', async () => {
		const body = `decimal total = 1;
    public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        decimal at = total;
        total = Variables.Total + at;
        Row.Out = total.ToString();
    }`
		const spec = {
			input: ['id'],
			body,
			columns: [added('Out', 'wstr', { length: 20 })],
			properties: { ReadOnlyVariables: 'User::Total', ReadWriteVariables: '' },
		}
		const { proof, script } = await proveJob(engine, build(spec))
		expect(proof.report, script).toMatchObject({ level: 'E3' })
	})

	it('is refused where the runtime refuses it', () => {
		const body = `public override void Input0_ProcessInputRow(Input0Buffer Row) { Variables.Rows = Variables.Rows + 1; }`
		expect(() => build({ input: ['id'], body, columns: [] })).toThrow(/User::Rows before PostExecute/)
	})
})
