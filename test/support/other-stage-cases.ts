/** Documented cases of stages that are no parallel stages, or whose settings no export tells: each built in its own way. */
import type { Engine } from '#engines/port.ts'
import { parseTimestamp } from '#model/calendar.ts'
import { makeTimestamp } from '#model/values.ts'
import { interpretSequence } from '#reference/sequence/sequence.ts'
import { derived, file, from, serverJob, to } from '../importers/datastage/server/server-builder.ts'
import { importDimension } from './dimension-flow.ts'
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

/** The Slowly Changing Dimension stage of a flow, its purposes spelled in words. */
async function dimension(one: StageCase, engine: Engine): Promise<Sides> {
	const { next_sk = 1, purpose = {}, derive = {}, expire = {} } = one.config
	const type = (name: string): string => (purpose[name] === 'Surrogate Key' ? 'INTEGER' : 'VARCHAR')
	const [row = {}] = one.inputs['source'] ?? []
	const columns = Object.entries(purpose).map(([name, written]) => ({
		name,
		type: type(name),
		purpose: written,
		derivation: derive[name] ?? `src.${name}`,
		...(expire[name] === undefined ? {} : { expire: expire[name] }),
		...(written === 'Business Key' ? { key: `src.${name}` } : {}),
	}))
	const main = Object.keys((one.outputs['out'] ?? [])[0] ?? {})
	const { jobs } = importDimension({
		source: Object.keys(row).map((name) => ({ name })),
		dimension: columns,
		main: main.map((name) => ({ name, type: type(name), from: `dim.${name}` })),
	})
	const [job] = jobs
	if (job === undefined) throw new Error('the flow holds no job')
	const lines = (name: string): string =>
		(one.inputs[name] ?? []).map((given) => `${Object.values(given).join('|')}\n`).join('')
	const runs = await runBoth(engine, job, {
		Source: lines('source'),
		Dimension: lines('dim'),
		'SCD#state file': [{ HIGHEST_KEY: BigInt(next_sk) - 1n }],
	})
	const written = (side: BothRuns['expected'], file: string, names: readonly string[]): readonly string[] => {
		const fields = Object.entries(side).find(([name]) => name === file)?.[1] as readonly string[]
		const values = fields.map((line) => line.split('|').map((field) => (/^\d+$/.test(field) ? Number(field) : field)))
		return texts(values.map((all) => Object.fromEntries(names.map((name, place) => [name, all[place]]))))
	}
	const worded = (side: BothRuns['expected']): unknown => ({
		dim_update: written(side, 'Updates', Object.keys(purpose)),
		out: written(side, 'Facts', main),
	})
	return { expected: worded(runs.expected), actual: worded(runs.actual), script: runs.script }
}

export const otherCases: ReadonlyMap<string, Run> = new Map<string, Run>([
	['pv-1', pivot],
	['seq-1', triggers],
	['scd-2', dimension],
])
