import type { PivotOperator, UnpivotOperator } from '#model/reshaping.ts'
import type { Column } from '#model/types.ts'
import { int } from '#model/types.ts'
import type { DsColumn } from '../columns.ts'
import { findDsColumn, schemaOf } from '../columns.ts'
import { alike, columnExpression } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { propertyOf } from '../keys.ts'
import { assigned, columnNamed, freeColumn, mapOutput, mappedName, project } from '../mapping.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'
import { inKnownOrder } from './order.ts'
import { wholeNumber } from './whole-number.ts'

/**
 * Pivot Enterprise. Horizontal: a row becomes as many rows as the longest list of columns that feed one; vertical: the first
 * rows of a group, as many as the array has places, become columns (IBM: Pivot Enterprise stage). What it does stands in the
 * options of its operator, which the designer stores with the stage.
 */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const type = propertyOf(context.stage.properties, 'pivot_type') || 'pivot'
	if (type === 'verticalpivot') return vertical(context, only.stream, inKnownOrder(only.input))
	if (type !== 'pivot') context.refuse(`its pivot type is "${type}"`)
	return horizontal(context, only.stream)
}

interface Option {
	readonly name: string
	readonly value: string
}

/** `-derive 'A' -from B -type 'int32'`: names with their values, quoted or bare. */
function optionsOf(context: StageContext, property: string): readonly Option[] {
	const text = context.stage.properties.get(property) ?? ''
	const options: Option[] = []
	const pattern = /\s*-(\w+)\s+(?:'([^']*)'|"([^"]*)"|([^\s'"]+))\s*/gy
	let end = 0
	for (const match of text.matchAll(pattern)) {
		options.push({ name: match[1] ?? '', value: match[2] ?? match[3] ?? match[4] ?? '' })
		end = match.index + match[0].length
	}
	if (text.slice(end).trim() !== '') context.refuse(`its options go on with "${text.slice(end).trim().slice(0, 60)}"`)
	return options
}

interface Derivation {
	readonly name: string
	readonly from: readonly string[]
}

function horizontal(context: StageContext, stream: Stream): StageStreams {
	const options = optionsOf(context, 'PivotCustomOSH')
	const made = derivations(context, options)
	const passing = derivations(context, optionsOf(context, 'PivotCustomInputOSH'))
	if (made.length === 0) context.refuse('it derives no column')
	const prepared = sameTypes(context, stream, made)
	const passes = passing.map(({ name, from }) => ({ name, source: columnNamed(context, stream, from[0] ?? name) }))
	const renamed = passes.filter(({ name, source }) => name !== source)
	if (renamed.length > 0) context.refuse(`it gives ${renamed[0]?.source} on as ${renamed[0]?.name}`)
	const count = Math.max(...made.map(({ from }) => from.length), 0)
	const index = options.find(({ name }) => name === 'index')?.value
	const operator: UnpivotOperator = {
		...context.base(),
		kind: 'unpivot',
		passes: passes.map(({ source }) => source),
		made: prepared.columns.map(({ column }) => column),
		...(index === undefined ? {} : { index }),
		rows: Array.from({ length: count }, (_none, place) => ({
			from: prepared.columns.map(({ from }) => from[place] ?? null),
			key: null,
		})),
		nulls: 'keep',
	}
	context.flow.add(operator, { in: prepared.stream })
	const kept = stream.schema.columns.filter(({ name }) => operator.passes.includes(name))
	const numbered = index === undefined ? [] : [{ name: index, type: int(32), nullable: false }]
	return mapped(context, leaving(stream, operator, schemaOf([...kept, ...operator.made, ...numbered], false)))
}

/** `-type` repeats the column's type, which the link tells; anything else would change the meaning. */
function derivations(context: StageContext, options: readonly Option[]): readonly Derivation[] {
	const found: { name: string; from: string[] }[] = []
	for (const { name, value } of options) {
		if (name === 'derive') found.push({ name: value, from: [] })
		else if (name === 'from') found.at(-1)?.from.push(value)
		else if (name !== 'type' && name !== 'index') context.refuse(`it has the option ${name}, which is not known`)
	}
	return found
}

