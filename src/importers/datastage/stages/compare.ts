import type { Expression } from '#model/expressions.ts'
import type { JoinOperator, NumberOperator } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { boolean, int } from '#model/types.ts'
import { findDsColumn, schemaOf } from '../columns.ts'
import { choose, columnExpression, isNull, literal } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { propertyOf, readKeys } from '../keys.ts'
import { assigned, freeColumn, mapOutput, project } from '../mapping.ts'
import type { StageContext, StageInput, StageStreams } from '../stage-context.ts'
import { inTypesOf } from './change-keys.ts'
import { leaving, noStreams, sortedInputs } from './inputs.ts'

interface Codes {
	readonly equal: bigint
	readonly firstEmpty: bigint
	readonly secondEmpty: bigint
	readonly greater: bigint
	readonly less: bigint
}

/**
 * Compare: row by row in the order in which they come, the rows of two inputs by their key columns or by all of them; the result
 * is a code, and the two rows as sub-records, which are not translated (IBM: Compare stage).
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
	const [left, right] = [
		numbered(context, first),
		numbered(context, { ...second, stream: inTypesOf(context, second.stream, first.stream) }),
	]
	const compared = keys.length > 0 ? keys : first.stream.schema.columns.map(({ name }) => name)
	const operator: JoinOperator = {
		...context.base(),
		kind: 'join',
		how: 'full',
		keys: [{ left: left.number, right: right.number, collation: 'binary' }],
		nullsEqual: false,
		columns: [
			...left.stream.schema.columns.map(({ name }) => ({
				name: `first_${name}`,
				side: 'left' as const,
				column: name,
				whenMissing: null,
			})),
			...right.stream.schema.columns.map(({ name }) => ({
				name: `second_${name}`,
				side: 'right' as const,
				column: name,
				whenMissing: null,
			})),
		],
	}
	context.flow.add(operator, { left: left.stream, right: right.stream })
	const joined = leaving(left.stream, operator, {
		columns: [...prefixed('first', left.stream), ...prefixed('second', right.stream)],
		open: false,
	})
	const result: Column = { name: 'result', type: int(8), nullable: false }
	const value = {
		column: result,
		expression: resultOf(context, compared, left, right),
		text: `comparison of ${compared.join(', ')}`,
		nullable: false,
		lines: context.stage.record.lines,
	}
	const stream = project(context, joined, [assigned(context, value, { kind: 'fail' }, { kind: 'fail' })], {
		part: 'result',
	})
	return new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, stream)]))
}

const prefixed = (side: string, stream: Stream): readonly Column[] =>
	schemaOf(stream.schema.columns, false).columns.map((column) => ({
		...column,
		name: `${side}_${column.name}`,
		nullable: true,
	}))

interface Numbered {
	readonly stream: Stream
	/** Column with the place of a row. */
	readonly number: string
}

function numbered(context: StageContext, { stream, link }: StageInput): Numbered {
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

/** The first column that differs decides; a null is equal to a null and less than any value. */
function resultOf(context: StageContext, compared: readonly string[], left: Numbered, right: Numbered): Expression {
	const codes = codesOf(context)
	const code = (value: bigint): Expression => literal(value, int(8))
	const columnOf = (side: 'first' | 'second', { stream }: Numbered, name: string): Expression | undefined => {
		const found = findDsColumn(stream.schema.columns, name)
		if (found === undefined) context.refuse(`it compares the column ${name}, which an input lacks`)
		return found && columnExpression({ name: `${side}_${found.name}`, type: found.type })
	}
	const same = compared.toReversed().reduce<Expression>((rest, name) => {
		const [one, other] = [columnOf('first', left, name), columnOf('second', right, name)]
		if (one === undefined || other === undefined) return rest
		const call = (operation: string): Expression => ({ kind: 'call', operation, args: [one, other], type: boolean })
		const values = choose(
			call('datastage.lt'),
			code(codes.less),
			choose(call('datastage.gt'), code(codes.greater), rest),
		)
		return choose(
			isNull(one),
			choose(isNull(other), rest, code(codes.less)),
			choose(isNull(other), code(codes.greater), values),
		)
	}, code(codes.equal))
	const placeOf = (side: string, { number }: Numbered): Expression =>
		columnExpression({ name: `${side}_${number}`, type: int(64) })
	return choose(
		isNull(placeOf('first', left)),
		code(codes.firstEmpty),
		choose(isNull(placeOf('second', right)), code(codes.secondEmpty), same),
	)
}
