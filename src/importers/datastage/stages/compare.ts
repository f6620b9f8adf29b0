import type { Expression } from '#model/expressions.ts'
import type { JoinOperator, NumberOperator } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { boolean, int, isNested, record } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { findDsColumn } from '../columns.ts'
import { assign, choose, columnExpression, isNull, literal } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { propertyOf, readKeys } from '../keys.ts'
import type { Assignment } from '../mapping.ts'
import { assigned, freeColumn, mapOutput, project } from '../mapping.ts'
import type { StageContext, StageInput, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, sortedInputs } from './inputs.ts'
import { whenMissing } from './missing.ts'

interface Codes {
	readonly equal: bigint
	readonly firstEmpty: bigint
	readonly secondEmpty: bigint
	readonly greater: bigint
	readonly less: bigint
}

/**
 * Compare: row by row in the order in which they come, the rows of two inputs by their key columns or by all of them; the result
 * is a code, beside the two rows as the sub-records `first` and `second` (IBM: Compare stage).
 */
export function lower(context: StageContext): StageStreams {
	const [first, second, ...others] = sortedInputs(context)
	if (first === undefined || second === undefined || others.length > 0) {
		context.refuse(`it has ${context.inputs.length} input links, not two`)
		return noStreams
	}
	const { properties } = context.stage
	if (propertyOf(properties, 'abortOnDifference') !== '') context.refuse('it ends the job at the first difference')
	const named = [...readKeys(properties, 'field'), ...readKeys(properties)]
	const keys = named.map(({ column }) => column)
	if (named.some(({ collation }) => collation === 'caseless')) context.refuse('a key ignores letter case')
	const [left, right] = [sideOf(context, 'first', first), sideOf(context, 'second', second)]
	const compared = keys.length > 0 ? keys : first.stream.schema.columns.map(({ name }) => name)
	const operator: JoinOperator = {
		...context.base(),
		kind: 'join',
		how: 'full',
		keys: [{ left: left.number, right: right.number, collation: 'binary' }],
		nullsEqual: false,
		columns: [...joinedColumns(left, 'left'), ...joinedColumns(right, 'right')],
	}
	context.flow.add(operator, { left: left.stream, right: right.stream })
	const joined = leaving(left.stream, operator, {
		columns: [...left.columns, ...right.columns].map(({ joined: column }) => column),
		open: false,
	})
	const { lines } = context.stage.record
	const result = {
		column: { name: 'result', type: int(8), nullable: false },
		expression: resultOf(context, compared, left, right),
		text: `comparison of ${compared.join(', ')}`,
		nullable: false,
		lines,
	}
	const rows = [left, right].flatMap((side) => (side.isWanted ? [rowOf(context, side)] : []))
	const values = [result, ...rows].map((value) => assigned(context, value, { kind: 'fail' }, { kind: 'fail' }))
	const stream = project(context, joined, values, { part: 'result' })
	return new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, stream)]))
}

interface SideColumn {
	readonly source: Column
	/** As it is called beside the columns of the other input. */
	readonly joined: Column
	/** What stands there where the other input goes on and this one does not. */
	readonly whenMissing: Value
}

interface Side {
	readonly name: 'first' | 'second'
	readonly stream: Stream
	/** Column with the place of a row. */
	readonly number: string
	readonly columns: readonly SideColumn[]
	/** Does an output link ask for its rows? */
	readonly isWanted: boolean
}

function sideOf(context: StageContext, name: Side['name'], input: StageInput): Side {
	const isWanted = context.outputs.some(
		({ link }) => link.open || link.columns.length === 0 || findDsColumn(link.columns, name) !== undefined,
	)
	if (isWanted && input.stream.schema.open) context.refuse('its inputs carry columns that the export does not name')
	const { stream, number } = numbered(context, input)
	const columns = stream.schema.columns.map((source): SideColumn => {
		const isCarried = isWanted && source.name !== number
		const missing = isCarried ? whenMissing(context, source) : null
		const nullable = missing === null
		return { source, joined: { ...source, name: `${name}_${source.name}`, nullable }, whenMissing: missing }
	})
	return { name, stream, number, columns, isWanted }
}

