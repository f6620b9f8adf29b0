import { describe, expect, it } from 'vitest'
import type { ColumnSpec, JobSpec, LinkSpec, StageSpec, Values } from '../../../support/dsx-builder.ts'
import {
	importJob,
	operatorOf,
	outcomeOf,
	packed,
	reads,
	source,
	target,
	wires,
	writes,
} from '../../../support/dsx-builder.ts'

const columns: readonly ColumnSpec[] = [
	{ name: 'K', sqlType: 4, nullable: true },
	{ name: 'T', precision: 10 },
]

/** In → stage → the outputs. */
function fan(stage: StageSpec, outputs: readonly Partial<LinkSpec>[], parameters: readonly Values[] = []): JobSpec {
	return {
		parameters,
		stages: [source('In'), stage, ...outputs.map((_one, index) => target(`Out${index}`))],
		links: [
			{ name: 'a', from: 'In', to: stage.name, columns, outProperties: reads('/in') },
			...outputs.map((one, index) => ({
				name: `o${index}`,
				from: stage.name,
				to: `Out${index}`,
				columns,
				inProperties: writes(`/out${index}`),
				...one,
			})),
		],
	}
}

describe('Filter', () => {
	const filter = (where: string, more: Values = {}): StageSpec => ({
		name: 'Fi',
		type: 'PxFilter',
		properties: { where, ...more },
	})

	it('sends rows to every link whose clause they meet; clauses of one link are one condition', () => {
		const where = packed(
			['where', 'K > 1', ['target', '1']],
			['where', "t = 'x'", ['target', '0']],
			['where', 'K < 0', ['target', '1']],
		)
		const job = importJob(fan(filter(where), [{}, {}]))
		expect(operatorOf(job, 'Fi', 'route')).toMatchObject({
			mode: 'every',
			routes: [
				{ port: 'out0', condition: { text: '(K > 1) or (K < 0)' } },
				{ port: 'out1', condition: { text: "t = 'x'" } },
			],
			otherwise: [],
		})
		expect(wires(job)).toEqual(expect.arrayContaining(['Fi.out1 > Out0#text.in', 'Fi.out0 > Out1#text.in']))
	})

	it('sends a row to the first link only, and the rest to the reject link', () => {
		const where = packed(['where', 'K > 1'], ['where', 'K > 0'])
		const job = importJob(fan(filter(where, { first: 'first', reject: 'reject' }), [{}, {}, { kind: 'reject' }]))
		expect(operatorOf(job, 'Fi', 'route')).toMatchObject({
			mode: 'first',
			routes: [{ port: 'out0' }, { port: 'out1' }],
			otherwise: [{ port: 'rest0', after: 2 }],
		})
		expect(wires(job)).toContain('Fi.rest0 > Out2#text.in')
	})

	it('is opaque when a clause cannot be read or leads nowhere', () => {
		expect(outcomeOf(importJob(fan(filter(packed(['where', 'K >'])), [{}])), 'Fi')).toMatch(
			/^opaque: the expression K > is not understood/,
		)
		expect(outcomeOf(importJob(fan(filter(packed(['where', 'K > 1', ['target', '4']])), [{}])), 'Fi')).toBe(
			'opaque: no where clause leads to link o0',
		)
	})
})

