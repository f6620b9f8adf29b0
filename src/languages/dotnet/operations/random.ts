/**
 * Random numbers and identifiers that are made row by row. With a seed the numbers are those of .NET (the subtractive
 * generator of `System.Random`, dotnet/runtime: Random.Net5CompatImpl); without one the run's moment is the seed (RG-D089).
 */
import { createHash } from 'node:crypto'
import type { ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import { atom, call, method } from '../../python.ts'
import type { Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import type { ScriptThing, ScriptValue } from '../runtime.ts'
import { asInt, asList, asText, asThing, raise } from '../runtime.ts'

const { int, double, string, uuid } = scriptTypes
const random: ScriptType = { kind: 'thing', name: 'Random' }
const identifiers: ScriptType = { kind: 'thing', name: 'Identifiers' }

const most = 2_147_483_647

/** The 55 numbers of a new generator, from place 1 on. */
function seeded(seed: number): number[] {
	const numbers = Array.from({ length: 56 }, () => 0)
	const at = (place: number): number => numbers[place] ?? 0
	let last = 161_803_398 - (seed === -most - 1 ? most : Math.abs(seed))
	numbers[55] = last
	let next = 1
	for (let count = 1; count < 55; count += 1) {
		const place = (21 * count) % 55
		numbers[place] = next
		next = last - next
		if (next < 0) next += most
		last = at(place)
	}
	for (let round = 1; round < 5; round += 1) {
		for (let place = 1; place < 56; place += 1) {
			const mixed = (at(place) - at(1 + ((place + 30) % 55))) | 0
			numbers[place] = mixed < 0 ? mixed + most : mixed
		}
	}
	return numbers
}

const generators = new WeakMap<ScriptThing, { readonly numbers: number[]; at: number }>()

function generator(seed: number): ScriptThing {
	const thing: ScriptThing = { kind: 'thing', name: 'Random', state: {} }
	generators.set(thing, { numbers: seeded(seed), at: 0 })
	return thing
}

/** From 0 to one less than the greatest whole number. */
function draw(value: ScriptValue | undefined): number {
	const state = generators.get(asThing(value))
	if (state === undefined) throw new Error('a generator of random numbers that nobody made')
	const { numbers } = state
	state.at = (state.at % 55) + 1
	const place = state.at
	let drawn = (numbers[place] ?? 0) - (numbers[((place + 20) % 55) + 1] ?? 0)
	if (drawn === most) drawn -= 1
	if (drawn < 0) drawn += most
	numbers[place] = drawn
	return drawn
}

const sample = (value: ScriptValue | undefined): number => draw(value) * (1 / most)
const below = (value: ScriptValue | undefined, end: number): number => Math.trunc(sample(value) * end)

const outOfRange = (): never => raise('ArgumentOutOfRangeException', 'The end of a range must not be before its start.')

const drawing = (
	name: string,
	parameters: readonly ScriptType[],
	result: ScriptType,
	evaluate: ScriptOperation['evaluate'],
	python: string,
): Member =>
	instance('Random', name, {
		id: `Random.${name}(${parameters.length})`,
		parameters: [random, ...parameters],
		result,
		isEffect: true,
		isSequence: true,
		evaluate,
		python: ([one, ...args]) => method(one, python, ...args.slice(0, parameters.length)),
	})

const numbers: readonly Member[] = [
	fixed('Random', 'new', {
		id: 'Random.new',
		parameters: [],
		result: random,
		evaluate: (_args, { run }) => generator(Number((run.at.micros / 1000n) & 0x7fff_ffffn)),
		python: () => call('RandomNumbers', call('moment_seed', atom('params'))),
		differences: ['RG-D089'],
	}),
	fixed('Random', 'new', {
		id: 'Random.new(int)',
		parameters: [int],
		result: random,
		evaluate: ([seed]) => generator(Number(asInt(seed))),
		python: ([seed]) => call('RandomNumbers', seed),
	}),
	drawing('NextDouble', [], double, ([one]) => sample(one), 'share'),
	drawing('Next', [], int, ([one]) => BigInt(draw(one)), 'number'),
	drawing(
		'Next',
		[int],
		int,
		([one, end]) => (asInt(end) < 0n ? outOfRange() : BigInt(below(one, Number(asInt(end))))),
		'below',
	),
	drawing(
		'Next',
		[int, int],
		int,
		([one, start, end]) => {
			const size = asInt(end) - asInt(start)
			if (size < 0n) return outOfRange()
			// .NET draws twice for such a range; no script has been seen that asks for one.
			if (size > BigInt(most)) return raise('ArgumentOutOfRangeException', 'The range is too wide.')
			return asInt(start) + BigInt(below(one, Number(size)))
		},
		'between',
	),
]

/** Row by row an identifier from the run's moment, the component and a count: new for each row and run, yet repeatable. */
const identifierMembers: readonly Member[] = [
	fixed('Identifiers', 'new', {
		id: 'Identifiers.new',
		parameters: [string],
		result: identifiers,
		evaluate: ([name], { run }) => ({
			kind: 'thing',
			name: 'Identifiers',
			state: { key: `${run.at.micros} ${asText(name)}`, count: { kind: 'list', items: [0n] } },
		}),
		python: ([name]) => call('Identifiers', call('run_moment', atom('params')), name),
		differences: ['RG-D088'],
	}),
	instance('Identifiers', 'Next', {
		id: 'Identifiers.Next',
		parameters: [identifiers],
		result: uuid,
		isEffect: true,
		isSequence: true,
		evaluate: ([one]) => {
			const { state } = asThing(one)
			const { items } = asList(state['count'] ?? { kind: 'list', items: [] })
			const count = asInt(items[0]) + 1n
			items[0] = count
			return identifier(`${asText(state['key'])} ${count}`)
		},
		python: ([one]) => method(one, 'next'),
	}),
]

/** A version 5 identifier (RFC 9562, 5.5) in the name space of object identifiers. */
function identifier(name: string): string {
	const space = Buffer.from('6ba7b8129dad11d180b400c04fd430c8', 'hex')
	const bytes = createHash('sha1').update(space).update(name, 'utf8').digest().subarray(0, 16)
	bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
	bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
	return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export const randomMembers: readonly Member[] = [...numbers, ...identifierMembers]
