/** Where nulls of an expression come from, so that a test for failure can ask few questions. */
import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import { typesOf } from './evaluate.ts'
import { conversion, operation } from './registry.ts'

type Call = Extract<Expression, { kind: 'call' }>
type Cast = Extract<Expression, { kind: 'cast' }>

/** Can the step itself fail, whatever its arguments do? */
export function stepCanFail(expression: Call | Cast): boolean {
	if (expression.kind === 'cast')
		return conversion(expression.rule).canFail(expression.operand.type, expression.type, expression.format)
	const { canFail, canFailWith } = operation(expression.operation)
	return canFail && (canFailWith?.(typesOf(expression)) ?? true)
}

/** Can any step of the expression fail? */
export function canFail(expression: Expression): boolean {
	let found = false
	visit(expression, (part) => {
		if (part.kind === 'opaque' || part.kind === 'loop') found = true
		if (part.kind === 'call' || part.kind === 'cast') found ||= stepCanFail(part)
	})
	return found
}

/** Null only from a null argument or a failure, and its failure is a null. */
function passesNull(expression: Expression): expression is Call | Cast {
	if (expression.kind === 'cast') return conversion(expression.rule).fails === undefined
	if (expression.kind !== 'call' || expression.args.length === 0) return false
	const { nulls, fails, givesNull } = operation(expression.operation)
	return nulls === 'propagate' && fails === undefined && givesNull !== true
}

const isPresent = (expression: Expression): boolean => expression.kind === 'literal' && expression.value !== null

/** The parts whose null makes the whole expression null without a failure. Literals are not among them. */
export function nullSources(expression: Expression): readonly Expression[] {
	if (isPresent(expression)) return []
	if (!passesNull(expression)) return [expression]
	const parts = expression.kind === 'cast' ? [expression.operand] : expression.args
	return parts.flatMap(nullSources)
}

/** Steps that can fail between the expression and its sources. */
function failingSteps(expression: Expression): readonly Expression[] {
	if (!passesNull(expression)) return []
	const parts = expression.kind === 'cast' ? [expression.operand] : expression.args
	return [...(stepCanFail(expression) ? [expression] : []), ...parts.flatMap(failingSteps)]
}

/**
 * Has the expression failed exactly when it is null and none of its sources is? So it is when each step that can fail
 * depends on all sources: else a step might fail beside a source that is null. `spell` tells equal sources.
 */
export function failsAsNull(expression: Expression, spell: (source: Expression) => string): boolean {
	const names = (part: Expression): ReadonlySet<string> => new Set(nullSources(part).map(spell))
	const all = names(expression)
	const steps = failingSteps(expression)
	return passesNull(expression) && steps.length > 0 && steps.every((step) => names(step).size === all.size)
}

/** Parts of "a literal (or null) where the value is this blank one, or null already; otherwise …". */
export interface Blanked {
	readonly value: Expression
	readonly blank: Expression
	readonly otherwise: Expression
	/** Absent: null. */
	readonly instead?: Expression
}

/** Recognises how importers say what an empty field is. */
export function blanked(expression: Extract<Expression, { kind: 'if' }>): Blanked | undefined {
	const { condition, then, otherwise, onNull } = expression
	if (then.kind !== 'literal' || onNull !== 'otherwise') return undefined
	const [missing, equal] =
		condition.kind === 'call' && condition.operation === 'shared.or' ? condition.args : [undefined, condition]
	if (equal?.kind !== 'call' || !/\.(eq|equal)$/.test(equal.operation)) return undefined
	const [value, blank] = equal.args
	if (value?.kind !== 'column' || blank === undefined || !isPresent(blank)) return undefined
	const same = (part: Expression | undefined): boolean => part?.kind === 'column' && part.name === value.name
	const test = missing?.kind === 'call' && missing.operation === 'shared.is-null' && same(missing.args[0])
	// Without the test for null a null takes the other branch, which must give null for it.
	if (missing === undefined ? then.value !== null || !nullSources(otherwise).some(same) : !test) return undefined
	return { value, blank, otherwise, ...(then.value === null ? {} : { instead: then }) }
}
