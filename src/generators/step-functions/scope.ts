import type { ControlFlow, Task } from '#model/control-flow.ts'
import type { Tasks } from '#model/control-graph.ts'
import type { Job } from '#model/job.ts'
import type { State } from './asl.ts'
import type { ChildJob, Children } from './children.ts'
import type { Here } from './here.ts'
import type { Memory } from './memory.ts'

/** One machine while it is written. Everything is written from its end: what follows a state is known when the state is. */
export interface Machine {
	readonly job: Job
	readonly memory: Memory
	readonly children: Children
	/** Legacy path prefix → new place. */
	readonly paths: Readonly<Record<string, string>>
	/** Keys of triggers that are looked at later than they fire, by precedence id. */
	readonly recorded: Map<string, string>
	/** Started jobs by placeholder. */
	readonly started: Map<string, ChildJob>
	/** Nested conditions whose state is the choice behind them. */
	readonly represented: Set<string>
	/** Writes a part of a control flow: loops hold control flows of their own. */
	readonly writePart: (part: Tasks, next: string, here: Here, region: Region) => string
}

/** The top of a machine, or one branch of a Parallel state. */
export interface Scope {
	readonly states: Map<string, State>
	/** Where a failure goes that no trigger handles; absent: it fails the machine. */
	readonly onRaise?: RaiseTarget
}

export interface RaiseTarget {
	/** The first state of the exception handler; absent in a branch, which ends with an error of its own. */
	readonly next?: string
	readonly key: string
}

/** Tasks of one control flow that are written together. */
export interface Region {
	readonly machine: Machine
	readonly scope: Scope
	readonly control: ControlFlow
	/** Barriers at which a pass of a loop ends, and the state that it goes on with. */
	readonly continues?: { readonly task: string; readonly key: string }
}

export const stateName = ({ memory }: Machine, task: Task): string => memory.states.get(task.id) ?? task.name
export const keyOf = ({ memory }: Machine, task: Pick<Task, 'id'>): string => memory.keys.get(task.id) ?? '_'
