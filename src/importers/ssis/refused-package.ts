/**
 * Packages that the old engine refuses before it runs anything. A column that is read and that no component gives any more is
 * stored with the mark `:invalid`; validation then ends with the error "has lineage ID … that was not previously used in the Data
 * Flow task" (Microsoft: Integration Services Error and Message Reference), and no task of the package starts.
 */
import type { ControlFlow, TerminateTask } from '#model/control-flow.ts'
import { diagnose } from '#model/diagnostics.ts'
import { flag } from './formats/properties.ts'
import type { ComponentRecord, ExecutableRecord } from './formats/records.ts'
import type { PackageScope } from './package-scope.ts'
import { accountAll } from './tasks/account.ts'
import type { Collected } from './tasks/task-context.ts'
import { taskBase } from './tasks/task-context.ts'

export interface Refused {
	readonly task: ExecutableRecord
	readonly component: ComponentRecord
	/** Name of the column that is not there any more. */
	readonly column: string
}

/** Why validation ends the package, if it surely does: not where validation waits for the task, nor where a handler hears of it. */
export function refusedPart(root: ExecutableRecord): Refused | undefined {
	if (hasHandlers(root)) return undefined
	return refusedIn(root)
}

const hasHandlers = ({ handlers, executables }: ExecutableRecord): boolean =>
	handlers.some((one) => one.executables.length > 0) || executables.some(hasHandlers)

function refusedIn(executable: ExecutableRecord): Refused | undefined {
	if (executable.disabled || flag(executable.element, 'DelayValidation')) return undefined
	for (const component of executable.pipeline?.components ?? []) {
		const lost = component.inputs.flatMap(({ columns }) => columns).find(({ lineage }) => lineage.endsWith(':invalid'))
		if (lost !== undefined) return { task: executable, component, column: lost.name }
	}
	for (const inner of executable.executables) {
		const found = refusedIn(inner)
		if (found !== undefined) return found
	}
	return undefined
}

/** The new job fails as the old one does, at once and with the same cause; nothing else of the package ever ran. */
export function refusedControl(
	root: ExecutableRecord,
	{ task, component, column }: Refused,
	scope: PackageScope,
	collected: Collected,
): ControlFlow {
	for (const inner of root.executables)
		accountAll(inner, scope, collected, 'dropped', 'the package ends before it starts: it is not valid')
	declareParts([task.refId, component.refId], collected)
	const what = `${component.name} reads the column ${column}, which no component gives any more`
	const provenance = { file: scope.file, path: component.refId, lines: component.lines }
	collected.differences.push({ id: 'RG-D146', element: component.refId, detail: `${what}.`, provenance })
	collected.diagnostics.push(
		diagnose('package/dangling-reference', provenance, {
			what: `The package cannot run: ${what}.`,
			why: 'Its engine validates a package before it runs it, and ends with this error.',
			remedy: 'Repair it in the designer and commit it again, or leave it out.',
		}),
	)
	const message = `The package is not valid, and its engine never ran it: ${what}. Repair it in the designer and migrate it again.`
	const end: TerminateTask = {
		...taskBase({ executable: task, scope }),
		kind: 'terminate',
		message,
		sends: 'abort',
	}
	return { tasks: [end], precedences: [], joins: [] }
}

function declareParts(ids: readonly string[], { accounting }: Collected): void {
	for (const [index, { reason: _unused, ...item }] of accounting.entries())
		if (ids.includes(item.id)) accounting[index] = { ...item, outcome: 'declared', reason: 'RG-D146' }
}
