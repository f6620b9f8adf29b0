import { optionKey, optionKeys, optionProblem, optionValue } from '#pipeline/decisions/options.ts'
import { code } from '#publish/markdown.ts'
import type { Act, Command } from '../command.ts'
import { decide } from '../decide.ts'
import { closest } from '../near.ts'
import { inUnit, unitsFor } from '../units.ts'
import { wordsFor } from '../words.ts'

/** `/migrate set KEY=VALUE`: a setting of this unit alone. */
export const set = {
	takes: 'KEY=VALUE… [--unit UNIT]',
	does: 'sets an option of this unit, such as `workers`, `worker_type`, `timeout_minutes`, `retries` or `parameters.NAME`',
	examples: [
		'/migrate set workers=4',
		'/migrate set worker_type=G.2X retries=1',
		'/migrate set parameters.RUN_DATE=2026-01-31',
	],
	where: 'unit',
	bound: 'head',
	readOnly: false,
	read: wordsFor({ values: [1, 20], options: { unit: 'value' } }, ({ values, options }) => {
		const pairs = values.map(pairOf)
		const problem = pairs.find((pair) => typeof pair === 'string')
		return problem === undefined
			? {
					act: act(
						pairs.filter((pair) => typeof pair !== 'string'),
						options.get('unit'),
					),
				}
			: { problem }
	}),
} as const satisfies Command

type Pair = { readonly key: NonNullable<ReturnType<typeof optionKey>>; readonly value: ReturnType<typeof optionValue> }

function pairOf(text: string): Pair | string {
	const sign = text.indexOf('=')
	if (sign < 1) return `${code(text)} is no \`KEY=VALUE\``
	const [name, given] = [text.slice(0, sign), text.slice(sign + 1)]
	const key = optionKey(name)
	if (key === undefined) return unknownKey(name)
	const value = optionValue(key, given)
	const problem = optionProblem(key, value)
	return problem === undefined ? { key, value } : `${code(given)} is no value of ${code(key)}: ${problem}`
}

function unknownKey(name: string): string {
	const near = closest(
		name,
		optionKeys.flatMap((key) => [key, key.slice(key.indexOf('.') + 1)]),
	)
	const all = [...optionKeys, 'parameters.NAME'].map((key) => code(key)).join(', ')
	return `${code(name)} is no option of a unit${near === undefined ? '.' : `; did you mean ${code(near)}?`} There is ${all}`
}

const act = (pairs: readonly Pair[], wanted: string | undefined): Act =>
	inUnit((scene, talk) => {
		const units = unitsFor(talk, wanted)
		if (units.kind === 'refused') return Promise.resolve(units)
		const decided = pairs.map((entry) => ({ list: 'options', entry }) as const)
		return decide(scene, talk, new Map(units.names.map((unit) => [unit, decided])))
	})
