import { describe, expect, it } from 'vitest'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import type { Job } from '#model/job.ts'
import { dtsx } from '../../support/dtsx-builder.ts'

const x = dtsx(8)

function jobOf(type: string, data: string, parts = '', inside = ''): Job {
	const bytes = x.package('P', parts, x.executables(x.executable('Copy', type, data, inside)))
	const [job] = dtsxImporter.read({ file: { path: 'p.dtsx', bytes }, companions: [] }).jobs
	if (job === undefined) throw new Error('the package was not read')
	return job
}
const always = 'TimeRangeFrom="01/01/1900 00:00:00 +02:00" TimeRangeTo="31/12/2200 00:00:00 +02:00"'
const upload = (own = ''): Job =>
	jobOf(
		'CopyToBlobTask',
		`<CopyToBlobTask BlobContainer="shop" BlobDirectory="in/" LocalDirectory="D:\\orders" FileNameFilter="*.txt" ${own === '' ? always : own}/>`,
	)

describe('tasks that copy between a disk and a store', () => {
	it('copy each file whose name fits, with a variable of their own', () => {
		const read = upload()
		expect(read.control.tasks).toMatchObject([
			{
				kind: 'loop',
				over: { kind: 'files', folder: { text: 'D:\\orders' }, pattern: { text: '*.txt' }, recurse: false },
				body: { tasks: [{ kind: 'file-operation', operation: 'copy-file', destination: { text: 'shop/in' } }] },
			},
		])
		expect(read.variables).toMatchObject([{ name: 'User::Copy file' }])
		expect(read.accounting).toMatchObject([{ outcome: 'declared' }])
		expect(read.differences).toMatchObject([{ id: 'RG-D112' }])
		const { artifacts } = generate({ name: 'unit', jobs: [read] }, defaultOptions)
		const script = artifacts.find(({ path }) => path.endsWith('.py'))?.text
		expect(script).toContain('list_files(spark, params["copy_folder"], "*.txt")')
		expect(script).toMatch(/overwrite=True,\s+into=True/)
	})

	it('are given up where they look at times or into inner folders', () => {
		const reason = (own: string) => upload(own).accounting[0]?.reason
		expect(reason('TimeRangeFrom="01/01/2020 00:00:00 +00:00"')).toBe('it copies the files of a certain time only')
		expect(reason('SearchRecursively="True"')).toBe('it copies the files of inner folders too')
	})

	it('copy out of a data lake', () => {
		const settings = 'AzureDataLakeDirectory="/day" LocalDirectory="C:\\day" FileNamePattern="*"'
		const read = jobOf('AdlsTask', `<AdlsTask Operation="CopyFromADLS" ${settings}/>`)
		expect(read.control.tasks).toMatchObject([
			{ over: { folder: { text: '/day' } }, body: { tasks: [{ destination: { text: 'C:\\day' } }] } },
		])
		const other = jobOf('AdlsTask', `<AdlsTask Operation="DeleteFromADLS" ${settings}/>`)
		expect(other.accounting).toMatchObject([{ outcome: 'opaque', reason: 'it does DeleteFromADLS' }])
	})

	it('copy one file to a cluster', () => {
		const task = `<HadoopFileSystemTask LocalFilePathId="{LOCAL}" Operation="CopyToHDFS" HadoopFilePath="/user/a.csv" HadoopFileType="File" IsOverwrite="True"/>`
		const read = jobOf('HadoopFileSystemTask', task, x.connection('Local', 'FILE', 'D:\\a.csv'))
		expect(read.control.tasks).toMatchObject([
			{
				kind: 'file-operation',
				operation: 'copy-file',
				source: { text: 'D:\\a.csv' },
				destination: { text: '/user/a.csv' },
				overwrite: true,
			},
		])
	})

	it('are loops over files where an enumerator goes over a store', () => {
		const loop = (name: string, data: string): Job => {
			const enumerator = `<DTS:ForEachEnumerator DTS:CreationName="${name}"><DTS:ObjectData>${data}</DTS:ObjectData></DTS:ForEachEnumerator>`
			const bound = `<DTS:ForEachVariableMappings><DTS:ForEachVariableMapping DTS:ValueIndex="0" DTS:VariableName="User::File"/></DTS:ForEachVariableMappings>`
			return jobOf('STOCK:FOREACHLOOP', '', x.variable('File', 8, ''), enumerator + bound)
		}
		const blobs = loop(
			'ForEachBlobEnumerator',
			`<FEECloudEnumerator Container="shop" BlobPath="/day/" FileNameFilter="*.txt" ${always}/>`,
		)
		expect(blobs.control.tasks).toMatchObject([
			{ over: { kind: 'files', folder: { text: 'shop/day' }, pattern: { text: '*.txt' }, retrieve: 'path' } },
		])
		expect(blobs.differences).toMatchObject([{ id: 'RG-D112' }, { id: 'RG-D057' }])
		const lake = loop(
			'ForEachAdlsFileEnumerator',
			'<AdlsFileEnumerator AzureDataLakeDirectory="/day/" FileNamePattern="*" SearchRecursively="1"/>',
		)
		expect(lake.control.tasks).toMatchObject([{ over: { folder: { text: '/day/' }, recurse: true } }])
		const cluster = loop(
			'ForEachHdfsEnumerator',
			'<FEEHdfsEnumerator RetrieveFileName="NameOnly" FileNameFilter="*" IsRecursive="False" DirectoryPath="/user/a"/>',
		)
		expect(cluster.control.tasks).toMatchObject([{ over: { folder: { text: '/user/a' }, retrieve: 'name' } }])
		const some = 'TimeRangeFrom="01/01/2020 00:00:00 +00:00" TimeRangeTo="31/12/2200 00:00:00 +00:00"'
		const recent = loop('ForEachBlobEnumerator', `<FEECloudEnumerator Container="shop" ${some}/>`)
		expect(recent.accounting).toMatchObject([{ reason: 'it goes over the files of a certain time only' }])
	})
})
