/**
 * Package configurations: values that the engine puts into a package before it runs (Microsoft: Package Configurations). Those
 * of a `.dtsConfig` file beside the package are applied; a variable's value that only the start knows becomes an argument of the job;
 * what else only the machine of the old engine knows is named.
 */

import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import { parentNamespace } from '#model/job.ts'
import type { LineRange } from '#model/provenance.ts'
import { applyValue, configuredVariable, startWithParameter } from './configured-values.ts'
import type { ConfigurationRecord, ConfiguredValueRecord, PackageRecord } from './formats/records.ts'
import { namesSecret } from './formats/secrets.ts'

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
			const argument = asArgument(file, configured, one)
			configured = argument?.record ?? configured
			report(one.name, one.lines, argument?.what ?? `The configuration ${one.name} was not applied.`, whyUnknown(one))
			continue
		}
		for (const { path, value, lines } of source.values) {
			const next = applyValue(configured, path, value)
			if (next === undefined) {
				const why = `It sets ${path}, which no rule of the importer takes from a configuration.`
				report(path, lines, `A value of the configuration ${one.name} was not applied.`, why)
			} else if (next !== 'left-out') configured = next
		}
	}
	return { record: configured, diagnostics }
}

/** Where the one value of a variable comes from, as the namespace of the parameter that takes its place. */
const origins: Partial<Record<ConfigurationRecord['kind'], string>> = {
	environment: 'Environment',
	registry: 'Registry',
	'parent-variable': parentNamespace,
}

/** A value that only the start knows is an argument of the job, which begins with what the package stores. */
function asArgument(
	file: string,
	record: PackageRecord,
	{ kind, source, target, lines }: ConfigurationRecord,
): { readonly record: PackageRecord; readonly what: string } | undefined {
	const origin = origins[kind]
	const found = configuredVariable(record, target)
	if (origin === undefined || found === undefined || found.variable.dataType === OBJECT) return undefined
	const { owner, variable } = found
	const bare = (kind === 'registry' ? variable.name : source).replace(/^.*::/, '')
	const name = `$${origin}::${bare}`
	const next = startWithParameter(record, owner.refId, variable.name, name)
	if (next === undefined || next === 'left-out') return undefined
	const parameter = {
		id: '',
		name,
		dataType: variable.dataType,
		value: variable.value,
		required: false,
		sensitive: namesSecret(variable.name) || namesSecret(bare),
		description: `First value of ${variable.name}`,
		file,
		lines,
	}
	const known = next.parameters.find((one) => one.name === name)
	if (known !== undefined && known.dataType !== variable.dataType) return undefined
	return {
		record: known !== undefined ? next : { ...next, parameters: [...next.parameters, parameter] },
		what: `The first value of ${variable.name} is an argument of the new job, ${name}.`,
	}
}

/** `DTS:DataType` of a variable that holds anything. */
const OBJECT = 13

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
