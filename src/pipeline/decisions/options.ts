/** Settings that a unit may have for itself, in `decisions.yml` or by `/migrate set`. Nothing else of the config is among them. */
import { type Config, configSchema } from '#config/schema.ts'

/** Where in the config each of them is; the last word alone names it too. */
export const optionKeys = [
	'glue.version',
	'glue.worker_type',
	'glue.workers',
	'glue.timeout_minutes',
	'glue.retries',
	'outputs.terraform',
	'outputs.unit_tests',
	'outputs.documentation',
	'outputs.step_functions',
] as const

export type OptionKey = (typeof optionKeys)[number] | `parameters.${string}`
export type OptionValue = string | number | boolean

/** The key that a person means, with or without its group; undefined where there is none. */
export function optionKey(given: string): OptionKey | undefined {
	const parameter = /^parameters?\.(.+)$/s.exec(given)?.[1]
	if (parameter !== undefined) return `parameters.${parameter}`
	const low = given.toLowerCase().replaceAll('-', '_')
	return optionKeys.find((key) => key === low || key.slice(key.indexOf('.') + 1) === low)
}

/** A value as it is typed, in the type that the key has. */
export function optionValue(key: OptionKey, text: string): OptionValue {
	if (key.startsWith('parameters.')) return text
	if (text === 'true' || text === 'false') return text === 'true'
	return key !== 'glue.version' && /^-?\d{1,9}$/.test(text) ? Number(text) : text
}

/** What keeps a value from being one of the key's; undefined: nothing. The config's own schema says so. */
export function optionProblem(key: OptionKey, value: OptionValue): string | undefined {
	const checked = configSchema.safeParse(partOf(key, value))
	return checked.success ? undefined : checked.error.issues[0]?.message
}

/** A config with the option put in. */
export function withOption(config: Config, key: OptionKey, value: OptionValue): Config {
	const [group, name] = parts(key)
	return configSchema.parse({ ...config, [group]: { ...config[group], [name]: value } })
}

function partOf(key: OptionKey, value: OptionValue): unknown {
	const [group, name] = parts(key)
	return { [group]: { [name]: value } }
}

function parts(key: OptionKey): readonly ['glue' | 'outputs' | 'parameters', string] {
	const name = key.slice(key.indexOf('.') + 1)
	if (key.startsWith('glue.')) return ['glue', name]
	return [key.startsWith('outputs.') ? 'outputs' : 'parameters', name]
}
