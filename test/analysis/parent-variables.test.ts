import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withParentVariables } from '#analysis/parent-variables.ts'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import { makeTimestamp } from '#model/values.ts'
import { interpretJob } from '#reference/job.ts'
import { dtsx } from '../support/dtsx-builder.ts'
import { proveJob } from '../support/prove-job.ts'
import { startSpark, warmUp } from '../support/run-flow.ts'
import { connections, database, sqlTask } from '../support/ssis-tasks.ts'

const x = dtsx(3)

function jobOf(path: string, bytes: Uint8Array) {
	const [job] = dtsxImporter.read({ file: { path, bytes }, companions: [] }).jobs
	if (job === undefined) throw new Error('no job was read')
	return job
}

const start = (name: string) =>
	x.executable(
		name,
		'Microsoft.ExecutePackageTask',
		'<ExecutePackageTask><Connection>{CHILD}</Connection></ExecutePackageTask>',
		x.variable('Year', 3, '1999'),
	)

const parent = jobOf(
	'etl/parent.dtsx',
	x.package(
		'Parent',
		x.connection('Child', 'FILE', 'C:\\etl\\child.dtsx'),
		x.variable('Year', 3, '2024'),
		x.executables(start('Run')),
	),
)

const configuration = (source: string) =>
	x.element('Configuration', {
		ObjectName: source,
		ConfigurationString: source,
		ConfigurationVariable: `\\Package.Variables[User::${source}].Properties[Value]`,
	})

const child = jobOf(
	'etl/child.dtsx',
	x.package(
		'Child',
		'<DTS:Property DTS:Name="EnableConfig">-1</DTS:Property>',
		configuration('Year') + configuration('Region'),
		connections(x.connection('DB', 'OLEDB', database)),
		x.variable('Year', 3, '2000'),
		x.variable('Region', 8, 'north'),
		x.executables(
			x.executable(
				'Load',
				'Microsoft.ExecuteSQLTask',
				sqlTask(
					'exec load ?',
					'',
					'<SQLTask:ParameterBinding SQLTask:ParameterName="0" SQLTask:DtsVariableName="User::Year" SQLTask:ParameterDirection="Input" SQLTask:DataType="3"/>',
				),
			),
		),
	),
)

describe('a package that takes a variable from its caller', () => {
	const [calling = parent, called = child] = withParentVariables([parent, child])

	it('is handed the innermost variable of that name; what the caller does not have stays as it is stored', () => {
		expect(calling.control.tasks).toMatchObject([
			{
				kind: 'run-job',
				parameters: [{ name: '$Parent::Year', value: { expression: { kind: 'variable', name: 'User::Year#Run' } } }],
			},
		])
		expect(called).toEqual(child)
		expect(withParentVariables([parent])).toEqual([parent])
	})

	it('begins with it on the reference', () => {
		const given = new Map<string, string | bigint>([
			['$Parent::Year', 1999n],
			['$Parent::Region', 'north'],
		])
		const { effects } = interpretJob(called, {
			flows: new Map(),
			parameters: given,
			run: { at: makeTimestamp(0n), job: '', project: '', host: '', invocation: '' },
		})
		expect(effects).toMatchObject([{ kind: 'sql', statement: 'exec load ?', parameters: [1999n] }])
	})

	describe('on Spark', () => {
		const engine = startSpark()
		beforeAll(() => warmUp(engine))
		afterAll(() => engine.close())

		it('is started with it, and begins with it', async () => {
			const ofParent = await proveJob(engine, calling, [called])
			expect(ofParent.proof).toMatchObject({ details: [], report: { level: 'E3' } })
			expect(ofParent.script).toContain('run_job(job_beside(params, "parent", "child"), {"year": variables.year_run})')
			const ofChild = await proveJob(engine, called, [calling])
			expect(ofChild.proof).toMatchObject({ details: [], report: { level: 'E3' } })
			expect(ofChild.script).toContain('variables = Variables(year=int(params["year"]))')
		})
	})
})
