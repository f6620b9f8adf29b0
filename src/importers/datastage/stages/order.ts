import type { StageInput } from '../stage-context.ts'

/** Does a sort stand directly before the stage, on the link or as a stage, so that the order of its rows is known? */
export function inKnownOrder({ pin, link }: StageInput): boolean {
	if ((pin.meta.get('Sort') ?? '').includes('-key')) return true
	return link.from.type === 'PxSort'
}

/** Partitioning that deals rows out whatever their keys: what follows works on parts of a group only. */
export function dealsRowsOut({ pin }: StageInput): boolean {
	return /^(?:roundrobin|random)\b/.test((pin.meta.get('Part/Col') ?? '').trim())
}
