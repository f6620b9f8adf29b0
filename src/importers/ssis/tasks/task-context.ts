/** What the lowering of a task needs, and what the lowering of a whole package collects. */
import type { AccountingItem, Outcome } from '#model/accounting.ts'
import type { ControlFlow, Task, Variable } from '#model/control-flow.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import type { DifferenceId } from '#model/differences.ts'
import type { Connection, DifferenceOccurrence, InferredType } from '#model/job.ts'
import type { DataFlow } from '#model/operators.ts'
import type { Provenance } from '#model/provenance.ts'
import type { Refusal } from '../flow/parts.ts'
import type { ExecutableRecord } from '../formats/records.ts'
import type { PackageScope } from '../package-scope.ts'
import type { TaskProperties } from './properties.ts'

export interface Collected {
	readonly flows: DataFlow[]
	readonly accounting: AccountingItem[]
	readonly differences: DifferenceOccurrence[]
	readonly diagnostics: Diagnostic[]
	readonly inferred: InferredType[]
	/** Databases that scripts open by texts of their own. */
	readonly connections: Connection[]
	/** Variables that lowering made. */
	readonly variables: Variable[]
}

export interface TaskContext {
	readonly executable: ExecutableRecord
	/** Names as the task sees them: its own variables included. */
	readonly scope: PackageScope
	readonly collected: Collected
	readonly properties: TaskProperties
	/** Lowers the executables inside it. */
	inside(): ControlFlow
}

/** Lowers what is in a container. @param scope names inside it */
export type LowerInside = (container: ExecutableRecord, scope: PackageScope) => ControlFlow

export type LowerTask = (context: TaskContext) => Task | Refusal

export function isRefusal(result: Task | Refusal): result is Refusal {
	return !('kind' in result)
}

export function placeOf(context: Pick<TaskContext, 'executable' | 'scope'>): Provenance {
	const { executable, scope } = context
	return { file: scope.file, path: executable.refId, lines: executable.lines }
}

/** What every task has. */
export function taskBase(context: Pick<TaskContext, 'executable' | 'scope'>) {
	const { executable } = context
	const { refId, name, disabled } = executable
	return { id: refId, element: refId, name, provenance: placeOf(context), disabled }
}

/** Declares a difference of a task; the same one twice says no more. */
export function declareAt(
	context: Pick<TaskContext, 'executable' | 'scope' | 'collected'>,
	id: DifferenceId,
	detail: string,
): void {
	const { executable, collected } = context
	if (collected.differences.some((one) => one.id === id && one.element === executable.refId)) return
	collected.differences.push({ id, element: executable.refId, detail, provenance: placeOf(context) })
}

export function accountFor(
	context: Pick<TaskContext, 'executable' | 'scope' | 'collected'>,
	outcome: Outcome,
	reason?: string,
): void {
	const { refId, type, name } = context.executable
	const item = { id: refId, type, name, outcome, provenance: placeOf(context) }
	context.collected.accounting.push(reason === undefined ? item : { ...item, reason })
}
