/**
 * Small packages, one subject each. Their rows were worked out by hand from Microsoft's documents; the reference must write
 * them, and the generated script too: of every eighth package, of all in the full run (`npm run test:full`).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampled } from '../../support/depth.ts'
import { startSpark, warmUp } from '../../support/run-flow.ts'
import type { Case, Result } from '../../support/ssis-case.ts'
import { byReference, onSpark } from '../../support/ssis-case.ts'
import { cases as control } from './control.ts'
import { cases as derived } from './derived-columns.ts'
import { cases as events } from './events.ts'
import { cases as joining } from './joining.ts'
import { cases as marked } from './marked-rows.ts'
import { cases as shaping } from './shaping.ts'
import { cases as texts } from './text-files.ts'

const subjects = {
	'Derived columns': derived,
	'Text files': texts,
	'Rows brought together': joining,
	'Rows in other shapes': shaping,
	'Rows counted and marked': marked,
	'Control flow': control,
	'Events and results': events,
}

/** Rows have no order unless the subject is their order. */
function check(one: Case, { outputs, failed, opaque }: Result): void {
	expect(opaque).toEqual([])
	if (one.fails !== undefined) {
		expect(failed).toContain(one.fails)
		return
	}
	expect(failed).toBeUndefined()
	const lines = (given: readonly string[] = []) => (one.ordered === true ? given : given.toSorted())
	const expected = Object.entries(one.expected ?? {})
	expect(expected.length).toBeGreaterThan(0)
	for (const [place, wanted] of expected) expect(lines(outputs[place]), place).toEqual(lines(wanted))
}

describe.each(Object.entries(subjects))('%s', (_subject, cases) => {
	it.each(cases)('$name', (one) => check(one, byReference(one)))
})

describe.each([2, 3, 6] as const)('the same in format %d', (format) => {
	const stored = Object.values(subjects)
		.flat()
		.flatMap((one) => (one.inFormat === undefined ? [] : [{ ...one, package: one.inFormat(format) }]))
	it.each(stored)('$name', (one) => check(one, byReference(one)))
})

describe('on Spark', () => {
	const engine = startSpark()
	beforeAll(() => warmUp(engine))
	afterAll(() => engine.close())
	const all = Object.values(subjects).flat()
	it.each(sampled(all, 8))('$name', async (one) => check(one, await onSpark(engine, one)))
})
