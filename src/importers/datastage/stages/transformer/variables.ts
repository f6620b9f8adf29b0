/** Stage variables: computed top to bottom for each row; one that reads itself or one below it remembers the row before. */

import { lowerParallel } from '#languages/datastage-parallel/lower.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Expression } from '#model/expressions.ts'
import type { ProjectColumn, StatefulOperator, StateVariable } from '#model/operators.ts'
import type { LineRange } from '#model/provenance.ts'
import type { Column, DataType, Schema } from '#model/types.ts'
import { typeName } from '#model/types.ts'
import { makeDecimal } from '#model/values.ts'
import { cappedType, isSet, numberOf, textOf } from '../../columns.ts'
import type { Names } from '../../derive.ts'
import { derive, parametersOf } from '../../derive.ts'
import { assign, columnExpression, literal, nullLiteral } from '../../expressions.ts'
import type { Stream } from '../../flow.ts'
import { assigned, freeColumn, project } from '../../mapping.ts'
import type { StageContext } from '../../stage-context.ts'
import { readType } from '../../types.ts'
import type { Range } from '../../wide-arithmetic.ts'
import { countingRange } from '../../wide-arithmetic.ts'
import { wordsOf } from '../../words.ts'
import { leaving } from '../inputs.ts'
import { dealsRowsOut, inKnownOrder } from '../order.ts'
import { declareInvalidMoments } from './invalid-moments.ts'
import type { Transformer } from './parts.ts'
import { collectRejects, deriveIn } from './parts.ts'

export interface StageVariable {
	readonly name: string
	readonly type: DataType
	/** Empty: the variable keeps its initial value. */
	readonly text: string
	readonly initial: string
	readonly lines: LineRange
}

/** Stage variables (`StageVars`) or those of the loop (`LoopVars`). */
export function readVariables(context: StageContext, collection: 'StageVars' | 'LoopVars'): readonly StageVariable[] {
	return (context.stage.record.collections.get(collection) ?? []).map(({ values, lines }) => {
		const precision = numberOf(values, 'Precision')
		const reading = readType({
			code: textOf(values, 'SqlType'),
			precision,
			scale: numberOf(values, 'ColScale'),
			extended: isSet(values, 'ExtendedPrecision'),
		})
		const name = textOf(values, 'Name')
		if (reading.capped) {
			context.report(
				cappedType(`The stage variable ${name}`, precision, typeName(reading.type), context.provenance(lines, name)),
			)
			context.differ('RG-D006', `the stage variable ${name} has ${precision} digits`)
		}
		return {
			name,
			type: reading.type,
			text: textOf(values, 'Expression').trim(),
			initial: textOf(values, 'InitialValue').trim(),
			lines,
		}
	})
}

type VariableColumn = Column & { readonly counts?: Range }
type VariableColumns = ReadonlyMap<string, VariableColumn>

/** Adds the variables as columns. Gives the columns by the variables' own names. */
export function lowerVariables(
	trx: Transformer,
	stream: Stream,
	variables: readonly StageVariable[],
	input: Schema,
	owner: 'stage' | 'loop' = 'stage',
): readonly [Stream, VariableColumns] {
	const columns = new Map<string, VariableColumn>()
	if (variables.length === 0) return [stream, columns]
	const taken = [...stream.schema.columns.map(({ name }) => name)]
	for (const { name, type } of variables) {
		const free = freeColumn(input, name, taken)
		taken.push(free)
		columns.set(name, { name: free, type, nullable: true })
	}
	const known: Names = new Map([...trx.names, ...columns])
	for (const variable of variables) {
		const column = columns.get(variable.name)
		if (column !== undefined) columns.set(variable.name, { ...column, ...counting(trx, known, variable, column) })
	}
	const inner = { ...trx, names: new Map([...trx.names, ...columns]) }
	return [
		remembers(variables)
			? stateful(inner, stream, variables, columns, owner)
			: stateless(inner, stream, variables, columns),
		columns,
	]
}

/** How far a variable counts that does nothing else. */
function counting(trx: Transformer, names: Names, variable: StageVariable, { name, type }: Column): { counts?: Range } {
	if (type.kind !== 'int' || variable.text === '') return {}
	const parameters = parametersOf(trx.context, variable.text, names)
	const { expression } = lowerParallel(variable.text, { columns: names, parameters }, { target: type })
	const counts = countingRange(name, expression, initialValue(trx, variable))
	return counts === undefined ? {} : { counts }
}

