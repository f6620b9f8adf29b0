/** What becomes of a row when something in it fails, as the failure policies of the model say. */
import type { FailurePolicy, Operator, RejectColumns } from '#model/operators.ts'
import type { Row, Value } from '#model/values.ts'
import { stop } from './stop.ts'

/** The value goes on (perhaps replaced), or the row leaves: by the reject port, or for good. */
export type Verdict =
	| { readonly kind: 'value'; readonly value: Value }
	| { readonly kind: 'reject'; readonly code: number; readonly column: number }
	| { readonly kind: 'drop' }

/** Applies a policy. `kept` is what `cut` leaves standing. */
export function decide(policy: FailurePolicy, kept: Value, operator: Operator, message: string): Verdict {
	switch (policy.kind) {
		case 'fail':
			return stop(operator.id, message)
		case 'null':
			return { kind: 'value', value: null }
		case 'default':
			return { kind: 'value', value: policy.value }
		case 'cut':
			return { kind: 'value', value: kept }
		case 'drop':
			return { kind: 'drop' }
		case 'redirect':
			return { kind: 'reject', code: policy.code, column: policy.column }
	}
}

/** A row for a reject port: the input row, and the columns that tell why. */
export function rejectRow(row: Row, columns: RejectColumns, code: number, column: number): Row {
	const added: [string, Value][] = []
	if (columns.errorCode !== undefined) added.push([columns.errorCode, BigInt(code)])
	if (columns.errorColumn !== undefined) added.push([columns.errorColumn, BigInt(column)])
	return added.length === 0 ? row : withColumns(row, added)
}

/** A copy of a row with columns added or replaced. Names are data: `__proto__` is a column like any other. */
export function withColumns(row: Row, columns: readonly (readonly [string, Value])[]): Row {
	return Object.fromEntries([...Object.entries(row), ...columns])
}
