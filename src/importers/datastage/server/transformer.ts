/**
 * The Transformer in BASIC: of server jobs, and the BASIC Transformer of parallel jobs. Per row: the primary link, each reference
 * link by its key, stage variables from the top, then each output link with its constraint before its derivations.
 */
import type { OfferedColumn } from '#languages/datastage-parallel/symbols.ts'
import type { Expression } from '#model/expressions.ts'
import type { NumberOperator, RouteOperator } from '#model/operators.ts'
import { boolean, int, text } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import type { DsColumn } from '../columns.ts'
import { isSet, textOf } from '../columns.ts'
import { assign, choose, columnExpression, literal } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { assigned, freeColumn, project } from '../mapping.ts'
import { mayBeNull } from '../nullness.ts'
import type { StageContext, StageOutput, StageStreams } from '../stage-context.ts'
import { leaving, noStreams } from '../stages/inputs.ts'
import { withRowLimit } from '../stages/transformer/row-limit.ts'
import { type BasicScope, deriveBasic, routinesOf } from './derive.ts'
import { keepSequence, readKeySequence, withNextKey, withSequence } from './key-sequences.ts'
import { lookUpReferences } from './references.ts'
import { named, valueColumn } from './texts.ts'
import { lowerVariables, readVariables } from './variables.ts'

/** What the parts of one Transformer share. */
export interface BasicTransformer {
	readonly context: StageContext
	/** Output columns have the types of their links: in parallel jobs. In server jobs all are texts. */
	readonly typed: boolean
	readonly scope: BasicScope
	readonly stream: Stream
}

export const lower = (context: StageContext): StageStreams => transform(context, false)

/** The BASIC Transformer of parallel jobs. */
export const lowerTyped = (context: StageContext): StageStreams => transform(context, true)

function transform(context: StageContext, typed: boolean): StageStreams {
	const primaries = context.inputs.filter(({ link }) => link.kind !== 'reference')
	const [primary] = primaries
	if (primary === undefined || primaries.length > 1) {
		context.refuse(`it has ${primaries.length} primary links, not one`)
		return noStreams
	}
	refuseRoutines(context)
	const columns = primary.stream.schema.columns.map(
		(column) => [`${primary.link.name}.${column.name}`, column] as const,
	)
	const start: BasicTransformer = {
		context,
		typed,
		scope: { columns: new Map(columns), values: new Map(), routines: routinesOf(context.job.project) },
		stream: primary.stream,
	}
	const numbered = uses(context, /@INROWNUM\b/i) ? withRowNumber(start, '@INROWNUM') : start
	const matched = lookUpReferences(
		numbered,
		context.inputs.filter(({ link }) => link.kind === 'reference'),
	)
	const keys = readKeySequence(context, readVariables(context))
	const keyed = keys === undefined ? matched : withSequence(matched, keys)
	const ready = lowerVariables(keyed, keys?.variables ?? readVariables(context))
	if (ready === undefined) return noStreams
	if (keys !== undefined) keepSequence(ready, keys)
	return lowerOutputs(ready)
}

/** Routines that run before the first and after the last row: what they do is not known. */
function refuseRoutines(context: StageContext): void {
	for (const key of ['BeforeSubr', 'AfterSubr', 'BeforeRoutine', 'AfterRoutine'])
		if (textOf(context.stage.record.values, key).trim() !== '')
			context.refuse(
				`it runs the routine ${textOf(context.stage.record.values, key)} ${key.startsWith('B') ? 'before its first' : 'after its last'} row`,
			)
}

function uses(context: StageContext, pattern: RegExp): boolean {
	const texts = [
		...readVariables(context).map((variable) => variable.text),
		...context.outputs.flatMap(({ pin, link }) => [
			textOf(pin.record.values, 'Constraint'),
			...link.columns.map(({ derivation }) => derivation ?? ''),
		]),
		...context.inputs.flatMap(({ link }) => link.columns.map(({ keyExpression }) => keyExpression ?? '')),
	]
	return texts.some((one) => pattern.test(one))
}

/** Adds a column with the number of each row, from 1 (IBM: system variables). */
function withRowNumber(trx: BasicTransformer, variable: '@INROWNUM' | '@OUTROWNUM', link = ''): BasicTransformer {
	const { context, stream, typed } = trx
	const column = { name: freeColumn(stream.schema, variable.slice(1)), type: int(64), nullable: false }
	if (typed)
		context.differ('RG-D008', `${context.stage.name} uses ${variable}, which the engine counts for each partition`)
	const operator: NumberOperator = {
		...context.base(`${variable.slice(1).toLowerCase()}${link === '' ? '' : ` ${link}`}`),
		kind: 'number',
		column,
		start: 1n,
		step: 1n,
	}
	context.flow.add(operator, { in: stream })
	const schema = { ...stream.schema, columns: [...stream.schema.columns, column] }
	const columns = new Map<string, OfferedColumn>([...trx.scope.columns, [variable, column] as const])
	return { ...trx, stream: leaving(stream, operator, schema), scope: { ...trx.scope, columns } }
}

