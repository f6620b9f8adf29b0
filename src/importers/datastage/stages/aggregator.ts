import type { Expression } from '#model/expressions.ts'
import type { AggregateFunction, AggregateOperator, Measure, ProjectColumn } from '#model/operators.ts'
import type { Column, DataType } from '#model/types.ts'
import { boolean, decimal, float, int } from '#model/types.ts'
import type { DsColumn } from '../columns.ts'
import { findDsColumn } from '../columns.ts'
import { alike, assign, choose, columnExpression, either, nullLiteral, textLiteral } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import type { PackedEntry } from '../formats/dsx/property-list.ts'
import { entriesOf, propertyOf, readKeys } from '../keys.ts'
import { assigned, columnNamed, freeColumn, mapOutput, mappedName, project } from '../mapping.ts'
import { declareCollation } from '../sorting.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import {
	computed,
	divisors,
	isWeighted,
	partOf,
	readWeighted,
	weightedMeans,
	weightNumber,
	weightOf,
} from './aggregator-weights.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'
import { whenMissing } from './missing.ts'
import { warnOfDealing } from './order.ts'

interface FunctionName {
	readonly function: AggregateFunction
	readonly call: string
}

/** Option of the operator → function of the model, and the name that derivations use (definition of the stage type, mapping). */
const functions: Readonly<Record<string, FunctionName>> = {
	sum: { function: 'sum', call: 'sum' },
	min: { function: 'min', call: 'min' },
	max: { function: 'max', call: 'max' },
	mean: { function: 'mean', call: 'mean' },
	count: { function: 'count', call: 'count' },
	missing: { function: 'count-missing', call: 'missingvalcount' },
	// Without weights each value weighs one.
	sumw: { function: 'count', call: 'sumweights' },
	var: { function: 'variance', call: 'variance' },
	std: { function: 'deviation', call: 'standarddeviation' },
	ste: { function: 'standard-error', call: 'standarderror' },
	cv: { function: 'variation', call: 'pctcoeffvar' },
	css: { function: 'corrected-squares', call: 'correctedsumsquares' },
	uss: { function: 'squares', call: 'uncorrectedsumsquares' },
	range: { function: 'range', call: 'range' },
}
/** Those that divide by the number of values less one (IBM: Aggregator stage, Variance divisor). */
const dividing: ReadonlySet<AggregateFunction> = new Set(['variance', 'deviation', 'standard-error', 'variation'])
const double = float(64)
/** What qualifies all functions of a column. */
const settings: ReadonlySet<string> = new Set(['preserveType', 'mval', 'decimal', 'weightField'])

interface Wanted extends Measure {
	/** Call and column as a derivation names them. */
	readonly call: string
	readonly source: string
	/** The decimal that the result is given out as. */
	readonly output?: DecimalType
	/** The measure that divides this one, a sum, to a weighted mean. */
	readonly divisor?: string
}

/**
 * Aggregator. Results are doubles unless the type is preserved or decimal output is asked for; nulls are left out, and a group
 * of nothing but nulls gives 0 unless nulls are allowed (IBM: Aggregator stage, properties).
 */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const { properties } = context.stage
	const selection = propertyOf(properties, 'selection') || 'reduce'
	if (selection === 'rereduce') context.refuse('it aggregates summaries again (Re-calculation)')
	if (propertyOf(properties, 'mval') !== '') context.refuse('its property mval is not supported')
	const wantedDecimal = decimalOutput(context, propertyOf(properties, 'defaultToDecimal'), 'Default To Decimal Output')
	declareCollation(context)
	warnOfDealing(context, [only.input])
	// Flows write `countField` for the choice that a DSX calls `count`.
	const [input, wanted] =
		selection === 'count' || selection === 'countField'
			? readCount(context, only.stream)
			: readMeasures(context, only.stream, wantedDecimal)
	const keys = readKeys(properties).map(({ column, collation }) => {
		const name = columnNamed(context, input, column)
		return { column: name, name, collation }
	})
	for (const name of [...keys.map(({ column }) => column), ...wanted.flatMap(({ column }) => column ?? [])])
		if (findDsColumn(input.schema.columns, name) === undefined)
			context.refuse(`the export does not say the type of its input column ${name}`)
	const operator: AggregateOperator = {
		...context.base(),
		kind: 'aggregate',
		keys,
		measures: wanted.map(({ call: _call, source: _source, output: _output, divisor: _divisor, ...measure }) => measure),
		rowForNoInput: false,
		ordered: propertyOf(properties, 'method') === 'sort',
	}
	context.flow.add(operator, { in: input })
	const grouped = keys.flatMap(({ name }) => findDsColumn(input.schema.columns, name) ?? [])
	const measured = wanted.map(({ name, type, nullable }): Column => ({ name, type, nullable }))
	const summed = leaving(input, operator, { columns: [...grouped, ...measured], open: false })
	const divided = weightedMeans(context, summed, wanted)
	const result = wanted.some(({ output }) => output !== undefined) ? asDecimals(context, divided, wanted) : divided
	return new Map(
		context.outputs.map((output) => [
			output.pin.id,
			mapOutput(context, output, result, (column) => sourceOf(column, wanted), divisors(wanted)),
		]),
	)
}

