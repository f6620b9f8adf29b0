/** Routines that a sequence calls before and after it runs. */
import type { AccountingItem } from '#model/accounting.ts'
import type { ControlFlow, Precedence, Task } from '#model/control-flow.ts'
import type { DifferenceOccurrence } from '#model/job.ts'
import type { DsxRecord } from '../formats/dsx/records.ts'
import { subroutine } from '../job-routines.ts'
import type { JobContext } from '../stage-context.ts'

export interface Around {
	readonly control: ControlFlow
	readonly accounting: readonly AccountingItem[]
	readonly differences: readonly DifferenceOccurrence[]
}

/**
 * The routine before stands before all activities that start the sequence, the one after behind the last. Where several
 * activities may be the last, no place in a graph of triggers is behind them all: the routine is counted as opaque then.
 */
export function aroundSequence(control: ControlFlow, root: DsxRecord, job: JobContext): Around {
	const differences: DifferenceOccurrence[] = []
	const [before] = subroutine(root, job, 'before', differences)
	const [after] = subroutine(root, job, 'after', differences)
	const last = lastOf(control)
	const placed = after === undefined || last !== undefined ? after : unplaced(after)
	const first = placed === undefined || last === undefined ? control : behind(control, last, placed)
	return {
		control: before === undefined ? first : ahead(first, before),
		accounting: [before, placed].flatMap((task) => (task === undefined ? [] : [itemOf(task, differences)])),
		differences,
	}
}

function ahead(control: ControlFlow, task: Task): ControlFlow {
	const starts = control.tasks.filter(({ id }) => !control.precedences.some(({ to }) => to === id))
	const triggers = starts.map((one): Precedence => follows(task, one, 'success'))
	return { ...control, tasks: [task, ...control.tasks], precedences: [...triggers, ...control.precedences] }
}

/** The activity that every run of the sequence ends with, when one can be told. */
function lastOf({ tasks, precedences }: ControlFlow): Task | undefined {
	const ends = tasks.filter(({ id }) => !precedences.some(({ from }) => from === id))
	const isPlain = precedences.every(({ outcome, condition }) => outcome === 'completion' && condition === undefined)
	return ends.length === 1 && isPlain ? ends[0] : undefined
}

function behind(control: ControlFlow, last: Task, task: Task): ControlFlow {
	const precedences = [...control.precedences, follows(last, task, 'completion')]
	return { ...control, tasks: [...control.tasks, task], precedences }
}

function follows(from: Task, to: Task, outcome: 'success' | 'completion'): Precedence {
	return { id: `${from.id} > ${to.id}`, from: from.id, to: to.id, outcome, combine: 'and', provenance: to.provenance }
}

function unplaced(task: Task): Task {
	const { id, element, name, provenance, disabled } = task
	const reason = 'it runs when the sequence has ended, and several activities may be its last'
	const sourceType = task.kind === 'opaque' ? task.sourceType : name
	return { id, element, name, provenance, disabled, kind: 'opaque', sourceType, reason, text: '' }
}

function itemOf(task: Task, differences: readonly DifferenceOccurrence[]): AccountingItem {
	const { id, name, provenance } = task
	const declared = differences.map((one) => `${one.id}: ${one.detail}`).join('; ')
	const base = { id, type: 'Routine', name, provenance }
	if (task.kind === 'opaque') return { ...base, outcome: 'opaque', reason: task.reason }
	return declared === '' ? { ...base, outcome: 'exact' } : { ...base, outcome: 'declared', reason: declared }
}
