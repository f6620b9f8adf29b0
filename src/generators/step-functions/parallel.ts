/** Parallel states: each branch works on a copy of what is known, and hands back what its own activities told. */

import type { Tasks } from '#model/control-graph.ts'
import type { Json, ParallelState, PassState, State } from './asl.ts'
import { jsonata } from './asl.ts'
import { inOrder } from './order.ts'
import { handlerCatch } from './raise.ts'
import type { Region, Scope } from './scope.ts'
import { keyOf } from './scope.ts'

type WriteBranch = (piece: Tasks, end: string, branch: Region) => string

export function parallelState(
	found: readonly Tasks[],
	next: string,
	region: Region,
	write: WriteBranch,
): ParallelState {
	const { machine, scope } = region
	const branches = found.map((piece) => {
		const states = new Map<string, State>()
		const branchScope: Scope =
			scope.onRaise === undefined ? { states } : { states, onRaise: { key: scope.onRaise.key } }
		const end = machine.memory.state(`End of ${firstName(piece, region)}`)
		const last: PassState = { Type: 'Pass', Comment: 'What this branch hands back', End: true }
		states.set(end, last)
		const start = write(piece, end, { ...region, scope: branchScope })
		last.Output = handedBack(piece, region)
		return { StartAt: start, States: inOrder(start, states) }
	})
	return {
		Type: 'Parallel',
		Comment: 'These run side by side; what follows waits for all of them.',
		Branches: branches,
		Output: jsonata('$merge($append([$states.input], $states.result))'),
		...(scope.onRaise?.next === undefined
			? {}
			: { Catch: [handlerCatch(scope.onRaise.next, scope.onRaise.key, region)] }),
		Next: next,
	}
}

const firstName = (piece: Tasks, { control }: Region): string =>
	control.tasks.find(({ id }) => piece.has(id))?.name ?? 'branch'

/** Keys that a branch may have set; those that it has not are left out. */
function handedBack(piece: Tasks, { machine, control }: Region): Json {
	const tasks = control.tasks.filter(({ id }) => piece.has(id))
	const own = tasks.filter(({ kind }) => kind !== 'barrier' && kind !== 'terminate')
	const inner = own.flatMap((task) => (task.kind === 'loop' ? innerIds(task.body) : []))
	const triggers = control.precedences.filter(({ from }) => piece.has(from)).map(({ id }) => id)
	const keys = [
		...own.map((task) => keyOf(machine, task)),
		...inner.map((id) => machine.memory.keys.get(id) ?? ''),
		...triggers.flatMap((id) => machine.recorded.get(id) ?? []),
		...(machine.job.control.triggers?.warns === true ? ['Warned'] : []),
	].filter((key) => key !== '')
	return jsonata(`{${keys.map((key) => `'${key}': $states.input.${key}`).join(', ')}}`)
}

function innerIds(body: Region['control']): readonly string[] {
	return body.tasks.flatMap((task) => [task.id, ...(task.kind === 'loop' ? innerIds(task.body) : [])])
}
