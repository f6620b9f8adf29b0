/** Sequential files of fixed widths: how they are read and written, on the reference and on Spark. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LinkSpec } from '../../../support/dsx-builder.ts'
import { importJob, operatorOf, outcomeOf, reads, source, target, writes } from '../../../support/dsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'

const columns = [
	{ name: 'CODE', sqlType: 1, precision: 3 },
	{ name: 'N', sqlType: 4, format: 'width=5' },
	{ name: 'NAME', precision: 6, nullable: true, format: "width=6, position=10, null_field='?'" },
	{ name: 'AMOUNT', sqlType: 3, precision: 5, scale: 2 },
	{ name: 'DAY', sqlType: 9 },
]
const format = "final_delim=none, record_delim='\\n', delim=none, quote=none, fill=' '"
const plain = columns.map(({ format: _format, ...column }) => column)
const stages = [source('In'), target('Out')]

function link(more: Partial<LinkSpec> = {}): LinkSpec {
	return {
		name: 'rows',
		from: 'In',
		to: 'Out',
		columns,
		outProperties: reads('/in.txt'),
		outMeta: { SchemaFormat: format },
		inProperties: writes('/out.txt'),
		inMeta: { SchemaFormat: "delim='|', quote=none, null_field='NULL'" },
		...more,
	}
}

/** The file on one side of a Copy, a file with delimiters on the other. */
const reading = importJob({
	stages: [...stages, { name: 'Copy', type: 'PxCopy' }],
	links: [link({ to: 'Copy' }), link({ name: 'copied', from: 'Copy', columns: plain })],
})
const writing = importJob({
	stages: [...stages, { name: 'Copy', type: 'PxCopy' }],
	links: [
		link({ to: 'Copy', columns: plain, outMeta: { SchemaFormat: "delim='|', quote=none, null_field='-'" } }),
		link({
			name: 'copied',
			from: 'Copy',
			columns: columns.filter(({ name }) => name !== 'N'),
			inMeta: { SchemaFormat: "delim=none, quote=none, fill='.'" },
		}),
	],
})

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

describe('a file of fixed widths', () => {
	it('has its columns where their widths, their types and their positions put them', () => {
		const { source: file, schema } = operatorOf(reading, 'In', 'read')
		expect(schema.columns.map(({ name }) => name)).toEqual(['CODE', 'N', 'gap_1', 'NAME', 'AMOUNT', 'DAY'])
		expect(file).toMatchObject({
			layout: { recordDelimiter: '\n', fields: [3, 5, 2, 6, 7, 10].map((width) => ({ kind: 'width', width })) },
		})
		expect(outcomeOf(reading, 'In')).toContain('RG-D095')
	})

	it('rejects records that are too short, and leaves out what is behind the last column', async () => {
		const text = [
			'A      7  Ann    012.502024-01-31',
			'BB   -12xx?     -100.002024-02-29 and more',
			'C      1  Cut    001.002024-01-',
			'',
			'D      x  Not    001.002024-01-01',
			'',
		].join('\n')
		const { expected, actual } = await runBoth(engine, reading, { In: text })
		expect(expected).toEqual({ Out: ['A  |7|Ann   | 012.50|2024-01-31', 'BB |-12|NULL|-100.00|2024-02-29'] })
		expect(actual).toEqual(expected)
	})

	it('reads records without a delimiter one after the other', async () => {
		const short = [
			{ name: 'A', sqlType: 1, precision: 2 },
			{ name: 'B', sqlType: 1, precision: 3 },
		]
		const implicit = importJob({
			stages,
			links: [link({ columns: short, outMeta: { SchemaFormat: 'delim=none, quote=none, record_length=6' } })],
		})
		const { expected, actual } = await runBoth(engine, implicit, { In: 'abcde.fghij.kl' })
		expect(expected).toEqual({ Out: ['ab|cde', 'fg|hij'] })
		expect(actual).toEqual(expected)
	})

	it('is written with blanks behind texts, fill characters in gaps and null fields as wide as their column', async () => {
		const text = 'A|7|Ann|12.5|2024-01-31\nBB|8|-|1|2024-02-29\n'
		const { expected, actual } = await runBoth(engine, writing, { In: text })
		expect(expected).toEqual({ Out: ['A  .......Ann    012.502024-01-31', 'BB .......?      001.002024-02-29'] })
		expect(actual).toEqual(expected)
	})

	it.each([
		['a number narrower than its field', { inMeta: { SchemaFormat: format } }, 'N, a int, is narrower or wider', 'Out'],
		['a text without a width', { columns: [{ name: 'A', precision: 3 }, { name: 'B' }] }, 'A names none', 'In'],
		[
			'columns that overlap',
			{
				columns: [
					{ name: 'A', format: 'width=3' },
					{ name: 'B', format: 'width=3, position=1' },
				],
			},
			'the column B overlaps the one before',
			'In',
		],
		[
			'a record that is too narrow',
			{ outMeta: { SchemaFormat: 'delim=none, record_length=4' } },
			'its columns take 33 characters of a record of 4',
			'In',
		],
	])('is opaque with %s', (_what, more, reason, stage) => {
		expect(outcomeOf(importJob({ stages, links: [link(more)] }), stage)).toContain(reason)
	})
})
