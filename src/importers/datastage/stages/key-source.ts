/**
 * Surrogate Key Generator with a state file. The state becomes a data set of highest keys, one row for each run that took some;
 * keys go on above the greatest of them (IBM: Surrogate Key Generator stage).
 */

import type { Expression, SourcedExpression } from '#model/expressions.ts'
import type {
	AggregateOperator,
	LookupOperator,
	NumberOperator,
	ReadOperator,
	WriteOperator,
} from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { int } from '#model/types.ts'
import { findDsColumn } from '../columns.ts'
import { assign, columnExpression, literal } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { propertyOf } from '../keys.ts'
import { assigned, columnNamed, freeColumn, mapOutput, passing, project } from '../mapping.ts'
import { parameterised } from '../paths.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'

const highest: Column = { name: 'HIGHEST_KEY', type: int(64), nullable: false }
const failing = { kind: 'fail' } as const

export function lower(context: StageContext): StageStreams {
	const { properties, record } = context.stage
	const type = propertyOf(properties, 'keysourcetype') || 'file'
	if (type !== 'file')
		context.refuse(
			'its keys come from a sequence of a database; take them from an identity column or that sequence in the target',
		)
	const written = propertyOf(properties, 'sk_id')
	if (written === '') context.refuse('it names no state file')
	if (context.inputs.length === 0)
		context.refuse('it has no input: it makes, deletes or shows the state file, or makes rows by itself')
	const path = parameterised(context, written, record.lines)
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	context.differ('RG-D098', `${context.stage.name} goes on from ${written}.`)
	if (context.outputs.length > 0) return generateKeys(context, only.stream, path)
	const name = columnNamed(context, only.stream, propertyOf(properties, 'input_key'))
	const source = findDsColumn(only.stream.schema.columns, name)
	if (source === undefined) context.refuse(`the export does not say the type of ${name}`)
	else keepHighest(context, only.stream, columnExpression(source), path, source.nullable)
	return noStreams
}

/** Every row gets the greatest key so far and its own number; the last of them is kept for the next run. */
function generateKeys(context: StageContext, stream: Stream, path: SourcedExpression): StageStreams {
	const { properties, record } = context.stage
	const [output] = context.outputs
	const start = propertyOf(properties, 'start_value') || '1'
	if (!/^\d{1,18}$/.test(start)) context.refuse(`its keys begin with "${start}", which is no plain number`)
	const name = propertyOf(properties, 'output_key')
	if (name === '') context.refuse('it names no column for the keys')
	const declared = findDsColumn(output?.link.columns ?? [], name)
	const key: Column = { name: declared?.name ?? name, type: declared?.type ?? int(64, false), nullable: false }
	if (key.type.kind !== 'int') context.refuse(`its keys are ${key.type.kind}, not whole numbers`)
	const row: Column = { name: freeColumn(stream.schema, 'ROW'), type: int(64), nullable: false }
	const number: NumberOperator = { ...context.base('row'), kind: 'number', column: row, start: 1n, step: 1n }
	context.flow.add(number, { in: stream })
	const numbered = leaving(stream, number, { ...stream.schema, columns: [...stream.schema.columns, row] })
	const before = /^\d{1,18}$/.test(start) ? BigInt(start) - 1n : 0n
	const { stream: joined, column: taken, pair } = withHighest(context, numbered, path, before)
	const sum = {
		kind: 'call',
		operation: 'datastage.add',
		args: [columnExpression(taken), columnExpression(row)],
		type: int(64),
	} as const
	const value = {
		column: key,
		expression: sum,
		text: `${highest.name} + ${row.name}`,
		nullable: false,
		lines: record.lines,
	}
	const keyed = project(context, joined, [assigned(context, value, failing, failing)], {
		part: 'key',
		passThrough: 'all',
		drop: [row.name, pair, taken.name],
	})
	keepHighest(context, keyed, columnExpression(key), path)
	return new Map(context.outputs.map((one) => [one.pin.id, mapOutput(context, one, keyed)]))
}

