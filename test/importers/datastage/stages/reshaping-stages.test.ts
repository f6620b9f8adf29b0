import { describe, expect, it } from 'vitest'
import type { ColumnSpec, JobSpec, LinkSpec, StageSpec } from '../../../support/dsx-builder.ts'
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
	{ name: 'K', sqlType: 4 },
	{ name: 'T', precision: 10, nullable: true },
]

const into = (stage: string, name = 'a', more: Partial<LinkSpec> = {}): LinkSpec => ({
	name,
	from: `In ${name}`,
	to: stage,
	columns,
	outProperties: reads(`/in/${name}`),
	...more,
})
const from = (stage: string, name: string, more: Partial<LinkSpec> = {}): LinkSpec => ({
	name,
	from: stage,
	to: `Out ${name}`,
	columns,
	inProperties: writes(`/out/${name}`),
	...more,
})

/** A stage with its links, each to or from a file of its own. */
function around(stage: StageSpec, links: readonly LinkSpec[]): JobSpec {
	const files = links.flatMap(({ from: one, to }) => [one, to]).filter((name) => name !== stage.name)
	return { stages: [...files.map((name) => (name.startsWith('In') ? source(name) : target(name))), stage], links }
}

describe('Switch', () => {
	const properties = {
		key: packed(['key', 'K']),
		selection: 'user',
		case: packed(['case', '1=0'], ['case', '2'], ['case', '3=1']),
	}
	const lower = (more: Readonly<Record<string, string>>, kind: LinkSpec['kind'] = 'stream') =>
		importJob(
			around({ name: 'Sw', type: 'PxSwitch', properties: { ...properties, ...more } }, [
				into('Sw'),
				from('Sw', 'x'),
				from('Sw', 'y'),
				...(kind === 'reject' ? [from('Sw', 'z', { kind })] : []),
			]),
		)

	it('sends each value to its link; a case without a number goes where the one before it goes', () => {
		const { routes, mode } = operatorOf(lower({ ifNotFound: 'ignore' }), 'Sw', 'route')
		expect(mode).toBe('first')
		expect(routes.map(({ port, condition }) => [port, condition?.text])).toEqual([
			['out0', 'K in (1, 2)'],
			['out1', 'K in (3)'],
		])
	})

	it('ends the job for a value without a case unless told to drop it or to put it out', () => {
		expect(operatorOf(lower({}), 'Sw', 'route').unrouted).toBe('fail')
		expect(operatorOf(lower({ ifNotFound: 'ignore' }), 'Sw', 'route').unrouted).toBeUndefined()
		const kept = lower({ ifNotFound: 'allow' }, 'reject')
		expect(operatorOf(kept, 'Sw', 'route').otherwise).toEqual([{ port: 'rest', after: 2 }])
		expect(wires(kept)).toContain('Sw.rest > Out z#text.in')
	})

	it('is given up where the engine picks the links itself, and for a case that is no value of the selector', () => {
		expect(outcomeOf(lower({ selection: 'hash' }), 'Sw')).toContain('opaque: its selector mode is "hash"')
		expect(outcomeOf(lower({ case: packed(['case', 'x=0'], ['case', '2=1']) }), 'Sw')).toContain('"x" is no value of K')
	})
})

describe('Merge', () => {
	const keys = { key: packed(['key', 'K']) }
	const update = (name: string): LinkSpec =>
		into('Mg', name, { columns: [{ name: 'K', sqlType: 4 }, { name: `V${name}`, sqlType: 4 }, { name: 'T' }] })
	const merged = [
		{ name: 'K', sqlType: 4 },
		{ name: 'T', precision: 10, nullable: true, derivation: 'm.T' },
		{ name: 'Vu', sqlType: 4 },
	]

	it('adds the columns of one update link, for each update of a master; those without a master are rejected whole', () => {
		const job = importJob(
			around({ name: 'Mg', type: 'PxMerge', properties: keys }, [
				into('Mg', 'm'),
				update('u'),
				from('Mg', 'x', { columns: merged }),
				from('Mg', 'r', { kind: 'reject', columns: update('u').columns ?? [] }),
			]),
		)
		expect(operatorOf(job, 'Mg', 'lookup')).toMatchObject({
			match: 'all',
			onMiss: 'continue',
			take: [
				{ name: 'Vu', whenMissing: 0n },
				{ name: 'T_2', column: 'T', whenMissing: '' },
			],
		})
		expect(operatorOf(job, 'Mg#reject 1', 'lookup')).toMatchObject({ onMiss: 'reject', take: [] })
		expect(outcomeOf(job, 'Mg')).toBe('exact')
	})

	it('drops a master that no update link matches', () => {
		const links = [into('Mg', 'm'), update('u'), update('v'), from('Mg', 'x', { columns: merged })]
		const properties = { ...keys, 'dropBadMasters\\keepBadMasters': 'dropBadMasters' }
		const job = importJob(around({ name: 'Mg', type: 'PxMerge', properties }, links))
		expect(operatorOf(job, 'Mg#update 2', 'lookup').match).toBe('first')
		expect(operatorOf(job, 'Mg', 'filter').condition.text).toBe('some update was found')
		expect(job.diagnostics.map(({ code }) => code)).toContain('expression/doubtful')
	})
})

