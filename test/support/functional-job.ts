/** Small whole jobs with the rows that the old engine is documented to write: a few lines of text each. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import type { Row } from '#model/values.ts'
import { isFull, sampled } from './depth.ts'
import type { ColumnSpec, JobSpec, LinkSpec, StageSpec, Values } from './dsx-builder.ts'
import { importJob, packed, reads, source, writes } from './dsx-builder.ts'
import { runBoth, runReference, startSpark, warmUp } from './run-flow.ts'

const sqlTypes: Readonly<Record<string, number>> = {
	char: 1,
	decimal: 3,
	int: 4,
	smallint: 5,
	float: 6,
	real: 7,
	double: 8,
	date: 9,
	time: 10,
	timestamp: 11,
	varchar: 12,
	bigint: -5,
	tinyint: -6,
	bit: -7,
	nvarchar: -9,
	raw: -3,
}

/**
 * Columns, one a line: `NAME type`, with `(length)` or `(precision,scale)`, `?` when it may be null, `!` when it is a key,
 * `{properties}` of its format, and `= derivation`.
 */
export const columns = (text: string): readonly ColumnSpec[] =>
	text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '')
		.map(column)

function column(line: string): ColumnSpec {
	const found = /^(\w+) (\w+)(?:\((\d+)(?:,(\d+))?\))?([?!]*)(?: \{(.*?)\})?(?: = (.*))?$/.exec(line)
	const [, name = '', type = '', length, scale, marks = '', format, derivation] = found ?? []
	const sqlType = sqlTypes[type]
	if (sqlType === undefined) throw new Error(`no column: ${line}`)
	return {
		name,
		sqlType,
		precision: Number(length ?? 0),
		scale: Number(scale ?? 0),
		nullable: marks.includes('?'),
		...(format === undefined ? {} : { format }),
		...(derivation === undefined ? {} : { derivation }),
		...(marks.includes('!') ? { more: { KeyPosition: '1' } } : {}),
	}
}

const plain = "final_delim=end, delim=',', null_field='NULL', quote=none"

export type FileOptions = Partial<LinkSpec> & {
	readonly format?: string
	readonly file?: string
	readonly more?: Values
}

/** The link from a file that is read; it has the stage's name in lower case. */
export const from = (stage: string, to: string, text: string, options: FileOptions = {}): LinkSpec => {
	const { format = plain, file = `/data/in/${stage}.txt`, more, ...link } = options
	return {
		name: stage.toLowerCase(),
		from: stage,
		to,
		columns: columns(text),
		outProperties: reads(file, more),
		outMeta: { SchemaFormat: format },
		...link,
	}
}

/** The link to a file that is written. */
export const to = (stage: string, from: string, text: string, options: FileOptions = {}): LinkSpec => {
	const { format = plain, file = `/data/out/${stage}.txt`, more, ...link } = options
	return {
		name: stage.toLowerCase(),
		from,
		to: stage,
		columns: columns(text),
		inProperties: writes(file, more),
		...link,
		inMeta: { SchemaFormat: format, ...link.inMeta },
	}
}

/** A link between two stages. */
export const link = (name: string, from: string, to: string, text: string, more: Partial<LinkSpec> = {}): LinkSpec => ({
	name,
	from,
	to,
	columns: columns(text),
	...more,
})

export const stage = (
	name: string,
	type: string,
	properties: Values = {},
	more: Partial<StageSpec> = {},
): StageSpec => ({
	name,
	type,
	properties,
	...more,
})

export const transformer = (
	name: string,
	variables: readonly Values[] = [],
	more: Partial<StageSpec> = {},
): StageSpec => ({
	name,
	type: 'CTransformerStage',
	...more,
	collections: { StageVars: variables, ...more.collections },
})

/** A stage variable: `NAME type = derivation`, and its initial value. */
export function variable(line: string, InitialValue?: string): Values {
	const { name, sqlType = 12, precision = 255, scale = 0, derivation = '' } = column(line)
	return {
		Name: name,
		Expression: derivation,
		SqlType: String(sqlType),
		Precision: String(precision),
		ColScale: String(scale),
		...(InitialValue === undefined ? {} : { InitialValue }),
	}
}

/** A packed list of one property. */
export const list = (name: string, ...values: readonly string[]): string =>
	packed(...values.map((value) => [name, value] as const))

