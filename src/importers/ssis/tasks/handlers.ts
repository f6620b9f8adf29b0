/** Event handlers (Microsoft: Integration Services Event Handlers). */
import type { EventHandler, TaskEvent } from '#model/control-flow.ts'
import { diagnose } from '#model/diagnostics.ts'
import { childOf } from '../../xml/element.ts'
import { flag, property } from '../formats/properties.ts'
import type { EventHandlerRecord, ExecutableRecord } from '../formats/records.ts'
import type { PackageScope } from '../package-scope.ts'
import { accountAll } from './account.ts'
import type { Collected, LowerInside } from './task-context.ts'
import { declareAt, placeOf } from './task-context.ts'

const events: Readonly<Record<string, TaskEvent>> = {
	OnError: 'error',
	OnTaskFailed: 'task-failed',
	OnPreExecute: 'pre-execute',
	OnPostExecute: 'post-execute',
	OnWarning: 'warning',
}

/** Lowers the handlers of a task or of the package; those of events that the new job does not have stay opaque. */
export function lowerHandlers(
	executable: ExecutableRecord,
	scope: PackageScope,
	collected: Collected,
	lowerInside: LowerInside,
): readonly EventHandler[] {
	const off = flag(executable.element, 'DisableEventHandlers')
	return executable.handlers
		.filter(({ executables }) => executables.length > 0)
		.flatMap((handler): readonly EventHandler[] => {
			const { container } = handler
			const inner = scope.within(container)
			if (off || container.disabled) {
				for (const one of container.executables)
					accountAll(one, inner, collected, 'dropped', 'its event handler is disabled in the package')
				return []
			}
			const event = events[handler.event]
			const reason = event === undefined ? oldEngineOnly(handler.event) : refusalOf(event, executable)
			if (event === undefined || reason !== undefined) {
				leaveOut(handler, reason ?? oldEngineOnly(handler.event), executable, scope, collected)
				return []
			}
			const body = lowerInside(container, inner)
			const provenance = placeOf({ executable: container, scope })
			declareAt({ executable, scope, collected }, 'RG-D051', `The handler of ${handler.event} sees one event for each.`)
			if (event === 'warning')
				declareAt(
					{ executable, scope, collected },
					'RG-D142',
					'Its handler of OnWarning runs where errors inside make it fail.',
				)
			return [{ event, id: container.refId, body, contains: !propagates(container), provenance }]
		})
}

/** `System::Propagate` of the handler itself, true unless the package says otherwise. */
function propagates({ variables }: ExecutableRecord): boolean {
	const variable = variables.find(({ name }) => name === 'System::Propagate')
	return variable === undefined || !/^\s*(?:0|false)\s*$/i.test(variable.value)
}

const unraised: Readonly<Record<string, string>> = {
	OnExecStatusChanged: 'handle OnPreExecute and OnPostExecute instead',
	OnInformation: 'the log of the job in CloudWatch takes its place',
	OnProgress: 'the log of the job in CloudWatch takes its place',
	OnQueryCancel: 'a Glue job is stopped from outside, and asks nobody',
	OnVariableValueChanged: 'do what is to be done behind the task that sets the variable',
}

const oldEngineOnly = (event: string): string =>
	`it handles ${event}, an event that only the old engine raises${unraised[event] === undefined ? '' : `: ${unraised[event]}`}`

/** Warnings come from containers that errors make fail; those of scripts and of loops that find no file are not told. */
function refusalOf(event: TaskEvent, executable: ExecutableRecord): string | undefined {
	if (event !== 'warning') return undefined
	if (executable.executables.length === 0)
		return 'it handles OnWarning of a task, whose warnings only the old engine knows'
	return warnsItself(executable) ? 'it handles warnings of a script or of a loop over files' : undefined
}

function warnsItself({ type, element, pipeline, executables }: ExecutableRecord): boolean {
	const isFileLoop =
		type === 'STOCK:FOREACHLOOP' &&
		/FileEnumerator/i.test(property(childOf(element, 'DTS:ForEachEnumerator'), 'CreationName') ?? '')
	const isScript = /ScriptTask$/.test(type) || pipeline?.components.some((one) => /ScriptComponent/.test(one.type))
	return isFileLoop || isScript === true || executables.some((one) => !one.disabled && warnsItself(one))
}

function leaveOut(
	{ event, container }: EventHandlerRecord,
	reason: string,
	executable: ExecutableRecord,
	scope: PackageScope,
	collected: Collected,
): void {
	const inner = scope.within(container)
	for (const one of container.executables) {
		if (one.disabled) accountAll(one, inner, collected, 'dropped', 'disabled in the package')
		else accountAll(one, inner, collected, 'opaque', reason)
	}
	collected.diagnostics.push(
		diagnose('stage/unsupported', placeOf({ executable: container, scope }), {
			what: `The event handler ${event} of ${executable.name} was not translated.`,
			why: `${reason[0]?.toUpperCase() ?? ''}${reason.slice(1)}.`,
		}),
	)
}
