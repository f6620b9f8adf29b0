import { afterAll, describe, expect, it } from 'vitest'
import { allConversions, allOperations } from '#languages/registry.ts'
import { localSpark, SET_UP_MS } from '../engines/local-spark/support.ts'
import { conversionCases } from '../support/conversion-samples.ts'
import { isFull, sampled } from '../support/depth.ts'
import { operationCases } from '../support/operation-samples.ts'
import { disagreements } from '../support/parity.ts'
import { conversionFormats } from './conversion-formats.ts'
import { literalSamples } from './literal-samples.ts'

/** In the check of every change one of so many. */
const every = 4
/** Only operations whose id holds this, for work on one of them. */
const only = process.env['REGLUE_OPERATIONS'] ?? ''

describe.runIf(isFull)('operations and conversions give the same on Spark as in the reference (REGLUE_FULL=1)', () => {
	const engine = localSpark()
	afterAll(() => engine.close())

	it.each(['shared.', 'ssis.', 'datastage.', 'basic.'])(
		'%s…',
		async (prefix) => {
			const named = allOperations().filter(({ id }) => id.startsWith(prefix) && id.includes(only))
			const chosen = sampled(named, every)
			const cases = chosen.flatMap((operation) => operationCases(operation, literalSamples))
			expect(await disagreements(engine, cases)).toEqual([])
			expect(cases.length).toBeGreaterThanOrEqual(chosen.length)
		},
		SET_UP_MS * 2,
	)

	it.each(allConversions().map(({ id }) => id))(
		'%s between all types',
		async (id) => {
			const chosen = allConversions().filter((conversion) => conversion.id === id && id.includes(only))
			const all = chosen.flatMap((conversion) => conversionCases(conversion, conversionFormats(conversion.id)))
			const cases = sampled(all, every)
			expect(await disagreements(engine, cases)).toEqual([])
			expect(cases.length).toBeGreaterThanOrEqual(chosen.length)
		},
		SET_UP_MS,
	)
})
