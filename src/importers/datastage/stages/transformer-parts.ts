import type { FailurePolicy, ProjectColumn } from '#model/operators.ts'
import type { Names } from '../derive.ts'
import type { Stream } from '../flow.ts'
import type { StageContext, StageInput } from '../stage-context.ts'

/** What the parts of one Transformer share while it is lowered. */
export interface Transformer {
	readonly context: StageContext
	readonly input: StageInput
	readonly names: Names
	/** For errors, and for nulls in columns that take none: to the reject link, or dropped. */
	readonly policy: FailurePolicy
	/** Columns that lowering added: no output gets them unasked. */
	readonly internal: readonly string[]
	/** Streams of rejected rows, as they come up. */
	readonly rejects: Stream[]
}

/** Rows that a project redirects leave by its reject port with the columns that it was given. */
export function collectRejects(
	trx: Transformer,
	before: Stream,
	after: Stream,
	columns: readonly ProjectColumn[],
): void {
	const redirects = columns.some(({ onError, onNull }) => onError.kind === 'redirect' || onNull.kind === 'redirect')
	if (!redirects || after.from.operator === before.from.operator) return
	trx.rejects.push({ ...before, from: { operator: after.from.operator, port: 'reject' } })
}