describe('Pivot Enterprise', () => {
	it('horizontal: lists of columns become rows, the shorter list is filled with nulls', () => {
		const properties = {
			pivot_type: 'pivot',
			PivotCustomOSH: "-derive 'V' -from 'K' -from 'L' -type 'int32' -derive 'W' -from 'T' -type 'string' ",
			PivotCustomInputOSH: "-derive K -from K -type 'int32' ",
		}
		const wide = [...columns, { name: 'L', sqlType: 5 }]
		const made = ['K', 'V', 'W'].map((name) => ({
			name,
			sqlType: name === 'W' ? 12 : 4,
			nullable: true,
			derivation: `Pivot(${name})`,
		}))
		const job = importJob(
			around({ name: 'Pv', type: 'PxPivot', properties }, [
				into('Pv', 'a', { columns: wide }),
				from('Pv', 'x', { columns: made }),
			]),
		)
		expect(operatorOf(job, 'Pv', 'unpivot')).toMatchObject({
			passes: ['K'],
			rows: [{ from: ['K', 'T'] }, { from: ['L_as_V', null] }],
			nulls: 'keep',
		})
		expect(outcomeOf(job, 'Pv')).toBe('exact')
	})

	it('vertical: the first rows of a group become columns; without a sort before it the order is declared', () => {
		const properties = { pivot_type: 'verticalpivot', VerticalPivotCustomOSH: '-group K -pivot T -array 2 ' }
		const made = ['K', 'T', 'T_1'].map((name) => ({
			name,
			sqlType: name === 'K' ? 4 : 12,
			nullable: true,
			derivation: `VerticalPivot(${name})`,
		}))
		const job = importJob(
			around({ name: 'Pv', type: 'PxPivot', properties }, [into('Pv'), from('Pv', 'x', { columns: made })]),
		)
		expect(operatorOf(job, 'Pv', 'pivot')).toMatchObject({
			keys: [{ column: 'K' }],
			columns: [
				{ name: 'K', take: { kind: 'first' } },
				{ name: 'T', take: { kind: 'place', place: 0 } },
				{ name: 'T_1', take: { kind: 'place', place: 1 } },
			],
			differences: ['RG-D001'],
		})
	})

	it('is given up for an option that is not known', () => {
		const properties = { pivot_type: 'verticalpivot', VerticalPivotCustomOSH: '-group K -pivot T -array 2 -surprise x' }
		const job = importJob(around({ name: 'Pv', type: 'PxPivot', properties }, [into('Pv'), from('Pv', 'x')]))
		expect(outcomeOf(job, 'Pv')).toContain('opaque: it has the option surprise')
	})
})

