/**
 * Connection managers that a package names but that neither it nor a given `.conmgr` file holds. What they are used for says
 * enough to go on: the name stands for the database, the config maps it to a new one.
 */
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { LineRange } from '#model/provenance.ts'
import { walk } from '../xml/element.ts'
import type { ConnectionRecord, ExecutableRecord } from './formats/records.ts'

interface Use {
	readonly refId: string
	readonly id: string
	readonly lines: LineRange
}

export interface MissingConnections {
	readonly connections: readonly ConnectionRecord[]
	readonly diagnostics: readonly Diagnostic[]
}

/** Only uses by databases: without its manager, the layout of a file is not known. */
export function findMissing(
	file: string,
	root: ExecutableRecord,
	known: readonly ConnectionRecord[],
): MissingConnections {
	const ids = new Set(known.flatMap((one) => [one.refId, one.id, one.name]))
	const found = new Map<string, ConnectionRecord>()
	const diagnostics: Diagnostic[] = []
	for (const use of usesOf(root)) {
		const key = use.id === '' ? use.refId : use.id
		if (key === '' || ids.has(use.refId) || ids.has(use.id)) continue
		ids.add(key).add(use.refId === '' ? key : use.refId)
		const name = /\[(.*)\]$/.exec(use.refId)?.[1] ?? key
		const refId = use.refId === '' ? key : use.refId
		found.set(key, {
			refId,
			id: use.id,
			name,
			type: 'OLEDB',
			scope: 'project',
			connectionString: '',
			expressions: [],
			file,
			lines: use.lines,
		})
		diagnostics.push(
			diagnose(
				'package/dangling-reference',
				{ file, path: refId, lines: use.lines },
				{
					what: `The connection manager ${name} is not there.`,
					why: 'Neither the package nor a .conmgr file beside it holds it; its name stands for the database.',
					remedy: 'Commit the .conmgr file of the project, or map the connection in the config.',
				},
			),
		)
	}
	return { connections: [...found.values()], diagnostics }
}

/** Pipelines know the name and the GUID, Execute SQL tasks the GUID only: so pipelines come first. */
function usesOf(root: ExecutableRecord): readonly Use[] {
	const pipelines: Use[] = []
	const tasks: Use[] = []
	walk(root.element, ({ name, attributes, lines }) => {
		if (name === 'connection' && /^(OleDb|Runtime)/i.test(attributes.get('name') ?? '')) {
			const id = (attributes.get('connectionManagerID') ?? '').replace(/:\w+$/, '').toUpperCase()
			const refId = attributes.get('connectionManagerRefId') ?? ''
			pipelines.push({ refId, id: id.startsWith('{') ? id : '', lines })
		}
		if (name === 'SQLTask:SqlTaskData') {
			const id = (attributes.get('SQLTask:Connection') ?? '').toUpperCase()
			if (id.startsWith('{')) tasks.push({ refId: '', id, lines })
		}
	})
	return [...pipelines, ...tasks]
}
