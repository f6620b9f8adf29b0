/** The Action's inputs: the settings of `.github/reglue.yml` by the same names, and what a workflow must say besides. */
import { parse } from 'yaml'
import { parseConfig } from '#config/parse.ts'
import type { Config } from '#config/schema.ts'
import { configSchema } from '#config/schema.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'

export interface Input {
	readonly name: string
	readonly description: string
	readonly default?: string
}

/** What only the Action needs. */
const ownInputs = [
	{
		name: 'token',
		description:
			'Token for the repository: the built-in one, or one of a GitHub App, whose pushes start workflows. It needs write access to contents, pull-requests, checks and issues.',
		default: `\${{ github.token }}`,
	},
	{
		name: 'login',
		description: 'Account that the token belongs to, by which Reglue knows its own comments and commits.',
		default: 'github-actions[bot]',
	},
	{
		name: 'cache',
		description: 'Folder for Spark and what else is fetched once. Keep it with actions/cache.',
		default: `\${{ runner.temp }}/reglue-cache`,
	},
] as const satisfies readonly Input[]

/** All inputs, as `action.yml` lists them. */
export const inputs: readonly Input[] = [
	...ownInputs,
	...Object.entries(configSchema.shape)
		.filter(([key]) => key !== 'version')
		.map(([name, { description = '' }]) => ({ name, description: `${description} YAML; wins over the file.` })),
]

/** Gives the text of an input; empty where the workflow says nothing. */
export type ReadInput = (name: string) => string

export type ActionConfig =
	| { readonly config: Config; readonly diagnostics: readonly [] }
	| { readonly config?: never; readonly diagnostics: readonly Diagnostic[] }

/**
 * The settings that hold: those of the file, with the inputs over them. Maps are joined key by key.
 *
 * @param file text of `.github/reglue.yml` of the default branch; undefined where there is none
 */
export function configOf(file: string | undefined, read: ReadInput, path: string): ActionConfig {
	const base = parseConfig(file ?? '', path)
	if (base.config === undefined) return { diagnostics: base.diagnostics }
	const content: Record<string, unknown> = { ...asMap(parse(file ?? '')) }
	const problems: Diagnostic[] = []
	for (const { name } of inputs.filter((one) => !isOwn(one.name))) {
		const text = read(name).trim()
		if (text === '') continue
		try {
			content[name] = joined(content[name], parse(text))
		} catch (error) {
			problems.push(inputProblem(name, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)))
		}
	}
	const result = configSchema.safeParse(content)
	if (!result.success) {
		problems.push(
			...result.error.issues.map(({ path: keys, message }) => inputProblem(keys.map(String).join('.'), message)),
		)
	}
	return result.success && problems.length === 0 ? { config: result.data, diagnostics: [] } : { diagnostics: problems }
}

const isOwn = (name: string): boolean => ownInputs.some((one) => one.name === name)

function inputProblem(name: string, why: string): Diagnostic {
	const place = { file: 'inputs of the action', path: name, lines: { start: 1, end: 1 } }
	return diagnose('config/invalid', place, { what: `The input \`${name}\` is not valid.`, why })
}

function joined(below: unknown, above: unknown): unknown {
	return isMap(below) && isMap(above) ? { ...below, ...above } : above
}

const asMap = (value: unknown): Readonly<Record<string, unknown>> => (isMap(value) ? value : {})

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
