/** Projects: renames, conversions and choices of columns between one link and the next. Made only where something changes. */
import { diagnose } from '#model/diagnostics.ts'
import type { Expression } from '#model/expressions.ts'
import type { FailurePolicy, ProjectColumn, ProjectOperator } from '#model/operators.ts'
import type { LineRange } from '#model/provenance.ts'
import type { Column, DataType, Schema } from '#model/types.ts'
import { isNested, typeName } from '#model/types.ts'
import type { DsColumn } from './columns.ts'
import { findDsColumn, schemaOf } from './columns.ts'
import { assign, columnExpression, elementAt, nullLiteral } from './expressions.ts'
import type { Stream } from './flow.ts'
import { sameShape } from './nested-columns.ts'
import { canGoWrong } from './nullness.ts'
import type { StageContext, StageOutput } from './stage-context.ts'

export interface ProjectOptions {
	readonly part: string
	readonly passThrough?: ProjectOperator['passThrough']
	readonly drop?: readonly string[]
	readonly evaluation?: ProjectOperator['evaluation']
	readonly lines?: LineRange
	/** Name of the stream that leaves; the stage's name and the part when absent. */
	readonly name?: string
}

/** Adds a project, or gives `stream` back when it would change nothing. */
export function project(
	context: StageContext,
	stream: Stream,
	columns: readonly ProjectColumn[],
	options: ProjectOptions,
): Stream {
	const passThrough = options.passThrough ?? 'none'
	const schema = resultSchema(stream.schema, columns, passThrough, options.drop ?? [])
	if (options.drop === undefined && changesNothing(stream.schema, columns, passThrough)) return { ...stream, schema }
	const operator: ProjectOperator = {
		...context.base(options.part, options.lines),
		kind: 'project',
		passThrough,
		drop: options.drop ?? [],
		columns,
		evaluation: options.evaluation ?? 'together',
		reject: {},
	}
	context.flow.add(operator, { in: stream })
	return {
		from: { operator: operator.id, port: 'out' },
		schema,
		name: options.name ?? `${context.stage.name} ${options.part}`,
		provenance: operator.provenance,
	}
}

function resultSchema(
	input: Schema,
	columns: readonly ProjectColumn[],
	passThrough: 'none' | 'all',
	drop: readonly string[],
): Schema {
	const derived = schemaOf(columns, false).columns
	if (passThrough === 'none') return { columns: derived, open: false }
	const kept = input.columns.filter((column) => !drop.includes(column.name))
	const replaced = kept.map((column) => derived.find((other) => other.name === column.name) ?? column)
	const added = derived.filter((column) => !kept.some((other) => other.name === column.name))
	return { columns: [...replaced, ...added], open: input.open }
}

function changesNothing(input: Schema, columns: readonly ProjectColumn[], passThrough: 'none' | 'all'): boolean {
	if (passThrough === 'none' && (input.open || columns.length !== input.columns.length)) return false
	return columns.every((column, index) => {
		const { expression } = column.value
		if (expression.kind !== 'column' || expression.name !== column.name || column.onNull.kind !== 'allow') return false
		const place = input.columns.findIndex((other) => other.name === column.name)
		if (passThrough === 'none' && place !== index) return false
		return place >= 0 && !cutsText(expression.type, column.type)
	})
}

/** Is a text of type `from` too long for `to`? */
function cutsText(from: DataType, to: DataType): boolean {
	if (from.kind !== 'string' || to.kind !== 'string') return false
	return to.length !== undefined && (from.length === undefined || from.length > to.length)
}

export interface Assignment {
	readonly column: Column
	readonly expression: Expression
	readonly text: string
	/** Can the expression be null? */
	readonly nullable: boolean
	readonly lines: LineRange
}

/**
 * A column that takes a value by the engine's implicit conversion.
 * `onError` applies where the value or that conversion may fail, `onNull` where the column is not nullable and the value may be null.
 */
export function assigned(
	context: StageContext,
	{ column: wanted, expression: given, text, nullable, lines }: Assignment,
	onError: FailurePolicy,
	onNull: FailurePolicy,
): ProjectColumn {
	const { column, expression: value } = keepNested(context, wanted, given)
	const expression = assign(context, value, column.type)
	return {
		name: column.name,
		type: column.type,
		nullable: column.nullable,
		value: { expression, text },
		onError: canGoWrong(expression) ? onError : failing,
		onTruncation: { kind: 'cut' },
		onNull: column.nullable || !nullable ? { kind: 'allow' } : onNull,
		provenance: context.provenance(lines, column.name),
	}
}

/**
 * A vector or sub-record leaves as it is, whatever the link says of its parts; a vector of one element is "effectively" that
 * element (IBM: Make Subrecord stage).
 */
function keepNested(
	context: StageContext,
	column: Column,
	expression: Expression,
): { readonly column: Column; readonly expression: Expression } {
	const { type } = expression
	if (!isNested(type)) {
		if (isNested(column.type))
			context.refuse(`the column ${column.name} is a ${column.type.kind}, but gets a plain value`)
		return { column, expression }
	}
	if (type.kind === 'vector' && type.length === 1 && column.type.kind !== 'vector')
		return keepNested(context, column, elementAt(expression, type, 0))
	if (isNested(column.type) && !sameShape(column.type, type))
		context.refuse(`the column ${column.name} would have to become ${typeName(column.type)} from ${typeName(type)}`)
	return { column: { ...column, type, nullable: type.kind === 'record' && column.nullable }, expression }
}

