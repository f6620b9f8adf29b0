/**
 * The parallel Transformer: row number, stage variables, then for each output link its constraint and derivations
 * (IBM: Transformer stages; order of evaluation as the generated transform code shows it).
 */
import type { OfferedColumn } from '#languages/datastage-parallel/symbols.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { FailurePolicy, ProjectColumn, RouteOperator } from '#model/operators.ts'
import type { DsColumn } from '../../columns.ts'
import { findDsColumn, isSet, textOf } from '../../columns.ts'
import type { Names } from '../../derive.ts'
import { namesOf } from '../../derive.ts'
import { columnExpression, literal, nullLiteral } from '../../expressions.ts'
import type { Stream } from '../../flow.ts'
import { assigned, mapOutput, passing, project } from '../../mapping.ts'
import { canGoWrong, mayBeNull } from '../../nullness.ts'
import type { StageContext, StageOutput, StageStreams } from '../../stage-context.ts'
import type { Words } from '../../words.ts'
import { wordsOf } from '../../words.ts'
import { leaving, noStreams, onlyInput } from '../inputs.ts'
import { united } from '../rejects.ts'
import { withInvalidMoments } from './invalid-moments.ts'
import { endsOnNull, handlesNullsTheOldWay, withoutNulls } from './legacy-nulls.ts'
import { refuseUnsupported } from './limits.ts'
import type { Loop } from './loop.ts'
import { readLoop, withIterations, withSavedRows } from './loop.ts'
import type { Transformer } from './parts.ts'
import { collectRejects, deriveIn } from './parts.ts'
import { withLookAheads } from './row-calls.ts'
import { withRowLimit } from './row-limit.ts'
import { withRowNumber } from './row-number.ts'
import { keepKeys, readSurrogateKeys, withKeysBefore } from './surrogate-keys.ts'
import { lowerVariables, readVariables } from './variables.ts'

interface Output {
	readonly output: StageOutput
	readonly constraint: string
	readonly role: 'data' | 'otherwise' | 'error'
}

export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const outputs = context.outputs.map(readOutput)
	const loop = readLoop(context)
	const saved = withSavedRows(context, readVariables(context, 'StageVars'), loop)
	const keys = readSurrogateKeys(context, saved, outputs)
	if (keys !== undefined && loop !== undefined) context.refuse('it takes surrogate keys (NextSurrogateKey) and loops')
	const variables = keys?.variables ?? saved
	const texts = [
		...[...variables, ...(loop?.variables ?? [])].map(({ text }) => text),
		loop?.text ?? '',
		...outputs.flatMap(({ output, constraint }) => [
			constraint,
			...output.link.columns.map(({ derivation }) => derivation ?? ''),
		]),
	]
	const words = wordsOf(texts)
	if (refuseUnsupported(context, words)) return noStreams
	declareClockAndPartitions(context, words)
	const policy: FailurePolicy = outputs.some(({ role }) => role === 'error')
		? { kind: 'redirect', code: 0, column: 0 }
		: { kind: 'drop' }
	const [numbered, rowNumber] = words.system.has('@INROWNUM')
		? withRowNumber(context, only.stream, 'INROWNUM')
		: [only.stream, undefined]
	const columns = namesOf(only.input.link.name, only.stream.schema)
	const [keyed, keyNames, keyColumns] = withKeysBefore(context, numbered, keys)
	const [looking, aheadNames] = withLookAheads(context, keyed, texts, columns)
	const names: Names = new Map<string, OfferedColumn>([
		...columns,
		...(rowNumber === undefined ? [] : [['@INROWNUM', rowNumber] as const]),
		...aheadNames,
		...keyNames,
	])
	const base: Transformer = {
		context,
		input: only.input,
		names,
		policy,
		onNull: endsOnNull(context) ? { kind: 'fail' } : policy,
		internal: [
			...(rowNumber === undefined ? [] : [rowNumber.name]),
			...[...aheadNames.values()].map(({ name }) => name),
			...keyColumns,
		],
		rejects: [],
	}
	const [stream, variableColumns] = lowerVariables(base, looking, variables, only.stream.schema)
	const internal = [...base.internal, ...[...variableColumns.values()].map(({ name }) => name)]
	const trx = { ...base, names: new Map([...names, ...variableColumns]), internal }
	keepKeys(context, stream, trx.names, keys)
	const rows = handlesNullsTheOldWay(context)
		? withoutNulls(
				trx,
				stream,
				variables,
				outputs.filter(({ role }) => role === 'data'),
			)
		: stream
	if (loop === undefined) return lowerOutputs(trx, rows, outputs)
	return lowerOutputs(...lowerLoop(trx, rows, loop, outputs), outputs)
}

