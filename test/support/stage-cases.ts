/** Small parallel jobs for cases that a file describes: `stage`, its `config`, rows of its inputs and outputs. */
import type { Job } from '#model/job.ts'
import type { ColumnSpec, JobSpec, LinkSpec, StageSpec, Values } from './dsx-builder.ts'
import { importJob, packed, reads, source, target, writes } from './dsx-builder.ts'
import type { Written } from './run-flow.ts'

type Cell = string | number | null
type CaseRow = Readonly<Record<string, Cell>>

export interface StageCase {
	readonly id: string
	readonly stage: string
	readonly config: Config
	readonly inputs: Readonly<Record<string, readonly CaseRow[]>>
	readonly outputs: Readonly<Record<string, readonly CaseRow[]>>
}

/** What the configurations of all stages may hold. */
interface Config {
	readonly key?: readonly string[]
	readonly keys?: readonly string[]
	readonly value?: readonly string[]
	readonly where?: readonly (readonly [string, string])[]
	readonly once?: boolean
	readonly nulls_value?: string
	readonly drop_copy?: boolean
	readonly multiple_rows?: string | null
	readonly lookup_failure?: string
	readonly unmatched_masters?: string
	readonly type?: string
	readonly retain?: string
	readonly create_key_change?: boolean
	readonly calc?: Readonly<Record<string, readonly string[]>>
	readonly allow_null_output?: boolean
	readonly stage_vars?: readonly (readonly [string, string, string?])[]
	readonly loop_condition?: string
	readonly loop_vars?: readonly (readonly [string, string])[]
	readonly constraint?: string
	readonly out?: Readonly<Record<string, string>>
	readonly columns?: readonly (readonly [string, readonly string[]])[]
	readonly triggers?: Readonly<Record<string, string>>
	readonly next_sk?: number
	readonly purpose?: Readonly<Record<string, string>>
	readonly derive?: Readonly<Record<string, string>>
	readonly expire?: Readonly<Record<string, string>>
}

export const stageCases = (lines: string): readonly StageCase[] =>
	lines
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as StageCase)

const format = { SchemaFormat: "final_delim=end, delim=',', null_field='~', quote=none" }

/** Undefined: no parallel stage. */
export function caseJob(one: StageCase): Job | undefined {
	const shape = shapes[one.stage.split(' ')[0] ?? '']?.(one)
	return shape === undefined || one.stage.includes('server') ? undefined : importJob(around(one, shape))
}

/** The stage itself, and what is special about its links. */
interface Shape {
	readonly type: string
	readonly properties?: Values
	readonly collections?: StageSpec['collections']
	readonly links?: Readonly<Record<string, Partial<LinkSpec>>>
	readonly derivations?: Readonly<Record<string, string>>
}

const keysOf = ({ config }: StageCase): string =>
	packed(...(config.key ?? config.keys ?? []).map((name) => ['key', name] as const))
const flagged = (name: string, isSet: boolean | undefined): Values => (isSet === true ? { [name]: name } : {})

const shapes: Readonly<Record<string, (one: StageCase) => Shape>> = {
	Transformer: ({ config }) => ({
		type: 'CTransformerStage',
		collections: {
			StageVars: (config.stage_vars ?? []).map(variable),
			LoopCondition:
				config.loop_condition === undefined ? [] : [{ Name: '$LoopCondition', Expression: config.loop_condition }],
			LoopVars: (config.loop_vars ?? []).map(variable),
		},
		derivations: config.out ?? {},
		links: config.constraint === undefined ? {} : { out: { out: { Constraint: config.constraint } } },
	}),
	Change: (one) => ({
		type: 'PxChangeCapture',
		properties: {
			key: keysOf(one),
			value: packed(...(one.config.value ?? []).map((name) => ['value', name] as const)),
			...(one.config.drop_copy === false ? { 'keepCopy\\dropCopy': 'keepCopy' } : {}),
		},
	}),
	Lookup: ({ config }) => ({
		type: 'PxLookup',
		links: {
			ref: {
				kind: 'reference',
				in: {
					LookupFail: failures[config.lookup_failure ?? 'Fail'] ?? '',
					MultiRow: config.multiple_rows === 'ref' ? '1' : '0',
				},
			},
			reject: { kind: 'reject' },
		},
	}),
	Join: (one) => ({
		type: 'PxJoin',
		properties: { operator: `${one.config.type ?? ''}join`, key: keysOf(one) },
	}),
	Merge: (one) => ({
		type: 'PxMerge',
		properties: {
			key: keysOf(one),
			'dropBadMasters\\keepBadMasters': one.config.unmatched_masters === 'Drop' ? 'dropBadMasters' : 'keepBadMasters',
		},
		links: { reject1: { kind: 'reject' } },
	}),
	Filter: ({ config, outputs }) => ({
		type: 'PxFilter',
		properties: {
			where: packed(
				...(config.where ?? []).map(
					([text, link]) => ['where', text, ['target', String(Object.keys(outputs).indexOf(link))]] as const,
				),
			),
			nulls: config.nulls_value === 'Greater Than' ? 'last' : 'first',
			...flagged('first', config.once),
		},
	}),
	Compare: () => ({ type: 'PxCompare' }),
	Sort: (one) => ({
		type: 'PxSort',
		properties: { key: keysOf(one), ...flagged('flagKey', one.config.create_key_change) },
		derivations: { keyChange: 'KeyChange()' },
	}),
	Remove: (one) => ({ type: 'PxRemDup', properties: { key: keysOf(one), keep: one.config.retain ?? 'first' } }),
	Funnel: ({ config }) => ({ type: 'PxFunnel', properties: { operator: config.type ?? 'funnel' } }),
	Aggregator: (one) => ({
		type: 'PxAggregator',
		properties: {
			selection: 'reduce',
			key: keysOf(one),
			reduce: packed(
				...Object.entries(one.config.calc ?? {}).map(
					([name, functions]) => ['reduce', name, ...functions.map((kind) => [kind, kind] as const)] as const,
				),
			),
			...flagged('nul_res', one.config.allow_null_output),
		},
	}),
}

