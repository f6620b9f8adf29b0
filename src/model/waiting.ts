/**
 * Where a well-structured program must wait longer than a graph of triggers does. Structured programs know pieces side by side,
 * choices and places where all ways meet; where ways cross, what comes later waits for more than its triggers.
 */

import type { ControlFlow, Task } from './control-flow.ts'
import type { Tasks } from './control-graph.ts'
import { dominated, firstTrees, meetingPoint, pieces, sources, before as upstream, without } from './control-graph.ts'
import { before, mayOverlap } from './triggers.ts'

export interface LongerWait {
	readonly task: Task
	/** Activities that it waits for although no trigger of theirs leads to it, or although one of them would do. */
	readonly forTasks: readonly Task[]
}

/** Tasks that take time. */
const working: ReadonlySet<Task['kind']> = new Set([
	'run-job',
	'file-operation',
	'files',
	'read-file',
	'wait-for-file',
	'mail',
	'file-transfer',
	'loop',
])

export function longerWaits(control: ControlFlow): readonly LongerWait[] {
	const waited = new Map<string, Tasks>()
	walk(new Set(control.tasks.map(({ id }) => id)), new Set(), control, waited)
	return control.tasks.flatMap((task) => {
		const needed = before(task.id, control)
		const extra = [...(waited.get(task.id) ?? [])].filter((id) => !needed.has(id))
		const found = [...new Set([...extra, ...unneeded(task, control)])]
		const forTasks = control.tasks.filter(({ id, kind }) => found.includes(id) && working.has(kind))
		return forTasks.length === 0 ? [] : [{ task, forTasks }]
	})
}

/** A task that starts with the first of its triggers needs only one of the activities that may run side by side. */
function unneeded(task: Task, control: ControlFlow): readonly string[] {
	if (control.joins.find((join) => join.task === task.id)?.needs !== 'any') return []
	const froms = control.precedences.filter(({ to }) => to === task.id).map(({ from }) => from)
	return froms.filter((from) => froms.some((other) => mayOverlap(from, other, control)))
}

/** Follows the shapes that the state machine has; gives everything that has ended behind the part. */
function walk(part: Tasks, done: Tasks, control: ControlFlow, waited: Map<string, Tasks>): Tasks {
	const ended = new Set(done)
	for (const piece of pieces(part, control)) for (const id of walkPiece(piece, done, control, waited)) ended.add(id)
	return ended
}

function walkPiece(piece: Tasks, done: Tasks, control: ControlFlow, waited: Map<string, Tasks>): Tasks {
	const [source, ...others] = sources(piece, control)
	if (source === undefined) return done
	if (others.length > 0) {
		const meeting = meetingPoint(piece, control)
		const first = meeting === undefined ? firstTrees(piece, control) : upstream(meeting.id, piece, control)
		return walk(without(piece, first), walk(first, done, control, waited), control, waited)
	}
	waited.set(source.id, done)
	const after = new Set([...done, source.id])
	const rest = without(piece, [source.id])
	const guarded = control.precedences.some(({ to, outcome }) => to === source.id && outcome !== 'completion')
	if (!guarded && source.kind !== 'loop') return walk(rest, after, control, waited)
	const own = dominated(source.id, piece, control)
	return walk(without(rest, own), walk(own, after, control, waited), control, waited)
}