/** The rows of a loop: every iteration with its variables; the outputs are decided in each of them. */
function lowerLoop(
	trx: Transformer,
	stream: Stream,
	loop: Loop,
	outputs: readonly Output[],
): readonly [Transformer, Stream] {
	const { context, input } = trx
	if (outputs.some(({ role }) => role === 'error'))
		context.refuse('it loops over rows and has a reject link, which gets a row once however many iterations fail')
	const latest = trx.internal.filter((name) => stream.schema.columns.some((column) => column.name === name))
	const { stream: repeated, column } = withIterations(trx, stream, loop, latest)
	const iterating = {
		...trx,
		names: new Map<string, OfferedColumn>([...trx.names, ['@ITERATION', column] as const]),
		internal: [...trx.internal, column.name],
	}
	const [result, variableColumns] = lowerVariables(iterating, repeated, loop.variables, input.stream.schema, 'loop')
	const internal = [...iterating.internal, ...[...variableColumns.values()].map(({ name }) => name)]
	return [
		{ ...iterating, names: new Map<string, OfferedColumn>([...iterating.names, ...variableColumns]), internal },
		result,
	]
}

function readOutput(output: StageOutput): Output {
	const { values } = output.pin.record
	const constraint = textOf(values, 'Constraint').trim()
	const otherwise = isSet(values, 'Reject') && constraint === ''
	const error = isSet(values, 'ErrorPin') || (output.link.kind === 'reject' && !otherwise && constraint === '')
	return { output, constraint, role: error ? 'error' : otherwise ? 'otherwise' : 'data' }
}

function declareClockAndPartitions(context: StageContext, words: Words): void {
	const { name } = context.stage
	if (
		['currentdate', 'currenttime', 'currenttimestamp', 'currenttimestampms', 'currenttimems'].some((call) =>
			words.calls.has(call),
		)
	) {
		context.differ('RG-D004', `${name} reads the clock`)
	}
	const counters = ['@INROWNUM', '@OUTROWNUM', '@PARTITIONNUM', '@NUMPARTITIONS'].filter((counter) =>
		words.system.has(counter),
	)
	if (counters.length > 0)
		context.differ('RG-D008', `${name} uses ${counters.join(', ')}, which the engine counts for each partition`)
}

function lowerOutputs(trx: Transformer, stream: Stream, outputs: readonly Output[]): StageStreams {
	const { context } = trx
	const data = outputs.filter(({ role }) => role !== 'error')
	const routed = route(trx, stream, data)
	const streams = new Map<string, Stream>()
	for (const [index, one] of data.entries()) {
		const rows = lowerLink(trx, routed[index] ?? stream, one.output)
		streams.set(one.output.pin.id, withRowLimit(context, rows, one.output))
	}
	for (const { output } of outputs.filter(({ role }) => role === 'error')) {
		streams.set(output.pin.id, withRowLimit(context, errorLink(trx, output), output))
	}
	return streams
}

/** The rows that each link gets, in link order. Without constraints every link gets all rows, and no operator is needed. */
function route(trx: Transformer, stream: Stream, outputs: readonly Output[]): readonly Stream[] {
	const { context, policy } = trx
	if (outputs.every(({ constraint, role }) => role === 'data' && constraint === '')) return outputs.map(() => stream)
	const routes: RouteOperator['routes'][number][] = []
	const otherwise: RouteOperator['otherwise'][number][] = []
	const ports = outputs.map(({ output, constraint, role }, index) => {
		const port = `out${index}`
		const provenance = context.provenance(output.pin.record.lines, output.link.name)
		const condition =
			constraint === '' ? undefined : deriveIn(trx, constraint, output.pin.record.lines, { condition: true })
		if (role === 'otherwise') otherwise.push({ port, after: routes.length })
		else routes.push({ port, provenance, ...(condition === undefined ? {} : { condition }) })
		return port
	})
	const operator: RouteOperator = {
		...context.base('constraints'),
		kind: 'route',
		mode: 'every',
		routes,
		otherwise,
		onNull: { kind: 'false' },
		onError: policy,
		reject: {},
	}
	context.flow.add(operator, { in: stream })
	const fails = routes.some(({ condition }) => condition !== undefined && canGoWrong(condition.expression))
	if (fails && policy.kind === 'redirect') trx.rejects.push(leaving(stream, operator, stream.schema, 'reject'))
	return ports.map((port) => leaving(stream, operator, stream.schema, port))
}

