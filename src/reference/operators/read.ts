import { evaluate } from '#languages/evaluate.ts'
import { fieldWidth } from '#model/field-ends.ts'
import { valueText } from '#model/json-values.ts'
import type { ReadOperator } from '#model/operators.ts'
import type { TextFileSource } from '#model/places.ts'
import type { Row, Value } from '#model/values.ts'
import { isError } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { FlowContext, Interpreter, Ports, SourceData } from '../context.ts'
import { cacheKey, rowScope } from '../context.ts'
import { stop } from '../stop.ts'
import { readText } from '../text-reader.ts'

export const read: Interpreter<'read'> = (operator, _inputs, context) => {
	const given = inputOf(operator, context)
	if (operator.source.kind === 'other' && given === undefined) {
		return stop(operator.id, `${operator.source.sourceType} is not read: ${operator.source.reason}`)
	}
	if (given === undefined) return stop(operator.id, 'no rows were given for this source')
	if (operator.source.kind === 'text-file' && given.kind === 'text') {
		return readFiles(operator, operator.source, filesOf(operator, operator.source, given, context), context)
	}
	return { out: readRows(operator, given, context) }
}

/** A cache has what an earlier flow of the run left in it, whatever a scenario would give it. */
function inputOf(operator: ReadOperator, { request }: FlowContext): SourceData | undefined {
	if (operator.source.kind !== 'cache' || request.kept === undefined) return request.inputs.get(operator.id)
	const rows = request.kept.get(cacheKey(operator.source.name))
	return rows === undefined
		? stop(operator.id, `nothing has filled the cache ${operator.source.name}`)
		: { kind: 'rows', rows }
}

function filesOf(
	{ id }: ReadOperator,
	{ path }: TextFileSource,
	{ files, byPath }: Extract<SourceData, { kind: 'text' }>,
	{ request }: FlowContext,
): readonly string[] {
	if (byPath === undefined) return files
	const value = evaluate(
		path.expression,
		rowScope(request, () => undefined),
	)
	if (isError(value)) return stop(id, value.message)
	const text = byPath.get(valueText(value))
	return text === undefined ? stop(id, `no file is there: ${valueText(value)}`) : [text]
}

function readFiles(
	operator: ReadOperator,
	source: TextFileSource,
	files: readonly string[],
	context: FlowContext,
): Ports {
	const columns = operator.schema.columns.filter(({ name }) => name !== source.recordColumn)
	const canReject = source.fieldCount !== 'fit' && context.isLinked(operator, 'reject')
	const hit = declareBranches(context, operator, [
		...columns.filter((_column, index) => canBeEmpty(source, index)).map(({ name }) => `column ${name} empty`),
		...(canReject ? ['record rejected'] : []),
	])
	const { records, rejected } = readText(files, source, columns.length)
	const out = records.map(({ raw, fields }): Row => {
		const entries = columns.map(({ name }, index): [string, Value] => {
			const value = fields[index] ?? null
			if (value === null || value === '') hit(`column ${name} empty`)
			return [name, value]
		})
		if (source.recordColumn !== undefined) entries.push([source.recordColumn, raw])
		return Object.fromEntries(entries)
	})
	for (const _record of rejected) hit('record rejected')
	const { recordColumn } = source
	return {
		out,
		reject: recordColumn === undefined ? [] : rejected.map((raw) => Object.fromEntries([[recordColumn, raw]])),
	}
}

/** A field of a width takes its characters, blanks or not, or the record is too short to be one. */
const canBeEmpty = ({ fieldCount, layout }: TextFileSource, at: number): boolean =>
	fieldCount === 'fit' || (fieldWidth(layout, at) ?? 0) === 0

/** Typed rows, the schema's columns only; a column that a row lacks is null. */
function readRows(operator: ReadOperator, given: SourceData, context: FlowContext): readonly Row[] {
	if (given.kind !== 'rows') throw new Error(`${operator.id} reads rows but was given text`)
	const nullable = operator.schema.columns.filter((column) => column.nullable)
	const hit = declareBranches(
		context,
		operator,
		nullable.map(({ name }) => `column ${name} null`),
	)
	return given.rows.map((row) => {
		for (const { name } of nullable) if ((row[name] ?? null) === null) hit(`column ${name} null`)
		return Object.fromEntries(operator.schema.columns.map(({ name }): [string, Value] => [name, row[name] ?? null]))
	})
}
