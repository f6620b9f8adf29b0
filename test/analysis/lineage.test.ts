import { describe, expect, it } from 'vitest'
import { columnLineage } from '#analysis/lineage.ts'
import type { Lineage } from '#analysis/lineage-set.ts'
import type { DataFlow, Operator } from '#model/operators.ts'
import { boolean, int, text } from '#model/types.ts'
import {
	base,
	call,
	col,
	derive,
	flow,
	link,
	literal,
	schema,
	tableSource,
	tableTarget,
} from '../support/model-builder.ts'

/** `source.column` of each origin, then `operator.column` of each step. */
const short = ({ origins, steps }: Lineage): string =>
	`${origins.map(({ operator, column }) => `${operator}.${column}`).join(' ')} | ${steps
		.map(({ operator, column, how }) => `${operator}.${column}:${how.kind === 'made' ? how.what : how.kind}`)
		.join(' ')}`.trim()

/** Lineage of the only target's columns, by name. */
function lineageOf(dataFlow: DataFlow): Record<string, string> {
	const [target] = columnLineage(dataFlow)
	return Object.fromEntries(target?.columns.map(({ column, lineage }) => [column.name, short(lineage)]) ?? [])
}

/** SRC(A, B) → the operator → TGT with the columns given. */
const between = (operator: Operator, ...columns: readonly string[]): DataFlow =>
	flow(
		[tableSource('SRC', schema('A', 'B')), operator, tableTarget('TGT', schema(...columns))],
		[link(`SRC > ${operator.id}`, schema('A', 'B')), link(`${operator.id} > TGT`, schema(...columns))],
	)

const project = (
	columns: Extract<Operator, { kind: 'project' }>['columns'],
	changes: Partial<Extract<Operator, { kind: 'project' }>> = {},
): Operator => ({
	...base('PRJ'),
	kind: 'project',
	passThrough: 'none',
	drop: [],
	columns,
	evaluation: 'together',
	reject: {},
	...changes,
})

const concatenated = (...names: readonly string[]) => call('shared.concat', text(), ...names.map((name) => col(name)))

