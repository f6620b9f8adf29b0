/** Sort operators, for the Sort stage and for sorts on input links. */
import type { SortKey } from '#model/operators.ts'
import type { Stream } from './flow.ts'
import type { DsKey } from './keys.ts'
import { readLinkSort } from './keys.ts'
import { columnNamed } from './mapping.ts'
import type { StageContext } from './stage-context.ts'
import type { Pin } from './structure.ts'

/** Keys as the model has them; refuses what it has not. */
export function sortKeys(context: StageContext, stream: Stream, keys: readonly DsKey[]): readonly SortKey[] {
	return keys.map((key) => {
		if (key.ebcdic) context.refuse(`the key ${key.column} sorts as EBCDIC`)
		if (key.mode === 'clustered')
			context.refuse(`the key ${key.column} is taken as grouped already, in an order that nothing tells`)
		return {
			column: columnNamed(context, stream, key.column),
			direction: key.direction,
			nulls: key.nulls,
			collation: key.collation,
		}
	})
}

/** A sort by the rules of a locale differs from one by code point. */
export function declareCollation(context: StageContext): void {
	const locale = (context.stage.properties.get('collation_sequence') ?? '').trim()
	if (locale !== '' && locale !== 'OFF')
		context.differ('RG-D005', `${context.stage.name} compares text by the rules of ${locale}`)
}

/**
 * The sort that the partitioning page of an input link asks for. `-unique` keeps one row of each key, the first where the sort is
 * stable (IBM: Partitioning tab, Perform sort, Stable, Unique). An empty `Sort` means none, whatever `SortAdv` still says.
 */
export function sortOnLink(context: StageContext, pin: Pin, stream: Stream): Stream {
	const keys = readLinkSort(pin.meta.get('Sort') ?? '')
	if (keys.length === 0) return stream
	const options = (pin.meta.get('SortAdv') ?? '').split(/\s+/)
	const unique = options.includes('-unique')
	const stable = !options.includes('-nonStable')
	if (unique && !stable)
		context.differ('RG-D001', `the sort on link ${pin.name} keeps any one row of a key; the new job keeps the first`)
	const operator = {
		...context.base(`sort ${pin.name}`, pin.record.lines),
		kind: 'sort' as const,
		keys: sortKeys(context, stream, keys),
		stable,
		unique,
	}
	context.flow.add(operator, { in: stream })
	return {
		...stream,
		from: { operator: operator.id, port: 'out' },
		name: `${pin.name} sorted`,
		provenance: operator.provenance,
	}
}
