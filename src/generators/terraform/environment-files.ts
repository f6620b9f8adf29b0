/**
 * Value files of parameter sets, and environments of the config: one `.tfvars` for each, with the arguments of a unit's jobs.
 * Two units never share a file, because each is written without knowing the other.
 */

import type { Job } from '#model/job.ts'
import { valueText } from '#model/json-values.ts'
import type { Value } from '#model/values.ts'
import type { GenerateOptions } from '../glue/options.ts'
import { relocate } from '../glue/plan/places.ts'
import type { JobEntry } from '../jobs-file.ts'
import type { TextFile } from './files.ts'

type Options = Pick<GenerateOptions, 'paths' | 'environments'>

export function environmentFiles(
	unit: { readonly name: string; readonly jobs: readonly Job[] },
	entries: readonly JobEntry[],
	{ paths, environments = {} }: Options,
): readonly TextFile[] {
	const known = unit.jobs.flatMap(({ parameters }) =>
		parameters.flatMap((one) => (one.environments ?? []).map(({ name }) => name)),
	)
	// `DEV` of an export and `dev` of the config are one environment, and one file.
	const names = new Map([...Object.keys(environments), ...known].sort().map((name) => [slugOf(name), name]))
	return [...names].flatMap(([slug, environment]) => {
		const configured = Object.entries(environments).find(([name]) => slugOf(name) === slug)?.[1] ?? {}
		const jobs = entries.flatMap((entry) => {
			const job = unit.jobs.find(({ id }) => id === entry.id)
			const given = argumentsOf(entry, job, { slug, configured }, paths)
			return given.length === 0 ? [] : [`  ${hclText(`${unit.name}/${entry.name}`)} = {\n${given.join('\n')}\n  }`]
		})
		if (jobs.length === 0) return []
		const head = `# Values for ${environment.replaceAll(/[^ -~]/g, '?')}, as the exports and the config know them.`
		const text = `${head}\narguments = {\n${jobs.join('\n')}\n}\n`
		return [{ path: `terraform/env/${unit.name}-${slug}.tfvars`, text }]
	})
}

const slugOf = (environment: string): string =>
	environment.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-') || 'environment'

function argumentsOf(
	entry: JobEntry,
	job: Job | undefined,
	{ slug, configured }: { readonly slug: string; readonly configured: Readonly<Record<string, string>> },
	paths: Readonly<Record<string, string>>,
): readonly string[] {
	const secrets: string[] = []
	const lines = entry.arguments.flatMap(({ name, parameter, kind }) => {
		const known = kind === 'parameter' ? job?.parameters.find((one) => one.name === parameter) : undefined
		if (known === undefined) return []
		const own = Object.hasOwn(configured, known.name) ? configured[known.name] : undefined
		if (known.secret) {
			if (own !== undefined) secrets.push(`    # ${name} is a secret: its value belongs into no file.`)
			return []
		}
		const value = known.environments?.find((one) => slugOf(one.name) === slug)?.value
		const text = own ?? (value === undefined ? '' : argumentText(value))
		// The module takes no empty argument: it would mean the default.
		return text === '' ? [] : [[name, relocate(text, paths) ?? text] as const]
	})
	const width = Math.max(0, ...lines.map(([name]) => name.length))
	return [...lines.map(([name, text]) => `    ${name.padEnd(width)} = ${hclText(text)}`), ...secrets]
}

const argumentText = (value: Value): string => (value === null ? '' : valueText(value))

const escapes: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A quoted text of HCL; `${` and `%{` would begin a template. */
function hclText(text: string): string {
	const escaped = text.replaceAll(/["\\\n\r\t]/g, (sign) => escapes[sign] ?? sign)
	return `"${escaped.replaceAll(/[$%](?=\{)/g, '$&$&')}"`
}
