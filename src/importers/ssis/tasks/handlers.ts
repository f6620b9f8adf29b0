/** Event handlers (Microsoft: Integration Services Event Handlers). */
import type { EventHandler, TaskEvent } from '#model/control-flow.ts'
import { diagnose } from '#model/diagnostics.ts'
import { flag } from '../formats/properties.ts'
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
			if (event === undefined) {
				leaveOut(handler, executable, scope, collected)
				return []
			}
			const body = lowerInside(container, inner)
			const provenance = placeOf({ executable: container, scope })
			declareAt({ executable, scope, collected }, 'RG-D051', `The handler of ${handler.event} sees one event for each.`)
			return [{ event, id: container.refId, body, contains: !propagates(container), provenance }]
		})
}

/** `System::Propagate` of the handler itself, true unless the package says otherwise. */
function propagates({ variables }: ExecutableRecord): boolean {
	const variable = variables.find(({ name }) => name === 'System::Propagate')
	return variable === undefined || !/^\s*(?:0|false)\s*$/i.test(variable.value)
}

function leaveOut(
	{ event, container }: EventHandlerRecord,
	executable: ExecutableRecord,
	scope: PackageScope,
	collected: Collected,
): void {
	const inner = scope.within(container)
	const reason = `it handles ${event}, an event that only the old engine raises`
	for (const one of container.executables) {
		if (one.disabled) accountAll(one, inner, collected, 'dropped', 'disabled in the package')
		else accountAll(one, inner, collected, 'opaque', reason)
	}
	collected.diagnostics.push(
		diagnose('stage/unsupported', placeOf({ executable: container, scope }), {
			what: `The event handler ${event} of ${executable.name} was not translated.`,
			why: 'The new job has no such event.',
		}),
	)
}
