/**
 * Files whose paths scripts set: `Dts.Connections["Orders"].ConnectionString = path` (Microsoft: Connecting to Data Sources in
 * the Script Task). What uses the connection later finds the file there, so that the path is a variable of the package.
 */
import type { ConnectionRecord, ExecutableRecord, PackageRecord, VariableRecord } from '../formats/records.ts'
import { scriptOfTask } from './storage.ts'

const namespace = 'Connection'

/** The variable that holds the path of a connection which scripts set. */
const variableFor = (connection: ConnectionRecord): VariableRecord => ({
	name: `${namespace}::${connection.name}`,
	id: '',
	dataType: 8,
	value: connection.connectionString,
	lines: connection.lines,
})

/** May a script set what stands behind this name? */
export const isSetByScripts = (variable: string): boolean => variable.startsWith(`${namespace}::`)

/** The package with a variable for each such path, by which the connection is computed. */
export function withSetConnections(record: PackageRecord): PackageRecord {
	const { root, connections } = record
	const set = connections.filter((one) => isSet(one, root))
	if (set.length === 0) return record
	const computed = (one: ConnectionRecord): ConnectionRecord => {
		const expression = { property: 'ConnectionString', text: `@[${variableFor(one).name}]`, lines: one.lines }
		return set.includes(one) ? { ...one, expressions: [...one.expressions, expression] } : one
	}
	return {
		...record,
		connections: connections.map(computed),
		root: { ...root, variables: [...root.variables, ...set.map(variableFor)] },
	}
}

/** An expression would be computed again and again, whatever a script has set. */
function isSet({ name, type, expressions }: ConnectionRecord, root: ExecutableRecord): boolean {
	const isFile = type === 'FLATFILE' || type === 'FILE'
	if (!isFile || /[[\]"]/.test(name) || expressions.some(({ property }) => property === 'ConnectionString'))
		return false
	return scriptsOf(root).some((text) => text.includes(`"${name}"`) && /\.\s*ConnectionString\s*=(?!=)/.test(text))
}

function scriptsOf(executable: ExecutableRecord): readonly string[] {
	const own = executable.type === 'Microsoft.ScriptTask' ? scriptOfTask(executable.data)?.text : undefined
	const handled = executable.handlers.flatMap(({ executables }) => executables)
	return [...(own === undefined ? [] : [own]), ...[...executable.executables, ...handled].flatMap(scriptsOf)]
}
