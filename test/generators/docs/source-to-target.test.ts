import { describe, expect, it } from 'vitest'
import { sourceToTarget } from '#generators/docs/source-to-target.ts'
import type { PysparkScope } from '#languages/pyspark.ts'
import { atom, fn } from '#languages/python.ts'
import type { Operator } from '#model/operators.ts'
import { text } from '#model/types.ts'
import {
	base,
	call,
	col,
	derive,
	flow,
	link,
	literal,
	schema,
	sourced,
	tableSource,
	tableTarget,
} from '../../support/model-builder.ts'

const scope: PysparkScope = {
	column: (name) => fn('col', name),
	parameter: (name) => atom(name),
	variable: (name) => atom(name),
	runAt: atom('run_at'),
	runFact: () => atom('fact'),
}

const upper = call('shared.is-null', text(), col('A'))

function mapping(columns: Extract<Operator, { kind: 'project' }>['columns'], source = 'SRC', target = 'TGT'): string {
	const project: Operator = {
		...base('XFM'),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		columns,
		evaluation: 'together',
		reject: {},
	}
	const names = schema(...columns.map(({ name }) => name))
	return sourceToTarget(
		flow(
			[tableSource(source, schema('A')), project, tableTarget(target, names)],
			[link(`${source} > XFM`, schema('A')), link(`XFM > ${target}`, names)],
		),
		scope,
	)
}

describe('source-to-target mapping', () => {
	it('puts the exported and the converted expression of a column side by side, with its source', () => {
		expect(mapping([derive('X', upper, { value: sourced(upper, 'IsNull(lnk.A)') })])).toBe(
			[
				'#### TGT',
				'',
				'| Target column | Type | Source columns | Stage | As exported | As converted |',
				'|---|---|---|---|---|---|',
				'| X | string | `SRC.A` | XFM: X | `IsNull(lnk.A)` | `F.col("A").isNull()` |',
			].join('\n'),
		)
	})

	it('says that a value that only passes is as it is', () => {
		expect(mapping([derive('X', col('A'))])).toContain('| X | string | `SRC.A` |  | as it is |  |')
	})

	it('names no source for a constant', () => {
		expect(mapping([derive('X', literal('n/a'))])).toContain('| X | string | none | XFM: X | `as written` |')
	})

	it('lets nothing from an export out of its cell', () => {
		const hostile = 'a|b\n## <img src=x> @all'
		const printed = mapping([derive('X|Y', upper, { value: sourced(upper, hostile) })], 'S', 'T|*b*')
		expect(printed).toContain('#### T\\|\\*b\\*')
		expect(printed).toContain('X\\|Y')
		expect(printed).toContain('`a\\|b ## <img src=x> @all`')
		const rows = printed.split('\n').slice(2)
		expect(rows.map((row) => row.split(/(?<!\\)\|/).length)).toEqual(rows.map(() => 8))
	})

	it('shows no secret that an expression holds', () => {
		const printed = mapping([derive('X', upper, { value: sourced(upper, 'Password=hunter22;') })])
		expect(printed).not.toContain('hunter22')
	})

	it('counts what it leaves out of a very long list of sources', () => {
		const names = Array.from({ length: 20 }, (_none, index) => `C${index}`)
		const wide: Operator = {
			...base('ALL'),
			kind: 'union',
			how: 'arrival',
			inputs: 20,
			keys: [],
			columns: [{ column: { name: 'X', type: text(), nullable: true }, from: names }],
		}
		const printed = sourceToTarget(
			flow(
				[...names.map((name) => tableSource(`S${name}`, schema(name))), wide, tableTarget('TGT', schema('X'))],
				[
					...names.map((name, index) => link(`S${name} > ALL.in${index}`, schema(name))),
					link('ALL > TGT', schema('X')),
				],
			),
			scope,
		)
		expect(printed).toContain('`SC7.C7`, and 12 more')
	})
})