/** Does any of them depend on the row before? */
export const remembers = (variables: readonly StageVariable[]): boolean => remembering(variables).length > 0

/** Those that read themselves or one below. */
function remembering(variables: readonly StageVariable[]): readonly StageVariable[] {
	return variables.filter(({ text }, index) => {
		const { names } = wordsOf([text])
		return variables.slice(index).some(({ name }) => names.has(name.toLowerCase()))
	})
}

/** Does every variable that remembers begin anew with the first iteration of each row? */
function startsAnew(variables: readonly StageVariable[]): boolean {
	return remembering(variables).every(({ text }) => /^\s*if\s*\(?\s*@iteration\s*=\s*1\s*\)?\s*then\b/i.test(text))
}

function stateless(
	trx: Transformer,
	stream: Stream,
	variables: readonly StageVariable[],
	columns: VariableColumns,
): Stream {
	const { context, policy } = trx
	const derived = variables.flatMap((variable): readonly ProjectColumn[] => {
		const column = columns.get(variable.name)
		const value =
			variable.text === ''
				? { expression: initialValue(trx, variable), text: variable.initial }
				: deriveIn(trx, variable.text, variable.lines, { target: variable.type })
		if (column === undefined || value === undefined) return []
		const given = { column, ...value, nullable: true, lines: variable.lines }
		const made = assigned(context, given, policy, { kind: 'fail' })
		declareInvalidMoments(context, made)
		return [made]
	})
	const result = project(context, stream, derived, { part: 'variables', passThrough: 'all', evaluation: 'in-turn' })
	collectRejects(trx, stream, result, derived)
	return result
}

function stateful(
	trx: Transformer,
	stream: Stream,
	variables: readonly StageVariable[],
	columns: VariableColumns,
	owner: 'stage' | 'loop',
): Stream {
	const { context, input } = trx
	const fromRowToRow = owner === 'stage' || !startsAnew(variables)
	if (fromRowToRow) context.differ('RG-D008', `${context.stage.name} remembers values from row to row`)
	if (fromRowToRow && (!inKnownOrder(input) || dealsRowsOut(input))) {
		const what = `${context.stage.name} remembers values from row to row, and nothing directly before it sorts the rows`
		context.report(
			diagnose('order/undefined', context.provenance(), {
				what,
				why: 'Its result follows the order and the partitions in which rows arrive.',
			}),
		)
	}
	const state = variables.flatMap((variable): readonly StateVariable[] => {
		const column = columns.get(variable.name)
		if (column === undefined) return []
		const value =
			variable.text === ''
				? { expression: columnExpression(column), text: variable.name }
				: deriveIn(trx, variable.text, variable.lines, { target: variable.type })
		if (value === undefined) return []
		const expression = assign(context, value.expression, column.type)
		const initial = assign(context, initialValue(trx, variable), column.type)
		return [
			{
				name: column.name,
				type: column.type,
				initial,
				value: { expression, text: value.text },
				provenance: context.provenance(variable.lines, variable.name),
			},
		]
	})
	const part = owner === 'stage' ? 'variables' : 'loop variables'
	const operator: StatefulOperator = { ...context.base(part), kind: 'stateful', variables: state }
	context.flow.add(operator, { in: stream })
	const added = state.map(({ name, type }) => ({ name, type, nullable: true }))
	return leaving({ ...stream, name: `${context.stage.name} ${part}` }, operator, {
		...stream.schema,
		columns: [...stream.schema.columns, ...added],
	})
}

/** Without an initial value a number starts at 0 and a text empty, as the generated transform code shows. */
function initialValue({ context }: Transformer, { initial, type, lines }: StageVariable): Expression {
	if (initial !== '')
		return derive(context, initial, new Map(), lines, { target: type })?.expression ?? nullLiteral(type)
	switch (type.kind) {
		case 'string':
			return literal('', type)
		case 'int':
			return literal(0n, type)
		case 'decimal':
			return literal(makeDecimal(0n, type.scale), type)
		case 'float':
			return literal(0, type)
		default:
			return nullLiteral(type)
	}
}
