/** Packages of a few tasks, and what is read of them. */
import { dtsxImporter } from '#importers/ssis/importer.ts'
import type { Task } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import { dtsx } from './dtsx-builder.ts'

export const x = dtsx(8)
export const database = 'Data Source=srv;Initial Catalog=dw;Provider=MSOLEDBSQL.1;'

export function jobOf(...parts: readonly string[]): Job {
	const file = { path: 'p.dtsx', bytes: x.package('P', ...parts) }
	const [job] = dtsxImporter.read({ file, companions: [] }).jobs
	if (job === undefined) throw new Error('the package was not read')
	return job
}

export const first = (job: Job): Task => {
	const [task] = job.control.tasks
	if (task === undefined) throw new Error('the package has no task')
	return task
}

export const connections = (...managers: readonly string[]): string =>
	`<DTS:ConnectionManagers>${managers.map((one) => one.replace(/<\/?DTS:ConnectionManagers>/g, '')).join('')}</DTS:ConnectionManagers>`
export const variables = (...all: readonly string[]): string =>
	`<DTS:Variables>${all.map((one) => one.replace(/<\/?DTS:Variables>/g, '')).join('')}</DTS:Variables>`
export const sqlTask = (statement: string, attributes = '', inside = ''): string =>
	`<SQLTask:SqlTaskData xmlns:SQLTask="www.microsoft.com/sqlserver/dts/tasks/sqltask" SQLTask:Connection="{DB}" SQLTask:SqlStatementSource="${statement}" ${attributes}>${inside}</SQLTask:SqlTaskData>`
export const parameter = (name: string, variable: string, direction = 'Input'): string =>
	`<SQLTask:ParameterBinding SQLTask:ParameterName="${name}" SQLTask:DtsVariableName="${variable}" SQLTask:ParameterDirection="${direction}" SQLTask:DataType="3"/>`
export const db = x.connection('DB', 'OLEDB', database)
export const inner = (name: string): string => x.executable(name, 'Microsoft.ExecuteSQLTask', sqlTask('select 1'))
