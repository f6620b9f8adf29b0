/** Shapes in a part of a control flow. */
import type { ControlFlow, Task } from './control-flow.ts'

export type Tasks = ReadonlySet<string>

/** Triggers between tasks of the part. */
const inside = (part: Tasks, { precedences }: ControlFlow) =>
	precedences.filter(({ from, to }) => part.has(from) && part.has(to))

/** Pieces that no trigger connects, in the order of their first tasks. */
export function pieces(part: Tasks, control: ControlFlow): readonly Tasks[] {
	const links = inside(part, control)
	const left = new Set(control.tasks.map(({ id }) => id).filter((id) => part.has(id)))
	const found: Tasks[] = []
	for (const first of left) {
		const piece = new Set([first])
		for (const one of piece) {
			for (const { from, to } of links) {
				if (from === one) piece.add(to)
				if (to === one) piece.add(from)
			}
		}
		for (const one of piece) left.delete(one)
		found.push(piece)
	}
	return found
}

/** Tasks of the part that no trigger of the part starts. */
export function sources(part: Tasks, control: ControlFlow): readonly Task[] {
	const links = inside(part, control)
	return control.tasks.filter(({ id }) => part.has(id) && !links.some(({ to }) => to === id))
}

function reach(from: string, part: Tasks, control: ControlFlow, backwards: boolean): Tasks {
	const links = inside(part, control)
	const found = new Set<string>()
	const walk = (one: string): void => {
		for (const link of links) {
			const [here, there] = backwards ? [link.to, link.from] : [link.from, link.to]
			if (here !== one || found.has(there)) continue
			found.add(there)
			walk(there)
		}
	}
	walk(from)
	return found
}

export const before = (task: string, part: Tasks, control: ControlFlow): Tasks => reach(task, part, control, true)
const after = (task: string, part: Tasks, control: ControlFlow): Tasks => reach(task, part, control, false)

/** Tasks of the part that can only be reached by way of this one. */
export function dominated(task: string, part: Tasks, control: ControlFlow): Tasks {
	const found = new Set([task])
	for (const { id } of control.tasks) {
		if (!part.has(id) || id === task) continue
		const triggers = control.precedences.filter(({ to }) => to === id)
		if (triggers.length > 0 && triggers.every(({ from }) => found.has(from))) found.add(id)
	}
	found.delete(task)
	return found
}

/** A task in which all ways of the part meet: everything else stands before it or after it, and no trigger goes around it. */
export function meetingPoint(part: Tasks, control: ControlFlow): Task | undefined {
	const links = inside(part, control)
	const first = new Set(sources(part, control).map(({ id }) => id))
	return control.tasks.find(({ id }) => {
		if (!part.has(id) || first.has(id)) return false
		const [earlier, later] = [before(id, part, control), after(id, part, control)]
		if (earlier.size + later.size + 1 !== part.size) return false
		return links.every(({ from, to }) => !earlier.has(from) || earlier.has(to) || to === id)
	})
}

/** Tasks before the first places where ways meet: trees, each with one source. */
export function firstTrees(part: Tasks, control: ControlFlow): Tasks {
	const links = inside(part, control)
	const found = new Set(part)
	for (const { id } of control.tasks) {
		if (!part.has(id) || links.filter(({ to }) => to === id).length < 2) continue
		found.delete(id)
		for (const later of after(id, part, control)) found.delete(later)
	}
	return found
}

export const without = (part: Tasks, other: Iterable<string>): Tasks => {
	const left = new Set(part)
	for (const one of other) left.delete(one)
	return left
}