/** `p,s` of Default To Decimal Output, or of a column. */
function decimalOutput(context: StageContext, property: string, caption: string): DecimalType | undefined {
	const written = property.trim()
	if (written === '') return undefined
	const [, precision = '', scale = ''] = /^(\d+)\s*,\s*(\d+)$/.exec(written) ?? []
	const type = decimal(Math.min(Number(precision), 38), Number(scale))
	if (precision === '' || Number(precision) > 38 || type.scale > type.precision)
		context.refuse(`its results are decimals of "${written}" (${caption})`)
	return type
}

type DecimalType = Extract<DataType, { kind: 'decimal' }>

/** Results are computed exactly, and then converted as everywhere: more digits behind the point are cut. */
function asDecimals(context: StageContext, stream: Stream, wanted: readonly Wanted[]): Stream {
	const { lines } = context.stage.record
	const columns = stream.schema.columns.flatMap((column) => {
		const type = wanted.find(({ name, type: own }) => name === column.name && own.kind === 'decimal')?.output
		if (type === undefined) return []
		const value = { column: { ...column, type }, expression: columnExpression(column), text: column.name, lines }
		return [assigned(context, { ...value, nullable: column.nullable }, { kind: 'fail' }, { kind: 'fail' })]
	})
	if (columns.length > 0)
		context.differ('RG-D132', `${columns.map(({ name }) => name).join(', ')} of ${context.stage.name}`)
	return project(context, stream, columns, { part: 'decimals', passThrough: 'all' })
}

/** The output column of that name, or the one whose function and column the derivation names (`Max(link.column)`, `RecCount()`). */
function sourceOf(column: DsColumn, wanted: readonly Wanted[]): string | undefined {
	if (findDsColumn(wanted, column.name) !== undefined) return column.name
	const call = /^\s*(\w+)\s*\(\s*(?:[\w$]+\.)?([\w$]*)\s*\)\s*$/.exec(column.derivation ?? '')
	if (call === null) return mappedName(column)?.column
	const [name = '', source = ''] = [call[1]?.toLowerCase(), call[2]?.toLowerCase()]
	return wanted.find((one) => one.call === name && (one.source.toLowerCase() === source || source === ''))?.name
}

/** Rows, or the sum of their weights (definition of the stage type, Weighting Column: instead of by 1). */
function readCount(context: StageContext, stream: Stream): readonly [Stream, readonly Wanted[]] {
	const [entry] = entriesOf(context.stage.properties, 'countField')
	const name = entry?.value.trim() || 'RecCount'
	const common = { name, nullable: false, whenEmpty: 0n, collation: 'binary', call: 'reccount', source: '' } as const
	const type = countType(context, name, 'reccount', '')
	const weight = weightOf(context, stream, entry)
	if (weight === undefined) return [stream, [{ ...common, type, function: 'count-rows' }]]
	const column = { name: freeColumn(stream.schema, `${weight.name}_weight`), expression: weightNumber(context, weight) }
	const weighed = project(context, stream, [computed(context, column, false)], { part: 'weights', passThrough: 'all' })
	return [weighed, [{ ...common, type: double, function: 'sum', column: column.name, whenEmpty: null }]]
}

