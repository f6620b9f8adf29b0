/** Precedence constraints (Microsoft: Precedence Constraints). */
import { lowerSsis } from '#languages/ssis/lower.ts'
import type { ControlFlow, Precedence, Task } from '#model/control-flow.ts'
import { diagnose } from '#model/diagnostics.ts'
import { boolean } from '#model/types.ts'
import type { ConstraintRecord, ExecutableRecord } from '../formats/records.ts'
import type { PackageScope } from '../package-scope.ts'
import { symbolsIn } from '../package-scope.ts'
import type { Collected } from './task-context.ts'

const EVAL_EXPRESSION = 1
const EVAL_CONSTRAINT = 2
const EVAL_EITHER = 4
const outcomes = ['success', 'failure', 'completion'] as const

export function lowerPrecedences(
	container: ExecutableRecord,
	tasks: readonly Task[],
	scope: PackageScope,
	collected: Collected,
): ControlFlow {
	const ids = new Set(tasks.map((task) => task.id))
	const whole = container.constraints.filter((one) => ids.has(one.from) && ids.has(one.to))
	for (const constraint of container.constraints) {
		if (whole.includes(constraint)) continue
		const provenance = { file: scope.file, path: constraint.id, lines: constraint.lines }
		const words = {
			what: 'A precedence constraint was left out.',
			why: 'It begins or ends at a task that is not in its container.',
		}
		collected.diagnostics.push(diagnose('package/dangling-reference', provenance, words))
	}
	const precedences = whole.map((one) => lowerPrecedence(one, scope, collected))
	const joins = tasks.flatMap(({ id }) => {
		const entering = whole.filter((one) => one.to === id)
		if (entering.length < 2) return []
		return [{ task: id, needs: entering.every((one) => one.logicalAnd) ? ('all' as const) : ('any' as const) }]
	})
	return { tasks: inOrder(tasks, precedences), precedences, joins }
}

function lowerPrecedence(constraint: ConstraintRecord, scope: PackageScope, collected: Collected): Precedence {
	const { evalOp } = constraint
	const outcome = evalOp === EVAL_EXPRESSION ? undefined : outcomes[constraint.value]
	const provenance = { file: scope.file, path: constraint.id, lines: constraint.lines }
	const base = {
		id: constraint.id,
		from: constraint.from,
		to: constraint.to,
		...(outcome === undefined ? {} : { outcome }),
		combine: evalOp === EVAL_EITHER ? ('or' as const) : ('and' as const),
		provenance,
	}
	if (evalOp === EVAL_CONSTRAINT) return base
	const lowered = lowerSsis(constraint.expression, { columns: [], ...symbolsIn(scope) }, { fallback: boolean })
	for (const problem of lowered.problems) {
		const words = {
			what: `The condition of a constraint was not understood: ${constraint.expression}`,
			why: `${problem.message}.`,
		}
		collected.diagnostics.push(diagnose(problem.code, provenance, words))
	}
	return { ...base, condition: lowered.expression }
}

/** Every task after those before it; tasks that wait for nothing stay in the order of the file. */
function inOrder(tasks: readonly Task[], precedences: readonly Precedence[]): readonly Task[] {
	const placed = new Set<string>()
	const ordered: Task[] = []
	let waiting = [...tasks]
	while (waiting.length > 0) {
		const ready = waiting.filter((task) => precedences.every((one) => one.to !== task.id || placed.has(one.from)))
		const next = ready.length > 0 ? ready : waiting
		for (const task of next) placed.add(task.id)
		ordered.push(...next)
		waiting = waiting.filter((task) => !placed.has(task.id))
	}
	return ordered
}
