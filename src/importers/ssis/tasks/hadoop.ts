/**
 * Tasks that let a Hadoop cluster work (Microsoft: Hadoop Hive Task, Hadoop Pig Task, Azure HDInsight Hive, Pig, Create Cluster
 * and Delete Cluster Task). The cluster is one of Amazon EMR now, which runs the same scripts.
 */
import type { Task } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import { connectionName } from '../connection-names.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue, whole } from '../formats/properties.ts'
import type { Setting } from './setting.ts'
import { joined, settingsOf } from './setting.ts'
import type { LowerTask, TaskContext } from './task-context.ts'
import { declareAt, taskBase } from './task-context.ts'

interface Script {
	readonly script: SourcedExpression
	readonly isFile: boolean
}

/** @param cluster the setting that names the connection manager of the cluster */
const runs =
	(
		element: string,
		cluster: string,
		language: 'hive' | 'pig',
		read: (setting: Setting) => Script | Refusal,
	): LowerTask =>
	(context) => {
		const setting = settingsOf(context, element)
		if (setting === undefined) return refuse('it holds no settings')
		const found = read(setting)
		if ('reason' in found) return found
		if (found.script.text.trim() === '') return refuse('it names no script')
		const record = context.scope.connection(setting(cluster).text)
		// The manager often stays in a project that is not at hand; its cluster is another one now anyway.
		const connection = record === undefined ? 'Hadoop cluster' : connectionName(record)
		const timeout = whole(setting('TimeoutInMinutes').text, 0)
		declareAt(
			context,
			'RG-D147',
			`It runs ${found.isFile ? found.script.text : `a ${language === 'hive' ? 'Hive' : 'Pig'} script`} on ${connection}${setting('LocalLogFolder').text === '' ? '' : '; its log stays with EMR'}.`,
		)
		return {
			...taskBase(context),
			kind: 'cluster',
			action: {
				kind: 'run',
				connection,
				language,
				...found,
				...(timeout > 0 ? { timeoutMinutes: timeout } : {}),
			},
		}
	}

function hadoopScript(setting: Setting): Script | Refusal {
	const source = setting('SourceType').text
	if (source === 'DirectInput') return { script: setting('InlineScript'), isFile: false }
	if (source === 'ScriptFile') return { script: setting('ScriptFilePath'), isFile: true }
	return refuse(`its script comes from ${source === '' ? 'nowhere' : source}`)
}

/** The script itself, or the blob that holds it. */
function blobScript(setting: Setting): Script | Refusal {
	const script = setting('Script')
	if (script.text.trim() !== '') return { script, isFile: false }
	const path = joined(setting, 'BlobContainer', 'BlobName')
	return 'reason' in path ? path : { script: path, isFile: setting('BlobName').text !== '' }
}

export const lowerHadoopHive = runs('HadoopHiveTask', 'HadoopConnectionId', 'hive', hadoopScript)
export const lowerHadoopPig = runs('HadoopPigTask', 'HadoopConnectionId', 'pig', hadoopScript)
export const lowerHdiHive = runs('HiveTask', 'HDInsightConnectionId', 'hive', blobScript)
export const lowerHdiPig = runs('PigTask', 'HDInsightConnectionId', 'pig', blobScript)

export function lowerCreateCluster(context: TaskContext): Task | Refusal {
	const setting = settingsOf(context, 'CreateHdiClusterTask')
	if (setting === undefined) return refuse('it holds no settings')
	const name = setting('ClusterName')
	if (name.text === '') return refuse('it names no cluster')
	const nodes = Math.max(1, whole(setting('ClusterSize').text, 1))
	const mayExist = !isTrue(setting('FailIfExists').text)
	declareAt(context, 'RG-D148', `It creates ${name.text} with ${nodes === 1 ? 'one node' : `${nodes} nodes`}.`)
	return { ...taskBase(context), kind: 'cluster', action: { kind: 'create', name, nodes, mayExist } }
}

export function lowerDeleteCluster(context: TaskContext): Task | Refusal {
	const setting = settingsOf(context, 'DeleteHdiClusterTask')
	if (setting === undefined) return refuse('it holds no settings')
	const name = setting('ClusterName')
	if (name.text === '') return refuse('it names no cluster')
	const mayBeAbsent = !isTrue(setting('FailIfNotExists').text)
	declareAt(context, 'RG-D148', `It ends ${name.text}.`)
	return { ...taskBase(context), kind: 'cluster', action: { kind: 'delete', name, mayBeAbsent } }
}
