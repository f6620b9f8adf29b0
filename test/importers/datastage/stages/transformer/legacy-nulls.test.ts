import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ColumnSpec, LinkSpec, Values } from '../../../../support/dsx-builder.ts'
import { importJob, outcomeOf, reads, source, target, writes } from '../../../../support/dsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const columns: readonly ColumnSpec[] = [
	{ name: 'K', precision: 10 },
	{ name: 'A', precision: 10, nullable: true },
	{ name: 'B', precision: 10, nullable: true },
]
const plain = { SchemaFormat: "final_delim=end, delim=',', quote=none, null_field='-'" }

/** In → T → Out, and to Rejected when `rejects`; K passes, X is derived. */
function job(
	derivation: string,
	options: {
		readonly constraint?: string
		readonly rejects?: boolean
		readonly old?: boolean
		readonly variable?: string
	} = {},
) {
	const variables: readonly Values[] =
		options.variable === undefined ? [] : [{ Name: 'V', Expression: options.variable, SqlType: '12', Precision: '20' }]
	const rejects: readonly LinkSpec[] =
		options.rejects === true
			? [
					{
						name: 'r',
						from: 'T',
						to: 'Rejected',
						kind: 'reject',
						columns,
						out: { ErrorPin: '1' },
						inProperties: writes('/rejected'),
						inMeta: plain,
					},
				]
			: []
	return importJob({
		stages: [
			source('In'),
			{
				name: 'T',
				type: 'CTransformerStage',
				values: options.old === false ? {} : { OldNullHandling: '1' },
				collections: { StageVars: variables },
			},
			target('Out'),
			...(rejects.length > 0 ? [target('Rejected')] : []),
		],
		links: [
			{ name: 'i', from: 'In', to: 'T', columns, outProperties: reads('/in'), outMeta: plain },
			{
				name: 'o',
				from: 'T',
				to: 'Out',
				columns: [
					{ name: 'K', precision: 10, derivation: 'i.K' },
					{ name: 'B', precision: 10, nullable: true, derivation: 'i.B' },
					{ name: 'X', precision: 30, nullable: true, derivation },
				],
				inProperties: writes('/out'),
				inMeta: plain,
				...(options.constraint === undefined ? {} : { out: { Constraint: options.constraint } }),
			},
			...rejects,
		],
	})
}

const input = 'full,a,b\nno-a,-,b\nno-b,a,-\nnone,-,-\n'

async function written(spec: ReturnType<typeof job>): Promise<Readonly<Record<string, readonly string[]>>> {
	const { expected, actual } = await runBoth(engine, spec, { In: input }, { ordered: true })
	expect(actual).toEqual(expected)
	if ('failed' in expected) throw new Error(`failed at ${String(expected.failed)}`)
	return expected
}

describe('legacy null processing', () => {
	it('drops a row whose expression reads a null; a column that only passes may be null', async () => {
		expect(await written(job('i.A : "!"'))).toEqual({ Out: ['full,b,a!', 'no-b,-,a!'] })
	})

	it('rejects it where a reject link is', async () => {
		expect(await written(job('i.A : "!"', { rejects: true }))).toEqual({
			Out: ['full,b,a!', 'no-b,-,a!'],
			Rejected: ['no-a,-,b', 'none,-,-'],
		})
	})

	it('is silent about nulls in null functions and in branches that a row does not take', async () => {
		const guarded = 'If IsNull(i.A) Then "none" Else i.A : NullToEmpty(i.B)'
		expect(await written(job(guarded))).toEqual({ Out: ['full,b,ab', 'no-a,b,none', 'no-b,-,a', 'none,-,none'] })
	})

	it('knows no short cut: both sides of an Or are read', async () => {
		const both = 'If IsNull(i.A) Or i.A = "" Then "none" Else i.A'
		expect(await written(job(both))).toEqual({ Out: ['full,b,a', 'no-b,-,a'] })
	})

	it('holds for variables and constraints too', async () => {
		expect(await written(job('V', { variable: 'i.B : "?"', constraint: 'i.A = "a"' }))).toEqual({ Out: ['full,b,b?'] })
	})

	it('does not compute the columns of a link that the row does not take', async () => {
		expect(await written(job('i.A : "!"', { constraint: 'i.K <> "none"' }))).toEqual({
			Out: ['full,b,a!', 'no-b,-,a!'],
		})
	})

	it('is not that of a new stage: there the result is null', async () => {
		expect(await written(job('i.A : "!"', { old: false }))).toEqual({
			Out: ['full,b,a!', 'no-a,b,-', 'no-b,-,a!', 'none,-,-'],
		})
	})

	it('is refused in variables that remember the row before', () => {
		const spec = job('V', { variable: 'V : i.A' })
		expect(outcomeOf(spec, 'T')).toBe(
			'opaque: it handles nulls in the way of versions before 8.5, in variables that remember the row before',
		)
	})
})
