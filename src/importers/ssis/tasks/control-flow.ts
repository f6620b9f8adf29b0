/** Lowers the executables of a container, with the constraints between them. */
import type { ControlFlow, Task } from '#model/control-flow.ts'
import { diagnose } from '#model/diagnostics.ts'
import { redact } from '#model/redact.ts'
import { printXml } from '../../xml/print.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import type { ExecutableRecord } from '../formats/records.ts'
import type { PackageScope } from '../package-scope.ts'
import { lowerPrecedences } from './precedence.ts'
import { taskLowererOf } from './registry.ts'
import type { Collected, TaskContext } from './task-context.ts'
import { accountFor, isRefusal, placeOf, taskBase } from './task-context.ts'

export function lowerControlFlow(container: ExecutableRecord, scope: PackageScope, collected: Collected): ControlFlow {
	const found = container.executables.map((executable) => lowerExecutable(executable, scope, collected))
	return lowerPrecedences(container, found, scope, collected)
}

function lowerExecutable(executable: ExecutableRecord, outer: PackageScope, collected: Collected): Task {
	const scope = outer.within(executable)
	const context: TaskContext = {
		executable,
		scope,
		collected,
		inside: () => lowerControlFlow(executable, scope, collected),
	}
	if (executable.disabled) {
		accountAll(executable, scope, collected, 'dropped', 'disabled in the package')
		// Skipped, and counted as success: the same as a container with nothing in it.
		return { ...taskBase(context), kind: 'sequence', body: { tasks: [], precedences: [], joins: [] } }
	}
	accountHandlers(executable, scope, collected)
	const lower = taskLowererOf(executable.type)
	const computed = executable.expressions.find((one) => one.property === 'Disable')
	const result =
		computed !== undefined
			? refuse('an expression decides whether it runs')
			: (lower?.(context) ?? refuse('this task is not supported'))
	if (!isRefusal(result)) {
		accountFor(context, 'exact')
		return result
	}
	return opaque(context, result)
}

function opaque(context: TaskContext, refusal: Refusal): Task {
	const { executable, collected } = context
	const provenance = placeOf(context)
	accountFor(context, 'opaque', refusal.reason)
	collected.diagnostics.push(
		...(refusal.diagnostics ?? []),
		diagnose('stage/unsupported', provenance, {
			what: `${executable.type} ${JSON.stringify(executable.name)} was not translated.`,
			why: `Because ${refusal.reason}.`,
		}),
	)
	// Inner executables have a text of their own.
	const children = executable.element.children.filter(
		(child) => child.name !== 'DTS:Executables' && child.name !== 'DTS:Executable',
	)
	const task = {
		...taskBase(context),
		kind: 'opaque' as const,
		sourceType: executable.type,
		reason: refusal.reason,
		text: redact(printXml({ ...executable.element, children })),
	}
	if (executable.pipeline !== undefined)
		accountComponents(executable, context.scope, collected, 'opaque', refusal.reason)
	return executable.executables.length === 0 ? task : { ...task, body: context.inside() }
}

/** Event handlers are read and accounted, not run. */
export function accountHandlers(executable: ExecutableRecord, scope: PackageScope, collected: Collected): void {
	for (const { event, executables } of executable.handlers) {
		for (const inner of executables) {
			const reason = `an event handler (${event}) runs it, and those are not run`
			if (inner.disabled) accountAll(inner, scope, collected, 'dropped', 'disabled in the package')
			else accountAll(inner, scope, collected, 'opaque', reason)
		}
		if (executables.length === 0) continue
		collected.diagnostics.push(
			diagnose('stage/unsupported', placeOf({ executable, scope }), {
				what: `The event handler ${event} of ${executable.name} was not translated.`,
				why: 'Event handlers are not supported.',
			}),
		)
	}
}

function accountAll(
	executable: ExecutableRecord,
	scope: PackageScope,
	collected: Collected,
	outcome: 'opaque' | 'dropped',
	reason: string,
): void {
	accountFor({ executable, scope, collected }, outcome, reason)
	accountComponents(executable, scope, collected, outcome, reason)
	const inner = [...executable.executables, ...executable.handlers.flatMap((handler) => handler.executables)]
	for (const one of inner) accountAll(one, scope, collected, outcome, reason)
}

function accountComponents(
	executable: ExecutableRecord,
	scope: PackageScope,
	collected: Collected,
	outcome: 'opaque' | 'dropped',
	reason: string,
): void {
	for (const { refId, type, name, lines } of executable.pipeline?.components ?? []) {
		const provenance = { file: scope.file, path: refId, lines }
		collected.accounting.push({ id: refId, type, name, outcome, reason, provenance })
	}
}
