/**
 * Package configurations: values that the engine puts into a package before it runs (Microsoft: Package Configurations). Those
 * of a `.dtsConfig` file beside the package are applied; what only the machine of the old engine knows is named.
 */
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { LineRange } from '#model/provenance.ts'
import type { ConfigurationRecord, ConfiguredValueRecord, ExecutableRecord, PackageRecord } from './formats/records.ts'

export interface ConfigurationFile {
	readonly path: string
	readonly values: readonly ConfiguredValueRecord[]
}

export interface Configured {
	readonly record: PackageRecord
	readonly diagnostics: readonly Diagnostic[]
}

/** Later configurations override earlier ones, as in the engine. */
export function applyConfigurations(
	file: string,
	record: PackageRecord,
	files: readonly ConfigurationFile[],
): Configured {
	const diagnostics: Diagnostic[] = []
	const report = (path: string, lines: LineRange, what: string, why: string): void => {
		diagnostics.push(diagnose('package/configuration', { file, path, lines }, { what, why }))
	}
	let configured = record
	for (const one of record.configurations) {
		const source = one.kind === 'file' ? files.find(({ path }) => baseName(path) === baseName(one.source)) : undefined
		if (source === undefined) {
			report(one.name, one.lines, `The configuration ${one.name} was not applied.`, whyUnknown(one))
			continue
		}
		for (const { path, value, lines } of source.values) {
			const next = applyValue(configured, path, value)
			if (next === undefined) {
				const why = `It sets ${path}, which no rule of the importer takes from a configuration.`
				report(path, lines, `A value of the configuration ${one.name} was not applied.`, why)
			} else configured = next
		}
	}
	return { record: configured, diagnostics }
}

const baseName = (path: string): string => (path.split(/[\\/]/).at(-1) ?? '').toLowerCase()

function whyUnknown({ kind, source, target }: ConfigurationRecord): string {
	const values = target === '' ? 'Its values are' : `The value of ${target} is`
	switch (kind) {
		case 'file':
			return `The file ${JSON.stringify(source)} is not beside the package; the values stored in the package hold.`
		case 'environment':
			return `${values} in the environment variable ${JSON.stringify(source)} of the old machine.`
		case 'parent-variable':
		case 'indirect-parent-variable':
			return `${values} in the variable ${JSON.stringify(source)} of the package that calls this one.`
		case 'indirect-file':
			return `${values} in a file that the environment variable ${JSON.stringify(source)} of the old machine names.`
		case 'registry':
		case 'indirect-registry':
			return `${values} in the registry of the old machine.`
		case 'sql-server':
		case 'indirect-sql-server':
			return `${values} in a table of a database: ${source}.`
	}
}

/** Variables, and connection strings of connection managers; undefined for any other path. */
function applyValue(record: PackageRecord, path: string, value: string): PackageRecord | undefined {
	const [, owner, variable] = /^\\?(Package.*?)\.Variables\[([^\]]+)\]\.(?:Properties\[Value\]|Value)$/.exec(path) ?? []
	if (owner !== undefined && variable !== undefined) {
		const root = withVariable(record.root, owner, variable, value)
		return root === undefined ? undefined : { ...record, root }
	}
	const [, name] = /^\\?Package\.Connections\[([^\]]+)\]\.Properties\[ConnectionString\]$/.exec(path) ?? []
	if (name === undefined || !record.connections.some((one) => one.name === name)) return undefined
	const connections = record.connections.map((one) => (one.name === name ? { ...one, connectionString: value } : one))
	return { ...record, connections }
}

function withVariable(
	executable: ExecutableRecord,
	owner: string,
	variable: string,
	value: string,
): ExecutableRecord | undefined {
	if (executable.refId === owner) {
		if (!executable.variables.some((one) => one.name === variable)) return undefined
		const variables = executable.variables.map((one) => (one.name === variable ? { ...one, value } : one))
		return { ...executable, variables }
	}
	for (const [index, inner] of executable.executables.entries()) {
		const changed = withVariable(inner, owner, variable, value)
		if (changed !== undefined) return { ...executable, executables: executable.executables.with(index, changed) }
	}
	return undefined
}
