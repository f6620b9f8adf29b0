/**
 * What later links say of a column that travels along by name (runtime column propagation): the first that names it, on the way
 * of the rows, tells its type.
 */
import type { DsColumn } from './columns.ts'
import { findDsColumn } from './columns.ts'
import type { Stage, StageLink } from './structure.ts'

export function declaredLater(links: readonly StageLink[], from: StageLink, name: string): DsColumn | undefined {
	const seen = new Set<Stage>()
	let reached: readonly StageLink[] = [from]
	while (reached.length > 0) {
		for (const { columns } of reached) {
			const found = findDsColumn(columns, name)
			if (found !== undefined) return found
		}
		const stages = [...new Set(reached.map(({ to }) => to))].filter((stage) => !seen.has(stage))
		for (const stage of stages) seen.add(stage)
		reached = links.filter((link) => stages.includes(link.from))
	}
	return undefined
}
