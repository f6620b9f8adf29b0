/** Scripts that say where the file of a connection is. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import type { Job } from '#model/job.ts'
import { makeTimestamp } from '#model/values.ts'
import type { Effect } from '#reference/effects.ts'
import { interpretJob } from '#reference/job.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { csharp, scriptTask, x } from './task-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const orders = x.connection('Orders', 'FILE', 'C:\\in\\orders.csv')

/** A script, then a task that removes the file of the connection. */
function packageOf(main: string, connection = orders): Job {
	const remove = `<FileSystemData TaskOperationType="DeleteFile" TaskSourcePath="{ORDERS}"/>`
	const bytes = x.package(
		'P',
		connection,
		x.variable('Name', 8, 'C:\\out\\day.csv'),
		x.executables(
			scriptTask('Code', csharp(main), ['User::Name'], []),
			x.executable('Remove', 'Microsoft.FileSystemTask', remove),
		),
		x.constraints(x.constraint('Code', 'Remove')),
	)
	const [job] = dtsxImporter.read({ file: { path: 'p.dtsx', bytes }, companions: [] }).jobs
	if (job === undefined) throw new Error('no job was read')
	const [item] = job.accounting.filter(({ name }) => name === 'Code')
	if (item?.outcome === 'opaque') throw new Error(item.reason)
	return job
}

function effectsOf(job: Job): readonly Effect[] {
	const effects: Effect[] = []
	const outside = (effect: Effect) => {
		effects.push(effect)
		return { value: true }
	}
	interpretJob(job, {
		flows: new Map(),
		parameters: new Map(),
		outside,
		run: { at: makeTimestamp(0n), job: job.name, project: '', host: '', invocation: '' },
	})
	return effects
}

it('tasks behind it find the file there (Microsoft: ConnectionManager.ConnectionString)', async () => {
	const job = packageOf(`ConnectionManager manager = Dts.Connections["Orders"];
		string before = manager.ConnectionString;
		manager.ConnectionString = Dts.Variables["User::Name"].Value.ToString() + "." + Path.GetFileName(before);`)
	expect(effectsOf(job)).toMatchObject([{ helper: 'delete_file', args: { path: 'C:\\out\\day.csv.orders.csv' } }])
	const { proof, script } = await proveJob(engine, job)
	expect(proof.report, `${script}\n${JSON.stringify(proof)}`).toMatchObject({ level: 'E3' })
	expect(script).toContain('variables.orders = ')
})

it('a path that an expression gives, and a database, are left alone', () => {
	const set = `Dts.Connections["Orders"].ConnectionString = "x";`
	const refused = 'the connection Orders, which is set and is no file, or which an expression gives'
	expect(() => packageOf(set, x.connection('Orders', 'OLEDB', 'Data Source=a;Initial Catalog=b'))).toThrow(refused)
})