const joinedColumns = ({ columns }: Side, side: 'left' | 'right'): JoinOperator['columns'] =>
	columns.map(({ source, joined, whenMissing: missing }) => ({
		name: joined.name,
		side,
		column: source.name,
		whenMissing: missing,
	}))

/** The whole row of an input as one column. */
function rowOf({ stage }: StageContext, { name, number, columns }: Side): Assignment {
	const parts = columns.filter(({ source }) => source.name !== number)
	const type = record(
		parts.map(({ source: { name: field, type: kind, nullable } }) => ({ name: field, type: kind, nullable })),
	)
	return {
		column: { name, type, nullable: false },
		expression: {
			kind: 'call',
			operation: 'datastage.make-record',
			args: parts.map(({ joined }) => columnExpression(joined)),
			type,
		},
		text: `row of the ${name} input`,
		nullable: false,
		lines: stage.record.lines,
	}
}

function numbered(context: StageContext, { stream, link }: StageInput): Pick<Side, 'stream' | 'number'> {
	const column: Column = { name: freeColumn(stream.schema, 'place'), type: int(64), nullable: false }
	const operator: NumberOperator = {
		...context.base(`places ${link.name}`),
		kind: 'number',
		column,
		start: 1n,
		step: 1n,
	}
	context.flow.add(operator, { in: stream })
	return {
		stream: leaving(stream, operator, { ...stream.schema, columns: [...stream.schema.columns, column] }),
		number: column.name,
	}
}

/** Codes of the stage, or those that IBM names (Compare stage, Stage page). */
function codesOf(context: StageContext): Codes {
	const code = (property: string, otherwise: bigint): bigint => {
		const written = propertyOf(context.stage.properties, property)
		if (written === '') return otherwise
		const value = /^-?\d{1,3}$/.test(written) ? BigInt(written) : undefined
		if (value !== undefined && value >= -128n && value <= 127n) return value
		context.refuse(`its property ${property} is "${written}", which is no number between -128 and 127`)
		return otherwise
	}
	return {
		equal: code('eq', 0n),
		firstEmpty: code('first', -2n),
		secondEmpty: code('second', 2n),
		greater: code('gt', 1n),
		less: code('lt', -1n),
	}
}

/**
 * The first column that differs decides, in the types of the first input; a null is equal to a null and less than any value.
 */
function resultOf(context: StageContext, compared: readonly string[], left: Side, right: Side): Expression {
	const codes = codesOf(context)
	const code = (value: bigint): Expression => literal(value, int(8))
	const columnOf = ({ columns }: Side, name: string): SideColumn | undefined => {
		const found = columns.find(({ source }) => source.name.toLowerCase() === name.toLowerCase())
		if (found === undefined) context.refuse(`it compares the column ${name}, which an input lacks`)
		else if (isNested(found.source.type)) context.refuse(`it compares the column ${name}, a ${found.source.type.kind}`)
		else return found
		return undefined
	}
	const same = compared.toReversed().reduce<Expression>((rest, name) => {
		const [mine, theirs] = [columnOf(left, name), columnOf(right, name)]
		if (mine === undefined || theirs === undefined) return rest
		const one = columnExpression(mine.joined)
		const other = assign(context, columnExpression(theirs.joined), one.type)
		const when = (operation: string, then: Expression, otherwise: Expression): Expression =>
			choose({ kind: 'call', operation, args: [one, other], type: boolean }, then, otherwise)
		const ifNull = ({ source }: SideColumn, value: Expression, then: Expression, otherwise: Expression): Expression =>
			source.nullable ? choose(isNull(value), then, otherwise) : otherwise
		const values = when('datastage.lt', code(codes.less), when('datastage.gt', code(codes.greater), rest))
		const greater = ifNull(theirs, other, code(codes.greater), values)
		return ifNull(mine, one, ifNull(theirs, other, rest, code(codes.less)), greater)
	}, code(codes.equal))
	const placeOf = ({ name, number }: Side): Expression => columnExpression({ name: `${name}_${number}`, type: int(64) })
	return choose(
		isNull(placeOf(left)),
		code(codes.firstEmpty),
		choose(isNull(placeOf(right)), code(codes.secondEmpty), same),
	)
}
