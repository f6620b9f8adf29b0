/** Packages with one script component between a source and a table, or with one that makes rows. */
import type { Job } from '#model/job.ts'
import type { ColumnSpec, ComponentSpec, PortSpec } from '../../../support/dtsx-builder.ts'
import { column, job } from '../component-job.ts'

type Code = { readonly language?: 'csharp' | 'vb'; readonly body: string }

/** The file that the designer makes around what somebody writes. */
function sourceOf({ language = 'csharp', body }: Code): string {
	if (language === 'vb') {
		return `Imports System\nImports System.Data\nImports System.Math\n\n<Microsoft.SqlServer.Dts.Pipeline.SSISScriptComponentEntryPointAttribute> _\n<CLSCompliant(False)> _\nPublic Class ScriptMain\n    Inherits UserComponent\n${body}\nEnd Class\n`
	}
	return `#region Namespaces\nusing System;\nusing System.Text;\n#endregion\n\n[Microsoft.SqlServer.Dts.Pipeline.SSISScriptComponentEntryPointAttribute]\npublic class ScriptMain : UserComponent\n{\n${body}\n}\n`
}

export interface ScriptSpec extends Code {
	/** Columns of the source that the script sees, those with `!` to write as well. */
	readonly input?: readonly string[]
	/** New columns. */
	readonly columns: readonly ColumnSpec[]
	readonly isAsynchronous?: boolean
	/** It has no output: rows end in it. */
	readonly isTarget?: boolean
	readonly properties?: Readonly<Record<string, string>>
	readonly more?: readonly PortSpec[]
	readonly exclusionGroup?: number
	/** Other files of code, by their names. */
	readonly files?: Readonly<Record<string, string>>
	/** Ids of connection managers, which the script knows as `Connection0` and so on. */
	readonly connections?: readonly string[]
	/** Parts of the package beside the data flow. */
	readonly extra?: readonly string[]
}

export function scriptComponent(spec: ScriptSpec): ComponentSpec {
	const { language = 'csharp', input, columns, isAsynchronous = false, properties = {}, files = {} } = spec
	const more = Object.entries(files).flatMap(([name, text]) => [name, 'UTF8', text])
	const inputColumns = (input ?? []).map((name) => ({
		id: `c.in.${name.replace('!', '')}`,
		name: name.replace('!', ''),
		lineage: `s.${name.replace('!', '')}`,
		...(name.endsWith('!') ? { attributes: { usageType: 'readWrite' } } : {}),
	}))
	const synchronous = input === undefined || isAsynchronous ? {} : { synchronousInputId: 'c.in' }
	const group = spec.exclusionGroup === undefined ? {} : { exclusionGroup: spec.exclusionGroup }
	return {
		name: 'Code',
		type: 'Microsoft.ManagedComponentHost',
		properties: {
			UserComponentTypeName: 'Microsoft.ScriptComponentHost',
			ScriptLanguage: language === 'vb' ? 'VisualBasic' : 'CSharp',
			...properties,
		},
		...(spec.connections === undefined ? {} : { connections: spec.connections }),
		arrays: { SourceCode: [language === 'vb' ? 'main.vb' : 'main.cs', 'UTF8', sourceOf(spec), ...more] },
		...(input === undefined ? {} : { inputs: [{ id: 'c.in', name: 'Input 0', columns: inputColumns }] }),
		outputs:
			spec.isTarget === true
				? []
				: [{ id: 'c.out', name: 'Output 0', attributes: { ...synchronous, ...group }, columns }, ...(spec.more ?? [])],
	}
}

/** Columns of the target, by lineage. */
export function table(name: string, from: Readonly<Record<string, ColumnSpec['attributes']>>): ComponentSpec {
	return {
		name,
		type: 'Microsoft.OLEDBDestination',
		properties: { AccessMode: 0, OpenRowset: name },
		connections: ['DB'],
		inputs: [
			{
				id: `${name}.in`,
				columns: Object.keys(from).map((lineage) => ({
					id: `${name}.${lineage}`,
					lineage,
					name: lineage,
					attributes: { externalMetadataColumnId: `${name}/${lineage}` },
				})),
				external: Object.entries(from).map(([lineage, attributes]) => ({
					id: `${name}/${lineage}`,
					name: lineage.split('.').at(-1) ?? lineage,
					...(attributes === undefined ? {} : { attributes }),
				})),
			},
		],
	}
}

/** The source has the columns id and name; the table takes them and what the script adds. */
export function scriptJob(spec: ScriptSpec): Job {
	if (spec.isTarget === true) return job([scriptComponent(spec)], [['src', 'c.in']], ...(spec.extra ?? []))
	const own = Object.fromEntries(spec.columns.map(({ id, attributes }) => [id, attributes]))
	const passed =
		spec.input === undefined || spec.isAsynchronous === true
			? {}
			: { 's.id': { dataType: 'i4' }, 's.name': { dataType: 'wstr', length: 10 } }
	const paths: (readonly [string, string])[] = [
		['c.out', 'T.in'],
		...(spec.input === undefined ? [] : [['src', 'c.in'] as const]),
	]
	return job([scriptComponent(spec), table('T', { ...passed, ...own })], paths, ...(spec.extra ?? []))
}

export const added = (name: string, dataType: string, attributes = {}): ColumnSpec =>
	column(`c.${name}`, name, dataType, attributes)