/** Counts are doubles inside; a whole-number column takes them as they are, so they are counted in its type. */
function countType(context: StageContext, name: string, call: string, source: string): DataType {
	const probe: Wanted = {
		name,
		type: double,
		nullable: false,
		function: 'count-rows',
		whenEmpty: 0n,
		collation: 'binary',
		call,
		source,
	}
	const column = context.outputs[0]?.link.columns.find(
		(one) =>
			sourceOf(one, [probe]) !== undefined && (sourceOf(one, [probe]) ?? '').toLowerCase() === name.toLowerCase(),
	)
	return column?.type.kind === 'int' && column.type.bits >= 32
		? column.type
		: column?.type.kind === 'int'
			? int(64)
			: double
}

function readMeasures(
	context: StageContext,
	arriving: Stream,
	usual: DecimalType | undefined,
): readonly [Stream, readonly Wanted[]] {
	const converted: ProjectColumn[] = []
	const wanted: Wanted[] = []
	const entries = entriesOf(context.stage.properties, 'reduce')
	if (entries.length === 0) context.refuse('it calculates nothing')
	const [stream, known] = withoutMissing(context, arriving, entries)
	for (const entry of entries) {
		const name = columnNamed(context, arriving, entry.value)
		const source = findDsColumn(stream.schema.columns, known.get(name) ?? name)
		if (source === undefined) continue
		const weight = weightOf(context, stream, entry)
		for (const part of entry.parts.filter((one) => !settings.has(one.name))) {
			const output =
				decimalOutput(context, partOf(part, 'decimal') || partOf(entry, 'decimal'), 'Decimal Output') ?? usual
			const read =
				weight === undefined || !isWeighted(part.name)
					? readReduction(context, stream, source, { entry, part }, output === undefined ? converted : undefined)
					: readWeighted(context, stream, { source, weight, part, converted, isDecimal: output !== undefined })
			wanted.push(...read.map((one) => ({ ...one, source: name, ...(output === undefined ? {} : { output }) })))
		}
	}
	const input =
		converted.length === 0 ? stream : project(context, stream, converted, { part: 'numbers', passThrough: 'all' })
	return [input, wanted]
}

/** Columns under another name in which the value that counts as missing is null (IBM: Aggregator stage, Missing value). */
function withoutMissing(
	context: StageContext,
	stream: Stream,
	entries: readonly PackedEntry[],
): readonly [Stream, ReadonlyMap<string, string>] {
	const known = new Map<string, string>()
	const columns = entries.flatMap((entry): readonly ProjectColumn[] => {
		const missing = entry.parts.flatMap(({ name, value }) =>
			name === 'mval' && !/^(?:null)?$/i.test(value.trim()) ? [value.trim()] : [],
		)
		const source = findDsColumn(stream.schema.columns, columnNamed(context, stream, entry.value))
		if (missing.length === 0 || source === undefined) return []
		if (source.type.kind === 'string') context.refuse(`a text counts as missing in ${source.name}`)
		const column = { ...source, name: freeColumn(stream.schema, `${source.name}_known`), nullable: true }
		known.set(source.name, column.name)
		const value = columnExpression(source)
		const isMissing = missing
			.map((one): Expression => {
				const args = [value, assign(context, textLiteral(one), source.type)]
				return { kind: 'call', operation: 'datastage.eq', args, type: boolean }
			})
			.reduce(either)
		const expression = choose(isMissing, nullLiteral(source.type), value)
		const { lines } = context.stage.record
		return [
			assigned(
				context,
				{ column, expression, text: source.name, nullable: true, lines },
				{ kind: 'fail' },
				{ kind: 'fail' },
			),
		]
	})
	if (columns.length === 0) return [stream, known]
	return [project(context, stream, columns, { part: 'missing values', passThrough: 'all' }), known]
}

interface Reduction {
	readonly entry: PackedEntry
	/** The function, whose value is the column of its result. */
	readonly part: PackedEntry
}

