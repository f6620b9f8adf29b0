import type { Expression } from '#model/expressions.ts'
import type { AggregateFunction, AggregateOperator, Measure, ProjectColumn } from '#model/operators.ts'
import type { Column, DataType } from '#model/types.ts'
import { boolean, decimal, float, int } from '#model/types.ts'
import type { DsColumn } from '../columns.ts'
import { findDsColumn } from '../columns.ts'
import { alike, assign, choose, columnExpression, nullLiteral, textLiteral } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import type { PackedEntry } from '../formats/dsx/property-list.ts'
import { entriesOf, propertyOf, readKeys } from '../keys.ts'
import { assigned, columnNamed, freeColumn, mapOutput, mappedName, project } from '../mapping.ts'
import { declareCollation } from '../sorting.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'
import { whenMissing } from './missing.ts'
import { warnOfDealing } from './order.ts'

/** Option of the operator → function of the model, and the name that derivations use. */
const functions: Readonly<Record<string, { readonly function: AggregateFunction; readonly call: string }>> = {
	sum: { function: 'sum', call: 'sum' },
	min: { function: 'min', call: 'min' },
	max: { function: 'max', call: 'max' },
	mean: { function: 'mean', call: 'mean' },
	count: { function: 'count', call: 'count' },
	missing: { function: 'count-missing', call: 'missing' },
	// Without weights each value weighs one.
	sumw: { function: 'count', call: 'sumofweights' },
	var: { function: 'variance', call: 'variance' },
	std: { function: 'deviation', call: 'standarddeviation' },
	ste: { function: 'standard-error', call: 'standarderror' },
	cv: { function: 'variation', call: 'percentcoefficientofvariation' },
	css: { function: 'corrected-squares', call: 'correctedsumofsquares' },
	uss: { function: 'squares', call: 'uncorrectedsumofsquares' },
	range: { function: 'range', call: 'range' },
}
/** Those that divide by the number of values less one (IBM: Aggregator stage, Variance divisor). */
const dividing: ReadonlySet<AggregateFunction> = new Set(['variance', 'deviation', 'standard-error', 'variation'])
const unsupported: ReadonlySet<string> = new Set(['summary', 'weightField', 'collation_sequence'])
const double = float(64)

interface Wanted extends Measure {
	/** Call and column as a derivation names them. */
	readonly call: string
	readonly source: string
	/** The decimal that the result is given out as. */
	readonly output?: DecimalType
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
	for (const name of ['weightField', 'mval'])
		if (propertyOf(properties, name) !== '') context.refuse(`its property ${name} is not supported`)
	const wantedDecimal = decimalOutput(context, propertyOf(properties, 'defaultToDecimal'), 'Default To Decimal Output')
	declareCollation(context)
	warnOfDealing(context, [only.input])
	const [input, wanted] =
		selection === 'count' ? [only.stream, [rowCount(context)]] : readMeasures(context, only.stream, wantedDecimal)
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
		measures: wanted.map(({ call: _call, source: _source, output: _output, ...measure }) => measure),
		rowForNoInput: false,
		ordered: propertyOf(properties, 'method') === 'sort',
	}
	context.flow.add(operator, { in: input })
	const grouped = keys.flatMap(({ name }) => findDsColumn(input.schema.columns, name) ?? [])
	const measured = wanted.map(({ name, type, nullable }): Column => ({ name, type, nullable }))
	const summed = leaving(input, operator, { columns: [...grouped, ...measured], open: false })
	const result = wanted.some(({ output }) => output !== undefined) ? asDecimals(context, summed, wanted) : summed
	return new Map(
		context.outputs.map((output) => [
			output.pin.id,
			mapOutput(context, output, result, (column) => sourceOf(column, wanted)),
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

function rowCount(context: StageContext): Wanted {
	const name = propertyOf(context.stage.properties, 'countField') || 'RecCount'
	return {
		name,
		type: countType(context, name, 'reccount', ''),
		nullable: false,
		function: 'count-rows',
		whenEmpty: 0n,
		collation: 'binary',
		call: 'reccount',
		source: '',
	}
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
		const written = entry.parts.find((part) => part.name === 'decimal')?.value ?? ''
		const output = decimalOutput(context, written, 'Decimal Output') ?? usual
		const read = readReduction(context, stream, source, entry, output === undefined ? converted : undefined)
		wanted.push(...read.map((one) => ({ ...one, source: name, ...(output === undefined ? {} : { output }) })))
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
		const missing = entry.parts.find((part) => part.name === 'mval')?.value.trim() ?? ''
		const source = findDsColumn(stream.schema.columns, columnNamed(context, stream, entry.value))
		if (missing === '' || source === undefined) return []
		if (source.type.kind === 'string') context.refuse(`a text counts as missing in ${source.name}`)
		const column = { ...source, name: freeColumn(stream.schema, `${source.name}_known`), nullable: true }
		known.set(source.name, column.name)
		const value = columnExpression(source)
		const isMissing: Expression = {
			kind: 'call',
			operation: 'datastage.eq',
			args: [value, assign(context, textLiteral(missing), source.type)],
			type: boolean,
		}
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

function readReduction(
	context: StageContext,
	stream: Stream,
	source: Column,
	entry: PackedEntry,
	/** Columns that have to become doubles first; undefined where results are decimals. */
	converted: ProjectColumn[] | undefined,
): readonly Wanted[] {
	const preserve = entry.parts.some((part) => part.name === 'preserveType' && part.value.trim() !== '')
	return entry.parts.flatMap((part): readonly Wanted[] => {
		if (part.name === 'preserveType' || part.name === 'mval' || part.name === 'decimal') return []
		const known = functions[part.name]
		if (known === undefined) {
			const what = unsupported.has(part.name) ? `the function ${part.name}` : `the option ${part.name}=${part.value}`
			context.refuse(`${what} of column ${entry.value} is not supported`)
			return []
		}
		const common = {
			name: part.value,
			function: known.function,
			collation: 'binary' as const,
			call: known.call,
			source: source.name,
		}
		if (known.function === 'count' || known.function === 'count-missing') {
			return [
				{
					...common,
					type: countType(context, part.value, known.call, source.name),
					nullable: false,
					column: source.name,
					whenEmpty: 0n,
				},
			]
		}
		const keepsType = preserve && (known.function === 'min' || known.function === 'max')
		const input = keepsType ? source : inputOf(context, stream, source, part.name, converted)
		const { name: column, type } = input
		const allowed = propertyOf(context.stage.properties, 'nul_res') !== ''
		const divides = dividing.has(known.function)
		const nullable = allowed && (source.nullable || divides)
		if (divides) context.differ('RG-D096', `${part.value} is its ${part.name}.`)
		return [
			{
				...common,
				type,
				nullable,
				column,
				whenEmpty: source.nullable || divides ? whenMissing(context, { name: part.value, type, nullable }) : null,
			},
		]
	})
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
