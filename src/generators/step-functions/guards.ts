/** When a task may start, as JSONata over the state that reaches it. */
import { printJsonata } from '#languages/jsonata/print.ts'
import { parts } from '#languages/jsonata/text.ts'
import type { ControlFlow, Precedence, Task } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { Here } from './here.ts'
import type { Machine, Region } from './scope.ts'
import { keyOf } from './scope.ts'

export const entering = ({ precedences }: ControlFlow, task: Task): readonly Precedence[] =>
	precedences.filter(({ to }) => to === task.id)
export const leaving = ({ precedences }: ControlFlow, task: string): readonly Precedence[] =>
	precedences.filter(({ from }) => from === task)

/** The condition, or undefined where nothing can keep the task from starting. */
export function guardOf(task: Task, here: Here, region: Region): string | undefined {
	const { control } = region
	const triggers = entering(control, task)
	if (triggers.length === 0 || isCertain(task.id, here.known, region)) return undefined
	const all = control.joins.find((join) => join.task === task.id)?.needs !== 'any' && triggers.length > 1
	const open = all ? triggers.filter((one) => !isCertainTrigger(one, here.known, region)) : triggers
	return open
		.map((one) => (open.length > 1 ? inParentheses(condition(one, here, region)) : condition(one, here, region)))
		.join(all ? ' and ' : ' or ')
}

const inParentheses = (code: string): string => (/ (?:and|or) /.test(code) ? `(${code})` : code)

/** Does this trigger fire on every way that leads here? */
function isCertainTrigger(trigger: Precedence, known: ReadonlySet<string>, region: Region): boolean {
	return alwaysFires(trigger, region) && isCertain(trigger.from, known, region)
}

export function isCertain(id: string, known: ReadonlySet<string>, region: Region): boolean {
	if (known.has(id)) return true
	const { control } = region
	const triggers = control.precedences.filter(({ to }) => to === id)
	const all = control.joins.find((join) => join.task === id)?.needs !== 'any'
	const certain = (one: Precedence): boolean => isCertainTrigger(one, known, region)
	return triggers.length === 0 || (all ? triggers.every(certain) : triggers.some(certain))
}

function alwaysFires({ from, outcome, condition: extra }: Precedence, { control, machine }: Region): boolean {
	const task = control.tasks.find(({ id }) => id === from)
	if (task === undefined || extra !== undefined) return false
	if (task.kind === 'loop') return outcome === 'completion' && loopCompletes(task, machine)
	if (outcome === 'completion') return true
	if (outcome !== 'success') return false
	if (task.kind === 'barrier' || (task.kind === 'assign' && task.failsWhen === undefined)) return true
	// A Glue job that did not end well has raised its failure, and nothing follows it.
	const raises = machine.job.control.triggers?.unhandled === 'raise' && !handles(control, task)
	return raises && (task.kind !== 'run-job' || machine.children(task).kind === 'job')
}

/** Does every pass of a loop reach its end? */
export function loopCompletes(task: Extract<Task, { kind: 'loop' }>, machine: Machine): boolean {
	if (task.continues === undefined) return true
	const firsts = task.body.tasks.filter((one) => entering(task.body, one).length === 0).map(({ id }) => id)
	return isCertain(task.continues, new Set(firsts), { machine, control: task.body, scope: { states: new Map() } })
}

/** Has a task failed that computes whether it has? */
export function failsCode(condition: SourcedExpression | undefined, machine: Machine): string {
	if (condition === undefined) return 'false'
	const printed = printJsonata(condition.expression, machine.memory.scope)
	if ('problem' in printed) throw new Error(`${condition.text}: ${printed.problem}`)
	return printed.code
}

export const handles = (control: ControlFlow, task: Task): boolean =>
	leaving(control, task.id).some(({ outcome }) => outcome === 'failure' || outcome === 'otherwise')

/** Whether a trigger has fired: told by what its activity left behind, or by a note taken when it fired. */
function condition(trigger: Precedence, { known, last }: Here, region: Region): string {
	const depends = trigger.condition !== undefined || trigger.outcome === 'otherwise'
	if (known.has(trigger.from) && (!depends || last === trigger.from)) return directly(trigger, region)
	const { machine } = region
	const key = machine.recorded.get(trigger.id) ?? machine.memory.take(trigger.provenance.path.replace(/^.*\//, ''))
	machine.recorded.set(trigger.id, key)
	return `$states.input.${key} = true`
}

/** The trigger's own condition, right after its activity. */
export function directly(trigger: Precedence, region: Region): string {
	const { control, machine } = region
	if (trigger.outcome === 'otherwise') {
		const others = leaving(control, trigger.from).filter(
			({ outcome }) => outcome !== 'otherwise' && outcome !== 'completion',
		)
		return others.length === 0
			? 'true'
			: `$not(${others.map((one) => inParentheses(directly(one, region))).join(' or ')})`
	}
	const byOutcome = outcomeCode(trigger, region)
	if (trigger.condition === undefined) return byOutcome
	const printed = printJsonata(trigger.condition.expression, machine.memory.scope)
	// The importer has taken only what has a text.
	if ('problem' in printed) throw new Error(`${trigger.id}: ${printed.problem}`)
	return byOutcome === 'true' ? printed.code : `${byOutcome} and ${parts(printed)}`
}

/** What can only end well. */
const plain: ReadonlySet<string> = new Set(['assign', 'barrier', 'loop', 'CUserVarsActivity'])

function outcomeCode({ from, outcome }: Precedence, { control, machine }: Region): string {
	if (outcome === undefined || outcome === 'completion') return 'true'
	const task = control.tasks.find(({ id }) => id === from)
	const key = keyOf(machine, { id: from })
	const type = task?.kind === 'opaque' ? task.sourceType : task?.kind
	if (type === 'run-job' || type === 'CJobActivity') {
		const status = { success: '1', warning: '2', failure: '3', otherwise: '' }[outcome]
		return `$states.input.${key}.JobStatus = '${status}'`
	}
	const canFail = task?.kind === 'assign' && task.failsWhen !== undefined
	if (canFail && outcome !== 'warning') {
		const fails = failsCode(task.failsWhen, machine)
		return outcome === 'success' ? `$not(${fails})` : fails
	}
	if (task !== undefined && (type === undefined || !plain.has(type))) {
		if (outcome === 'warning') return 'false'
		return `$states.input.${key}.ReturnValue ${outcome === 'success' ? '=' : '!='} '0'`
	}
	return String(outcome === 'success')
}
