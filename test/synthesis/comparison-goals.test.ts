import { describe, expect, it } from 'vitest'
import { synthesisOf } from '#evidence/evidence.ts'
import type { JobSpec } from '../support/dsx-builder.ts'
import { importJob, source, target } from '../support/dsx-builder.ts'
import { from, list, stage, to } from '../support/functional-job.ts'

const state = `K int
	A varchar(5)?
	B int?`

const captured: JobSpec = {
	name: 'Captured',
	stages: [
		source('Before'),
		source('After'),
		stage('C', 'PxChangeCapture', { key: list('key', 'K'), value: list('value', 'A', 'B') }),
		target('Out'),
	],
	links: [from('Before', 'C', state), from('After', 'C', state), to('Out', 'C', `${state}\nchange_code int`)],
}

type Record = readonly string[]

/** Records of both sides that have a key alone, of every run, without the key: "A,B" before and after. */
function pairs(spec: JobSpec): readonly (readonly [Record, Record])[] {
	return synthesisOf(importJob(spec)).scenarios.flatMap(({ flows }) =>
		[...flows.values()].flatMap((inputs) => {
			const [before = [], after = []] = [...inputs.values()].map((data) =>
				data.kind === 'text'
					? data.files.flatMap((file) => file.trimEnd().split('\n')).map((line) => line.split(','))
					: [],
			)
			const of = (records: readonly Record[], key: string | undefined) => records.filter(([own]) => own === key)
			return before.flatMap(([key, ...values]) => {
				const [other, ...more] = of(after, key)
				const isAlone = more.length === 0 && of(before, key).length === 1
				return other === undefined || !isAlone ? [] : [[values, other.slice(1)] as const]
			})
		}),
	)
}

describe('two states of a row', () => {
	const all = pairs(captured)
	const has = (what: (before: Record, after: Record) => boolean) => all.some(([before, after]) => what(before, after))

	it('differ in each value alone', () => {
		expect(has(([a, b], [c, d]) => a !== c && b === d && b !== 'NULL')).toBe(true)
		expect(has(([a, b], [c, d]) => a === c && b !== d && a !== 'NULL')).toBe(true)
	})

	it('have a null before, after, and both times, where all else is the same', () => {
		expect(has(([a, b], [c, d]) => a === 'NULL' && c !== 'NULL' && b === d)).toBe(true)
		expect(has(([a, b], [c, d]) => a !== 'NULL' && c === 'NULL' && b === d)).toBe(true)
		expect(has(([a, b], [c, d]) => a === 'NULL' && c === 'NULL' && b === d)).toBe(true)
		expect(has(([a, b], [c, d]) => a === c && b === 'NULL' && d !== 'NULL')).toBe(true)
	})
})
