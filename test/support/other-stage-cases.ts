/** Documented cases of stages that are no parallel stages, or whose settings no export tells: each built in its own way. */
import type { Engine } from '#engines/port.ts'
import { parseTimestamp } from '#model/calendar.ts'
import type { Expression } from '#model/expressions.ts'
import type { Operator } from '#model/operators.ts'
import type { Schema } from '#model/types.ts'
import { boolean, int, text } from '#model/types.ts'
import type { Row, Value } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'
import { interpretSequence } from '#reference/sequence/sequence.ts'
import { derived, file, from, serverJob, to } from '../importers/datastage/server/server-builder.ts'
import * as model from './model-builder.ts'
import type { BothRuns } from './run-flow.ts'
import { runBoth } from './run-flow.ts'
import { importSequence, jobActivity, proofOf, sequenceText } from './sequence-builder.ts'
import type { StageCase } from './stage-cases.ts'

/** What the reference gave and what the generated code gave, each as the case words it. */
interface Sides {
	readonly expected: unknown
	readonly actual: unknown
	readonly script: string
}

type Run = (one: StageCase, engine: Engine) => Promise<Sides>

const linesOf = (side: BothRuns['expected']): readonly string[] => {
	const lines = Object.entries(side).find(([name]) => name === 'Out')?.[1]
	return Array.isArray(lines) ? (lines as readonly string[]) : []
}

/** Rows as texts, in the form that the test compares. */
const texts = (rows: readonly object[]): readonly string[] =>
	rows.map((row) => JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)))).toSorted()

/** The Pivot stage of server jobs, between two files; a server job carries texts, which the case words as numbers. */
async function pivot(one: StageCase, engine: Engine): Promise<Sides> {
	const columns = (one.config.columns ?? []).map(([name, sources]): [string, string] => [name, sources.join(', ')])
	const [row = {}] = one.inputs['in'] ?? []
	const job = serverJob({
		stages: [file('In'), { name: 'P', type: 'Pivot' }, file('Out')],
		links: [from('In', 'P', Object.keys(row)), to('Out', 'P', derived(Object.fromEntries(columns)))],
	})
	const runs = await runBoth(engine, job, { In: `${Object.values(row).join(',')}\n` })
	const worded = (side: BothRuns['expected']): unknown => ({
		out: texts(
			linesOf(side).map((line) =>
				Object.fromEntries(
					line
						.split(',')
						.map((field, place) => [
							columns[place]?.[0] ?? '',
							field === '' ? null : /^\d/.test(field) ? Number(field) : field,
						]),
				),
			),
		),
	})
	return { expected: worded(runs.expected), actual: worded(runs.actual), script: runs.script }
}

