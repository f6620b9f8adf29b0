/**
 * Turns a graph of triggers into states. Pieces that run side by side become a Parallel state, pieces of which one is chosen a
 * Choice, a place where all ways meet stands behind them. Where ways cross so that no such shape fits, what stands before the
 * first meetings runs first, and the rest waits for all of it: later than in the source, never too early (`longerWaits`).
 */
import type { Precedence, Task } from '#model/control-flow.ts'
import type { Tasks } from '#model/control-graph.ts'
import { before, dominated, firstTrees, meetingPoint, pieces, sources, without } from '#model/control-graph.ts'
import { areExclusive } from '#model/triggers.ts'
import type { ChoiceRule } from './asl.ts'
import { directly, entering, guardOf, isCertain } from './guards.ts'
import type { Here } from './here.ts'
import { parallelState } from './parallel.ts'
import type { Region } from './scope.ts'
import { stateName } from './scope.ts'
import { taskStates } from './task-states.ts'

/** Writes the states of a part of the control flow; gives the name of the first, which is `next` where there is nothing. */
export function writePart(part: Tasks, next: string, here: Here, region: Region): string {
	const found = pieces(part, region.control)
	const [only, ...more] = found
	if (only === undefined) return next
	if (more.length === 0) return writePiece(only, next, here, region)
	return writeChoice(found, next, here, region) ?? writeParallel(found, next, here, region)
}

/** Pieces of which the end of one activity chooses at most one. */
function writeChoice(found: readonly Tasks[], next: string, here: Here, region: Region): string | undefined {
	const triggers = found.map((piece) => onlyTrigger(piece, region))
	const known = triggers.filter((one): one is Precedence => one !== undefined)
	if (known.length < triggers.length || !known.every(({ from }) => from === here.last)) return undefined
	if (!known.every((one, index) => known.slice(index + 1).every((other) => areExclusive(one, other)))) return undefined
	const inTurn = [...known].sort(
		(left, right) => Number(left.outcome === 'otherwise') - Number(right.outcome === 'otherwise'),
	)
	const rules = inTurn.flatMap((trigger): ChoiceRule[] => {
		const piece = found[known.indexOf(trigger)]
		if (piece === undefined) return []
		const first = writeChosen(piece, next, { ...here, known: here.known }, region)
		return [{ Comment: triggerText(trigger), Condition: `{% ${directly(trigger, region)} %}`, Next: first }]
	})
	const name = choiceName(here.last, `After ${lastName(here.last, region)}`, region)
	// The last of exclusive ways is no default: none of them may fire.
	region.scope.states.set(name, { Type: 'Choice', Choices: rules, Default: next })
	return name
}

/** The trigger that starts a piece, when there is just one. */
function onlyTrigger(piece: Tasks, { control }: Region): Precedence | undefined {
	const [source, ...others] = sources(piece, control)
	const triggers = source === undefined || others.length > 0 ? [] : entering(control, source)
	const outside = control.precedences.filter(({ from, to }) => piece.has(to) && !piece.has(from))
	return triggers.length === 1 && outside.length === 1 ? triggers[0] : undefined
}

function writeParallel(found: readonly Tasks[], next: string, here: Here, region: Region): string {
	const { machine } = region
	const names = found.map((piece) => {
		const [first] = sources(piece, region.control)
		return first === undefined ? '' : first.name
	})
	const name = machine.memory.state(`Together: ${names.join(', ')}`)
	region.scope.states.set(
		name,
		parallelState(found, next, region, (piece, end, branch) => writePart(piece, end, here, branch)),
	)
	return name
}

function writeChosen(piece: Tasks, next: string, here: Here, region: Region): string {
	const [source] = sources(piece, region.control)
	return source === undefined ? next : writeFrom(source, undefined, piece, next, here, region)
}

function writePiece(piece: Tasks, next: string, here: Here, region: Region): string {
	const { control } = region
	const [source, ...others] = sources(piece, control)
	if (source === undefined) return next
	if (others.length === 0) return writeFrom(source, guardOf(source, here, region), piece, next, here, region)
	const meeting = meetingPoint(piece, control)
	const first = meeting === undefined ? firstTrees(piece, control) : before(meeting.id, piece, control)
	const certain = [...first].filter((id) => isCertain(id, here.known, region))
	const rest = writePart(without(piece, first), next, { known: new Set([...here.known, ...certain]) }, region)
	return writePart(first, rest, here, region)
}

/** A task and all that follows it. `guard` absent: it always starts here. */
function writeFrom(
	source: Task,
	guard: string | undefined,
	piece: Tasks,
	next: string,
	here: Here,
	region: Region,
): string {
	const rest = without(piece, [source.id])
	const sure = { known: new Set([...here.known, source.id]), last: source.id }
	const mayStop = source.kind === 'loop'
	if (guard === undefined && !mayStop) return taskStates(source, writePart(rest, next, sure, region), next, region)
	// What does not hang on this task alone is looked at in any case, when all that does has ended.
	const own = dominated(source.id, piece, region.control)
	const others = without(rest, own)
	const tail = writePart(others, next, { known: here.known }, region)
	const first = taskStates(source, writePart(own, tail, sure, region), tail, region)
	if (guard === undefined) return first
	const wanted = source.kind === 'barrier' ? stateName(region.machine, source) : undefined
	const name =
		here.last === undefined
			? region.machine.memory.state(`${wanted ?? source.name}?`)
			: choiceName(here.last, `${source.name}?`, region)
	const comment = entering(region.control, source).map(triggerText).join(', or ')
	region.scope.states.set(name, {
		Type: 'Choice',
		Choices: [{ Comment: comment, Condition: `{% ${guard} %}`, Next: first }],
		Default: tail,
	})
	return name
}

/** A nested condition is the choice behind it; everything else has a state of its own, and the choice a name beside it. */
function choiceName(last: string | undefined, wanted: string, { control, machine }: Region): string {
	const task = control.tasks.find(({ id }) => id === last)
	if (
		task?.kind !== 'barrier' ||
		machine.represented.has(task.id) ||
		control.joins.some((join) => join.task === task.id)
	)
		return machine.memory.state(wanted)
	machine.represented.add(task.id)
	return stateName(machine, task)
}

const lastName = (last: string | undefined, { control }: Region): string =>
	control.tasks.find(({ id }) => id === last)?.name ?? 'the start'

function triggerText({ outcome, condition, provenance }: Precedence): string {
	const name = provenance.path.replace(/^.*\//, '')
	const words = {
		success: 'OK',
		failure: 'failed',
		warning: 'warnings',
		completion: 'unconditional',
		otherwise: 'otherwise',
	}
	const when = [outcome === undefined ? '' : words[outcome], condition?.text ?? ''].filter((one) => one !== '')
	return `${name}: ${when.join(', ')}`
}
