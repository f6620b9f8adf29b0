/** Packages of one Script Task. */
import { dtsxImporter } from '#importers/ssis/importer.ts'
import type { Job } from '#model/job.ts'
import { dtsx } from '../../../support/dtsx-builder.ts'

export const x = dtsx(8)

const project = (code: string, language: string, readOnly: string, readWrite: string): string =>
	`<ScriptProject Name="ST_1" Language="${language}" ReadOnlyVariables="${readOnly}" ReadWriteVariables="${readWrite}"><ProjectItem Name="ScriptMain.${language === 'CSharp' ? 'cs' : 'vb'}" Encoding="UTF8"><![CDATA[${code}]]></ProjectItem></ScriptProject>`

export function csharp(main: string, more = ''): string {
	return `using System;\nusing System.IO;\nusing Microsoft.SqlServer.Dts.Runtime;\nnamespace ST_1 {\n[Microsoft.SqlServer.Dts.Tasks.ScriptTask.SSISScriptTaskEntryPointAttribute]\npublic partial class ScriptMain : Microsoft.SqlServer.Dts.Tasks.ScriptTask.VSTARTScriptObjectModelBase {\n${more}\npublic void Main() {\n${main}\nDts.TaskResult = (int)ScriptResults.Success;\n}\nenum ScriptResults { Success = Microsoft.SqlServer.Dts.Runtime.DTSExecResult.Success, Failure = Microsoft.SqlServer.Dts.Runtime.DTSExecResult.Failure };\n}\n}`
}

export const scriptTask = (
	name: string,
	code: string,
	reads: readonly string[],
	writes: readonly string[],
	language = 'CSharp',
): string => x.executable(name, 'Microsoft.ScriptTask', project(code, language, reads.join(','), writes.join(',')))

/** A package of one script task that may write the variables named, with the variables Name (text), Count and Found (whole numbers), Day (a date). */
export function taskJob(
	code: string,
	language = 'CSharp',
	extra: readonly string[] = [],
	writes: readonly string[] = [],
): Job {
	const data = x.package(
		'P',
		...extra,
		x.variable('Name', 8, 'C:\\in\\orders_2024.csv'),
		x.variable('Count', 3, '7'),
		x.variable('Found', 3, '0'),
		x.variable('Day', 7, '2024-02-29T00:00:00'),
		x.executables(
			scriptTask('Code', code, ['User::Count', 'User::Day'], ['User::Name', 'User::Found', ...writes], language),
		),
	)
	const [job] = dtsxImporter.read({ file: { path: 'p.dtsx', bytes: data }, companions: [] }).jobs
	if (job === undefined) throw new Error('no job was read')
	const [item] = job.accounting.filter(({ name }) => name === 'Code')
	if (item?.outcome === 'opaque') throw new Error(item.reason)
	return job
}
