/**
 * The compiler's code of public Transformers (`TrxGenCode`), run over synthesised rows, against the reference interpreter: the
 * same rows on every link. What cannot be compared is listed with its reason, or the test fails.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dsxImporter } from '#importers/datastage/importer.ts'
import type { Job } from '#model/job.ts'
import { encodeRow, valueText } from '#model/json-values.ts'
import type { DataFlow, Link, Operator } from '#model/operators.ts'
import type { DataType } from '#model/types.ts'
import { findColumn } from '#model/types.ts'
import type { Row, Value } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'
import { interpretFlow } from '#reference/flow.ts'
import { parameterValues } from '#reference/parameters.ts'
import type { FlowInputs } from '#synthesis/scenario.ts'
import { synthesise } from '#synthesis/synthesise.ts'
import { compiledJobs } from './osh.ts'
import { parseTrxCode } from './trx-code.ts'
import type { TrxRow, TrxValue } from './trx-run.ts'
import { runTrxCode } from './trx-run.ts'

const folder = '/work/shared/corpus/datastage'
const files = existsSync(folder) ? globSync(`${folder}/**/*.dsx`).sort() : []
const run = { at: makeTimestamp(0n), job: 'job', project: '', host: '', invocation: '' }

interface Alone {
	readonly flow: DataFlow
	readonly input: string
	/** By the write operator that takes it: the link's name, and the part of the stage that it comes from. */
	readonly links: ReadonlyMap<string, { readonly name: string; readonly from: string }>
}

/** The operators of one stage between a table and a table for each link that leaves it. */
function stageAlone(job: Job, element: string): Alone | undefined {
	const [flow] = job.flows
	if (flow === undefined) return undefined
	const inside = flow.operators.filter((operator) => operator.element === element)
	const ids = new Set(inside.map(({ id }) => id))
	const entering = flow.links.filter(({ from, to }) => ids.has(to.operator) && !ids.has(from.operator))
	const leaving = flow.links.filter(({ from, to }) => ids.has(from.operator) && !ids.has(to.operator))
	const [entry] = entering
	if (entry === undefined || entering.some(({ from }) => from.operator !== entry.from.operator)) return undefined
	const table = (id: string) => ({ id, element, name: id, provenance: flow.provenance, differences: [] })
	const sourced = (text: string) => ({
		expression: {
			kind: 'literal' as const,
			value: text,
			type: { kind: 'string' as const, unicode: true, fixed: false },
		},
		text,
	})
	const read: Operator = {
		...table('SOURCE'),
		kind: 'read',
		source: { kind: 'table', connection: 'C', table: sourced('T') },
		schema: { ...entry.schema, open: false },
	}
	const writes = leaving.map(
		(link, index): Operator => ({
			...table(`TARGET${index}`),
			kind: 'write',
			target: { kind: 'table', connection: 'C', table: sourced(`T${index}`), mode: 'insert' },
			schema: link.schema,
		}),
	)
	const links: readonly Link[] = [
		...entering.map((link) => ({ ...link, from: { operator: 'SOURCE', port: 'out' } })),
		...flow.links.filter(({ from, to }) => ids.has(from.operator) && ids.has(to.operator)),
		...leaving.map((link, index) => ({ ...link, to: { operator: `TARGET${index}`, port: 'in' } })),
	]
	return {
		flow: { ...flow, operators: [read, ...inside, ...writes], links },
		input: 'SOURCE',
		links: new Map(
			leaving.map(({ name, from }, index) => [`TARGET${index}`, { name, from: from.operator.split('#').at(-1) ?? '' }]),
		),
	}
}

/** Numbers as numbers, everything else as the text that it prints. */
function plain(value: unknown): TrxValue {
	if (value === null || value === undefined) return null
	if (typeof value === 'number') return value
	const written = typeof value === 'string' ? value : JSON.stringify(value)
	return written !== '' && !/^0\d/.test(written) && !Number.isNaN(Number(written))
		? Number(written)
		: written.replace(' 00:00:00', '')
}

const plainRow = (row: Readonly<Record<string, unknown>>): TrxRow =>
	Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]))

interface Verdict {
	readonly stage: string
	readonly rows: number
	readonly compared: number
	readonly differs?: string
	readonly left?: string
}

function judge(job: Job, stage: string, text: string): Verdict {
	const left = (why: string): Verdict => ({ stage: `${job.name}/${stage}`, rows: 0, compared: 0, left: why })
	const item = job.accounting.find(({ id }) => id === `${job.name}/${stage}`)
	if (item === undefined || item.outcome === 'opaque') return left(`opaque: ${item?.reason ?? 'not there'}`)
	if (text.includes('tablename ')) return left('a lookup compiled to a transform; its tables are not in the code')
	const alone = stageAlone(job, `${job.name}/${stage}`)
	if (alone === undefined) return left('it changes nothing, and no operator stands for it')
	const stale = columnWithoutCode(alone.flow, text)
	if (stale !== undefined) return left(`compiled before its design was last changed: no code computes ${stale}`)
	const code = parseTrxCode(text)
	const parameters = parameterValues(job, new Map()).values
	const { scenarios } = synthesise({ ...job, flows: [alone.flow] }, { parameters, run })
	const made: FlowInputs = scenarios[0]?.flows.get(alone.flow.id) ?? new Map()
	const given = made.get(alone.input)
	const rows: readonly Row[] = given?.kind === 'rows' ? given.rows.filter(isOrdinary) : []
	const inputs: FlowInputs = given?.kind === 'rows' ? new Map([...made, [alone.input, { ...given, rows }]]) : made
	const ours = interpretFlow(alone.flow, { inputs, parameters, variables: new Map<string, Value>(), run })
	if (ours.failure !== undefined) return left(`the reference stops: ${ours.failure.message}`)
	const read = alone.flow.operators[0]
	const schema = read?.kind === 'read' ? read.schema : { columns: [], open: false }
	const linkOf = new Map(
		[...alone.links].map(([operator, { name, from }]) => [
			operator,
			[name, from].find((one) => code.outputs.includes(one)),
		]),
	)
	const types = new Map<string, DataType>(
		ours.outputs.flatMap(({ operator, schema: { columns } }) =>
			columns.map(({ name, type }) => [`${linkOf.get(operator)}.${name}`, type] as const),
		),
	)
	const result = runTrxCode(
		code,
		rows.map((row) => plainInput(row, schema)),
		{
			globals: {
				...Object.fromEntries([...parameters].map(([name, value]) => [name, valueText(value ?? '')])),
				DSJobStartTimestamp: '1970-01-01 00:00:00',
			},
			hold: (column, value) => held(value, types.get(column)),
			currentDate: '1970-01-01',
		},
	)
	let compared = 0
	for (const { operator, rows: written, schema: own } of ours.outputs) {
		const link = linkOf.get(operator)
		const names = own.columns.map(({ name }) => name)
		const pick = (row: TrxRow): string => JSON.stringify(names.map((name) => plain(row[name] ?? null)))
		const mine = written.map((row) => pick(plainRow(encodeRow(row, own))))
		const theirs = (link === undefined ? result.rejected : (result.links.get(link) ?? [])).map(pick)
		compared += theirs.length
		if (JSON.stringify(mine) !== JSON.stringify(theirs)) {
			const at = mine.findIndex((row, index) => row !== theirs[index])
			const differs = `${link ?? 'rejects'}: ${mine.length} rows, compiled ${theirs.length}; row ${at}: ${mine[at]}, compiled ${theirs[at]}`
			return { stage: `${job.name}/${stage}`, rows: rows.length, compared, differs }
		}
	}
	return { stage: `${job.name}/${stage}`, rows: rows.length, compared }
}

/** A column that the design computes with a function and that the code never names. */
function columnWithoutCode({ operators }: DataFlow, text: string): string | undefined {
	const computed = operators.flatMap((operator) => (operator.kind === 'project' ? operator.columns : []))
	const names = computed.filter(({ value }) => value.expression.kind === 'call').map(({ name }) => name)
	const low = text.toLowerCase()
	return names.find((name) => !low.includes(`.${name.toLowerCase()} = `) && !low.includes(`_${name.toLowerCase()} = `))
}

const longest = 60
const greatest = 1_000_000_000

/** The interpreter of compiled code has JavaScript's numbers and no fixed widths: rows at the ends of types are Spark's to judge. */
function isOrdinary(row: Row): boolean {
	return Object.values(row).every((value) => {
		if (typeof value === 'string') return value.length <= longest
		if (typeof value === 'bigint' || typeof value === 'number') return Math.abs(Number(value)) < greatest
		return true
	})
}

/** A value in a column of that type: numbers become texts that fit, fractions are cut, an integer stays within its range. */
function held(value: TrxValue, type: DataType | undefined): TrxValue {
	if (value === null || type === undefined) return value
	if (type.kind === 'string') return String(value).slice(0, type.length)
	if (type.kind !== 'int' || Number.isNaN(Number(value))) return value
	const high = 2 ** (type.signed ? type.bits - 1 : type.bits) - 1
	return Math.trunc(Math.min(Math.max(Number(value), type.signed ? -high - 1 : 0), high))
}

/** Texts stay texts here, so that a blank or a leading zero is not lost. */
function plainInput(row: Row, schema: Parameters<typeof encodeRow>[1]): TrxRow {
	const encoded: Readonly<Record<string, unknown>> = encodeRow(row, schema)
	return Object.fromEntries(
		Object.entries(encoded).map(([name, value]) => [
			name,
			findColumn(schema, name)?.type.kind === 'string'
				? value === null
					? null
					: typeof value === 'string'
						? value
						: JSON.stringify(value)
				: plain(value),
		]),
	)
}

function verdicts(): readonly Verdict[] {
	return files.flatMap((file) => {
		const bytes = readFileSync(file)
		const compiled = compiledJobs(new TextDecoder('windows-1252').decode(bytes))
		if (compiled.length === 0) return []
		const { jobs } = dsxImporter.read({ file: { path: file, bytes }, companions: [] })
		return compiled.flatMap(({ name, transforms }) => {
			const job = jobs.find((one) => one.name === name)
			return job === undefined ? [] : [...transforms].map(([stage, text]) => judge(job, stage, text))
		})
	})
}

describe.skipIf(files.length === 0)('compiled Transformers (skipped when /work/shared is absent)', () => {
	it('give the rows that the reference gives', () => {
		const all = verdicts()
		const compared = all.filter(({ left }) => left === undefined)
		const rows = compared.reduce((sum, one) => sum + one.compared, 0)
		const reasons = all.flatMap(({ stage, left }) => (left === undefined ? [] : [`not compared: ${stage}: ${left}`]))
		process.stdout.write(
			`${[`${compared.length} of ${all.length} Transformers, ${rows} rows compared`, ...reasons].join('\n')}\n`,
		)
		expect(all.flatMap(({ stage, differs }) => (differs === undefined ? [] : [`${stage} ${differs}`]))).toEqual([])
	})
})
