/** What the control flow did outside, against what the reference did. */
import type { Effect as RunEffect } from '#engines/port.ts'
import type { StartEntry } from '#generators/jobs-file.ts'
import type { JsonValue } from '#model/json-values.ts'
import { valueText } from '#model/json-values.ts'
import type { Value } from '#model/values.ts'
import type { Effect } from '#reference/effects.ts'
import { outsideHelpers, statementHelpers } from './outside.ts'

export interface EffectComparison {
	readonly compared: number
	/** In words, for the first that differs. */
	readonly difference?: string
}

/** Statements and calls of helpers in order, with their arguments; white space between words of SQL does not matter. */
export function compareEffects(
	expected: readonly Effect[],
	actual: readonly RunEffect[],
	starts: readonly StartEntry[] = [],
): EffectComparison {
	const calls = actual.filter(isOfControlFlow).map(describeCall)
	for (const [index, effect] of expected.entries()) {
		const [wanted, got] = [describeEffect(effect, starts), calls[index] ?? 'nothing']
		if (wanted !== got) return { compared: index, difference: `expected ${wanted}, the script did ${got}` }
	}
	const more = calls[expected.length]
	if (more === undefined) return { compared: expected.length }
	return { compared: expected.length, difference: `the script did one thing more: ${more}` }
}

/** A statement with a schema reads rows for a data flow; its rows are compared, not its place in the order. */
const isOfControlFlow = ({ helper, args }: RunEffect): boolean =>
	helper === 'sql'
		? (args['schema'] ?? null) === null
		: statementHelpers.includes(helper) || outsideHelpers.includes(helper)

function describeEffect(effect: Effect, starts: readonly StartEntry[]): string {
	if (effect.kind === 'sql') return describeSql(effect.statement, effect.parameters.map(valueText))
	return describeHelper(effect.helper, effect.helper === 'run_job' ? asStarted(effect.args, starts) : effect.args)
}

/** A job under its new name, with the arguments that take its parameters. */
function asStarted(
	args: Extract<Effect, { kind: 'helper' }>['args'],
	starts: readonly StartEntry[],
): Readonly<Record<string, unknown>> {
	const child = starts.find(({ title }) => title === args['job'])
	if (child === undefined) return args
	const given: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(args['parameters'] ?? {}))
	const parameters = Object.entries(given).map(([name, value]): [string, unknown] => [
		child.arguments[name] ?? name,
		value,
	])
	return { job: child.job ?? child.title, parameters: Object.fromEntries(parameters) }
}

function describeCall({ helper, args }: RunEffect): string {
	if (helper === 'sql' || helper === 'sql_kept')
		return describeSql(spelled(args['statement']), list(args['parameters']).map(spelled))
	if (helper === 'sql_call' || helper === 'sql_call_kept') {
		const outputs = list(args['outputs']).map(spelled)
		const inputs = list(args['parameters']).filter(
			(value, index) => value !== null || !outputs.includes(String(index + 1)),
		)
		return describeSql(spelled(args['statement']), inputs.map(spelled))
	}
	return describeHelper(helper, args)
}

const list = (value: JsonValue | undefined): readonly JsonValue[] => {
	const parts: unknown = value
	return Array.isArray(parts) ? (parts as readonly JsonValue[]) : []
}

const spelled = (value: JsonValue | undefined): string =>
	typeof value === 'object' && value !== null ? JSON.stringify(value) : valueText(value ?? null)

const describeSql = (statement: string, parameters: readonly string[]): string =>
	`the statement ${statement.replace(/\s+/g, ' ').trim()} [${parameters.join(', ')}]`

/** Arguments by name, each as text; what is empty or not asked for says nothing. */
function describeHelper(helper: string, args: Readonly<Record<string, unknown>>): string {
	const told = Object.entries(args)
		.filter(([, value]) => !saysNothing(value))
		.toSorted(([left], [right]) => (left < right ? -1 : 1))
		.map(([name, value]) => `${name}=${argumentText(value)}`)
	return `${helper}(${told.join(', ')})`
}

function saysNothing(value: unknown): boolean {
	if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0
	return value === '' || value === false || value === null
}

function argumentText(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(argumentText).join(', ')}]`
	if (typeof value !== 'object' || value === null || 'kind' in value) return valueText(value as Value)
	const entries = Object.entries(value).map(([name, one]) => `${name}: ${argumentText(one)}`)
	return `{${entries.join(', ')}}`
}
