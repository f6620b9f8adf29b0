/** Stage variables of a BASIC Transformer: computed from the top for each row; they keep their values from row to row. */
import { tokenize } from '#languages/datastage-basic/lexer.ts'
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import type { ProjectColumn, StatefulOperator, StateVariable } from '#model/operators.ts'
import type { LineRange } from '#model/provenance.ts'
import type { Column } from '#model/types.ts'
import { float, text } from '#model/types.ts'
import { textOf } from '../columns.ts'
import { literal } from '../expressions.ts'
import { freeColumn, project } from '../mapping.ts'
import type { StageContext } from '../stage-context.ts'
import { leaving } from '../stages/inputs.ts'
import { deriveBasic } from './derive.ts'
import { valueColumn } from './texts.ts'
import type { BasicTransformer } from './transformer.ts'

export interface Variable {
	readonly name: string
	readonly text: string
	readonly initial: string
	readonly lines: LineRange
}

export function readVariables({ stage }: StageContext): readonly Variable[] {
	return (stage.record.collections.get('StageVars') ?? []).map(({ values, lines }) => ({
		name: textOf(values, 'Name'),
		text: textOf(values, 'Expression').trim(),
		initial: textOf(values, 'InitialValue').trim(),
		lines,
	}))
}

/** Adds the variables as columns; undefined where one is not understood. Those that look at the row before are kept in one state, in their order. */
export function lowerVariables(trx: BasicTransformer, variables: readonly Variable[]): BasicTransformer | undefined {
	if (variables.length === 0) return trx
	return variables.some((_variable, at) => remembers(variables, at))
		? inState(trx, variables)
		: inColumns(trx, variables)
}

/** Does it read itself or one below it, or has it no expression of its own? */
function remembers(variables: readonly Variable[], at: number): boolean {
	const own = variables[at]
	if (own === undefined || own.text === '') return own !== undefined
	const later = new Set(variables.slice(at).map(({ name }) => name))
	return tokenize(own.text).some((token) => token.kind === 'name' && later.has(token.text))
}

/** Without state: columns that each see those above. A number stays a number, with all its digits. */
function inColumns(trx: BasicTransformer, variables: readonly Variable[]): BasicTransformer | undefined {
	const { context, stream } = trx
	const columns = new Map(trx.scope.columns)
	const computed: ProjectColumn[] = []
	for (const { name, text: source, lines } of variables) {
		const value = deriveBasic(context, source, { ...trx.scope, columns }, lines)
		if (value === undefined) return undefined
		const column = freeColumn(
			stream.schema,
			name,
			computed.map((other) => other.name),
		)
		const type = value.expression.type
		computed.push(valueColumn(context, { name: column, type }, value, lines))
		columns.set(name, { name: column, type })
	}
	const after = project(context, stream, computed, { part: 'variables', passThrough: 'all', evaluation: 'in-turn' })
	return { ...trx, stream: after, scope: { ...trx.scope, columns } }
}

/** With state: a variable that begins as a number and always gets one is a number, any other a text. */
function inState(trx: BasicTransformer, variables: readonly Variable[]): BasicTransformer | undefined {
	const { context, stream, typed } = trx
	if (typed) context.differ('RG-D008', `${context.stage.name} remembers values of the row before, of each partition`)
	const taken: string[] = []
	const placed = variables.map((variable) => {
		const name = freeColumn(stream.schema, variable.name, taken)
		taken.push(name)
		return { variable, name }
	})
	let types = new Map<string, Column['type']>(
		placed.map(({ name, variable }) => [name, isNumeric(variable.initial) ? float(64) : text()]),
	)
	let values = compute(trx, placed, types)
	for (let turn = 0; turn <= variables.length && values !== undefined; turn++) {
		const wrong = placed.filter(
			({ name }, at) => types.get(name)?.kind === 'float' && values?.[at]?.expression.type.kind === 'string',
		)
		if (wrong.length === 0) break
		types = new Map([...types, ...wrong.map(({ name }) => [name, text()] as const)])
		values = compute(trx, placed, types)
	}
	if (values === undefined) return undefined
	const state = placed.map(({ variable, name }, at): StateVariable => {
		const type = types.get(name) ?? text()
		const value = converted(values[at], type, variable)
		return {
			name,
			type,
			initial: initialOf(variable, type),
			value,
			provenance: context.provenance(variable.lines, variable.name),
		}
	})
	const operator: StatefulOperator = { ...context.base('variables'), kind: 'stateful', variables: state }
	context.flow.add(operator, { in: stream })
	const added = state.map(({ name, type }) => ({ name, type, nullable: true }))
	const after = leaving(stream, operator, { ...stream.schema, columns: [...stream.schema.columns, ...added] })
	return { ...trx, stream: after, scope: { ...trx.scope, columns: scopeOf(trx, placed, types) } }
}

interface Placed {
	readonly variable: Variable
	readonly name: string
}

const scopeOf = (trx: BasicTransformer, placed: readonly Placed[], types: ReadonlyMap<string, Column['type']>) =>
	new Map([
		...trx.scope.columns,
		...placed.map(({ variable, name }) => [variable.name, { name, type: types.get(name) ?? text() }] as const),
	])

function compute(
	trx: BasicTransformer,
	placed: readonly Placed[],
	types: ReadonlyMap<string, Column['type']>,
): readonly SourcedExpression[] | undefined {
	const scope = { ...trx.scope, columns: scopeOf(trx, placed, types) }
	const values = placed.map(({ variable }) =>
		// A variable without an expression keeps what it has.
		deriveBasic(trx.context, variable.text === '' ? variable.name : variable.text, scope, variable.lines),
	)
	return values.includes(undefined) ? undefined : values.flatMap((value) => value ?? [])
}

function converted(value: SourcedExpression | undefined, type: Column['type'], variable: Variable): SourcedExpression {
	if (value === undefined) throw new Error(`the variable ${variable.name} has no value`)
	if (value.expression.type.kind === type.kind) return value
	const expression: Expression = { kind: 'cast', rule: 'basic.convert', operand: value.expression, type }
	return { expression, text: value.text }
}

const isNumeric = (written: string): boolean => /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(written)

/** A number or a text in quotes; without one the variable begins as the empty text. */
function initialOf({ initial }: Variable, type: Column['type']): Expression {
	if (type.kind === 'float') return literal(Number(initial), type)
	const quoted = /^(["'])(.*)\1$/s.exec(initial)
	return literal(quoted?.[2] ?? initial, type)
}
