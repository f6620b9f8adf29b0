/** The control flow of a job: a box for each task, containers around what is in them, an arrow for each precedence. */
import type { ControlFlow, EventHandler, Precedence, Task } from '#model/control-flow.ts'
import type { Elements } from '../elements.ts'
import { shortType } from '../words.ts'
import type { Arrow, Drawing, Label } from './drawing.ts'
import { drawBox, drawFrame, drawGraph } from './drawing.ts'

export function controlDrawing(control: ControlFlow, elements: Elements): Drawing {
	const handlers = (control.handlers ?? []).map((handler) => handlerDrawing(handler, elements))
	const positions = new Map(control.tasks.map(({ id }, index) => [id, index]))
	return drawGraph(
		[...control.tasks.map((task) => taskDrawing(task, elements)), ...handlers],
		control.precedences.flatMap((one) => arrow(one, positions)),
		'down',
	)
}

function taskDrawing(task: Task, elements: Elements): Drawing {
	const label = taskLabel(task, elements)
	const body = 'body' in task ? task.body : undefined
	const handlers = task.handlers ?? []
	if (body === undefined && handlers.length === 0) return drawBox(label)
	const parts = [
		...(body === undefined ? [drawBox(label)] : [controlDrawing(body, elements)]),
		...handlers.map((handler) => handlerDrawing(handler, elements)),
	].filter(({ width }) => width > 0)
	return parts.length === 0 ? drawBox(label) : drawFrame(label, drawGraph(parts, [], 'down'))
}

const eventWords: Readonly<Record<EventHandler['event'], string>> = {
	'pre-execute': 'before it runs',
	'post-execute': 'after it ran',
	error: 'on error',
	'task-failed': 'when a task failed',
	warning: 'when errors in it made it fail',
}

function handlerDrawing({ event, body }: EventHandler, elements: Elements): Drawing {
	return drawFrame(
		{ title: 'Handler', sub: eventWords[event], classes: 'handler', element: undefined, href: undefined },
		controlDrawing(body, elements),
	)
}

function taskLabel(task: Task, elements: Elements): Label {
	const element = elements.byId.get(task.element)
	return {
		title: task.name,
		sub: `${element === undefined ? task.kind : shortType(element.type)}${task.disabled ? ', disabled' : ''}`,
		classes: `${element?.outcome ?? 'exact'}${task.disabled ? ' disabled' : ''}`,
		element: element?.number,
		href: element === undefined ? undefined : elements.href(element),
	}
}

const outcomeWords = {
	success: '',
	failure: 'failed',
	warning: 'warnings',
	completion: 'always',
	otherwise: 'otherwise',
} as const

function arrow(
	{ from, to, outcome, condition, combine }: Precedence,
	positions: ReadonlyMap<string, number>,
): readonly Arrow[] {
	const start = positions.get(from)
	const end = positions.get(to)
	if (start === undefined || end === undefined || start === end) return []
	const words = [outcome === undefined ? '' : outcomeWords[outcome], condition?.text ?? '']
	const label = words.filter((word) => word !== '').join(` ${combine} `)
	return [{ from: start, to: end, label, shown: true, look: outcome === 'failure' ? 'bad' : 'plain' }]
}
