/** The control flow of a sequence as a Mermaid picture: a node for each activity, an edge for each trigger. */
import type { ControlFlow, Precedence, Task } from '#model/control-flow.ts'
import { allTasks } from '#model/control-flow.ts'
import { redact } from '#model/redact.ts'
import { label } from './mermaid.ts'

/** The shape tells what the activity does. */
const shapes: Partial<Record<Task['kind'], readonly [string, string]>> = {
	barrier: ['{{', '}}'],
	loop: ['[[', ']]'],
	opaque: ['[/', '/]'],
	terminate: ['((', '))'],
	'run-job': ['([', '])'],
}

/** GitHub draws at most 500 edges. */
const mostEdges = 400

export function controlPicture(control: ControlFlow): string {
	const ids = new Map(allTasks(control).map(({ id }, index) => [id, `n${index}`]))
	const lines = [
		...part(control, ids, '    '),
		...(control.handlers ?? []).flatMap((handler, index) =>
			box(`handler${index}`, 'Exception handler', handler.body, ids, '    '),
		),
	]
	const edges = lines.filter((line) => line.includes('-->')).slice(0, mostEdges)
	return ['flowchart TD', ...lines.filter((line) => !line.includes('-->')), ...edges].join('\n')
}

function part(control: ControlFlow, ids: ReadonlyMap<string, string>, indent: string): readonly string[] {
	return [
		...control.tasks.flatMap((task) => [
			`${indent}${node(task, ids)}`,
			...(task.kind === 'loop'
				? box(`body_${ids.get(task.id) ?? ''}`, `Each pass of ${task.name}`, task.body, ids, indent)
				: []),
		]),
		...control.precedences.map(
			(one) => `${indent}${ids.get(one.from) ?? ''} -->|${label(redact(triggerLabel(one)))}| ${ids.get(one.to) ?? ''}`,
		),
	]
}

function box(
	id: string,
	title: string,
	control: ControlFlow,
	ids: ReadonlyMap<string, string>,
	indent: string,
): readonly string[] {
	return [`${indent}subgraph ${id}[${label(title)}]`, ...part(control, ids, `${indent}    `), `${indent}end`]
}

function node(task: Task, ids: ReadonlyMap<string, string>): string {
	const [open, close] = shapes[task.kind] ?? ['[', ']']
	return `${ids.get(task.id) ?? ''}${open}${label(task.name)}${close}`
}

const words = {
	success: 'OK',
	failure: 'failed',
	warning: 'warnings',
	completion: 'always',
	otherwise: 'otherwise',
} as const

export function triggerLabel({ outcome, condition }: Precedence): string {
	const when = [
		...(outcome === undefined ? [] : [words[outcome]]),
		...(condition === undefined ? [] : [condition.text]),
	]
	return when.join(' and ')
}