describe('stages for test data', () => {
	it('Row Generator: the options of a column, and the documented defaults', () => {
		const link = from('Rg', 'x', {
			columns: [
				{ name: 'A', sqlType: 4 },
				{ name: 'B', sqlType: 4, format: 'cycle={init=5, incr=10, limit=30}' },
				{ name: 'C', sqlType: 3, precision: 5, scale: 2, format: 'cycle={init=1.5}' },
				{ name: 'D', precision: 3 },
				{ name: 'E', precision: 3, format: "cycle={value='abcd', value='x'}" },
				{ name: 'F', nullable: true, format: 'nulls=100' },
			],
			outProperties: { records: '20' },
		})
		const job = importJob(around({ name: 'Rg', type: 'PxRowGenerator' }, [link]))
		const { rows, columns: made } = operatorOf(job, 'Rg', 'generate')
		expect(rows).toBe(20)
		expect(made.map(({ generator }) => generator)).toEqual([
			{ kind: 'series', start: 0n, step: 1n },
			{ kind: 'series', start: 5n, step: 10n, period: 3n },
			{ kind: 'series', start: 150n, step: 100n, period: 999n },
			{ kind: 'repeat', characters: expect.stringMatching(/^abc.*XYZ$/), length: 3 },
			{ kind: 'list', values: ['abc', 'x'] },
			{ kind: 'list', values: [null] },
		])
		expect(outcomeOf(job, 'Rg')).toBe('exact')
	})

	it('Row Generator: a parameter may say how many rows', () => {
		const link = from('Rg', 'x', { columns: [{ name: 'A', sqlType: 4 }], outProperties: { records: '#HowMany#' } })
		const parameters = [{ Name: 'HowMany', ParamType: '2', Default: '7' }]
		const job = importJob({ ...around({ name: 'Rg', type: 'PxRowGenerator' }, [link]), parameters })
		expect(operatorOf(job, 'Rg', 'generate').rows).toEqual({ parameter: 'HowMany' })
		const other = { ...link, outProperties: { records: '#HowMany#0' } }
		expect(
			outcomeOf(importJob({ ...around({ name: 'Rg', type: 'PxRowGenerator' }, [other]), parameters }), 'Rg'),
		).toContain('which is no plain number')
	})

	it('Row Generator: random values are a declared difference', () => {
		const link = from('Rg', 'x', { columns: [{ name: 'A', sqlType: 4, format: 'random={limit=9}' }] })
		expect(outcomeOf(importJob(around({ name: 'Rg', type: 'PxRowGenerator' }, [link])), 'Rg')).toContain('RG-D041')
	})

	it('Column Generator adds the columns that it names', () => {
		const properties = { selection: 'explicit', schema: packed(['schema', 'N']) }
		const out = [...columns, { name: 'N', nullable: true, format: 'nulls=100', derivation: 'Generate(N)' }]
		const job = importJob(
			around({ name: 'Cg', type: 'PxColumnGenerator', properties }, [into('Cg'), from('Cg', 'x', { columns: out })]),
		)
		expect(operatorOf(job, 'Cg', 'generate').columns.map(({ name }) => name)).toEqual(['N'])
		expect(outcomeOf(job, 'Cg')).toBe('exact')
	})

	it('the old Surrogate Key Generator counts from its initial value', () => {
		const properties = { key: packed(['key', 'ID', ['initial', '7'], ['type', 'int32']]) }
		const out = [...columns, { name: 'ID', sqlType: 4 }]
		const stage = { name: 'Sk', type: 'PxSurrogateKeyGenerator', properties }
		const links = [into('Sk'), from('Sk', 'x', { columns: out })]
		expect(operatorOf(importJob(around({ ...stage, meta: { Execmode: 'seq' } }, links)), 'Sk', 'number')).toMatchObject(
			{
				start: 7n,
				step: 1n,
				column: { name: 'ID', type: { bits: 32 } },
				differences: [],
			},
		)
		expect(outcomeOf(importJob(around(stage, links)), 'Sk')).toContain('RG-D008')
	})

	it('Head takes every n-th row, Tail the last ones', () => {
		const job = (type: string, properties: Readonly<Record<string, string>>) =>
			importJob(around({ name: 'St', type, properties }, [into('St'), from('St', 'x')]))
		expect(operatorOf(job('PxHead', { nrecs: '5', period: '3' }), 'St', 'sample')).toMatchObject({ rows: 5, period: 3 })
		expect(operatorOf(job('PxTail', {}), 'St', 'sample')).toMatchObject({
			how: 'tail',
			rows: 10,
			differences: ['RG-D002'],
		})
	})

	it('Sample sends shares of the rows to its links, or every n-th row to all', () => {
		const lower = (properties: Readonly<Record<string, string>>) =>
			importJob(around({ name: 'Sa', type: 'PxSample', properties }, [into('Sa'), from('Sa', 'x'), from('Sa', 'y')]))
		const percent = packed(['percent', '10', ['target', '1']], ['percent', '25', ['target', '0']])
		const shares = lower({ percent, seed: '4' })
		expect(operatorOf(shares, 'Sa', 'sample')).toMatchObject({
			how: 'percent',
			seed: 4,
			shares: [{ percent: 10 }, { percent: 25 }],
		})
		expect(wires(shares)).toEqual(expect.arrayContaining(['Sa.out1 > Out x#text.in', 'Sa.out0 > Out y#text.in']))
		expect(operatorOf(lower({ period: '4' }), 'Sa', 'sample')).toMatchObject({ how: 'head', skip: 3, period: 4 })
	})

	it('Sample takes no more rows than its limits allow, of each partition and of all', () => {
		const lower = (properties: Readonly<Record<string, string>>) =>
			importJob(around({ name: 'Sa', type: 'PxSample', properties }, [into('Sa'), from('Sa', 'x')]))
		const shares = lower({ percent: packed(['percent', '10']), totalmaxoutputrows: '5', maxoutputrows: '9' })
		expect(operatorOf(shares, 'Sa#first of x', 'sample')).toMatchObject({ how: 'head', skip: 0, rows: 5 })
		expect(operatorOf(lower({ period: '2', totalmaxoutputrows: '3' }), 'Sa', 'sample')).toMatchObject({ rows: 3 })
	})

	it.each(['PxWriteRangeMap', 'PxBLM'])('%s stays opaque with a reason', (type) => {
		expect(outcomeOf(importJob(around({ name: 'No', type }, [into('No'), from('No', 'x')])), 'No')).toMatch(
			/^opaque: \w.{40}/,
		)
	})
})

describe('stages without an equal', () => {
	it.each(['PxSCD', 'PxEncode', 'PxGeneric'])('%s stays opaque and says what to do or why', (type) => {
		const job = importJob(around({ name: 'No', type }, [into('No'), from('No', 'x')]))
		expect(outcomeOf(job, 'No')).toMatch(/^opaque: \w.{40}/)
		expect(outcomeOf(job, 'No')).not.toContain('is not translated')
	})
})
