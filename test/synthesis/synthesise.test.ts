import { describe, expect, it } from 'vitest'
import type { Expression } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'
import type { DataFlow } from '#model/operators.ts'
import { boolean, int, text } from '#model/types.ts'
import { summarise } from '#reference/coverage.ts'
import type { FlowResult } from '#reference/flow.ts'
import type { Scenario } from '#synthesis/scenario.ts'
import { synthesise } from '#synthesis/synthesise.ts'
import {
	col,
	column,
	failing,
	flow,
	isNull,
	layout,
	literal,
	op,
	projected,
	provenance,
	run,
	runFlow,
	sourced,
	table,
	target,
} from '../reference/support.ts'

const jobOf = (...flows: readonly DataFlow[]): Job => ({
	version: 1,
	id: 'j',
	name: 'j',
	kind: 'parallel',
	dialect: 'datastage',
	description: '',
	toolVersion: '',
	parameters: [],
	variables: [],
	connections: [],
	flows,
	control: { tasks: [], precedences: [], joins: [] },
	accounting: [],
	differences: [],
	diagnostics: [],
	provenance,
})

const facts = { parameters: new Map(), run }

function runScenario(of: DataFlow, scenario: Scenario | undefined): FlowResult {
	const inputs = scenario?.flows.get(of.id)
	if (inputs === undefined) throw new Error('the scenario has no inputs for the flow')
	return runFlow(of, Object.fromEntries(inputs))
}

const pair = [{ left: 'k', right: 'k', collation: 'binary' as const }]
const typed = [column('k', int(32)), column('v', text(10))]

/** A lookup, a nested `if`, and two routes behind it. */
const branching = flow(
	[
		table('orders', typed),
		table('customers', typed),
		op('lookup', 'find', {
			keys: pair,
			nullsEqual: false,
			match: 'first',
			onConditionNotMet: 'continue',
			onMiss: 'reject',
			take: [{ name: 'name', side: 'right', column: 'v', whenMissing: null }],
			reject: {},
			missCode: 0,
		}),
		op('project', 'mark', {
			passThrough: 'all',
			drop: [],
			columns: [
				projected('m', {
					kind: 'if',
					condition: isNull(col('v')),
					then: {
						kind: 'if',
						condition: isNull(col('name')),
						then: literal('both'),
						otherwise: literal('one'),
						onNull: 'otherwise',
						type: text(),
					},
					otherwise: literal('none'),
					onNull: 'otherwise',
					type: text(),
				}),
			],
			evaluation: 'together',
			reject: {},
		}),
		op('route', 'split', {
			mode: 'first',
			routes: [{ port: 'nulls', condition: sourced(isNull(col('v'))), provenance }],
			otherwise: [{ port: 'rest', after: 1 }],
			onNull: { kind: 'false' },
			onError: { kind: 'fail' },
			reject: {},
		}),
		target('a', typed),
		target('b', typed),
		target('c', typed),
	],
	[
		'orders>find.in',
		'customers>find.reference',
		'find>mark',
		'find.reject>c',
		'mark>split',
		'split.nulls>a',
		'split.rest>b',
	],
	typed,
)