describe('Transformer', () => {
	const trx = (more: Partial<StageSpec> = {}): StageSpec => ({ name: 'Tx', type: 'CTransformerStage', ...more })
	const variable = (Name: string, Expression: string, more: Values = {}): Values => ({
		Name,
		Expression,
		SqlType: '4',
		...more,
	})

	it('derives columns, by the implicit conversion to their types', () => {
		const out = [
			{ name: 'N', sqlType: 3, precision: 9, scale: 2, nullable: true, derivation: 'a.K + 1' },
			{ name: 'T', derivation: 'a.T' },
			{ name: 'K', sqlType: 4, nullable: true },
		]
		const { columns: derived } = operatorOf(importJob(fan(trx(), [{ columns: out }])), 'Tx#o0', 'project')
		expect(derived).toMatchObject([
			{
				name: 'N',
				value: { text: 'a.K + 1', expression: { kind: 'cast', rule: 'datastage.implicit' } },
				onNull: { kind: 'allow' },
			},
			{ name: 'T', value: { expression: { kind: 'column', name: 'T' } } },
			{ name: 'K', value: { expression: { kind: 'column', name: 'K' } } },
		])
	})

	it('drops a row with a null for a column that takes none, or rejects it when there is a reject link', () => {
		const out = [{ name: 'K', sqlType: 4, derivation: 'a.K' }]
		expect(operatorOf(importJob(fan(trx(), [{ columns: out }])), 'Tx#o0', 'project').columns[0]?.onNull).toEqual({
			kind: 'drop',
		})
		const job = importJob(fan(trx(), [{ columns: out }, { kind: 'reject', out: { ErrorPin: '1' } }]))
		expect(operatorOf(job, 'Tx#o0', 'project').columns[0]?.onNull).toMatchObject({ kind: 'redirect' })
		expect(wires(job)).toContain('Tx#o0.reject > Out1#text.in')
	})

	it('tries constraints independently; the otherwise link gets what no link before it took', () => {
		const job = importJob(fan(trx(), [{ out: { Constraint: 'a.K > 1' } }, { out: { Reject: '1' } }, {}]))
		expect(operatorOf(job, 'Tx#constraints', 'route')).toMatchObject({
			mode: 'every',
			routes: [{ port: 'out0', condition: { text: 'a.K > 1' } }, { port: 'out2' }],
			otherwise: [{ port: 'out1', after: 1 }],
			onNull: { kind: 'false' },
		})
		expect(operatorOf(job, 'Tx#constraints', 'route').routes[1]).not.toHaveProperty('condition')
	})

	it('computes stage variables from top to bottom', () => {
		const collections = { StageVars: [variable('V1', 'a.K * 2'), variable('V2', 'v1 + 1'), variable('K', '7')] }
		const out = [{ name: 'X', sqlType: 4, nullable: true, derivation: 'V2' }]
		const job = importJob(fan(trx({ collections }), [{ columns: out }]))
		expect(operatorOf(job, 'Tx#variables', 'project')).toMatchObject({
			evaluation: 'in-turn',
			passThrough: 'all',
			columns: [{ name: 'V1' }, { name: 'V2' }, { name: 'K_2' }],
		})
		// Whole numbers of 32 bits may not hold either result.
		expect(outcomeOf(job, 'Tx')).toBe('declared: RG-D137: Tx calculates a.K * 2; RG-D137: Tx calculates v1 + 1')
	})

	it('sees that a variable which counts rows stays small', () => {
		const count = variable('N', 'If IsNull(a.T) Then 1 Else N + 1')
		const out = [{ name: 'X', sqlType: 4, nullable: true, derivation: 'N + 10' }]
		const job = importJob(fan(trx({ collections: { StageVars: [count] } }), [{ columns: out }]))
		expect(outcomeOf(job, 'Tx')).not.toContain('RG-D137')
	})

	it('remembers the row before when a variable reads itself or one below it', () => {
		const collections = { StageVars: [variable('LAST', 'NOW', { InitialValue: '5' }), variable('NOW', 'a.K')] }
		const job = importJob(
			fan(trx({ collections }), [{ columns: [{ name: 'X', sqlType: 4, nullable: true, derivation: 'LAST' }] }]),
		)
		expect(operatorOf(job, 'Tx#variables', 'stateful')).toMatchObject({
			variables: [
				{ name: 'LAST', initial: { value: 5n }, value: { expression: { kind: 'column', name: 'NOW' } } },
				{ name: 'NOW', initial: { value: 0n } },
			],
			differences: ['RG-D008'],
		})
		expect(job.diagnostics.map(({ code }) => code)).toContain('order/undefined')
	})

	it('numbers rows for @INROWNUM and @OUTROWNUM', () => {
		const out = [
			{ name: 'N', sqlType: -5, derivation: '@INROWNUM' },
			{ name: 'M', sqlType: -5, derivation: '@OUTROWNUM' },
		]
		const job = importJob(fan(trx(), [{ columns: out, out: { Constraint: 'a.K > 0' } }]))
		expect(operatorOf(job, 'Tx#inrownum', 'number')).toMatchObject({ column: { name: 'INROWNUM' }, start: 1n })
		expect(wires(job)).toEqual(
			expect.arrayContaining([
				'Tx#inrownum.out > Tx#constraints.in',
				'Tx#constraints.out0 > Tx#outrownum.in',
				'Tx#outrownum.out > Tx#o0.in',
			]),
		)
		expect(outcomeOf(job, 'Tx')).toMatch(/^declared: RG-D008/)
	})

	it('reads parameters and members of parameter sets', () => {
		const parameters = [
			{ Name: 'P', Default: '3', ParamType: '2' },
			{ Name: 'S', Default: '(As pre-defined)', ParamType: '13' },
		]
		const out = [{ name: 'X', nullable: true, derivation: 'S.TAG : P' }]
		const job = importJob(fan(trx(), [{ columns: out }], parameters))
		expect(job.parameters.map(({ name, default: value }) => [name, value])).toEqual([
			['P', 3n],
			['S.TAG', undefined],
		])
		expect(operatorOf(job, 'Tx#o0', 'project').columns[0]?.value.expression).toMatchObject({
			operation: 'datastage.concat',
			args: [{ kind: 'parameter', name: 'S.TAG' }, {}],
		})
	})

	it('says that the clock stands still', () => {
		const out = [{ name: 'D', sqlType: 9, derivation: 'CurrentDate()' }]
		expect(outcomeOf(importJob(fan(trx(), [{ columns: out }])), 'Tx')).toBe('declared: RG-D004: Tx reads the clock')
	})

	it.each([
		[
			'a loop without end',
			{ collections: { LoopCondition: [{ Name: '$LoopCondition', Expression: 'a.K > 3' }] } },
			{},
			'its loop condition does not bound @ITERATION by a value that is known before the loop: a.K > 3',
		],
		[
			'cached rows',
			{ collections: { StageVars: [variable('V', 'SaveInputRecord()')] } },
			{},
			'no loop takes the rows that it saves',
		],
		['a row limit', {}, { out: { RowLimit: 'x' } }, 'it ends the job when link o0 has x rows'],
		[
			'an unknown function',
			{},
			{ columns: [{ name: 'X', derivation: 'MyRoutine(a.K)' }] },
			'the expression MyRoutine(a.K) is not understood',
		],
		[
			'a column without derivation',
			{},
			{ columns: [{ name: 'X' }] },
			'the column X has no derivation and may not be null',
		],
	])('is opaque with %s', (_what, stage, link, reason) => {
		expect(outcomeOf(importJob(fan(trx(stage as Partial<StageSpec>), [link as Partial<LinkSpec>])), 'Tx')).toContain(
			`opaque: ${reason}`,
		)
	})
})
