/**
 * Where a configuration puts a value: the paths that the Package Configuration Wizard writes, `\Package\Load.Properties[Disable]`.
 */
import type { ConnectionRecord, ExecutableRecord, PackageRecord } from './formats/records.ts'

/** `left-out`: the new job has no such thing, or has it elsewhere (logins, names, descriptions). */
export type Configuration = PackageRecord | 'left-out' | undefined

const variablePath = /^\\?(Package.*?)\.Variables\[([^\]]+)\]\.(?:Properties\[(\w+)\]|Value)$/
const connectionPath = /^\\?Package\.Connections\[([^\]]+)\]\.Properties\[(\w+)\]$/
const executablePath = /^\\?(Package.*?)\.Properties\[Disable\]$/

/** Undefined for a path that no rule takes, or that leads nowhere. */
export function applyValue(record: PackageRecord, path: string, value: string): Configuration {
	const [, owner, variable, property = 'Value'] = variablePath.exec(path) ?? []
	if (owner !== undefined && variable !== undefined) {
		if (/^(?:Description|Name|Namespace|RaiseChangedEvent|ReadOnly|IncludeInDebugDump)$/.test(property))
			return 'left-out'
		if (property !== 'Value') return undefined
		return changed(record, owner, (executable) => withVariable(executable, variable, (one) => ({ ...one, value })))
	}
	const [, name, setting] = connectionPath.exec(path) ?? []
	if (name !== undefined && setting !== undefined) return withConnection(record, name, setting, value)
	const [, target] = executablePath.exec(path) ?? []
	if (target === undefined) return undefined
	return changed(record, target, (one) => ({ ...one, disabled: /^\s*(?:true|-1|1)\s*$/i.test(value) }))
}

/** The variable that a path sets, with its owner. */
export function configuredVariable(
	{ root }: PackageRecord,
	path: string,
): { readonly owner: ExecutableRecord; readonly variable: ExecutableRecord['variables'][number] } | undefined {
	const [, refId, name, property = 'Value'] = variablePath.exec(path) ?? []
	const owner = property === 'Value' && refId !== undefined ? executableOf(root, refId) : undefined
	const variable = owner?.variables.find((one) => one.name === name)
	return owner === undefined || variable === undefined ? undefined : { owner, variable }
}

/** Begins the variable with a parameter of the job instead of the value that is stored. */
export const startWithParameter = (
	record: PackageRecord,
	owner: string,
	variable: string,
	parameter: string,
): Configuration =>
	changed(record, owner, (executable) => withVariable(executable, variable, (one) => ({ ...one, parameter })))

function executableOf(executable: ExecutableRecord, refId: string): ExecutableRecord | undefined {
	if (executable.refId === refId) return executable
	for (const inner of executable.executables) {
		const found = executableOf(inner, refId)
		if (found !== undefined) return found
	}
	return undefined
}

type Change = (executable: ExecutableRecord) => ExecutableRecord | undefined

function changed(record: PackageRecord, refId: string, change: Change): PackageRecord | undefined {
	const root = changedInside(record.root, refId, change)
	return root === undefined ? undefined : { ...record, root }
}

function changedInside(executable: ExecutableRecord, refId: string, change: Change): ExecutableRecord | undefined {
	if (executable.refId === refId) return change(executable)
	for (const [index, inner] of executable.executables.entries()) {
		const found = changedInside(inner, refId, change)
		if (found !== undefined) return { ...executable, executables: executable.executables.with(index, found) }
	}
	return undefined
}

type Variable = ExecutableRecord['variables'][number]

function withVariable(
	executable: ExecutableRecord,
	variable: string,
	change: (one: Variable) => Variable,
): ExecutableRecord | undefined {
	if (!executable.variables.some((one) => one.name === variable)) return undefined
	return { ...executable, variables: executable.variables.map((one) => (one.name === variable ? change(one) : one)) }
}

/** Parts of a connection string that have a property of their own, under the names that providers give them. */
const parts: Readonly<Record<string, RegExp>> = {
	ServerName: /^\s*(?:data source|server|address)\s*$/i,
	InitialCatalog: /^\s*(?:initial catalog|database)\s*$/i,
}

function withConnection(record: PackageRecord, name: string, setting: string, value: string): Configuration {
	if (!record.connections.some((one) => one.name === name)) return undefined
	// The new job's connections bring their logins.
	if (/^(?:UserName|Password|Name|Description|ProtectionLevel)$/.test(setting)) return 'left-out'
	const change = (one: ConnectionRecord): ConnectionRecord | undefined => {
		if (setting === 'ConnectionString') return { ...one, connectionString: value }
		const part = parts[setting]
		return part === undefined ? undefined : { ...one, connectionString: withPart(one.connectionString, part, value) }
	}
	const connections = record.connections.map((one) => (one.name === name ? change(one) : one))
	const known = connections.filter((one) => one !== undefined)
	return known.length < connections.length ? undefined : { ...record, connections: known }
}

/** A part that is not there stays away: the property of a provider that has no such part says nothing. */
function withPart(connectionString: string, part: RegExp, value: string): string {
	return connectionString
		.split(';')
		.map((one) => (part.test(one.split('=')[0] ?? '') ? `${one.split('=')[0] ?? ''}=${value}` : one))
		.join(';')
}