function readReduction(
	context: StageContext,
	stream: Stream,
	source: Column,
	{ entry, part }: Reduction,
	/** Columns that have to become doubles first; undefined where results are decimals. */
	converted: ProjectColumn[] | undefined,
): readonly Wanted[] {
	const known = functionOf(context, entry, part)
	if (known === undefined) return []
	const name = part.value
	const common = { name, function: known.function, collation: 'binary', call: known.call, source: source.name } as const
	if (known.function === 'count' || known.function === 'count-missing') {
		const type = countType(context, name, known.call, source.name)
		return [{ ...common, type, nullable: false, column: source.name, whenEmpty: 0n }]
	}
	const preserve = partOf(entry, 'preserveType') !== ''
	const keepsType = preserve && (known.function === 'min' || known.function === 'max')
	const { name: column, type } = keepsType ? source : inputOf(context, stream, source, part.name, converted)
	const allowed = propertyOf(context.stage.properties, 'nul_res') !== ''
	const divides = dividing.has(known.function)
	const nullable = allowed && (source.nullable || divides)
	if (divides) context.differ('RG-D096', `${name} is its ${part.name}.`)
	const whenEmpty = source.nullable || divides ? whenMissing(context, { name, type, nullable }) : null
	return [{ ...common, type, nullable, column, whenEmpty }]
}

/** The function of a part; variances of all values are divided by their number (Variance Divisor). */
function functionOf(
	context: StageContext,
	{ value: column }: PackedEntry,
	part: PackedEntry,
): FunctionName | undefined {
	const known = functions[part.name]
	if (known === undefined) {
		const what = part.name === 'summary' ? 'the function summary' : `the option ${part.name}=${part.value}`
		context.refuse(`${what} of column ${column} is not supported`)
		return undefined
	}
	const divisor = partOf(part, 'vardiv')
	for (const { name, value } of part.parts)
		if (value.trim() !== '' && name !== 'decimal' && (name !== 'vardiv' || value.trim() !== 'n'))
			context.refuse(`the option ${name}=${value} of ${part.name} of column ${column} is not supported`)
	return divisor === 'n' ? { ...known, function: 'population-variance' } : known
}

/** The column that is calculated with, under the type of the result: a double, or exact where results are decimals. */
function inputOf(
	context: StageContext,
	stream: Stream,
	source: Column,
	operation: string,
	converted: ProjectColumn[] | undefined,
): Pick<Column, 'name' | 'type'> {
	if (converted !== undefined) return { name: numberColumn(context, stream, source, converted), type: double }
	const { name, type } = source
	if (!['sum', 'min', 'max', 'mean'].includes(operation))
		context.refuse(`${operation} of ${name} is a decimal (Default To Decimal Output)`)
	else if (type.kind !== 'int' && type.kind !== 'decimal')
		context.refuse(`it makes decimals of ${name}, a ${type.kind} (Default To Decimal Output)`)
	return { name, type: exactType(type, operation) }
}

/** Room for all digits of a sum, and four more behind the point of a mean, as many as Spark gives it. */
function exactType(type: DataType, operation: string): DataType {
	const scale = type.kind === 'decimal' ? type.scale : 0
	return decimal(38, Math.min(operation === 'mean' ? scale + 4 : scale, 30))
}

/** The column as a double, which is what the engine calculates with. */
function numberColumn(context: StageContext, stream: Stream, source: Column, converted: ProjectColumn[]): string {
	const { kind } = source.type
	if (kind !== 'int' && kind !== 'decimal' && kind !== 'float' && kind !== 'string') {
		context.refuse(`it calculates with ${source.name}, a ${kind}, without preserving its type`)
		return source.name
	}
	if (alike(source.type, double)) return source.name
	const name = freeColumn(stream.schema, `${source.name}_number`)
	if (converted.some((column) => column.name === name)) return name
	const value = {
		column: { name, type: double, nullable: source.nullable },
		expression: assign(context, columnExpression(source), double),
		text: source.name,
		nullable: source.nullable,
		lines: context.stage.record.lines,
	}
	converted.push(assigned(context, value, { kind: 'null' }, { kind: 'null' }))
	return name
}
