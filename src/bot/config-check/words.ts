/** The settings that hold, as sentences: what people agree to when they merge a change of them. */
import { leastRoles } from '#config/permissions.ts'
import type { Config } from '#config/schema.ts'
import { code } from '#publish/markdown.ts'

export function settingsInWords(config: Config): readonly string[] {
	const { sources, branch, output, unit, glue, outputs, limits, engine } = config
	const written = Object.entries(outputs).filter(([, wanted]) => wanted)
	return [
		`Reglue watches the branch ${code(branch)}. Exports are ${sources.map((glob) => code(glob)).join(' and ')}.`,
		units[unit],
		`It writes below ${code(`${output}/`)}: scripts${written.map(([key]) => `, ${names[key] ?? key}`).join('')}.`,
		`Jobs run on Glue ${glue.version} with ${glue.workers} workers of type ${code(glue.worker_type)}, ${glue.timeout_minutes} minutes at most.`,
		engine.check === 'none'
			? 'The check runs nothing: there is no evidence beyond well-formed scripts.'
			: 'The check runs each job on the machine of Reglue, against the source job.',
		...mapped(config),
		`At most ${limits.open_pull_requests} pull requests for new units are open at a time, and Reglue writes ${limits.comments_per_hour} comments an hour at most.`,
		...raised(config),
	]
}

const units = {
	auto: 'An SSIS project, or any other export file, is one pull request.',
	file: 'Each export file is one pull request.',
	folder: 'Each folder with exports is one pull request.',
} as const satisfies Readonly<Record<Config['unit'], string>>

const names: Readonly<Record<string, string>> = {
	terraform: 'Terraform',
	unit_tests: 'tests with their data',
	documentation: 'mapping documents',
	step_functions: 'state machines of job sequences',
}

function mapped({ paths, connections, tables, columns, parameters }: Config): readonly string[] {
	const parts = [
		[Object.keys(paths).length, 'path', 'paths'],
		[Object.keys(connections).length, 'connection', 'connections'],
		[Object.keys(tables).length, 'table', 'tables'],
		[Object.keys(columns).length, 'column', 'columns'],
		[Object.keys(parameters).length, 'parameter', 'parameters'],
	] as const
	const said = parts.flatMap(([count, one, many]) => (count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]))
	return said.length === 0 ? [] : [`It maps ${said.join(', ')}.`]
}

function raised({ permissions }: Config): readonly string[] {
	const more = Object.entries(permissions).filter(
		([verb, role]) => !Object.entries(leastRoles).some(([key, least]) => key === verb && least === role),
	)
	if (more.length === 0) return []
	return [
		`Commands that need more than usual: ${more.map(([verb, role]) => `${code(verb)} needs ${code(role)}`).join(', ')}.`,
	]
}
