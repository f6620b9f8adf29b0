/** What can be said about the triggers of a job sequence without running it. */
import type { ControlFlow, Precedence } from './control-flow.ts'
import type { Expression } from './expressions.ts'

/** Can never both fire? Triggers of one activity: by the way it ends, or by conditions that contradict each other. */
export function areExclusive(left: Precedence, right: Precedence): boolean {
	if (left.from !== right.from) return false
	const outcomes = [left.outcome, right.outcome]
	if (outcomes.includes('otherwise'))
		return !outcomes.every((one) => one === 'otherwise') && !outcomes.includes('completion')
	if (left.outcome !== undefined && right.outcome !== undefined && !outcomes.includes('completion'))
		if (left.outcome !== right.outcome) return true
	if (left.condition === undefined || right.condition === undefined) return false
	const first = comparisonOf(left.condition.expression)
	const second = comparisonOf(right.condition.expression)
	return first !== undefined && second !== undefined && first.of === second.of && contradict(first, second)
}

interface Comparison {
	readonly sign: string
	/** What is compared, spelled out. */
	readonly of: string
	readonly value: string
}

/** `x = 'a'`, `x <> 1`, `x > 1`: one value compared with a constant. */
function comparisonOf(expression: Expression): Comparison | undefined {
	if (expression.kind === 'cast' && expression.type.kind === 'boolean') return comparisonOf(expression.operand)
	const match = expression.kind === 'call' ? /\.(eq|ne|lt|gt|le|ge)$/.exec(expression.operation) : null
	if (expression.kind !== 'call' || match === null) return undefined
	const [left, right] = expression.args
	if (left === undefined || right?.kind !== 'literal' || right.value === null) return undefined
	const value = typeof right.value === 'object' ? '' : String(right.value)
	return value === '' ? undefined : { sign: match[1] ?? '', of: spelled(left), value }
}

const spelled = (expression: Expression): string =>
	JSON.stringify(expression, (key, value: unknown) =>
		key === 'span' || key === 'type' ? undefined : typeof value === 'bigint' ? value.toString() : value,
	)

const opposites: ReadonlySet<string> = new Set(['eq ne', 'ne eq', 'lt ge', 'ge lt', 'gt le', 'le gt'])

function contradict(left: Comparison, right: Comparison): boolean {
	if (left.sign === 'eq' && right.sign === 'eq') return !sameValue(left.value, right.value)
	return sameValue(left.value, right.value) && opposites.has(`${left.sign} ${right.sign}`)
}

/** Constants that BASIC might take for equal count as equal. */
function sameValue(left: string, right: string): boolean {
	return left === right || (left.trim() !== '' && Number(left) === Number(right))
}

/** Tasks before a task, by way of triggers; itself not among them. */
export function before(task: string, { precedences }: ControlFlow): ReadonlySet<string> {
	const found = new Set<string>()
	const walk = (one: string): void => {
		for (const { from, to } of precedences) {
			if (to !== one || found.has(from)) continue
			found.add(from)
			walk(from)
		}
	}
	walk(task)
	return found
}

/** May two tasks of one control flow run side by side? Neither comes before the other, and no choice keeps them apart. */
export function mayOverlap(left: string, right: string, control: ControlFlow): boolean {
	if (left === right) return false
	const [leftBefore, rightBefore] = [before(left, control), before(right, control)]
	if (leftBefore.has(right) || rightBefore.has(left)) return false
	const towards = (task: string, above: ReadonlySet<string>, fork: string): readonly Precedence[] =>
		control.precedences.filter(({ from, to }) => from === fork && (to === task || above.has(to)))
	for (const fork of leftBefore) {
		if (!rightBefore.has(fork)) continue
		const toLeft = towards(left, leftBefore, fork)
		const toRight = towards(right, rightBefore, fork)
		if (toLeft.every((one) => toRight.every((other) => areExclusive(one, other)))) return false
	}
	return true
}
