/**
 * Before/after subroutines in BASIC that compute nothing but the user status of the job. They take the text that the job gives
 * them and a variable that stops the job where it is not 0 (IBM: Server Job Developer's Guide, before/after subroutines).
 */
import { convertTo } from '#languages/datastage-basic/coerce.ts'
import { lowerSubroutine } from '#languages/datastage-basic/lower.ts'
import { userStatus } from '#languages/datastage-basic/routine-calls.ts'
import { parseRoutine } from '#languages/datastage-basic/routine-parser.ts'
import type { Expression } from '#model/expressions.ts'
import { int, text } from '#model/types.ts'
import { textOf } from './columns.ts'
import { literal, textLiteral } from './expressions.ts'
import type { DsxRecord } from './formats/dsx/records.ts'
import { lowerTemplate } from './sequences/expressions.ts'
import { routinesOf } from './sequences/routines.ts'
import type { JobContext } from './stage-context.ts'

/** The status that the routine sets, given the argument as the job writes it. */
export function userStatusOf(
	record: DsxRecord,
	argument: string,
	{ parameters, project }: JobContext,
): { readonly status: Expression } | { readonly problem: string } {
	const routine = parseRoutine(textOf(record.values, 'Identifier'), textOf(record.values, 'Source'))
	const [input, error, ...more] = routine.parameters
	if (input === undefined || error === undefined || more.length > 0)
		return { problem: 'it takes other arguments than before/after subroutines do' }
	const given = lowerTemplate(argument, { variables: [], parameters })
	if (given.problem !== undefined) return { problem: given.problem }
	const unset: Expression = { kind: 'literal', value: null, type: text() }
	const before = new Map([
		[input, given.expression],
		[error, literal(0n, int(32))],
		[userStatus, unset],
	])
	const names = { columns: new Map(), parameters: new Map(), routines: routinesOf(project) }
	const lowered = lowerSubroutine(routine, before, names)
	if ('problem' in lowered) return lowered
	const stops = lowered.values.get(error)
	if (stops?.kind !== 'literal' || (stops.value !== 0n && stops.value !== '0'))
		return { problem: 'it may stop the job' }
	const status = lowered.values.get(userStatus) ?? unset
	// Where only some ways through the routine set it, the others leave what was set before, or nothing.
	if (hasUnset(status)) return { problem: 'it does not always set the user status of the job, and nothing else' }
	return { status: convertTo(status, 'string') ?? textLiteral('') }
}

/** A loop may end before its first turn. */
function hasUnset(status: Expression): boolean {
	if (status.kind === 'if') return hasUnset(status.then) || hasUnset(status.otherwise)
	if (status.kind === 'loop')
		return status.variables.some(({ name, initial }) => name === status.result && hasUnset(initial))
	return status.kind === 'literal' && status.value === null
}
