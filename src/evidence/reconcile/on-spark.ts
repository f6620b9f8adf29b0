/** A reconciliation on Spark: for data beyond memory, and for what only Spark reads. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Engine } from '#engines/port.ts'
import type { JsonObject } from '#model/json-values.ts'
import { redact } from '#model/redact.ts'
import type { Difference } from '../difference.ts'
import { pairChanged } from '../difference.ts'
import type { DataFormat } from './data-set.ts'
import type { ReconcileOptions, ReconcileReport, SideAggregates } from './reconcile.ts'
import type { Credentials, Side } from './side.ts'
import { sparkSide } from './side.ts'

const script = fileURLToPath(new URL('compare_on_spark.py', import.meta.url))

export interface SparkReconciliation {
	readonly expected: Side
	readonly actual: Side
	readonly format: DataFormat
	readonly options: ReconcileOptions
	readonly credentials: Credentials
	/** Folder for the request and the answer; made and emptied here. */
	readonly folder: string
}

/** What the script answers. */
type Answer =
	| { readonly problem: string }
	| (Pick<ReconcileReport, 'missing' | 'extra' | 'changed' | 'missing_columns' | 'extra_columns' | 'columns'> & {
			readonly samples: {
				readonly missing: readonly JsonObject[]
				readonly extra: readonly JsonObject[]
				readonly changed: readonly Omit<Extract<Difference, { kind: 'changed' }>, 'kind'>[]
			}
			readonly aggregates: { readonly expected: SideAggregates; readonly actual: SideAggregates }
	  })

/** @throws Error when a side cannot be read, or a key is not a column of both */
export async function reconcileOnSpark(
	{ expected, actual, format, options, credentials, folder }: SparkReconciliation,
	engine: Pick<Engine, 'run'>,
	signal?: AbortSignal,
): Promise<ReconcileReport> {
	const keys = options.keys ?? []
	const tolerance = options.tolerance ?? 0
	if (tolerance > 0 && keys.length === 0) throw new Error('on Spark a tolerance needs keys that pair the rows')
	const samples = options.samples ?? 20
	mkdirSync(folder, { recursive: true })
	const own = mkdtempSync(path.join(folder, 'reconcile-'))
	try {
		const [request, answer] = [path.join(own, 'request.json'), path.join(own, 'answer.json')]
		const how = {
			keys,
			tolerance,
			samples,
			ignore: options.ignore ?? [],
			texts: options.texts ?? [],
			trim: options.trim === true,
			exact: options.exact === true,
			padding: options.padding === true,
		}
		const sides = {
			expected: sparkSide(expected, format, credentials),
			actual: sparkSide(actual, format, credentials),
		}
		// It may hold a password, and goes with the folder.
		writeFileSync(request, JSON.stringify({ ...sides, how, answer }), { mode: 0o600 })
		const outcome = await engine.run({ script, args: { request }, limits: { seconds: 24 * 3600 } }, signal)
		if (!outcome.ok) throw new Error(`Spark could not compare them: ${redact(outcome.failure.message)}`)
		const told = JSON.parse(readFileSync(answer, 'utf8')) as Answer
		if ('problem' in told) throw new Error(told.problem)
		return reportOf(told, keys.length > 0, samples)
	} finally {
		rmSync(own, { recursive: true, force: true })
	}
}

function reportOf(answer: Exclude<Answer, { problem: string }>, keyed: boolean, most: number): ReconcileReport {
	const { missing, extra, changed, missing_columns, extra_columns, aggregates, samples } = answer
	const paired: readonly Difference[] = keyed
		? [
				...samples.changed.map((one): Difference => ({ kind: 'changed', ...one })),
				...samples.missing.map((row): Difference => ({ kind: 'missing', row })),
				...samples.extra.map((row): Difference => ({ kind: 'extra', row })),
			]
		: pairChanged(samples.missing, samples.extra, most)
	const changes = paired.filter((one) => one.kind === 'changed').flatMap((one) => one.columns)
	const sampled = [...Map.groupBy(changes, ({ name }) => name)].map(([name, all]) => ({
		name,
		differences: all.length,
	}))
	return {
		equal: missing + extra + changed + missing_columns.length + extra_columns.length === 0,
		rows: { expected: aggregates.expected.rows, actual: aggregates.actual.rows },
		missing,
		extra,
		changed,
		missing_columns,
		extra_columns,
		columns: keyed ? answer.columns.filter(({ differences }) => differences > 0) : sampled,
		samples: paired.slice(0, most),
		aggregates,
	}
}
