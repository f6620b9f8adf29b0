/** Lowers the executables of a container, with the constraints between them. */
import type { ControlFlow, Task } from '#model/control-flow.ts'
import { diagnose } from '#model/diagnostics.ts'
import { redact } from '#model/redact.ts'
import { printXml } from '../../xml/print.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import type { ExecutableRecord } from '../formats/records.ts'
import type { PackageScope } from '../package-scope.ts'
import { withoutPassedSecrets } from '../scripts/passed-secrets.ts'
import { accountAll, accountComponents } from './account.ts'
import { lowerHandlers } from './handlers.ts'
import { lowerPrecedences } from './precedence.ts'
import { taskProperties } from './properties.ts'
import { taskLowererOf } from './registry.ts'
import { executionValue, failureRules, reportSettings } from './settings.ts'
import type { Collected, TaskContext } from './task-context.ts'
import { accountFor, isRefusal, placeOf, taskBase } from './task-context.ts'
import { reasonFor } from './unsupported.ts'
import { detailsOf } from './unsupported-details.ts'

/** The control flow of the package itself, with its own handlers. @param scope names inside the package */
export function lowerRoot(root: ExecutableRecord, scope: PackageScope, collected: Collected): ControlFlow {
	reportSettings({ executable: root, scope, collected })
	const lowerInside = (one: ExecutableRecord, inner: PackageScope): ControlFlow =>
		lowerControlFlow(one, inner, collected)
	const handlers = lowerHandlers(root, scope, collected, lowerInside)
	const maximumErrors = failureRules({ executable: root, scope, collected })?.maximumErrors
	return {
		...lowerControlFlow(root, scope, collected),
		...(handlers.length === 0 ? {} : { handlers }),
		...(maximumErrors === undefined ? {} : { failure: { maximumErrors } }),
	}
}

function lowerControlFlow(container: ExecutableRecord, scope: PackageScope, collected: Collected): ControlFlow {
	const found = container.executables.map((executable) => lowerExecutable(executable, scope, collected))
	return lowerPrecedences(container, found, scope, collected)
}

function lowerExecutable(executable: ExecutableRecord, outer: PackageScope, collected: Collected): Task {
	const scope = outer.within(executable)
	const properties = taskProperties(executable, scope)
	const context: TaskContext = {
		executable,
		scope,
		collected,
		properties,
		inside: () => lowerControlFlow(executable, scope, collected),
	}
	if (executable.disabled) {
		accountAll(executable, scope, collected, 'dropped', 'disabled in the package')
		// Skipped, and counted as success: the same as a container with nothing in it.
		return { ...taskBase(context), kind: 'sequence', body: { tasks: [], precedences: [], joins: [] } }
	}
	const more = common(context)
	const lower = taskLowererOf(executable.type)
	const taker = executionValue(executable)
	const attempt =
		taker === undefined
			? (lower?.(context) ?? refuse(`${reasonFor(executable.type)}${detailsOf(executable)}`))
			: refuse(`the variable ${taker} takes a value that only the old task gives back`)
	const result = isRefusal(attempt) ? attempt : (properties.refusal() ?? attempt)
	if (isRefusal(result)) return { ...opaque(context, result), ...more }
	const declared = collected.differences.some(({ element }) => element === executable.refId)
	accountFor(context, declared ? 'declared' : 'exact')
	return { ...result, ...more }
}

/** What any task may have, whatever it does. */
function common(context: TaskContext): Pick<Task, 'handlers' | 'failure' | 'disabledWhen' | 'sourceId'> {
	const { executable, scope, collected, properties } = context
	reportSettings(context)
	const disabledWhen = properties.computed('Disable')
	const failure = failureRules(context)
	const handlers = lowerHandlers(executable, scope, collected, (one, inner) => lowerControlFlow(one, inner, collected))
	return {
		...(executable.id === '' ? {} : { sourceId: executable.id }),
		...(disabledWhen === undefined ? {} : { disabledWhen }),
		...(failure === undefined ? {} : { failure }),
		...(handlers.length === 0 ? {} : { handlers }),
	}
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
		text: redact(withoutPassedSecrets(printXml({ ...executable.element, children }))),
	}
	if (executable.pipeline !== undefined)
		accountComponents(executable, context.scope, collected, 'opaque', refusal.reason)
	return executable.executables.length === 0 ? task : { ...task, body: context.inside() }
}