interface Output {
	readonly output: StageOutput
	readonly condition: Expression | undefined
	/** A reject link takes rows that no link before it took; with a constraint only those that meet it too. */
	readonly rejects: boolean
	readonly text: string
}

function lowerOutputs(trx: BasicTransformer): StageStreams {
	const outputs: Output[] = []
	const values = new Map(trx.scope.values)
	for (const output of trx.context.outputs) {
		const read = readOutput({ ...trx, scope: { ...trx.scope, values } }, output)
		outputs.push(read)
		rememberRejected(values, outputs)
	}
	const streams = route(trx, outputs)
	return new Map(
		outputs.map(({ output }, at) => {
			const rows = lowerLink({ ...trx, stream: streams[at] ?? trx.stream }, output)
			return [output.pin.id, withRowLimit(trx.context, rows, output)]
		}),
	)
}

function readOutput({ context, scope }: BasicTransformer, output: StageOutput): Output {
	const { values, lines } = output.pin.record
	const written = textOf(values, 'Constraint').trim()
	const derived = written === '' ? undefined : deriveBasic(context, written, scope, lines, 'boolean')
	return { output, condition: derived?.expression, rejects: isSet(values, 'Reject'), text: written }
}

/** `link.REJECTED`: the constraint did not let the row through. `REJECTED`: no link so far did. */
function rememberRejected(values: Map<string, Expression>, outputs: readonly Output[]): void {
	const one = (value: Value): Expression => literal(value, boolean)
	const rejected = (output: Output): Expression => {
		const taken = output.condition ?? one(!output.rejects)
		return choose(taken, one(false), one(true))
	}
	const last = outputs.at(-1)
	if (last !== undefined) values.set(`${last.output.link.name}.REJECTED`, rejected(last))
	values.set(
		'REJECTED',
		outputs.map(rejected).reduceRight((rest, first) => choose(first, rest, one(false)), one(true)),
	)
}

/** The rows that each link gets, in link order. Without constraints every link gets all rows, and no operator is needed. */
function route({ context, stream }: BasicTransformer, outputs: readonly Output[]): readonly Stream[] {
	if (outputs.every(({ condition, rejects }) => condition === undefined && !rejects)) return outputs.map(() => stream)
	const routes: RouteOperator['routes'][number][] = []
	const otherwise: RouteOperator['otherwise'][number][] = []
	const before: Output[] = []
	for (const [index, one] of outputs.entries()) {
		const port = `out${index}`
		const provenance = context.provenance(one.output.pin.record.lines, one.output.link.name)
		const condition = conditionOf(one, before)
		if (one.rejects && one.condition === undefined) otherwise.push({ port, after: routes.length })
		else routes.push({ port, provenance, ...(condition === undefined ? {} : { condition }) })
		before.push(one)
	}
	const operator: RouteOperator = {
		...context.base('constraints'),
		kind: 'route',
		mode: 'every',
		routes,
		otherwise,
		onNull: { kind: 'false' },
		onError: { kind: 'fail' },
		reject: {},
	}
	context.flow.add(operator, { in: stream })
	return outputs.map((_one, index) => leaving(stream, operator, stream.schema, `out${index}`))
}

function conditionOf({ condition, rejects, text: written }: Output, before: readonly Output[]) {
	if (condition === undefined) return undefined
	if (!rejects) return { expression: condition, text: written }
	const values = new Map<string, Expression>()
	rememberRejected(values, before)
	const left = values.get('REJECTED') ?? literal(true, boolean)
	return { expression: choose(left, condition, literal(false, boolean)), text: written }
}

function lowerLink(trx: BasicTransformer, output: StageOutput): Stream {
	const { link } = output
	const counts = link.columns.some(({ derivation }) => /@OUTROWNUM\b/i.test(derivation ?? ''))
	const inner = counts ? withRowNumber(trx, '@OUTROWNUM', link.name) : trx
	const columns = link.columns.flatMap((column) => derived(inner, column))
	const result = project(inner.context, inner.stream, columns, { part: link.name, lines: link.lines })
	return named(inner.context, result, output)
}

function derived({ context, scope, stream, typed }: BasicTransformer, column: DsColumn) {
	const { name, lines, type } = column
	if (column.derivation === undefined) {
		context.refuse(`the column ${name} has no derivation`)
		return []
	}
	const plain = scope.columns.get(column.derivation.trim())
	const wanted = typed && type.kind !== 'string' ? undefined : 'string'
	const isSame = typed && plain !== undefined && plain.type.kind === type.kind
	const value = isSame
		? { expression: columnExpression(plain), text: column.derivation }
		: deriveBasic(context, withNextKey(column.derivation), scope, lines, wanted)
	if (value === undefined) return []
	if (!typed) return [valueColumn(context, { name, type: text() }, value, lines)]
	const expression = assign(context, value.expression, type)
	const failing = { kind: 'fail' } as const
	return [
		assigned(
			context,
			{ column, expression, text: value.text, nullable: mayBeNull(expression, stream.schema), lines },
			failing,
			failing,
		),
	]
}