const failures: Readonly<Record<string, string>> = {
	Fail: 'fail',
	Continue: 'continue',
	Drop: 'drop',
	Reject: 'reject',
}

/** A variable has the type that its use calls for; the cases do not tell it. */
const variable = ([name, expression, initial]: readonly [string, string, string?]): Values => {
	const isText = /^(?:LoopVar|svPrev)/.test(name)
	return {
		Name: name,
		Expression: expression,
		SqlType: isText ? '12' : /Price/.test(name) ? '8' : '4',
		Precision: isText ? '40' : '0',
		ColScale: '0',
		...(initial === undefined || initial === '' ? {} : { InitialValue: initial }),
	}
}

/** In links first in the order of the case, then out links. */
function around(one: StageCase, shape: Shape): JobSpec {
	const inputs = Object.entries(one.inputs)
	const outputs = Object.entries(one.outputs)
	const primary = inputs[0]?.[0] ?? ''
	const isLookup = shape.type === 'PxLookup'
	const into = inputs.map(([name, rows]): LinkSpec => {
		const isReference = shape.links?.[name]?.kind === 'reference'
		const columns = columnsOf(rows).map((column) =>
			isReference && (one.config.key ?? []).includes(column.name)
				? { ...column, key: `${primary}.${column.name}` }
				: column,
		)
		return {
			name,
			from: `In ${name}`,
			to: 'S',
			columns,
			outProperties: reads(`/in/${name}`),
			outMeta: format,
			...shape.links?.[name],
		}
	})
	const from = outputs.map(([name, rows]): LinkSpec => {
		const columns = columnsOf(rows, one).map((column) => {
			const derivation = shape.derivations?.[column.name]
			return derivation === undefined ? column : { ...column, derivation }
		})
		return {
			name,
			from: 'S',
			to: `Out ${name}`,
			columns,
			inProperties: writes(`/out/${name}`),
			inMeta: format,
			...shape.links?.[name],
		}
	})
	// A lookup's reference link may come first in an export; its primary link must be a stream.
	const links = isLookup ? [...into.toReversed(), ...from] : [...into, ...from]
	return {
		stages: [
			...inputs.map(([name]) => source(`In ${name}`)),
			{
				name: 'S',
				type: shape.type,
				...(shape.properties === undefined ? {} : { properties: shape.properties }),
				...(shape.collections === undefined ? {} : { collections: shape.collections }),
			},
			...outputs.map(([name]) => target(`Out ${name}`)),
		],
		links,
	}
}

/** A column holds whole numbers, fractions or text, as its values show; a column without any takes the type that an input has. */
function columnsOf(rows: readonly CaseRow[], one?: StageCase): readonly ColumnSpec[] {
	const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
	return names.map((name) => {
		const isFraction = Object.values(one?.inputs ?? {}).some((all) =>
			all.some((row) => !Number.isInteger(row[name] ?? 0) && typeof row[name] === 'number'),
		)
		const values = rows.map((row) => row[name] ?? null).filter((value) => value !== null)
		const fraction = isFraction || values.some((value) => typeof value === 'number' && !Number.isInteger(value))
		if (fraction || /^(?:Price|Percentage|mean|sum)$/.test(name)) return { name, sqlType: 8, nullable: true }
		return values.some((value) => typeof value === 'string')
			? { name, precision: 40, nullable: true }
			: { name, sqlType: 4, nullable: true }
	})
}

/** Texts of the input files, by the read that takes them. */
export const caseInputs = ({ inputs }: StageCase): Readonly<Record<string, string>> =>
	Object.fromEntries(
		Object.entries(inputs).map(([name, rows]) => [
			`In ${name}`,
			rows
				.map(
					(row) =>
						`${columnsOf(rows)
							.map((column) => row[column.name] ?? '~')
							.join(',')}\n`,
				)
				.join(''),
		]),
	)

/** What was written, as the rows of the case. */
export function caseOutputs(
	one: StageCase,
	written: Written | { readonly failed: string },
): StageCase['outputs'] | string {
	if ('failed' in written && typeof written['failed'] === 'string') return written['failed']
	const files: Written = written as Written
	return Object.fromEntries(
		Object.entries(one.outputs).map(([name, rows]) => {
			const columns = columnsOf(rows, one)
			const lines = files[`Out ${name}`] ?? []
			return [name, lines.map((line) => rowOf(line, columns))]
		}),
	)
}

function rowOf(line: string, columns: readonly ColumnSpec[]): CaseRow {
	const fields = line.split(',')
	return Object.fromEntries(
		columns.map(({ name, sqlType }, index): [string, Cell] => {
			const field = fields[index] ?? ''
			if (field === '~') return [name, null]
			return [name, sqlType === undefined ? field : Number(field)]
		}),
	)
}
