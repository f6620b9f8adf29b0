import { diagnose } from '#model/diagnostics.ts'
import type { StageContext, StageInput } from '../stage-context.ts'

/** Does a sort stand directly before the stage, on the link or as a stage, so that the order of its rows is known? */
export function inKnownOrder({ pin, link }: StageInput): boolean {
	if ((pin.meta.get('Sort') ?? '').includes('-key')) return true
	return link.from.type === 'PxSort'
}

/** Partitioning that deals rows out whatever their keys: what follows works on parts of a group only. */
export function dealsRowsOut({ pin }: StageInput): boolean {
	return /^(?:roundrobin|random)\b/.test((pin.meta.get('Part/Col') ?? '').trim())
}

/** Groups and keys are found within a partition only; rows that are dealt out regardless of them give another result there. */
export function warnOfDealing(context: StageContext, inputs: readonly StageInput[]): void {
	for (const { pin } of inputs.filter(dealsRowsOut)) {
		context.report(
			diagnose('stage/property', context.provenance(pin.record.lines, pin.name), {
				what: `${context.stage.name} gets the rows of ${pin.name} dealt out without regard to its keys (${pin.meta.get('Part/Col')?.trim() ?? ''})`,
				why: 'The source looks at the rows of each partition by themselves; the new job sees all rows of a key.',
			}),
		)
	}
}