interface WithHighest {
	readonly stream: Stream
	readonly column: Column
	/** A column that only finds the row of the state. */
	readonly pair: string
}

/** Adds the greatest key that the state knows before the run. */
export function withHighest(
	context: StageContext,
	stream: Stream,
	path: SourcedExpression,
	before: bigint,
): WithHighest {
	const last = lastKey(context, path, before)
	const [left, pair] = withPair(context, stream, 'pair')
	const [right, other] = withPair(context, last, 'state pair')
	const column = { ...highest, name: freeColumn(left.schema, highest.name) }
	const lookup: LookupOperator = {
		...context.base('state'),
		kind: 'lookup',
		keys: [{ left: pair, right: other, collation: 'binary' }],
		nullsEqual: false,
		match: 'all',
		onConditionNotMet: 'fail',
		onMiss: 'fail',
		take: [{ name: column.name, side: 'right', column: highest.name, whenMissing: 0n }],
		reject: {},
		missCode: 0,
	}
	context.flow.add(lookup, { in: left, reference: right })
	return { stream: leaving(left, lookup, { ...left.schema, columns: [...left.schema.columns, column] }), column, pair }
}

/** The greatest key that the state knows; one less than the initial value when it knows none. */
function lastKey(context: StageContext, path: SourcedExpression, before: bigint): Stream {
	const read: ReadOperator = {
		...context.base('state file'),
		kind: 'read',
		source: { kind: 'data-set', path, flavour: 'data-set' },
		schema: { columns: [highest], open: false },
	}
	context.flow.add(read, {})
	const from = { from: { operator: read.id, port: 'out' }, schema: read.schema }
	const state = { ...from, name: `${context.stage.name} state`, provenance: context.provenance() }
	return greatest(context, state, highest.name, 'last key', { always: true, before })
}

interface Greatest {
	/** Is there a row when there are no keys? */
	readonly always: boolean
	readonly before: bigint
}

function greatest(
	context: StageContext,
	stream: Stream,
	column: string,
	part: string,
	{ always, before }: Greatest,
): Stream {
	const operator: AggregateOperator = {
		...context.base(part),
		kind: 'aggregate',
		keys: [],
		measures: [{ ...highest, function: 'max', column, whenEmpty: before, collation: 'binary' }],
		rowForNoInput: always,
		ordered: false,
	}
	context.flow.add(operator, { in: stream })
	return leaving(stream, operator, { columns: [highest], open: false })
}

/** A column that is 1 in every row, by which each row finds the one of the state. */
function withPair(context: StageContext, stream: Stream, part: string): readonly [Stream, string] {
	const column: Column = { name: freeColumn(stream.schema, 'PAIR'), type: int(32), nullable: false }
	const one = {
		...passing(context, column, context.stage.record.lines),
		value: { expression: literal(1n, int(32)), text: '1' },
	}
	return [project(context, stream, [one], { part, passThrough: 'all' }), column.name]
}

/** Adds the greatest key of the rows to the state; no row adds nothing. */
export function keepHighest(
	context: StageContext,
	stream: Stream,
	key: Expression,
	path: SourcedExpression,
	nullable = false,
): void {
	const text = key.kind === 'column' ? key.name : highest.name
	const converted = {
		...passing(context, highest, context.stage.record.lines),
		value: { expression: assign(context, key, highest.type), text },
		onError: failing,
		onNull: nullable ? ({ kind: 'drop' } as const) : ({ kind: 'allow' } as const),
	}
	const keys = project(context, stream, [converted], { part: 'keys' })
	const top = greatest(context, keys, highest.name, 'highest key', { always: false, before: 0n })
	const write: WriteOperator = {
		...context.base(context.outputs.length > 0 ? 'new state' : undefined),
		kind: 'write',
		target: { kind: 'data-set', path, flavour: 'data-set', mode: 'append' },
		schema: top.schema,
	}
	context.flow.add(write, { in: top })
}
