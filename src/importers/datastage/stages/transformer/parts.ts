import type { SourcedExpression } from '#model/expressions.ts'
import type { FailurePolicy, ProjectColumn } from '#model/operators.ts'
import type { LineRange } from '#model/provenance.ts'
import type { DeriveOptions, Names } from '../../derive.ts'
import { derive } from '../../derive.ts'
import type { Stream } from '../../flow.ts'
import type { StageContext, StageInput } from '../../stage-context.ts'
import { inColumns } from './row-calls.ts'

/** What the parts of one Transformer share while it is lowered. */
export interface Transformer {
	readonly context: StageContext
	readonly input: StageInput
	readonly names: Names
	/** For errors: to the reject link, or dropped. */
	readonly policy: FailurePolicy
	/** For nulls in columns that take none: the same, unless they end the job. */
	readonly onNull: FailurePolicy
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

/** An expression over everything that the Transformer offers; its text stays as the export has it. */
export function deriveIn(
	{ context, names }: Pick<Transformer, 'context' | 'names'>,
	text: string,
	lines: LineRange,
	options: DeriveOptions = {},
): SourcedExpression | undefined {
	const value = derive(context, inColumns(text), names, lines, options)
	return value === undefined ? undefined : { ...value, text }
}
