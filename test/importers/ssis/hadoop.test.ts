import { describe, expect, it } from 'vitest'
import { first, jobOf, x } from '../../support/ssis-tasks.ts'

const read = (type: string, attributes: string) =>
	jobOf(x.executables(x.executable('Work', type, `<${type} ${attributes}/>`)))

describe('tasks that let a Hadoop cluster work', () => {
	it('hand over a script that they hold, or the path of its file', () => {
		const inline = read('HadoopHiveTask', 'SourceType="DirectInput" InlineScript="DROP TABLE t;" TimeoutInMinutes="30"')
		expect(first(inline)).toMatchObject({
			kind: 'cluster',
			action: { kind: 'run', language: 'hive', script: { text: 'DROP TABLE t;' }, isFile: false, timeoutMinutes: 30 },
		})
		expect(inline.differences).toMatchObject([{ id: 'RG-D147' }])
		const file = read('HadoopPigTask', 'SourceType="ScriptFile" ScriptFilePath="/user/load.pig"')
		expect(first(file)).toMatchObject({ action: { language: 'pig', script: { text: '/user/load.pig' }, isFile: true } })
		const none = read('HadoopPigTask', 'SourceType="ScriptFile"')
		expect(none.accounting).toMatchObject([{ outcome: 'opaque', reason: 'it names no script' }])
	})

	it('find the script of Azure in a blob', () => {
		const blob = read('PigTask', 'BlobContainer="shop" BlobName="/scripts/day.pig"')
		expect(first(blob)).toMatchObject({ action: { script: { text: 'shop/scripts/day.pig' }, isFile: true } })
		const inline = read('HiveTask', 'BlobContainer="shop" Script="SELECT 1;"')
		expect(first(inline)).toMatchObject({ action: { language: 'hive', script: { text: 'SELECT 1;' }, isFile: false } })
	})

	it('create and end clusters', () => {
		const made = read('CreateHdiClusterTask', 'ClusterName="night" ClusterSize="3" FailIfExists="True"')
		expect(first(made)).toMatchObject({
			kind: 'cluster',
			action: { kind: 'create', name: { text: 'night' }, nodes: 3, mayExist: false },
		})
		expect(made.differences).toMatchObject([{ id: 'RG-D148' }])
		const ended = read('DeleteHdiClusterTask', 'ClusterName="night" FailIfNotExists="False"')
		expect(first(ended)).toMatchObject({ action: { kind: 'delete', mayBeAbsent: true } })
	})
})
