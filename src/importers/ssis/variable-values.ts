/** What a variable holds of a computed value. */
import type { SsisType } from '#languages/ssis/types.ts'
import { toModel } from '#languages/ssis/types.ts'
import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import { assign, literal, typeDefault } from './flow/values.ts'

/**
 * The value in the variable's type. A variable that is no object never holds a null: the default of its type takes its place, an
 * empty text, 0, 1899-12-30. No variable gives a null, so only an expression that writes one can be null.
 */
export function asHeld(value: Expression, from: SsisType, to: SsisType): Expression {
	const converted = assign(value, from, to)
	const instead = literal(typeDefault(to), to)
	if (!hasNull(value)) return converted
	if (isNull(value)) return instead
	return { kind: 'call', operation: 'ssis.replacenull', args: [converted, instead], type: toModel(to) }
}

/** `NULL(DT_DBTIMESTAMP)`, whatever it is converted to. */
const isNull = (value: Expression): boolean =>
	value.kind === 'cast' ? isNull(value.operand) : value.kind === 'literal' && value.value === null

function hasNull(expression: Expression): boolean {
	let found = false
	visit(expression, (part) => {
		found ||= part.kind === 'literal' && part.value === null
	})
	return found
}