export interface FunctionalJob extends Omit<JobSpec, 'stages'> {
	/** Stages that are no sequential files. */
	readonly stages: readonly StageSpec[]
	/** Text of each file that is read, by stage; rows of a data set. */
	readonly given: Readonly<Record<string, string | readonly Row[]>>
	/** Text of each file that is written, in any order of its lines. */
	readonly written: Readonly<Record<string, string>>
	readonly arguments?: Readonly<Record<string, string>>
	readonly ordered?: boolean
	/** The stage that ends the job, which then writes nothing. */
	readonly fails?: string
	readonly job?: Job
}

/** The stages of the links that the job does not name are sequential files. */
function withFiles(spec: FunctionalJob): JobSpec {
	const named = new Set(spec.stages.map(({ name }) => name))
	const others = (spec.links ?? []).flatMap(({ from, to }) => [from, to]).filter((name) => !named.has(name))
	return { ...spec, stages: [...spec.stages, ...[...new Set(others)].map(source)] }
}

let started: ReturnType<typeof startSpark> | undefined

/** One Spark for all subjects of a file. */
function sparkOfFile(): ReturnType<typeof startSpark> {
	if (started !== undefined) return started
	const engine = startSpark()
	beforeAll(() => warmUp(engine), 600_000)
	afterAll(() => engine.close())
	started = engine
	return engine
}

/** Describes a subject by its jobs: each is run by the reference, and with REGLUE_FULL=1 on Spark; of a sample every fourth. */
export function subject(title: string, jobs: Readonly<Record<string, FunctionalJob>>): void {
	const engine = isFull ? sparkOfFile() : undefined
	describe(title, { timeout: 120_000 }, () => {
		const onSpark = new Set(sampled(Object.keys(jobs), 4))
		it.each(Object.entries(jobs))('%s', async (name, spec) => {
			const job = spec.job ?? importJob(withFiles(spec))
			const opaque = job.accounting.filter(({ outcome }) => outcome === 'opaque')
			expect(opaque.map(({ name, reason }) => `${name}: ${reason ?? ''}`)).toEqual([])
			expect(unused(job)).toEqual([])
			const rows = Object.fromEntries(Object.entries(spec.written).map(([name, text]) => [name, lines(text, spec)]))
			const wanted = spec.fails === undefined ? rows : { failed: spec.fails }
			const parameters = spec.arguments ?? {}
			if (engine === undefined || !onSpark.has(name)) {
				const written = runReference(job, spec.given, parameters)
				expect(sorted(written, spec, job)).toEqual(wanted)
				return
			}
			const { expected, actual, script } = await runBoth(engine, job, spec.given, { ...spec, parameters })
			expect(sorted(expected, spec, job)).toEqual(wanted)
			expect(sorted(actual, spec, job), script).toEqual(wanted)
		})
	})
}

/** Operators that nobody takes rows from: scripts would have variables that nothing reads. */
const unused = (job: Job): readonly string[] =>
	job.flows.flatMap(({ operators, links }) =>
		operators
			.filter(({ id, kind }) => kind !== 'write' && links.every(({ from }) => from.operator !== id))
			.map(({ id }) => id),
	)

type Lines = Readonly<Record<string, readonly string[]>>

const sorted = (written: Readonly<Record<string, unknown>>, { ordered = false }: FunctionalJob, job: Job): unknown =>
	'failed' in written
		? { failed: String(written['failed']).replace(/#.*/, '') }
		: Object.fromEntries(
				Object.entries(written as Lines).map(([name, found]) => {
					const whole = found.map((line) => line + finalDelimiter(job, name))
					return [name.replace(/#.*/, ''), ordered ? whole : whole.toSorted()]
				}),
			)

/** What the records of a file end with before the line break. */
function finalDelimiter(job: Job, id: string): string {
	const operators = job.flows.flatMap((flow) => flow.operators)
	const target = operators.flatMap((one) => (one.kind === 'write' && one.id === id ? [one.target] : []))[0]
	return target?.kind === 'text-file' ? target.layout.recordDelimiter.replace(/\r?\n$/, '') : ''
}

function lines(text: string, { ordered = false }: FunctionalJob): readonly string[] {
	const found = text.split('\n').slice(0, -1)
	return ordered ? found : found.toSorted()
}
