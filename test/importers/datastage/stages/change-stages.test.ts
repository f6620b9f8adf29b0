import { describe, expect, it } from 'vitest'
import type { ColumnSpec, StageSpec, Values } from '../../../support/dsx-builder.ts'
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

const before: readonly ColumnSpec[] = [
	{ name: 'K', sqlType: 4 },
	{ name: 'V', precision: 5 },
	{ name: 'OLD', precision: 5 },
]
const after: readonly ColumnSpec[] = [
	{ name: 'K', sqlType: -5 },
	{ name: 'V', precision: 5, nullable: true },
	{ name: 'NEW', precision: 5 },
]

const between = (stage: Omit<StageSpec, 'name'>, out: readonly ColumnSpec[], second = after, first = before) =>
	importJob({
		stages: [source('B'), source('A'), { name: 'S', ...stage }, target('Out')],
		links: [
			{ name: 'b', from: 'B', to: 'S', columns: first, outProperties: reads('/b') },
			{ name: 'a', from: 'A', to: 'S', columns: second, outProperties: reads('/a') },
			{ name: 'o', from: 'S', to: 'Out', columns: out, inProperties: writes('/o') },
		],
	})

const key = packed(['key', 'K'])
const code = { name: 'change_code', sqlType: -6 }

describe('Change Capture', () => {
	const capture = (properties: Values, out: readonly ColumnSpec[] = [...after, code]) =>
		between({ type: 'PxChangeCapture', properties: { key, ...properties } }, out)

	it('compares explicit keys and values, in the types of the after input, and drops copies', () => {
		const job = capture({ value: packed(['value', 'V', ['ci\\cs', 'ci']]) })
		expect(operatorOf(job, 'S', 'change-capture')).toMatchObject({
			keys: [{ left: 'K', right: 'K', collation: 'binary' }],
			values: [{ left: 'V', right: 'V', collation: 'caseless' }],
			keeps: ['insert', 'delete', 'edit'],
			codes: { copy: 0n, insert: 1n, delete: 2n, edit: 3n },
			columns: [
				{ name: 'K', take: { kind: 'current' } },
				{ name: 'V', take: { kind: 'current' }, nullable: true },
				{ name: 'NEW', take: { kind: 'after' } },
				{ name: 'change_code', take: { kind: 'code' } },
			],
		})
		expect(operatorOf(job, 'S#types', 'project').columns.map(({ name, type }) => [name, type])).toMatchObject([
			['K', { bits: 64 }],
		])
	})

	it('takes all other columns for values or keys where the mode says so', () => {
		expect(
			operatorOf(capture({ selection: 'allvalues' }), 'S', 'change-capture').values.map(({ right }) => right),
		).toEqual(['V'])
		const keys = capture({ selection: 'allkeys', key: '', value: packed(['value', 'V']) })
		expect(operatorOf(keys, 'S', 'change-capture').keys.map(({ right }) => right)).toEqual(['K'])
	})

	it('honours other codes, another name of their column, and what is dropped', () => {
		const properties = {
			codeField: 'C',
			insertCode: '7',
			'keepCopy\\dropCopy': 'keepCopy',
			'keepDelete\\dropDelete': 'dropDelete',
		}
		const operator = operatorOf(capture(properties, [{ name: 'C', sqlType: 4 }]), 'S', 'change-capture')
		expect(operator).toMatchObject({ codes: { insert: 7n }, keeps: ['insert', 'edit', 'copy'] })
		expect(outcomeOf(capture({ insertCode: '2' }), 'S')).toContain('opaque: two of its changes have the same code')
	})
})

describe('Change Apply', () => {
	const changes = [...before, code]
	const apply = (properties: Values) =>
		between({ type: 'PxChangeApply', properties: { key, selection: 'allvalues', ...properties } }, before, changes)

	it('checks the values of deletes unless told not to', () => {
		expect(operatorOf(apply({}), 'S', 'change-apply').deleteValues.map(({ left }) => left)).toEqual(['V', 'OLD'])
		expect(operatorOf(apply({ ignoreDeleteValues: 'ignoreDeleteValues' }), 'S', 'change-apply').deleteValues).toEqual(
			[],
		)
	})
})

describe('Difference', () => {
	it('gives the columns of both sides, and is given up where one image would hide the other', () => {
		const properties = { key, value: packed(['value', 'V']) }
		const out = [
			{ name: 'K', sqlType: -5 },
			{ name: 'OLD', precision: 5 },
			{ name: 'NEW', precision: 5 },
			{ name: 'diff', sqlType: -6 },
		]
		const operator = operatorOf(between({ type: 'PxDifference', properties }, out), 'S', 'change-capture')
		expect(operator.columns.map(({ name, take }) => [name, take.kind])).toEqual([
			['OLD', 'before'],
			['K', 'current'],
			['V', 'current'],
			['NEW', 'after'],
			['diff', 'code'],
		])
		expect(operator.keeps).toHaveLength(4)
		expect(outcomeOf(between({ type: 'PxDifference', properties }, after), 'S')).toContain(
			'opaque: both inputs have the column V',
		)
	})
})
