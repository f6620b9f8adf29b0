/** Column Import and Column Export, on the reference and on Spark. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ColumnSpec, StageSpec } from '../../../support/dsx-builder.ts'
import { importJob, outcomeOf, packed, reads, source, target, writes } from '../../../support/dsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'

const plain = "delim='|', quote=none, null_field='-'"
const fields = [
	{ name: 'A', precision: 5 },
	{ name: 'N', sqlType: 4, nullable: true },
	{ name: 'D', sqlType: 9 },
]
const named = (...names: readonly string[]) => packed(...names.map((name): [string, string] => ['schema', name]))

interface Spec {
	readonly properties?: Readonly<Record<string, string>>
	readonly format?: string
	readonly columns?: readonly ColumnSpec[]
}

function importing({ properties = {}, format = "delim=',', quote=none, null_field='?'", columns = fields }: Spec) {
	const stage: StageSpec = {
		name: 'Ci',
		type: 'PxColumnImport',
		properties: {
			field: packed(['field', 'TEXT']),
			selection: 'explicit',
			schema: named(...columns.map(({ name }) => name)),
			...properties,
		},
	}
	return importJob({
		stages: [source('In'), stage, target('Out')],
		links: [
			{
				name: 'a',
				from: 'In',
				to: 'Ci',
				columns: [{ name: 'ID' }, { name: 'TEXT', precision: 80 }],
				outProperties: reads('/in'),
				outMeta: { SchemaFormat: plain },
			},
			{
				name: 'b',
				from: 'Ci',
				to: 'Out',
				columns: [{ name: 'ID' }, ...columns],
				outMeta: { SchemaFormat: format },
				inProperties: writes('/out'),
				inMeta: { SchemaFormat: plain },
			},
		],
	})
}

function exporting({ properties = {}, format = "delim=',', quote=double, null_field='?'", columns = fields }: Spec) {
	const stage: StageSpec = {
		name: 'Ce',
		type: 'PxColumnExport',
		properties: {
			field: packed(['field', 'TEXT']),
			type: 'string',
			schema: named(...columns.map(({ name }) => name)),
			...properties,
		},
	}
	return importJob({
		stages: [source('In'), stage, target('Out')],
		links: [
			{
				name: 'a',
				from: 'In',
				to: 'Ce',
				columns: [{ name: 'ID' }, ...columns],
				outProperties: reads('/in'),
				outMeta: { SchemaFormat: plain },
				inMeta: { SchemaFormat: format },
			},
			{
				name: 'b',
				from: 'Ce',
				to: 'Out',
				columns: [{ name: 'ID' }, { name: 'TEXT', precision: 80 }],
				inProperties: writes('/out'),
				inMeta: { SchemaFormat: plain },
			},
		],
	})
}

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

async function lines(job: ReturnType<typeof importJob>, text: string): Promise<unknown> {
	const { expected, actual } = await runBoth(engine, job, { In: text })
	expect('failed' in actual).toBe('failed' in expected)
	if (!('failed' in expected)) expect(actual).toEqual(expected)
	return expected
}

describe('Column Import', () => {
	it('splits a text at its delimiters, and drops rows whose text is another record', async () => {
		const text = '1|x,7,2024-01-31\n2|,?,2024-02-29\n3|x,7\n4|x,7,2024-01-31,\n5|x,seven,2024-01-31\n6|\n'
		expect(await lines(importing({}), text)).toEqual({ Out: ['1|x|7|2024-01-31', '2||-|2024-02-29'] })
		expect(outcomeOf(importing({}), 'Ci')).toBe('exact')
	})

	it('cuts a text by widths', async () => {
		const columns = [
			{ name: 'A', sqlType: 1, precision: 3 },
			{ name: 'N', sqlType: 4, format: 'width=4, position=5' },
		]
		const job = importing({ columns: columns.map(({ format: _format, ...column }) => column), format: 'delim=none' })
		expect(outcomeOf(job, 'Ci')).toContain('N names none')
		const text = importing({
			columns: [
				{ name: 'A', sqlType: 1, precision: 3 },
				{ name: 'B', sqlType: 1, precision: 4 },
			],
			format: 'delim=none, quote=none',
		})
		expect(await lines(text, '1|abcdefg\n2|abcdefghi\n3|abcdef\n')).toEqual({ Out: ['1|abc|defg', '2|abc|defg'] })
	})

	it('ends the job on a row that it rejects in mode Fail', async () => {
		const failing = importing({ properties: { 'saveRejects\\failRejects': 'failRejects' } })
		expect(await lines(failing, '1|x,7,2024-01-31\n')).toEqual({ Out: ['1|x|7|2024-01-31'] })
		expect(await lines(failing, '1|x,7,2024-01-31\n2|x\n')).toHaveProperty('failed')
	})

	it('ends the job where fields may be quoted and one is', async () => {
		const quoted = importing({ format: "delim=','" })
		expect(outcomeOf(quoted, 'Ci')).toContain('RG-D097')
		expect(await lines(quoted, '1|x,7,2024-01-31\n')).toEqual({ Out: ['1|x|7|2024-01-31'] })
		expect(await lines(quoted, '1|"x",7,2024-01-31\n')).toHaveProperty('failed')
	})

	it.each([
		['a schema file', { selection: 'file', schemafile: '/s' }, 'its columns are in the schema file /s'],
		['no column', { schema: '' }, 'it names no column to import'],
		['a field that is not there', { field: packed(['field', 'X']) }, 'it names the column X'],
	])('is opaque with %s', (_what, properties, reason) => {
		expect(outcomeOf(importing({ properties }), 'Ci')).toContain(reason)
	})
})

describe('Column Export', () => {
	it('writes columns into one text as a file would have them', async () => {
		const text = '1|x|7|2024-01-31\n2||-|2024-02-29\n'
		expect(await lines(exporting({}), text)).toEqual({
			Out: ['1|"x","7","2024-01-31"', '2|"",?,"2024-02-29"'],
		})
	})

	it('fills fields up to their widths, and drops rows with a null that has no text', async () => {
		const job = exporting({
			columns: [
				{ name: 'A', sqlType: 1, precision: 3 },
				{ name: 'B', sqlType: 1, precision: 2, nullable: true },
			],
			format: 'delim=none, quote=none',
		})
		expect(await lines(job, '1|x|y\n2|x|-\n3|abc|de\n')).toEqual({ Out: ['1|x  y ', '3|abcde'] })
	})

	it.each([
		[
			'a schema file that is not there',
			{ selection: 'file', schemafile: '/s' },
			'its columns are in the schema file /s',
		],
		['no name for the text', { field: '' }, 'it names no column for the text'],
	])('is opaque with %s', (_what, properties, reason) => {
		expect(outcomeOf(exporting({ properties }), 'Ce')).toContain(reason)
	})
})
