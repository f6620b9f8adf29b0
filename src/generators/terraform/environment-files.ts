/**
 * Value files of parameter sets: one `.tfvars` for each environment that the export knows, with the arguments of a unit's jobs.
 * Two units never share a file, because each is written without knowing the other.
 */

import type { Job } from '#model/job.ts'
import { valueText } from '#model/json-values.ts'
import type { Value } from '#model/values.ts'
import { relocate } from '../glue/plan/places.ts'
import type { JobEntry } from '../jobs-file.ts'
import type { TextFile } from './files.ts'

export function environmentFiles(
	unit: { readonly name: string; readonly jobs: readonly Job[] },
	entries: readonly JobEntry[],
	paths: Readonly<Record<string, string>>,
): readonly TextFile[] {
	const environments = new Set(
		unit.jobs.flatMap(({ parameters }) =>
			parameters.flatMap((one) => (one.environments ?? []).map(({ name }) => name)),
		),
	)
	return [...environments].sort().flatMap((environment) => {
		const jobs = entries.flatMap((entry) => {
			const given = argumentsOf(
				entry,
				unit.jobs.find(({ id }) => id === entry.id),
				environment,
				paths,
			)
			return given.length === 0 ? [] : [`  ${hclText(`${unit.name}/${entry.name}`)} = {\n${given.join('\n')}\n  }`]
		})
		if (jobs.length === 0) return []
		const head = `# Values that the exports know for ${environment.replaceAll(/[^ -~]/g, '?')}.`
		const name = environment.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-') || 'environment'
		const text = `${head}\narguments = {\n${jobs.join('\n')}\n}\n`
		return [{ path: `terraform/env/${unit.name}-${name}.tfvars`, text }]
	})
}

function argumentsOf(
	entry: JobEntry,
	job: Job | undefined,
	environment: string,
	paths: Readonly<Record<string, string>>,
): readonly string[] {
	const lines = entry.arguments.flatMap(({ name, parameter, kind }) => {
		const known = kind === 'parameter' ? job?.parameters.find((one) => one.name === parameter) : undefined
		const value = known?.environments?.find((one) => one.name === environment)?.value
		const text = value === undefined ? '' : argumentText(value)
		// The module takes no empty argument: it would mean the default.
		return known === undefined || known.secret || text === '' ? [] : [[name, relocate(text, paths) ?? text] as const]
	})
	const width = Math.max(0, ...lines.map(([name]) => name.length))
	return lines.map(([name, text]) => `    ${name.padEnd(width)} = ${hclText(text)}`)
}

const argumentText = (value: Value): string => (value === null ? '' : valueText(value))

const escapes: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A quoted text of HCL; `${` and `%{` would begin a template. */
function hclText(text: string): string {
	const escaped = text.replaceAll(/["\\\n\r\t]/g, (sign) => escapes[sign] ?? sign)
	return `"${escaped.replaceAll(/[$%](?=\{)/g, '$&$&')}"`
}