describe('synthesised rows', () => {
	it('reach every branch of lookups, ifs and routes', () => {
		const { scenarios, unreached } = synthesise(jobOf(branching), facts)
		expect(unreached).toEqual([])
		const result = runScenario(branching, scenarios[0])
		expect(result.failure).toBeUndefined()
		const { covered, total } = summarise(result.branches)
		expect(covered).toBe(total)
		expect(total).toBeGreaterThan(12)
	})
	it('reach rows without a version, rows that equal theirs, and each kind of change', () => {
		const columns = [column('k', int(32)), column('name', text(10)), column('town', text(10))]
		const same = (name: string) => ({ left: name, right: name, collation: 'binary' as const })
		const comparing = flow(
			[
				table('news', columns),
				table('dimension', columns),
				op('slowly-changing', 'compare', {
					keys: pair,
					found: 'known',
					changes: [
						{ name: 'renamed', values: [same('name')] },
						{ name: 'moved', values: [same('town')] },
					],
					take: [{ name: 'old_town', side: 'right', column: 'town', whenMissing: null }],
				}),
				target('out', columns),
			],
			['news>compare', 'dimension>compare.dimension', 'compare>out'],
			columns,
		)
		const { scenarios, unreached } = synthesise(jobOf(comparing), facts)
		expect(unreached).toEqual([])
		const { branches } = runScenario(comparing, scenarios[0])
		const reached = branches.filter(({ operator, count }) => operator === 'compare' && count > 0)
		expect(reached.map(({ what }) => what)).toEqual(['no version', 'nothing differs', 'renamed', 'moved'])
	})
	it('reach lookups one behind the other in one table, each of which wants another row of it', () => {
		const codes = [column('kind', text(10)), column('code', text(10)), column('label', text(20))]
		const rows = [column('k', int(32)), column('v', text(10)), column('shape', text(10)), column('colour', text(10))]
		const find = (id: string, kind: string) =>
			op('lookup', id, {
				keys: [
					{ left: kind, right: 'kind', collation: 'binary' as const },
					{ left: 'v', right: 'code', collation: 'binary' as const },
				],
				nullsEqual: false,
				match: 'first',
				onConditionNotMet: 'continue',
				onMiss: 'continue',
				take: [{ name: `${kind} label`, side: 'right', column: 'label', whenMissing: null }],
				reject: {},
				missCode: 0,
			})
		const chained = flow(
			[
				table('orders', typed),
				op('read', 'codes', {
					source: { kind: 'table', connection: 'CODES', table: sourced(literal('codes')) },
					schema: { columns: codes, open: false },
				}),
				op('project', 'constants', {
					passThrough: 'all',
					drop: [],
					columns: [projected('shape', literal('SHAPE')), projected('colour', literal('COLOUR'))],
					evaluation: 'together',
					reject: {},
				}),
				find('shapes', 'shape'),
				find('colours', 'colour'),
				target('out', rows),
			],
			[
				'orders>constants',
				'constants>shapes',
				'codes>shapes.reference',
				'shapes>colours',
				'codes>colours.reference',
				'colours>out',
			],
			rows,
		)
		const { scenarios, unreached } = synthesise(jobOf(chained), facts)
		expect(unreached).toEqual([])
		const { branches } = runScenario(chained, scenarios[0])
		const reached = branches.filter(({ operator, count }) => operator === 'colours' && count > 0)
		expect(reached.map(({ what }) => what)).toEqual(['matched once', 'matched several times', 'not matched'])
	})
	it('reach conditions on what the same operator has just computed', () => {
		const isLarge: Expression = {
			kind: 'call',
			operation: 'datastage.ge',
			args: [col('product', int(32)), literal(5000n, int(32))],
			type: boolean,
		}
		const product: Expression = {
			kind: 'call',
			operation: 'datastage.multiply',
			args: [col('a', int(32)), col('b', int(32))],
			type: int(32),
		}
		const size: Expression = {
			kind: 'if',
			condition: isLarge,
			then: literal('large'),
			otherwise: literal('small'),
			onNull: 'otherwise',
			type: text(),
		}
		const columns = [column('a', int(32)), column('b', int(32))]
		const computing = flow(
			[
				table('in', columns),
				op('project', 'compute', {
					columns: [projected('product', product), projected('size', size)],
					evaluation: 'in-turn',
					passThrough: 'none',
					drop: [],
					reject: {},
				}),
				target('out', [column('product', int(32)), column('size')]),
			],
			['in>compute', 'compute>out'],
			columns,
		)
		expect(synthesise(jobOf(computing), facts).unreached.map(({ what }) => what)).toEqual([])
	})
	it('are the same for the same seed', () => {
		expect(synthesise(jobOf(branching), facts, 7)).toEqual(synthesise(jobOf(branching), facts, 7))
	})
	it('stay a few dozen for each source', () => {
		const [main] = synthesise(jobOf(branching), facts).scenarios
		for (const source of main?.flows.get('FLOW')?.values() ?? []) {
			expect(source.kind === 'rows' ? source.rows.length : 0).toBeLessThan(80)
		}
	})
	it('text files carry header and malformed records where rejects leave', () => {
		const columns = [column('a'), column('b')]
		const reading = flow(
			[
				op('read', 'in', {
					source: {
						kind: 'text-file',
						path: sourced(literal('/in')),
						layout: { ...layout, header: true },
						skipLines: 1,
						fieldCount: 'reject',
						recordColumn: 'raw',
					},
					schema: { columns, open: false },
				}),
				target('out', columns),
				target('bad', [column('raw')]),
			],
			['in>out', 'in.reject>bad'],
		)
		const { scenarios, unreached } = synthesise(jobOf(reading), facts)
		expect(unreached).toEqual([])
		const empty = scenarios
			.find(({ kind }) => kind === 'empty')
			?.flows.get('FLOW')
			?.get('in')
		// What is skipped looks like a row, so that it would be seen, were it read.
		expect(empty).toEqual({ kind: 'text', files: ['1,1\n1,1\n'] })
		const main = scenarios[0]?.flows.get('FLOW')?.get('in')
		expect(main?.kind === 'text' ? main.files[0] : '').toMatch(/^skipped 1\na,b\n/)
		expect(runScenario(reading, scenarios[0]).outputs.find(({ operator }) => operator === 'bad')?.rows).not.toEqual([])
	})
	it('values that stop the run go into a scenario of their own, with the operator that stops', () => {
		const columns = [column('b', boolean)]
		const stopping = flow(
			[
				table('in', columns),
				op('project', 'p', {
					passThrough: 'none',
					drop: [],
					columns: [
						projected('x', {
							kind: 'if',
							condition: isNull(col('b', boolean)),
							then: failing,
							otherwise: literal('fine'),
							onNull: 'otherwise',
							type: text(),
						}),
					],
					evaluation: 'together',
					reject: {},
				}),
				target('out', [column('x')]),
			],
			['in>p', 'p>out'],
			columns,
		)
		const { scenarios } = synthesise(jobOf(stopping), facts)
		expect(runScenario(stopping, scenarios[0]).failure).toBeUndefined()
		const bad = scenarios.filter(({ kind }) => kind === 'failing')
		expect(bad.map(({ failure }) => failure?.operator)).toEqual(['p'])
		expect(runScenario(stopping, bad[0]).failure?.operator).toBe('p')
	})
})
