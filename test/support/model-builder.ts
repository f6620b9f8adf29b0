/** Small models written by hand, for tests that need a job but no export. */
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'
import { modelVersion } from '#model/job.ts'
import type { DataFlow, FailurePolicy, Link, Operator, ProjectColumn } from '#model/operators.ts'
import type { TextLayout } from '#model/places.ts'
import type { Provenance } from '#model/provenance.ts'
import type { Column, DataType, Schema } from '#model/types.ts'
import { text } from '#model/types.ts'
import type { Value } from '#model/values.ts'

export const provenance = (path: string): Provenance => ({
	file: 'exports/test.dsx',
	path,
	lines: { start: 1, end: 2 },
})

export const column = (name: string, type: DataType = text(), nullable = true): Column => ({ name, type, nullable })
export const schema = (...columns: readonly (Column | string)[]): Schema => ({
	columns: columns.map((one) => (typeof one === 'string' ? column(one) : one)),
	open: false,
})

export const col = (name: string, type: DataType = text()): Expression => ({ kind: 'column', name, type })
export const literal = (value: Value, type: DataType = text()): Expression => ({ kind: 'literal', value, type })
export const parameter = (name: string, type: DataType = text()): Expression => ({ kind: 'parameter', name, type })
export const call = (operation: string, type: DataType, ...args: readonly Expression[]): Expression => ({
	kind: 'call',
	operation,
	args,
	type,
})
export const sourced = (expression: Expression, written = 'as written'): SourcedExpression => ({
	expression,
	text: written,
})

const layout = (changes: Partial<TextLayout> = {}): TextLayout => ({
	delimiter: ',',
	recordDelimiter: '\n',
	quote: '"',
	header: true,
	encoding: 'utf-8',
	...changes,
})

/** What every operator has. */
export const base = (id: string) => ({
	id,
	element: id,
	name: id,
	provenance: provenance(`JOB/${id}`),
	differences: [],
})

const fail: FailurePolicy = { kind: 'fail' }

export const derive = (name: string, value: Expression, changes: Partial<ProjectColumn> = {}): ProjectColumn => ({
	name,
	type: value.type,
	nullable: true,
	value: sourced(value),
	onError: fail,
	onTruncation: fail,
	onNull: { kind: 'allow' },
	provenance: provenance(`JOB/${name}`),
	...changes,
})

export function textSource(
	id: string,
	columns: readonly string[],
	changes: {
		path?: string
		layout?: Partial<TextLayout>
		fieldCount?: 'reject' | 'fit'
		recordColumn?: string
		skipLines?: number
	} = {},
): Operator {
	return {
		...base(id),
		kind: 'read',
		schema: schema(...columns),
		source: {
			kind: 'text-file',
			path: sourced(literal(changes.path ?? `/data/${id}.txt`), changes.path ?? `/data/${id}.txt`),
			layout: layout(changes.layout),
			skipLines: changes.skipLines ?? 0,
			fieldCount: changes.fieldCount ?? 'reject',
			...(changes.recordColumn === undefined ? {} : { recordColumn: changes.recordColumn }),
		},
	}
}

export function textTarget(
	id: string,
	columns: readonly string[],
	changes: { quoted?: boolean; layout?: Partial<TextLayout> } = {},
): Operator {
	const isQuoted = changes.quoted ?? false
	return {
		...base(id),
		kind: 'write',
		schema: schema(...columns),
		target: {
			kind: 'text-file',
			path: sourced(literal(`/data/${id}.txt`), `/data/${id}.txt`),
			layout: layout({ header: false, ...changes.layout }),
			quoted: columns.map(() => isQuoted),
			quotedHeader: isQuoted,
			doubleQuotes: true,
			mode: 'overwrite',
		},
	}
}

/** A table of that name of the connection DW, so that tests may give rows of any type. */
export const tableSource = (id: string, columns: Schema): Operator => ({
	...base(id),
	kind: 'read',
	schema: columns,
	source: { kind: 'table', connection: 'DW', table: sourced(literal(id), id) },
})

export const tableTarget = (id: string, columns: Schema): Operator => ({
	...base(id),
	kind: 'write',
	schema: columns,
	target: { kind: 'table', connection: 'DW', table: sourced(literal(id), id), mode: 'insert' },
})

/** `A.out > B.in`; ports are `out` and `in` where they are not named. */
export function link(ends: string, columns: Schema, name?: string): Link {
	const [from = '', to = ''] = ends.split('>').map((end) => end.trim())
	const [source = '', out = 'out'] = from.split('.')
	const [target = '', into = 'in'] = to.split('.')
	return {
		id: `${source}.${out}-${target}.${into}`,
		name: name ?? `${source}_to_${target}`,
		from: { operator: source, port: out },
		to: { operator: target, port: into },
		schema: columns,
		provenance: provenance('JOB/link'),
	}
}

export const flow = (operators: readonly Operator[], links: readonly Link[], id = 'JOB'): DataFlow => ({
	id,
	name: id,
	operators,
	links,
	provenance: provenance(id),
})

/** A DataStage job of one data flow. */
export function job(flows: DataFlow | readonly DataFlow[], changes: Partial<Job> = {}): Job {
	const all = 'operators' in flows ? [flows] : flows
	const tasks = all.map((one) => ({
		kind: 'data-flow' as const,
		id: one.id,
		element: one.id,
		name: one.name,
		flow: one.id,
		disabled: false,
		provenance: provenance(one.id),
	}))
	return {
		version: modelVersion,
		id: 'exports/test.dsx#JOB',
		name: 'JOB',
		kind: 'parallel',
		dialect: 'datastage',
		description: '',
		toolVersion: '11.7',
		parameters: [],
		variables: [],
		connections: [],
		flows: all,
		control: { tasks, precedences: [], joins: [] },
		accounting: all.flatMap((one) =>
			one.operators.map((operator) => ({
				id: operator.id,
				type: operator.kind,
				name: operator.name,
				outcome: operator.kind === 'opaque' ? ('opaque' as const) : ('exact' as const),
				provenance: operator.provenance,
			})),
		),
		differences: [],
		diagnostics: [],
		provenance: provenance('JOB'),
		...changes,
	}
}