describe('lineage of the columns of a target', () => {
	it('names the source column of a value that only passes or is renamed, without a step', () => {
		expect(lineageOf(between(project([derive('X', col('A'))]), 'X'))).toEqual({ X: 'SRC.A |' })
	})

	it('names every source column of an expression, and the expression as a step', () => {
		const dataFlow = between(project([derive('X', concatenated('B', 'A'))]), 'X')
		expect(lineageOf(dataFlow)).toEqual({ X: 'SRC.B SRC.A | PRJ.X:expression' })
		expect(columnLineage(dataFlow)[0]?.columns[0]?.lineage.steps[0]?.how).toMatchObject({
			value: { text: 'as written' },
		})
	})

	it('gives constants a step and no source column', () => {
		expect(lineageOf(between(project([derive('X', literal('fixed'))]), 'X'))).toEqual({ X: '| PRJ.X:expression' })
	})

	it('lets a later expression see an earlier one in turn, but not together', () => {
		const columns = [derive('A', concatenated('A', 'B')), derive('Y', col('A'))]
		expect(lineageOf(between(project(columns), 'Y'))).toEqual({ Y: 'SRC.A |' })
		expect(lineageOf(between(project(columns, { evaluation: 'in-turn' }), 'Y'))).toEqual({
			Y: 'SRC.A SRC.B | PRJ.A:expression',
		})
	})

	it('forgets a dropped column and takes a derived one in place of one that passes', () => {
		const operator = project([derive('A', literal('x'))], { passThrough: 'all', drop: ['B'] })
		expect(lineageOf(between(operator, 'A', 'B'))).toEqual({ A: '| PRJ.A:expression', B: '|' })
	})

	it('takes joined columns from the side that gives them', () => {
		const join: Operator = {
			...base('JOIN'),
			kind: 'join',
			how: 'inner',
			keys: [{ left: 'ID', right: 'ID', collation: 'binary' }],
			nullsEqual: false,
			columns: [
				{ name: 'ID', side: 'left', column: 'ID', whenMissing: null },
				{ name: 'NAME', side: 'right', column: 'N', whenMissing: null },
			],
		}
		const dataFlow = flow(
			[
				tableSource('L', schema('ID')),
				tableSource('R', schema('ID', 'N')),
				join,
				tableTarget('TGT', schema('ID', 'NAME')),
			],
			[
				link('L > JOIN.left', schema('ID')),
				link('R > JOIN.right', schema('ID', 'N')),
				link('JOIN > TGT', schema('ID', 'NAME')),
			],
		)
		expect(lineageOf(dataFlow)).toEqual({ ID: 'L.ID |', NAME: 'R.N |' })
	})

	it('puts a looked-up column in place of the input column of its name, but not in rejected rows', () => {
		const lookup: Operator = {
			...base('LKP'),
			kind: 'lookup',
			keys: [{ left: 'A', right: 'K', collation: 'binary' }],
			nullsEqual: false,
			match: 'first',
			onConditionNotMet: 'fail',
			onMiss: 'reject',
			take: [{ name: 'A', side: 'right', column: 'V', whenMissing: null }],
			reject: { errorCode: 'ErrorCode' },
			missCode: 1,
		}
		const dataFlow = flow(
			[
				tableSource('SRC', schema('A')),
				tableSource('REF', schema('K', 'V')),
				lookup,
				tableTarget('HIT', schema('A')),
				tableTarget('MISS', schema('A', 'ErrorCode')),
			],
			[
				link('SRC > LKP', schema('A')),
				link('REF > LKP.reference', schema('K', 'V')),
				link('LKP > HIT', schema('A')),
				link('LKP.reject > MISS', schema('A', 'ErrorCode')),
			],
		)
		expect(
			columnLineage(dataFlow).map(({ target, columns }) => [target, ...columns.map(({ lineage }) => short(lineage))]),
		).toEqual([
			['HIT', 'REF.V |'],
			['MISS', 'SRC.A |', '| LKP.ErrorCode:error number'],
		])
	})

	it('joins the sources of a union, each once', () => {
		const union: Operator = {
			...base('ALL'),
			kind: 'union',
			how: 'arrival',
			inputs: 2,
			keys: [],
			columns: [
				{ column: { name: 'X', type: text(), nullable: true }, from: ['A', 'B'] },
				{ column: { name: 'Y', type: text(), nullable: true }, from: ['A', null] },
			],
		}
		const dataFlow = flow(
			[tableSource('ONE', schema('A')), tableSource('TWO', schema('B')), union, tableTarget('TGT', schema('X', 'Y'))],
			[link('ONE > ALL.in0', schema('A')), link('TWO > ALL.in1', schema('B')), link('ALL > TGT', schema('X', 'Y'))],
		)
		expect(lineageOf(dataFlow)).toEqual({ X: 'ONE.A TWO.B |', Y: 'ONE.A |' })
	})

	it('shows a measure as a step behind its column, and a count of rows without one', () => {
		const measure = { type: int(64), nullable: true, whenEmpty: null, collation: 'binary' } as const
		const aggregate: Operator = {
			...base('AGG'),
			kind: 'aggregate',
			keys: [{ column: 'A', name: 'KEY', collation: 'binary' }],
			measures: [
				{ ...measure, name: 'TOTAL', function: 'sum', column: 'B' },
				{ ...measure, name: 'ROWS', function: 'count-rows' },
			],
			rowForNoInput: false,
			ordered: false,
		}
		expect(lineageOf(between(aggregate, 'KEY', 'TOTAL', 'ROWS'))).toEqual({
			KEY: 'SRC.A |',
			TOTAL: 'SRC.B | AGG.TOTAL:measure',
			ROWS: '| AGG.ROWS:measure',
		})
	})

	it('follows variables that remember the row before through each other, without end', () => {
		const variable = (name: string, ...reads: readonly string[]) => ({
			name,
			type: text(),
			initial: literal(''),
			value: { expression: concatenated(...reads), text: name },
			provenance: base(name).provenance,
		})
		const stateful: Operator = {
			...base('SV'),
			kind: 'stateful',
			variables: [variable('P', 'Q', 'A'), variable('Q', 'P'), variable('R', 'B')],
		}
		expect(lineageOf(between(stateful, 'P', 'Q', 'R'))).toEqual({
			P: 'SRC.A | SV.Q:expression SV.P:expression',
			Q: 'SRC.A | SV.P:expression SV.Q:expression',
			R: 'SRC.B | SV.R:expression',
		})
	})

	it('passes rows of a filter on, whatever its condition reads', () => {
		const filter: Operator = {
			...base('FLT'),
			kind: 'filter',
			condition: { expression: call('shared.is-null', boolean, col('B')), text: 'IsNull(B)' },
			onError: { kind: 'fail' },
		}
		expect(lineageOf(between(filter, 'A'))).toEqual({ A: 'SRC.A |' })
	})

	it('names what an operator makes by itself', () => {
		const number: Operator = {
			...base('NO'),
			kind: 'number',
			column: { name: 'N', type: int(64), nullable: false },
			start: 1n,
			step: 1n,
		}
		expect(lineageOf(between(number, 'A', 'N'))).toEqual({ A: 'SRC.A |', N: '| NO.N:number' })
	})

	it('says that nobody can tell behind an operator that was not translated', () => {
		const opaque: Operator = { ...base('PVT'), kind: 'opaque', sourceType: 'PxPivot', reason: 'pivots', text: '' }
		expect(lineageOf(between(opaque, 'A'))).toEqual({ A: '| PVT.A:unknown' })
	})

	it('finds columns that travel along by name at the source that gives them', () => {
		const dataFlow = flow(
			[tableSource('SRC', { columns: [], open: true }), tableTarget('TGT', schema('Z'))],
			[link('SRC > TGT', { columns: [], open: true })],
		)
		expect(lineageOf(dataFlow)).toEqual({ Z: 'SRC.Z |' })
	})

	it('stays quick and small in a long chain that uses a column again and again', () => {
		const count = 200
		const steps = Array.from(
			{ length: count },
			(_none, index): Operator => ({
				...base(`P${index}`),
				kind: 'project',
				passThrough: 'none',
				drop: [],
				columns: [derive('A', concatenated('A', 'B')), derive('B', concatenated('B', 'A'))],
				evaluation: 'together',
				reject: {},
			}),
		)
		const names = ['SRC', ...steps.map(({ id }) => id), 'TGT']
		const dataFlow = flow(
			[tableSource('SRC', schema('A', 'B')), ...steps, tableTarget('TGT', schema('A'))],
			names.slice(1).map((name, index) => link(`${names[index] ?? ''} > ${name}`, schema('A', 'B'))),
		)
		const lineage = columnLineage(dataFlow)[0]?.columns[0]?.lineage
		expect(lineage?.origins).toHaveLength(2)
		expect(lineage?.steps).toHaveLength(2 * count - 1)
	})
})