const failing: FailurePolicy = { kind: 'fail' }

/**
 * The stream of an output link whose columns only name others (`link.column`, or the same name): Join, Lookup, Copy, Funnel, Sort …
 * Outside a Transformer a null for a column that is not nullable ends the job (IBM: Modify stage, null handling).
 * @param internal columns that lowering added: they do not travel along where columns propagate.
 * @param find the column of `stream` that feeds an output column; by default the one that its derivation names.
 */
export function mapOutput(
	context: StageContext,
	output: StageOutput,
	stream: Stream,
	find: (column: DsColumn) => string | undefined = (column) => mappedName(column)?.column,
	internal: readonly string[] = [],
): Stream {
	const { link } = output
	const leaving = (result: Stream): Stream => ({
		...result,
		name: link.name,
		provenance: context.provenance(link.lines, link.name),
	})
	if (link.columns.length === 0) {
		// All columns travel along, but for those that only lowering knows.
		if (internal.length === 0) return leaving(stream)
		const own = { part: link.name, passThrough: 'all', drop: internal, lines: link.lines } as const
		return leaving(project(context, stream, [], own))
	}
	const columns = link.columns.flatMap((column) => mapColumn(context, link.name, stream, column, find(column)))
	if (!link.open) return leaving(project(context, stream, columns, { part: link.name, lines: link.lines }))
	const used = new Set(
		columns.flatMap(({ name, value }) => [
			name,
			...(value.expression.kind === 'column' ? [value.expression.name] : []),
		]),
	)
	const rest = stream.schema.columns
		.filter((column) => !used.has(column.name) && !internal.includes(column.name))
		.map((column) => passing(context, column, link.lines))
	const passThrough = stream.schema.open ? 'all' : 'none'
	return leaving(
		project(context, stream, [...columns, ...(stream.schema.open ? [] : rest)], {
			part: link.name,
			passThrough,
			lines: link.lines,
		}),
	)
}

function mapColumn(
	context: StageContext,
	link: string,
	stream: Stream,
	column: DsColumn,
	wanted: string | undefined,
): readonly ProjectColumn[] {
	const source = wanted === undefined ? undefined : findDsColumn(stream.schema.columns, wanted)
	if (source !== undefined) return [carried(context, source, column, `${wanted}`)]
	if (wanted !== undefined && stream.schema.open) return [carried(context, { ...column, name: wanted }, column, wanted)]
	if (wanted !== undefined && column.nullable) {
		const value = { column, expression: nullLiteral(column.type), text: '', nullable: true, lines: column.lines }
		const what = `The column ${column.name} of link ${link} has no source and is always null`
		context.report(
			diagnose('stage/property', context.provenance(column.lines, column.name), {
				what,
				why: `No input column is called ${wanted}.`,
			}),
		)
		return [assigned(context, value, failing, failing)]
	}
	context.refuse(
		`the column ${column.name} of link ${link} comes from ${wanted === undefined ? `"${column.derivation ?? ''}"` : 'no column of the input'}`,
	)
	return []
}

function carried(context: StageContext, source: Column, column: DsColumn, text: string): ProjectColumn {
	const expression = columnExpression(source)
	return assigned(
		context,
		{ column, expression, text: column.derivation ?? text, nullable: source.nullable, lines: column.lines },
		failing,
		failing,
	)
}

/** A column that passes unchanged. */
export function passing(context: StageContext, column: Column, lines: LineRange): ProjectColumn {
	const value = { column, expression: columnExpression(column), text: column.name, nullable: column.nullable, lines }
	return assigned(context, value, failing, failing)
}

/** Surrogate Key Generator and Change Capture say so of the column that they make; the first names it. */
const madeColumn = /^\s*(?:GenerateKey|ChangeCode)\s*\(\s*([\w$]*)\s*\)\s*$/i

/** Link and column that a mapping names; `link` is absent where only the name tells. Undefined: it is no mapping. */
export function mappedName(
	column: DsColumn,
): { readonly link: string | undefined; readonly column: string } | undefined {
	if (column.derivation === undefined) return { link: undefined, column: column.name }
	const made = madeColumn.exec(column.derivation)
	if (made !== null) return { link: undefined, column: made[1] === '' ? column.name : (made[1] ?? column.name) }
	const match = /^\s*([\w$]+)\.([\w$]+)\s*$/.exec(column.derivation)
	return match?.[2] === undefined ? undefined : { link: match[1], column: match[2] }
}

/** A column name that no column of `schema` has. */
export function freeColumn(schema: Schema, wanted: string, alsoTaken: readonly string[] = []): string {
	const taken = new Set(
		[...schema.columns.map((column) => column.name), ...alsoTaken].map((name) => name.toLowerCase()),
	)
	let name = wanted
	for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${wanted}_${number}`
	return name
}

/** The spelling that the input has for a key or other column named in a property; refuses the stage when there is none. */
export function columnNamed(context: StageContext, stream: Stream, name: string): string {
	const found = findDsColumn(stream.schema.columns, name.trim())
	if (found !== undefined) return found.name
	if (!stream.schema.open) context.refuse(`it names the column ${name.trim()}, which its input does not have`)
	return name.trim()
}
