/** Expressions that lowering makes itself, and the way from a text of the export to an expression. */
import { assignTo } from '#languages/datastage-parallel/assign.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Expression } from '#model/expressions.ts'
import type { Column, DataType, VectorType } from '#model/types.ts'
import { boolean, int, text, typeName } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import type { StageContext } from './stage-context.ts'

export const columnExpression = ({ name, type }: Pick<Column, 'name' | 'type'>): Expression => ({
	kind: 'column',
	name,
	type,
})
export const literal = (value: Value, type: DataType): Expression => ({ kind: 'literal', value, type })
export const nullLiteral = (type: DataType): Expression => literal(null, type)
export const textLiteral = (value: string): Expression => literal(value, text())

/** Is `value` the text `wanted`? */
export function equalsText(value: Expression, wanted: string): Expression {
	return { kind: 'call', operation: 'datastage.eq', args: [value, textLiteral(wanted)], type: boolean }
}

/** Texts one after the other; one alone is itself. */
export function concatenate(parts: readonly Expression[]): Expression {
	const [first, ...others] = parts
	if (first === undefined) return textLiteral('')
	return others.reduce(
		(left, right) => ({ kind: 'call', operation: 'datastage.concat', args: [left, right], type: text() }),
		first,
	)
}

export function either(left: Expression, right: Expression): Expression {
	return { kind: 'call', operation: 'shared.or', args: [left, right], type: boolean }
}

/** `condition` decides; a null condition counts as false, as everywhere in the parallel engine. */
export function choose(condition: Expression, then: Expression, otherwise: Expression): Expression {
	return { kind: 'if', condition, then, otherwise, onNull: 'otherwise', type: otherwise.type }
}

export function cast(rule: string, operand: Expression, type: DataType, format?: string): Expression {
	return { kind: 'cast', rule, operand, type, ...(format === undefined ? {} : { format }) }
}

/**
 * Do values of the two types look alike, so that nothing has to be converted? What is too long for a text is left to the
 * truncation policy of the column; texts of fixed width are not padded, see `assignTo`.
 */
export function alike(from: DataType, to: DataType): boolean {
	if (from.kind === 'string' || from.kind === 'binary') return from.kind === to.kind
	return typeName(from) === typeName(to)
}

/** The engine's implicit conversion to `type`; refuses the stage where there is none. */
export function assign(context: StageContext, expression: Expression, type: DataType): Expression {
	if (alike(expression.type, type)) return expression
	const { expression: converted, diagnostics } = assignTo(expression, type, true)
	for (const { code, message } of diagnostics) {
		if (code !== 'expression/doubtful') context.refuse(message)
		const why = 'The export leaves the conversion to the engine.'
		context.report(diagnose(code, context.provenance(), { what: `${context.stage.name}: ${message}`, why }))
	}
	return converted
}

/** The element at a constant place of a vector. */
export function elementAt(vector: Expression, type: VectorType, place: number): Expression {
	const index = literal(BigInt(place), int(32))
	return { kind: 'call', operation: 'datastage.element-at', args: [vector, index], type: type.element }
}

/** A field of a record, or the vector of that field of each record. */
export function fieldOf(nested: Expression, name: string, type: DataType): Expression {
	return { kind: 'call', operation: 'datastage.field-of', args: [nested, textLiteral(name)], type }
}

export function isNull(value: Expression): Expression {
	return { kind: 'call', operation: 'shared.is-null', args: [value], type: boolean }
}