function lowerLink(trx: Transformer, rows: Stream, output: StageOutput): Stream {
	const { context, names } = trx
	const { link } = output
	const uses = wordsOf(link.columns.map(({ derivation }) => derivation ?? '')).system.has('@OUTROWNUM')
	const [stream, number] = uses ? withRowNumber(context, rows, 'OUTROWNUM') : [rows, undefined]
	const own: Names = number === undefined ? names : new Map<string, OfferedColumn>([...names, ['@OUTROWNUM', number]])
	const inner = { ...trx, names: own, internal: [...trx.internal, ...(number === undefined ? [] : [number.name])] }
	const columns = link.columns.flatMap((column) => derived(inner, stream, column))
	const rest = link.open ? transferred(inner, stream, columns) : []
	const open = link.open && stream.schema.open
	const result = project(context, stream, [...columns, ...(open ? [] : rest)], {
		part: link.name,
		lines: link.lines,
		...(open ? { passThrough: 'all', drop: inner.internal } : {}),
	})
	collectRejects(trx, stream, result, columns)
	return { ...result, name: link.name, provenance: context.provenance(link.lines, link.name) }
}

/** Columns that no derivation names travel along where runtime column propagation is on. */
function transferred(
	{ context, internal, input }: Transformer,
	stream: Stream,
	columns: readonly ProjectColumn[],
): readonly ProjectColumn[] {
	const used = new Set(
		columns.flatMap(({ name, value }) => [
			name,
			...(value.expression.kind === 'column' ? [value.expression.name] : []),
		]),
	)
	return stream.schema.columns
		.filter(({ name }) => !used.has(name) && !internal.includes(name))
		.map((column) => passing(context, column, input.link.lines))
}

function derived(trx: Transformer, stream: Stream, column: DsColumn): readonly ProjectColumn[] {
	const { context, policy, onNull } = trx
	if (column.derivation === undefined) return underived(trx, stream, column)
	const value = deriveIn(trx, column.derivation, column.lines, { target: column.type })
	if (value === undefined) return []
	const { expression, text } = value
	const nullable = mayBeNull(expression, stream.schema)
	const made = assigned(context, { column, expression, text, nullable, lines: column.lines }, policy, onNull)
	return [withInvalidMoments(context, made)]
}

/** No derivation: the input column of that name, or null where the column may be null. */
function underived(
	{ context, policy, onNull }: Transformer,
	stream: Stream,
	column: DsColumn,
): readonly ProjectColumn[] {
	const source = findDsColumn(stream.schema.columns, column.name) ?? (stream.schema.open ? column : undefined)
	if (source !== undefined) {
		const value = {
			column,
			expression: columnExpression(source),
			text: source.name,
			nullable: source.nullable,
			lines: column.lines,
		}
		return [withInvalidMoments(context, assigned(context, value, policy, onNull))]
	}
	if (!column.nullable) {
		context.refuse(`the column ${column.name} has no derivation and may not be null`)
		return []
	}
	const what = `The column ${column.name} of ${context.stage.name} has no derivation and is always null`
	context.report(
		diagnose('stage/property', context.provenance(column.lines, column.name), {
			what,
			why: 'No input column has its name.',
		}),
	)
	return [
		assigned(
			context,
			{ column, expression: nullLiteral(column.type), text: '', nullable: true, lines: column.lines },
			{ kind: 'fail' },
			onNull,
		),
	]
}

/** Rejected rows have the columns of the input (IBM: Transformer stage, reject links). Nothing can fail: no row ever comes. */
function errorLink(trx: Transformer, output: StageOutput): Stream {
	const { context, input, rejects } = trx
	const columns = input.stream.schema.columns.map((column) => passing(context, column, output.link.lines))
	const own = (stream: Stream): Stream =>
		input.stream.schema.open
			? stream
			: project(context, stream, columns, { part: 'rejected', lines: output.link.lines })
	if (rejects.length > 0) return mapOutput(context, output, united(context, rejects.map(own)), (column) => column.name)
	const never = { expression: literal(false, { kind: 'boolean' }), text: '' }
	const operator = {
		...context.base('no rejects', output.link.lines),
		kind: 'filter' as const,
		condition: never,
		onError: { kind: 'drop' } as const,
	}
	context.flow.add(operator, { in: input.stream })
	return mapOutput(context, output, leaving(input.stream, operator), (column) => column.name)
}