interface Prepared {
	readonly stream: Stream
	readonly columns: readonly { readonly column: Column; readonly from: readonly string[] }[]
}

/** Columns that feed one column brought to the type that this has on the output link. */
function sameTypes(context: StageContext, stream: Stream, made: readonly Derivation[]): Prepared {
	const declared = context.outputs.flatMap(({ link }) => link.columns)
	const copies: { readonly column: Column; readonly source: Column }[] = []
	const columns = made.map(({ name, from }) => {
		const sources = from.map((one) => findDsColumn(stream.schema.columns, columnNamed(context, stream, one)))
		const longest = Math.max(...made.map((other) => other.from.length))
		const known = sources.filter((source) => source !== undefined)
		const type = declared.find((column) => pivotedName(column) === name)?.type ?? known[0]?.type ?? int(32)
		const nullable = from.length < longest || known.some((source) => source.nullable)
		const taken = known.map((source) => {
			if (alike(source.type, type)) return source.name
			const copy = freeColumn(
				stream.schema,
				`${source.name}_as_${name}`,
				copies.map(({ column }) => column.name),
			)
			copies.push({ column: { name: copy, type, nullable: source.nullable }, source })
			return copy
		})
		return { column: { name, type, nullable }, from: taken }
	})
	if (copies.length === 0) return { stream, columns }
	const converted = copies.map(({ column, source }) =>
		assigned(
			context,
			{
				column,
				expression: columnExpression(source),
				text: source.name,
				nullable: source.nullable,
				lines: context.stage.record.lines,
			},
			{ kind: 'fail' },
			{ kind: 'fail' },
		),
	)
	return { stream: project(context, stream, converted, { part: 'types', passThrough: 'all' }), columns }
}

/** Names of the places of a column: `SCORE`, `SCORE_1`, `SCORE_2`. */
const placeName = (column: string, place: number): string => (place === 0 ? column : `${column}_${place}`)

function vertical(context: StageContext, stream: Stream, isOrdered: boolean): StageStreams {
	const options = optionsOf(context, 'VerticalPivotCustomOSH')
	const named = (option: string): readonly Column[] =>
		options
			.filter(({ name }) => name === option)
			.flatMap(({ value }) => findDsColumn(stream.schema.columns, columnNamed(context, stream, value)) ?? [])
	for (const { name } of options)
		if (!['group', 'pivot', 'array'].includes(name)) context.refuse(`it has the option ${name}, which is not known`)
	const [groups, pivots] = [named('group'), named('pivot')]
	const written =
		options.find(({ name }) => name === 'array')?.value ?? propertyOf(context.stage.properties, 'array_size')
	const size = wholeNumber(context, written, 'Array size')
	if (groups.length === 0 || pivots.length === 0) context.refuse('it groups by nothing, or pivots no column')
	if (!isOrdered)
		context.differ('RG-D001', `${context.stage.name} takes the rows of a group in the order in which they come`)
	const operator: PivotOperator = {
		...context.base(),
		kind: 'pivot',
		keys: groups.map(({ name }) => ({ column: name, collation: 'binary' })),
		grouping: 'all',
		columns: [
			...groups.map((column) => ({ ...column, take: { kind: 'first' as const, column: column.name } })),
			...pivots.flatMap((column) =>
				Array.from({ length: size }, (_none, place) => ({
					...column,
					name: placeName(column.name, place),
					nullable: place > 0 || column.nullable,
					take: { kind: 'place' as const, column: column.name, place },
				})),
			),
		],
	}
	context.flow.add(operator, { in: stream })
	return mapped(context, leaving(stream, operator, schemaOf(operator.columns, false)))
}

/** The column that a derivation like `Pivot(SALES)` or `VerticalPivot(SCORE_1)` names. */
const pivotedName = (column: DsColumn): string | undefined =>
	/^\s*(?:Vertical)?Pivot\(\s*([\w$]+)\s*\)\s*$/i.exec(column.derivation ?? '')?.[1] ?? mappedName(column)?.column

const mapped = (context: StageContext, stream: Stream): StageStreams =>
	new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, stream, pivotedName)]))
