/** Start Loop and End Loop: the values are fixed when the loop starts (job control code of 11.5). */
import type { LoopTask } from '#model/control-flow.ts'
import { valueText } from '#model/json-values.ts'
import { stop } from '../stop.ts'
import type { Coordinator } from './coordinator.ts'
import { firstTasks } from './index-tasks.ts'
import { computed, fire } from './triggers.ts'

type Enter = (task: string, coordinator: Coordinator) => void

/** Beyond so many passes a loop is taken for one without an end. */
const mostPasses = 100_000

export function startLoop(loop: LoopTask, coordinator: Coordinator, enter: Enter): void {
	coordinator.passes.set(loop.id, { values: loopValues(loop, coordinator), next: 0 })
	nextPass(loop, coordinator, enter)
}

export function nextPass(loop: LoopTask, coordinator: Coordinator, enter: Enter): void {
	const passes = coordinator.passes.get(loop.id)
	if (passes === undefined || !('variable' in loop.over)) throw new Error(`the loop ${loop.id} was never started`)
	const value = passes.values[passes.next]
	if (value === undefined) {
		const control = coordinator.tasks.get(loop.id)?.control ?? coordinator.job.control
		fire(loop, 1, control, coordinator, (to) => enter(to, coordinator))
		return
	}
	passes.next += 1
	coordinator.variables.set(loop.over.variable, value)
	for (const { task } of loop.body.joins) coordinator.joined.delete(task)
	for (const task of firstTasks(loop.body)) enter(task.id, coordinator)
}

function loopValues(loop: LoopTask, coordinator: Coordinator): readonly string[] {
	const { over } = loop
	if (over.kind === 'list') {
		const text = valueText(computed(over.values, loop.id, coordinator) ?? '')
		if (text === '') stop(loop.id, 'the loop specifies an empty list')
		return text.split(over.delimiter)
	}
	if (over.kind !== 'counter') throw new Error(`a job sequence holds no loop over ${over.kind}`)
	const number = (part: 'from' | 'to' | 'step'): number => {
		const text = valueText(computed(over[part], loop.id, coordinator) ?? '').trim()
		return text === '' || Number.isNaN(Number(text))
			? stop(loop.id, `the loop has no number for ${part}`)
			: Number(text)
	}
	const [from, to, step] = [number('from'), number('to'), number('step')]
	if (step === 0) stop(loop.id, 'the loop has the step 0')
	const passes = Math.max(0, Math.floor((to - from) / step) + 1)
	if (passes > mostPasses) stop(loop.id, `the loop has ${passes} passes`)
	return Array.from({ length: passes }, (_, index) => String(from + index * step))
}
