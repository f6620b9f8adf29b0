import { describe, expect, it } from 'vitest'
import { writtenFloats } from '#analysis/written-floats.ts'
import type { Expression } from '#model/expressions.ts'
import type { Operator } from '#model/operators.ts'
import type { DataType } from '#model/types.ts'
import { boolean, decimal, float, text } from '#model/types.ts'
import {
	base,
	call,
	col,
	column,
	derive,
	flow,
	link,
	literal,
	schema,
	tableSource,
	textTarget,
} from '../support/model-builder.ts'

const written = (operand: Expression): Expression => ({ kind: 'cast', rule: 'written', operand, type: text() })

/** The column of the file whose value is this expression over columns F (a float), D (a decimal) and T (a text). */
function isFloat(value: Expression, further: readonly Operator[] = []): boolean {
	const project: Operator = {
		...base('PRJ'),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		columns: [derive('X', value)],
		evaluation: 'together',
		reject: {},
	}
	const target = textTarget('OUT', ['X'])
	const given = schema(column('F', float(64)), column('D', decimal(10, 2)), 'T')
	const ids = ['PRJ', ...further.map(({ id }) => id), 'OUT']
	const dataFlow = flow(
		[tableSource('SRC', given), project, ...further, target],
		[link('SRC > PRJ', given), ...ids.slice(1).map((id, index) => link(`${ids[index]} > ${id}`, schema('X')))],
	)
	return target.kind === 'write' && writtenFloats(dataFlow, target).has('X')
}

const ofType = (name: string, type: DataType): Expression => col(name, type)
const floatText = written(ofType('F', float(64)))

describe('columns of a text file that are floats', () => {
	it('hold a float as text', () => {
		expect(isFloat(floatText)).toBe(true)
		expect(isFloat(written(ofType('D', decimal(10, 2))))).toBe(false)
		expect(isFloat(ofType('T', text()))).toBe(false)
	})
	it('may hold a constant where there is none', () => {
		const condition = call('shared.is-null', boolean, ofType('F', float(64)))
		const chosen = { kind: 'if', condition, onNull: 'otherwise', type: text() } as const
		expect(isFloat({ ...chosen, then: literal(''), otherwise: floatText })).toBe(true)
		expect(isFloat({ ...chosen, then: ofType('T', text()), otherwise: floatText })).toBe(false)
		expect(isFloat({ ...chosen, then: literal('1'), otherwise: literal('2') })).toBe(false)
	})
	it('hold nothing beside it', () => {
		expect(isFloat(call('shared.concat', text(), literal('EUR '), floatText))).toBe(false)
	})
	it('may have passed operators that keep values', () => {
		const filter: Operator = {
			...base('FIL'),
			kind: 'filter',
			condition: { expression: literal(true, boolean), text: 'true' },
			onError: { kind: 'fail' },
		}
		expect(isFloat(floatText, [filter])).toBe(true)
	})
})