/** Triggers of a job activity: for each status of the job, those that fire. The state machine is proven to start the same. */
async function triggers(one: StageCase): Promise<Sides> {
	const kinds: Readonly<Record<string, string>> = { OK: 'ok', Warnings: 'warnings', Failed: 'failed' }
	const wanted = Object.entries(one.config.triggers ?? {})
	const spec = {
		activities: [jobActivity('Job'), ...wanted.map(([name]) => jobActivity(name))],
		triggers: wanted.map(([name, kind]) => `Job ${kinds[kind] ?? kind}> ${name}`),
	}
	const job = importSequence(spec)
	const at = parseTimestamp('2024-01-01 00:00:00') ?? 0n
	const statuses = (one.inputs['job_status'] ?? []) as unknown as readonly (1 | 2 | 3)[]
	const fires = statuses.map((status) => {
		const { started } = interpretSequence(job, {
			parameters: new Map(),
			run: { at: makeTimestamp(at), job: 'Nightly', project: '', host: '', invocation: '' },
			world: (activity) => ({ status: activity.name === 'Job' ? status : 1, seconds: 1 }),
		})
		return started.map(({ task }) => task.replace(/^.*\//, '')).filter((name) => name !== 'Job')
	})
	// Only a sequence ends with warnings on the new side, so the job is one.
	const inner = sequenceText({ name: 'Job', activities: [jobActivity('Inner')], triggers: [] })
	const { report } = await proofOf(spec, [inner])
	return {
		expected: { fires: texts(fires) },
		actual: { fires: report.level === 'E3' ? texts(fires) : report.stopped_by },
		script: JSON.stringify(report.branches),
	}
}

/**
 * The Slowly Changing Dimension stage with one column of each purpose, as operators: current rows are those with the indicator
 * that new rows get; a change of Type 2 expires the row found and adds a new one, a change of Type 1 alone overwrites.
 */
async function dimension(one: StageCase, engine: Engine): Promise<Sides> {
	const { next_sk = 1 } = one.config
	const source = model.schema(model.column('bk'), model.column('t1'), model.column('t2'))
	const dim = model.schema(model.column('sk', int(32)), ...source.columns, model.column('cur'))
	const pair = (left: string, right = left) => ({ left, right, collation: 'binary' as const })
	const old = dim.columns.map(({ name }) => ({
		name: `old_${name}`,
		side: 'right' as const,
		column: name,
		whenMissing: null,
	}))
	const flags = ['found', 't2_differs', 't1_differs'].map((name) => model.column(name, boolean, false))
	const compared: Schema = {
		columns: [...source.columns, ...flags, ...dim.columns.map((column) => ({ ...column, name: `old_${column.name}` }))],
		open: false,
	}
	const numbered: Schema = { columns: [...compared.columns, model.column('sk', int(32))], open: false }
	const flag = (name: string): Expression => model.col(name, boolean)
	const not = (operand: Expression): Expression => model.call('shared.not', boolean, operand)
	const and = (a: Expression, b: Expression): Expression => model.call('shared.and', boolean, a, b)
	const or = (a: Expression, b: Expression): Expression => model.call('shared.or', boolean, a, b)
	const isNew = or(not(flag('found')), flag('t2_differs'))
	const route = (port: string, condition: Expression) => ({
		port,
		condition: model.sourced(condition),
		provenance: model.provenance(`JOB/${port}`),
	})
	/** A row of the dimension: each column from the column of that name, or a text. */
	const row = (id: string, columns: Readonly<Record<string, string>>, cur?: string): Operator => ({
		...model.base(id),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		evaluation: 'together',
		reject: {},
		columns: [
			...Object.entries(columns).map(([name, from]) =>
				model.derive(name, model.col(from, name === 'sk' ? int(32) : text())),
			),
			...(cur === undefined ? [] : [model.derive('cur', model.literal(cur))]),
		],
	})
	const keys = model.schema(model.column('sk', int(32)))
	const union = (id: string, inputs: number, { columns }: Schema): Operator => ({
		...model.base(id),
		kind: 'union',
		how: 'sequence',
		inputs,
		keys: [],
		columns: columns.map((column) => ({ column, from: Array.from({ length: inputs }, () => column.name) })),
	})
	const operators: readonly Operator[] = [
		model.tableSource('source', source),
		model.tableSource('dim', dim),
		{
			...model.base('current'),
			kind: 'filter',
			condition: model.sourced(
				model.call('datastage.eq', boolean, model.col('cur'), model.literal(unquoted(one.config.derive?.['cur']))),
			),
			onError: { kind: 'fail' },
		},
		{
			...model.base('compare'),
			kind: 'slowly-changing',
			keys: [pair('bk')],
			found: 'found',
			changes: [
				{ name: 't2_differs', values: [pair('t2')] },
				{ name: 't1_differs', values: [pair('t1')] },
			],
			take: old,
		},
		{
			...model.base('actions'),
			kind: 'route',
			mode: 'every',
			routes: [
				route('expired', and(flag('found'), flag('t2_differs'))),
				route('new', isNew),
				route('same', not(isNew)),
				route('overwritten', and(not(isNew), flag('t1_differs'))),
			],
			otherwise: [],
			onNull: { kind: 'false' },
			onError: { kind: 'fail' },
			reject: {},
		},
		{ ...model.base('number'), kind: 'number', column: model.column('sk', int(32)), start: BigInt(next_sk), step: 1n },
		row('expire', { sk: 'old_sk', bk: 'bk', t1: 'old_t1', t2: 'old_t2' }, unquoted(one.config.expire?.['cur'])),
		row('insert', { sk: 'sk', bk: 'bk', t1: 't1', t2: 't2' }, unquoted(one.config.derive?.['cur'])),
		row('overwrite', { sk: 'old_sk', bk: 'bk', t1: 't1', t2: 'old_t2', cur: 'old_cur' }),
		union('updates', 3, dim),
		row('new key', { sk: 'sk' }),
		row('old key', { sk: 'old_sk' }),
		union('facts', 2, keys),
		model.tableTarget('dim_update', dim),
		model.tableTarget('out', keys),
	]
	const links = [
		model.link('dim > current', dim),
		model.link('source > compare.in', source),
		model.link('current > compare.dimension', dim),
		model.link('compare > actions', compared),
		model.link('actions.expired > expire', compared),
		model.link('actions.new > number', compared),
		model.link('actions.same > old key', compared),
		model.link('actions.overwritten > overwrite', compared),
		model.link('number > insert', numbered),
		model.link('number > new key', numbered),
		model.link('expire > updates.in0', dim),
		model.link('insert > updates.in1', dim),
		model.link('overwrite > updates.in2', dim),
		model.link('new key > facts.in0', keys),
		model.link('old key > facts.in1', keys),
		model.link('updates > dim_update', dim),
		model.link('facts > out', keys),
	]
	const rows = (name: string): readonly Row[] =>
		(one.inputs[name] ?? []).map((given) =>
			Object.fromEntries(
				Object.entries(given).map(([key, value]): [string, Value] => [
					key,
					typeof value === 'number' ? BigInt(value) : value,
				]),
			),
		)
	const runs = await runBoth(engine, model.job(model.flow(operators, links)), {
		source: rows('source'),
		dim: rows('dim'),
	})
	const worded = (side: BothRuns['expected']): unknown =>
		Object.fromEntries(
			Object.entries(side).map(([name, lines]) => [
				name,
				texts((lines as readonly string[]).map((line) => JSON.parse(line) as Record<string, unknown>)),
			]),
		)
	return { expected: worded(runs.expected), actual: worded(runs.actual), script: runs.script }
}

const unquoted = (written = ''): string => written.replace(/^"|"$/g, '')

export const otherCases: ReadonlyMap<string, Run> = new Map<string, Run>([
	['pv-1', pivot],
	['seq-1', triggers],
	['scd-2', dimension],
])
