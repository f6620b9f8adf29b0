/** The settings that every session of the local engine starts with; generated scripts set those that carry meaning once more. */

import type { Environment } from './environment.ts'

/**
 * Some thousand runs have to follow before the second compiler of the JVM has earned what it costs; several threads of
 * the collector never do, since jobs are short and small.
 */
const javaOptions = (longLived: boolean): string =>
	['-Duser.timezone=UTC', '-XX:+UseSerialGC', ...(longLived ? [] : ['-XX:TieredStopAtLevel=1'])].join(' ')

/** @param longLived whether the process will run hundreds of jobs */
export function sparkSettings(
	environment: Environment,
	memoryMb: number,
	folder: string,
	longLived: boolean,
): Readonly<Record<string, string>> {
	return {
		'spark.driver.memory': `${memoryMb}m`,
		'spark.driver.extraJavaOptions': javaOptions(longLived),
		'spark.driver.host': '127.0.0.1',
		'spark.driver.bindAddress': '127.0.0.1',
		'spark.ui.enabled': 'false',
		'spark.ui.showConsoleProgress': 'false',
		'spark.local.dir': folder,
		'spark.sql.warehouse.dir': `${folder}/warehouse`,
		'spark.sql.catalogImplementation': 'in-memory',
		'spark.sql.session.timeZone': 'UTC',
		'spark.sql.ansi.enabled': 'true',
		// Rows that stand in for those of a database are JSON, whose reader miscounts the conditions that it is given.
		'spark.sql.json.filterPushdown.enabled': 'false',
		// Inside a lambda Spark takes an alias of the same select before the column itself.
		'spark.sql.lateralColumnAlias.enableImplicitResolution': 'false',
		'spark.sql.adaptive.enabled': 'true',
		'spark.sql.shuffle.partitions': '2',
		'spark.sql.parquet.outputTimestampType': 'TIMESTAMP_MICROS',
		'spark.sql.parquet.datetimeRebaseModeInRead': 'CORRECTED',
		'spark.sql.parquet.datetimeRebaseModeInWrite': 'CORRECTED',
		'spark.sql.parquet.int96RebaseModeInRead': 'CORRECTED',
		'spark.sql.parquet.int96RebaseModeInWrite': 'CORRECTED',
		...(environment.driver === undefined ? {} : { 'spark.jars': environment.driver }),
		...(environment.localFiles === undefined ? {} : filesWithoutProcesses(environment.localFiles)),
	}
}

/** Spark looks for the class before it adds `spark.jars`: the jar has to be on the path from the start. */
const filesWithoutProcesses = (jar: string): Readonly<Record<string, string>> => ({
	'spark.driver.extraClassPath': jar,
	'spark.hadoop.fs.file.impl': 'com.globalmentor.apache.hadoop.fs.BareLocalFileSystem',
})
