/** Accounting of executables that are not lowered, with everything inside them. */
import type { ExecutableRecord } from '../formats/records.ts'
import type { PackageScope } from '../package-scope.ts'
import type { Collected } from './task-context.ts'
import { accountFor } from './task-context.ts'

export function accountAll(
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

export function accountComponents(
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
