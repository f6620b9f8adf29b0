/** Start Loop and End Loop: a circle of states, with the values still to come in the state that is handed on. */
import { literalText } from '#languages/jsonata/text.ts'
import type { ControlFlow, LoopTask } from '#model/control-flow.ts'
import { added, jsonata } from './asl.ts'
import { loopCompletes } from './guards.ts'
import { printed } from './printed.ts'
import type { Machine, Region } from './scope.ts'
import { keyOf, stateName } from './scope.ts'

export function loopStates(task: LoopTask, next: string, skip: string, region: Region): string {
	const { machine, scope } = region
	const { states } = scope
	const key = keyOf(machine, task)
	const name = stateName(machine, task)
	const test = machine.memory.state(`${task.name}: another pass?`)
	const pass = machine.memory.state(`${task.name}: pass`)
	const completes = loopCompletes(task, machine)
	const reached = completes ? test : machine.memory.state(`${task.name}: end reached?`)
	const inner: Region = {
		machine,
		scope,
		control: task.body,
		...(task.continues === undefined ? {} : { continues: { task: task.continues, key } }),
	}
	const body = machine.writePart(new Set(task.body.tasks.map(({ id }) => id)), reached, { known: new Set() }, inner)
	const values = `$states.input.${key}`
	states.set(name, {
		Type: 'Pass',
		Comment: 'Start of the loop: its values are fixed here',
		Output: jsonata(added(`'${key}': {'Values': ${valuesOf(task, machine)}, 'Pass': 0, 'Counter': ''}`)),
		Next: test,
	})
	states.set(test, {
		Type: 'Choice',
		Choices: [{ Condition: jsonata(`${values}.Pass < $count(${values}.Values)`), Next: pass }],
		Default: next,
	})
	const reset = recordedIn(task.body, machine).map((one) => `, '${one}': false`)
	states.set(pass, {
		Type: 'Pass',
		Comment: 'Takes the next value',
		Output: jsonata(
			added(
				`'${key}': $merge([${values}, {'Pass': ${values}.Pass + 1, 'Counter': ${values}.Values[${values}.Pass], 'Again': false}])${reset.join('')}`,
			),
		),
		Next: body,
	})
	if (!completes)
		states.set(reached, {
			Type: 'Choice',
			Comment: 'A pass that does not reach the End Loop is the last, and nothing follows the loop.',
			Choices: [{ Condition: jsonata(`${values}.Again = true`), Next: test }],
			Default: skip,
		})
	return name
}

function valuesOf({ over }: LoopTask, machine: Machine): string {
	if (over.kind === 'list') {
		const text = printed(over.values, machine)
		return `(${text} = '' ? $error('the loop specifies an empty list') : $split(${text}, ${literalText(over.delimiter)}))`
	}
	if (over.kind !== 'counter') throw new Error(`a state machine has no loop over ${over.kind}`)
	const [from, to, step] = [over.from, over.to, over.step].map((value) => number(printed(value, machine)))
	if (step === '1') return `[$map([${from}..${to}], $string)]`
	return `($from := ${from}; $to := ${to}; $step := ${step}; [$map([0..$floor(($to - $from) / $step)], function($i) {$string($from + $i * $step)})])`
}

/** A number as the loop counts it. */
function number(code: string): string {
	const literal = /^'(-?\d+)'$/.exec(code)
	return literal?.[1] ?? `$number(${code})`
}

/** Notes on triggers inside the body are of the pass that is over. */
function recordedIn(body: ControlFlow, machine: Machine): readonly string[] {
	const own = body.precedences.flatMap(({ id }) => machine.recorded.get(id) ?? [])
	return [...own, ...body.tasks.flatMap((task) => (task.kind === 'loop' ? recordedIn(task.body, machine) : []))]
}
