import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ColumnSpec } from '../../../support/dsx-builder.ts'
import {
	importJob,
	operatorOf,
	outcomeOf,
	packed,
	reads,
	source,
	target,
	writes,
} from '../../../support/dsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const format = { SchemaFormat: "final_delim=end, delim=',', null_field='~', quote=none" }
const input: readonly ColumnSpec[] = [
	{ name: 'ID', sqlType: 4 },
	{ name: 'S', precision: 20, nullable: true },
	{ name: 'D', sqlType: 9, nullable: true },
	{ name: 'P', sqlType: 3, precision: 7, scale: 2, nullable: true },
]

const modify = (specifications: readonly string[], output: readonly ColumnSpec[], meta = {}) =>
	importJob({
		stages: [
			source('In'),
			{
				name: 'M',
				type: 'PxModify',
				properties: {
					modifyspec: packed(...specifications.map((one) => ['modifyspec', one, ['specsuffix', ';']] as const)),
				},
			},
			target('Out'),
		],
		links: [
			{ name: 'a', from: 'In', to: 'M', columns: input, outProperties: reads('/in'), outMeta: format },
			{
				name: 'b',
				from: 'M',
				to: 'Out',
				columns: output,
				inProperties: writes('/out'),
				inMeta: { ...format, ...meta },
			},
		],
	})

describe('Modify', () => {
	it('renames, converts, fills nulls, and keeps what nobody drops', async () => {
		const job = modify(
			[
				'KEY=ID',
				'T:nullable date = date_from_string[%dd/%mm/%yyyy](S)',
				"N:string[max=9] = handle_null(S, 'none')",
				'Y:int16 = year_from_date(D)',
				'U:string[max=3] = substring[1,3](S)',
				"Z = string_trim['0', begin](S); F:decimal[9,2] = P",
			],
			[
				{ name: 'KEY', sqlType: 4 },
				{ name: 'T', sqlType: 9, nullable: true },
				{ name: 'N', precision: 9 },
				{ name: 'Y', sqlType: 5, nullable: true },
				{ name: 'U', precision: 3, nullable: true },
				{ name: 'Z', precision: 20, nullable: true },
				{ name: 'F', sqlType: 3, precision: 9, scale: 2, nullable: true },
				{ name: 'P', sqlType: 3, precision: 7, scale: 2, nullable: true },
			],
		)
		expect(outcomeOf(job, 'M')).toBe('exact')
		const lines = ['1,01/02/2024,2020-02-29,1.50', '2,~,~,~', '3,05/06/0007,1999-12-31,-0.05'].join('\n')
		const { expected, actual, script } = await runBoth(engine, job, { In: `${lines}\n` })
		expect(actual, script).toEqual(expected)
		expect(expected).toEqual({
			Out: [
				'1,2024-02-01,01/02/202,2020,1/0,1/02/2024, 0000001.50, 00001.50',
				'2,~,none,~,~,~,~,~',
				'3,0007-06-05,05/06/000,1999,5/0,5/06/0007,-0000000.05,-00000.05',
			],
		})
	})

	it('keeps or drops columns where others travel along', () => {
		const open = modify(['drop S, D'], [])
		expect(operatorOf(open, 'M#specification', 'project')).toMatchObject({ passThrough: 'all', drop: ['S', 'D'] })
		expect(operatorOf(modify(['keep ID', 'X=S'], []), 'M#specification', 'project')).toMatchObject({
			drop: ['S', 'D', 'P'],
		})
	})

	it('ends the job on a null for a column that takes none', () => {
		const { columns } = operatorOf(
			modify(['X:not_nullable string = S'], [{ name: 'X', precision: 20 }]),
			'M#specification',
			'project',
		)
		expect(columns[0]).toMatchObject({ nullable: false, onNull: { kind: 'fail' } })
	})

	it.each([
		['lookup_string_from_int16[T](ID)', 'is not translated'],
		['X', 'cannot be read'],
		['X = GONE', 'reads the column GONE'],
		['X = upper_everything(S)', 'is not translated'],
		['X:blob = S', 'the type blob'],
		['#p#=S', 'cannot be read'],
	])('refuses %s', (written, reason) => {
		const text = written.includes('=') || written === 'X' ? written : `X = ${written}`
		expect(outcomeOf(modify([text], [{ name: 'X', nullable: true }]), 'M')).toContain(reason)
	})
})
