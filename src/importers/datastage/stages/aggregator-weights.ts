/** Aggregators whose values weigh what another column says. */
import type { Expression } from '#model/expressions.ts'
import type { Measure, ProjectColumn } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { float } from '#model/types.ts'
import { findDsColumn } from '../columns.ts'
import { assign, choose, columnExpression, isNull, literal, nullLiteral } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import type { PackedEntry } from '../formats/dsx/property-list.ts'
import { propertyOf } from '../keys.ts'
import { columnNamed, freeColumn, project } from '../mapping.ts'
import type { StageContext } from '../stage-context.ts'
import { whenMissing } from './missing.ts'

const double = float(64)

/** What a weight counts for (definition of the stage type, Weighting Column). */
const weighted: Readonly<Record<string, string>> = {
	sum: 'sum',
	mean: 'mean',
	sumw: 'sumweights',
	uss: 'uncorrectedsumsquares',
	cv: 'pctcoeffvar',
}

export const isWeighted = (option: string): boolean => Object.hasOwn(weighted, option)

/** The value of an entry that qualifies another. */
export const partOf = (entry: PackedEntry, name: string): string =>
	entry.parts.find((part) => part.name === name)?.value.trim() ?? ''

/** The weight of the rows, if there is one. What a weight that is null does is not documented. */
export function weightOf(context: StageContext, stream: Stream, entry: PackedEntry | undefined): Column | undefined {
	const name = entry === undefined ? '' : partOf(entry, 'weightField')
	if (name === '') return undefined
	const weight = findDsColumn(stream.schema.columns, columnNamed(context, stream, name))
	if (weight === undefined) context.refuse(`the export does not say the type of its weighting column ${name}`)
	else if (weight.nullable) context.refuse(`its weighting column ${name} may be null`)
	else if (!/^(?:int|decimal|float)$/.test(weight.type.kind))
		context.refuse(`its weighting column ${name} is no number`)
	return weight
}

export const weightNumber = (context: StageContext, weight: Column): Expression =>
	assign(context, columnExpression(weight), double)

export interface WeightedMeasure extends Measure {
	readonly call: string
	readonly source: string
	readonly divisor?: string
}

interface Weighted {
	readonly source: Column
	readonly weight: Column
	/** The function, whose value is the column of its result. */
	readonly part: PackedEntry
	/** Columns that are computed before rows are grouped. */
	readonly converted: ProjectColumn[]
	readonly isDecimal: boolean
}

/** Each value counts as often as its weight says: sums are those of products, and a mean is divided by the sum of weights. */
export function readWeighted(context: StageContext, stream: Stream, asked: Weighted): readonly WeightedMeasure[] {
	const { source, weight, part, isDecimal } = asked
	const isKnown = part.name !== 'cv' && !isDecimal && part.parts.every(({ value }) => value.trim() === '')
	if (!isKnown || !/^(?:int|decimal|float)$/.test(source.type.kind)) {
		context.refuse(
			`${part.name} of ${source.name}, a ${source.type.kind}, with the weights of ${weight.name} is not supported`,
		)
		return []
	}
	const value = assign(context, columnExpression(source), double)
	const weighs = weightNumber(context, weight)
	const counted = source.nullable ? choose(isNull(columnExpression(source)), nullLiteral(double), weighs) : weighs
	const nullable = source.nullable && propertyOf(context.stage.properties, 'nul_res') !== ''
	const whenEmpty = source.nullable ? whenMissing(context, { name: part.value, type: double, nullable }) : null
	const common = { function: 'sum', type: double, collation: 'binary', source: source.name } as const
	const sum = (suffix: string, expression: Expression): string =>
		addColumn(context, stream, asked, { name: `${source.name}_${suffix}`, expression })
	const result = { ...common, name: part.value, call: weighted[part.name] ?? '', nullable, whenEmpty }
	if (part.name === 'sumw') return [{ ...result, column: sum('weight', counted) }]
	if (part.name === 'uss') return [{ ...result, column: sum('square', times(times(value, value), weighs)) }]
	const product = sum('weighted', times(value, weighs))
	if (part.name === 'sum') return [{ ...result, column: product }]
	const divisor = `${part.value}_weight`
	const under = { ...common, name: divisor, call: '', nullable: source.nullable, whenEmpty: null }
	return [
		{ ...result, column: product, divisor },
		{ ...under, column: sum('weight', counted) },
	]
}

function addColumn(
	context: StageContext,
	stream: Stream,
	{ converted, source }: Weighted,
	{ name, expression }: { readonly name: string; readonly expression: Expression },
): string {
	const column = freeColumn(stream.schema, name)
	if (!converted.some((one) => one.name === column))
		converted.push(computed(context, { name: column, expression }, source.nullable))
	return column
}

/** A column of doubles; a product is beyond no double. */
export function computed(
	context: StageContext,
	{ name, expression }: { readonly name: string; readonly expression: Expression },
	nullable: boolean,
): ProjectColumn {
	return {
		name,
		type: double,
		nullable,
		value: { expression, text: name },
		onError: { kind: 'fail' },
		onTruncation: { kind: 'cut' },
		onNull: { kind: 'allow' },
		provenance: context.provenance(context.stage.record.lines, name),
	}
}

const times = (left: Expression, right: Expression): Expression => ({
	kind: 'call',
	operation: 'datastage.multiply',
	args: [left, right],
	type: double,
})

type Divided = Pick<WeightedMeasure, 'name' | 'divisor' | 'nullable' | 'whenEmpty'>

/** Columns that only means are made of. */
export const divisors = (measures: readonly Divided[]): readonly string[] =>
	measures.flatMap(({ divisor }) => divisor ?? [])

/** Sums become means; where all weights of a group are 0 the result is that of a group without values. */
export function weightedMeans(context: StageContext, stream: Stream, measures: readonly Divided[]): Stream {
	const columns = measures.flatMap(({ name, divisor, nullable, whenEmpty }): readonly ProjectColumn[] => {
		if (divisor === undefined) return []
		const [sum, weight] = [name, divisor].map((column) => columnExpression({ name: column, type: double }))
		if (sum === undefined || weight === undefined) return []
		const empty = literal(whenEmpty ?? (nullable ? null : 0), double)
		const quotient: Expression = { kind: 'call', operation: 'datastage.divide', args: [sum, weight], type: double }
		const isNothing: Expression = {
			kind: 'call',
			operation: 'datastage.eq',
			args: [weight, literal(0, double)],
			type: { kind: 'boolean' },
		}
		const mean = choose(isNull(weight), empty, choose(isNothing, empty, quotient))
		return [computed(context, { name, expression: mean }, nullable)]
	})
	return columns.length === 0 ? stream : project(context, stream, columns, { part: 'means', passThrough: 'all' })
}
