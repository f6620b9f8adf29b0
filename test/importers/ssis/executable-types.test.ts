import { describe, expect, it } from 'vitest'
import { executableType } from '#importers/ssis/formats/executable-types.ts'
import { db, first, jobOf, sqlTask, x } from '../../support/ssis-tasks.ts'

describe('names of tasks', () => {
	it.each([
		['STOCK:SQLTask', 'Microsoft.ExecuteSQLTask'],
		['STOCK:PipelineTask', 'Microsoft.Pipeline'],
		['STOCK:FTPTask', 'Microsoft.FtpTask'],
		['STOCK:ExecuteProcessTask', 'Microsoft.ExecuteProcess'],
		['STOCK:MSMQTask', 'Microsoft.MessageQueueTask'],
		['STOCK:TransferObjectsTask', 'Microsoft.TransferSqlServerObjectsTask'],
		['STOCK:SendMailTask', 'Microsoft.SendMailTask'],
		['STOCK:FOREACHLOOP', 'STOCK:FOREACHLOOP'],
		['STOCK:SEQUENCE', 'STOCK:SEQUENCE'],
		['SSIS.Pipeline.3', 'Microsoft.Pipeline'],
		[
			'Microsoft.SqlServer.Dts.Tasks.ExecuteSQLTask.ExecuteSQLTask, Microsoft.SqlServer.SQLTask',
			'Microsoft.ExecuteSQLTask',
		],
		['Attunity.SqlServer.CDCControlTask.CdcControlTask, Attunity.SqlServer.CDCControlTask', 'Attunity.CdcControlTask'],
	])('%s is %s', (written, known) => {
		expect(executableType(written)).toBe(known)
	})

	it('by which a program has added a task mean the task', () => {
		const job = jobOf(db, x.executables(x.executable('Ask', 'STOCK:SQLTask', sqlTask('SELECT 1'))))
		expect(first(job)).toMatchObject({ kind: 'execute-sql', batches: [{ text: 'SELECT 1' }] })
	})
})
