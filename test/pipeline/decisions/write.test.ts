import { describe, expect, it } from 'vitest'
import { parseDecisions } from '#pipeline/decisions/file.ts'
import type { Decided, Signature } from '#pipeline/decisions/write.ts'
import { writeDecisions } from '#pipeline/decisions/write.ts'

const workers = (value: number): Decided => ({ list: 'options', entry: { key: 'glue.workers', value } })
const landing: Decided = { list: 'mappings', entry: { kind: 'path', from: '/data/in/', to: 's3://landing/' } }
const left: Decided = { list: 'jobs', entry: { job: 'Nightly', decision: 'skipped' } }
const back: Decided = { list: 'jobs', entry: { job: 'Nightly', decision: 'reopened' } }
const signed = (comment: number, by = 'dana'): Signature => ({ by, at: '2026-11-21', comment })

function write(text: string | undefined, ...steps: readonly (readonly [Decided, Signature])[]): string {
	return (
		steps.reduce<string | undefined>((before, [decided, signature]) => {
			const written = writeDecisions(before, [decided], signature)
			if ('problems' in written) throw new Error('the file is not valid')
			return written.text
		}, text) ?? ''
	)
}

describe('the writer of decisions.yml', () => {
	it('begins a file that explains itself', () => {
		const text = write(undefined, [workers(4), signed(7)])
		expect(text).toMatchInlineSnapshot(`
			"# What people decided about this unit, by hand or with /migrate in a comment of its pull request. It is read before
			# anything is generated. Reglue changes only the entries that a command names; comments stay.

			version: 1
			options:
			  - key: glue.workers
			    value: 4
			    by: dana
			    at: 2026-11-21
			    comment: 7
			"
		`)
		expect(parseDecisions(text, 'decisions.yml').diagnostics).toEqual([])
	})

	it('keeps what people wrote, with their comments', () => {
		const mine = [
			'# Agreed with finance on Monday.',
			'version: 1',
			'options:',
			'  - key: glue.workers # twice the usual',
			'    value: 4',
			'mappings:',
			'  # The share of the old server.',
			"  - { kind: path, from: '//old/share/', to: s3://acme-share/ }",
			'',
		].join('\n')
		const text = write(mine, [workers(8), signed(7)], [landing, signed(8)])
		expect(text).toMatchInlineSnapshot(`
			"# Agreed with finance on Monday.
			version: 1
			options:
			  - key: glue.workers # twice the usual
			    value: 8
			    by: dana
			    at: 2026-11-21
			    comment: 7
			mappings:
			  # The share of the old server.
			  - { kind: path, from: '//old/share/', to: s3://acme-share/ }
			  - kind: path
			    from: /data/in/
			    to: s3://landing/
			    by: dana
			    at: 2026-11-21
			    comment: 8
			"
		`)
	})

	it('says the same in whatever order the decisions come', () => {
		const steps = [
			[workers(4), signed(1)],
			[landing, signed(2)],
			[workers(8), signed(3)],
			[left, signed(4)],
			[back, signed(5)],
			[{ list: 'options', entry: { key: 'glue.retries', value: 2 } }, signed(6)],
		] as const satisfies readonly (readonly [Decided, Signature])[]
		const text = write(undefined, ...steps)
		const { decisions } = parseDecisions(write(undefined, ...steps.toReversed()), 'decisions.yml')
		expect(decisions).toEqual(parseDecisions(text, 'decisions.yml').decisions)
		expect(decisions.jobs).toMatchObject([{ job: 'Nightly', decision: 'reopened' }])
		expect(decisions.options).toMatchObject([{ key: 'glue.retries' }, { key: 'glue.workers', value: 8 }])
	})

	it('tells what is too late and what is said already, and then changes nothing', () => {
		const text = write(undefined, [workers(8), signed(3)])
		expect(writeDecisions(text, [workers(4)], signed(2))).toEqual({
			text,
			changed: [],
			known: [],
			overtaken: [workers(4)],
		})
		expect(writeDecisions(text, [workers(8)], signed(9, 'mo'))).toEqual({
			text,
			changed: [],
			known: [workers(8)],
			overtaken: [],
		})
		// The same comment once more, after a death: it is not told that somebody had said so before.
		expect(writeDecisions(text, [workers(8)], signed(3))).toMatchObject({ changed: [], known: [] })
	})

	it('writes nothing into a file that is not valid', () => {
		const written = writeDecisions('version: 1\nengine: local\n', [workers(4)], signed(1))
		expect('problems' in written && written.problems.map(({ why }) => why)).toEqual(['Unrecognized key: "engine"'])
	})

	it('writes texts of any kind so that they are read again as they were', () => {
		const odd = ['yes', '1e3', '- x', '# no comment', 'a: b', '"', "'", '{', '\u00e9\n\t', '*a', '!!str', 'null', ' ']
		for (const to of odd) {
			const text = write(undefined, [{ list: 'mappings', entry: { kind: 'connection', from: to, to } }, signed(1)])
			expect(parseDecisions(text, 'x').decisions.mappings[0]).toMatchObject({ from: to, to })
		}
	})
})
