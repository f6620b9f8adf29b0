import { describe, expect, it } from 'vitest'
import { overloads } from '#languages/dotnet/catalogue.ts'
import type { CallContext } from '#languages/dotnet/operation.ts'
import type { ScriptValue } from '#languages/dotnet/runtime.ts'

const context: CallContext = {
	args: [],
	result: { kind: 'nothing' },
	run: { at: { kind: 'timestamp', micros: 0n }, job: '', project: '', host: '', invocation: '' },
	outside: () => null,
}

function call(name: string, isStatic: boolean, ...args: readonly ScriptValue[]): ScriptValue {
	const found = overloads('Random', name, isStatic).find(({ parameters }) => parameters.length === args.length)
	if (found === undefined) throw new Error(`no ${name} with ${args.length} parameters`)
	return found.evaluate(args, context)
}

/** The numbers that .NET documents by its own tests: RandomTests.cs of dotnet/runtime, and of earlier releases. */
const drawn = [
	[0n, [1_559_595_546n, 1_755_192_844n, 1_649_316_166n, 1_198_642_031n, 442_452_829n, 1_200_195_957n]],
	[1n, [534_011_718n, 237_820_880n, 1_002_897_798n, 1_657_007_234n, 1_412_011_072n, 929_393_559n]],
	[-1n, [534_011_718n, 237_820_880n, 1_002_897_798n, 1_657_007_234n, 1_412_011_072n, 929_393_559n]],
	[42n, [1_434_747_710n, 302_596_119n, 269_548_474n, 1_122_627_734n, 361_709_742n, 563_913_476n]],
	[-5n, [726_643_700n, 610_783_965n, 564_707_973n, 1_342_984_399n, 995_276_750n, 1_993_667_614n]],
	[2_147_483_647n, [1_559_595_546n, 1_755_192_844n, 1_649_316_172n, 1_198_642_031n, 442_452_829n, 1_200_195_955n]],
] as const

describe('System.Random with a seed', () => {
	it.each(drawn)('%s draws the numbers of .NET', (seed, expected) => {
		const random = call('new', true, seed)
		expect(expected.map(() => call('Next', false, random))).toEqual(expected)
	})

	it('takes the least whole number for the greatest, as .NET does', () => {
		const [least, most] = [call('new', true, -2_147_483_648n), call('new', true, 2_147_483_647n)]
		expect(call('Next', false, least)).toBe(call('Next', false, most))
	})

	it('draws from a range, and shares of one', () => {
		const random = call('new', true, 42n)
		expect([1, 2, 3, 4, 5, 6].map(() => call('Next', false, random, 0n, 100n))).toEqual([66n, 14n, 12n, 52n, 16n, 26n])
		const bounded = call('new', true, 12_345n)
		expect([1, 2, 3, 4, 5].map(() => call('Next', false, bounded, 1000n))).toEqual([66n, 70n, 774n, 511n, 797n])
		expect(call('NextDouble', false, call('new', true, 0n))).toBe(0.726_243_269_967_959_8)
	})
})
