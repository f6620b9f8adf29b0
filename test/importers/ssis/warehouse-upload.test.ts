import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import { isFull } from '../../support/depth.ts'
import { proveJob } from '../../support/prove-job.ts'
import { startSpark, warmUp } from '../../support/run-flow.ts'
import { first, jobOf, x } from '../../support/ssis-tasks.ts'

const list = (...items: readonly (string | number)[]): string => items.map((item) => `${item}&#xA;`).join('')
const settings = {
	SourceType: 'FileSystem',
	LocalDirectory: 'D:\\orders',
	FileName: '*.csv',
	Recursively: 'False',
	RowDelimiterType: 'LF',
	ColumnDelimiter: ';',
	IsFirstRowHeader: 'True',
	RetainFiles: 'False',
	DwConnectionId: '{DW}',
	TableName: '&quot;orders&quot;',
	TableDistribution: 'ROUND_ROBIN',
	OperationType: 'Create',
	SourceColumnNames: list('id', 'town'),
	DestinationColumnNames: list('place', 'number'),
	DestinationColumnTypes: list('NVarChar', 'VarChar'),
	DestinationColumnWidths: list(20, 8),
	MappedDestinationColumnIndex: list(1, 0),
}
const read = (own: Partial<typeof settings> = {}): Job => {
	const all = Object.entries({ ...settings, ...own }).map(([name, value]) => `${name}="${value}"`)
	return jobOf(
		x.connection('DW', 'ADO.NET:SQL', 'Data Source=dw;Initial Catalog=shop;'),
		x.executables(x.executable('Load', 'DwUploadTask', `<CopyToDwTask ${all.join(' ')}/>`)),
	)
}

describe('Azure SQL DW Upload', () => {
	it('makes the table, then loads one file after another', () => {
		expect(first(read())).toMatchObject({
			kind: 'sequence',
			body: {
				tasks: [
					{ batches: [{ text: expect.stringContaining('"place" nvarchar(20), "number" varchar(8)') }] },
					{ kind: 'loop', over: { folder: { text: 'D:\\orders' }, pattern: { text: '*.csv' } } },
				],
				precedences: [{ outcome: 'success' }],
			},
		})
		expect(read().differences).toMatchObject([{ id: 'RG-D149' }])
	})

	it('only loads where the table is there', () => {
		expect(first(read({ OperationType: 'Insert' }))).toMatchObject({ kind: 'loop', name: 'Load' })
	})

	it.each([
		[{ RetainFiles: 'True' }, 'it leaves the files in a blob store'],
		[{ SourceType: 'BlobStorage' }, 'its files come from BlobStorage'],
		[{ DestinationColumnTypes: list('Int', 'VarChar') }, 'its column place has the type Int'],
		[{ MappedDestinationColumnIndex: list(1) }, 'column town fills no column of the table'],
	])('is given up where it would do something else: %o', (own, reason) => {
		expect(read(own).accounting).toMatchObject([{ outcome: 'opaque', reason }])
	})

	describe.skipIf(!isFull)('on Spark', () => {
		const engine = startSpark()
		beforeAll(() => warmUp(engine))
		afterAll(() => engine.close())

		it('inserts the rows of the reference', async () => {
			const { proof } = await proveJob(engine, read())
			expect(proof).toMatchObject({ details: [], report: { level: 'E3', branches: { unreached: [] } } })
		})
	})
})
