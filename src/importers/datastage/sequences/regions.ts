/** Parts of a sequence's graph that belong together: the body of a loop, what an exception handler does. */
import { textOf } from '../columns.ts'
import { inFlowOrder } from '../lower-job.ts'
import type { Stage, StageLink, Structure } from '../structure.ts'

/** Everything that can be reached from a stage, itself not counted unless on a circle. */
function after(stage: Stage, links: readonly StageLink[]): ReadonlySet<Stage> {
	const found = new Set<Stage>()
	const walk = (one: Stage): void => {
		for (const { from, to } of links) {
			if (from !== one || found.has(to)) continue
			found.add(to)
			walk(to)
		}
	}
	walk(stage)
	return found
}

export interface LoopRegion {
	readonly start: Stage
	readonly end: Stage
	/** Stages between, the End Loop among them. */
	readonly body: ReadonlySet<Stage>
}

/** The body of a loop; undefined, or a problem, where the graph does not hold one. */
export function loopRegion(start: Stage, { stages, links }: Structure): LoopRegion | { readonly problem: string } {
	const end = stages.find(
		(stage) => stage.type === 'CEndLoopActivity' && textOf(stage.record.values, 'StartActivityID') === start.id,
	)
	if (end === undefined) return { problem: 'no End Loop activity belongs to it' }
	const beyond = after(end, links)
	const body = new Set([...after(start, links)].filter((stage) => !beyond.has(stage)))
	if (!body.has(end)) return { problem: `its End Loop ${end.name} cannot be reached from it` }
	const crossing = links.find(
		({ from, to }) => from !== end && (body.has(to) ? from !== start && !body.has(from) : body.has(from)),
	)
	if (crossing !== undefined) return { problem: `the trigger ${crossing.name} leads into its body or out of it` }
	return { start, end, body }
}

/** What an exception handler leads to, itself first; a problem where it runs into the rest of the sequence. */
export function handlerRegion(
	handler: Stage,
	links: readonly StageLink[],
): ReadonlySet<Stage> | { readonly problem: string } {
	const body = new Set([handler, ...after(handler, links)])
	const crossing = links.find(({ from, to }) => body.has(to) && !body.has(from))
	return crossing === undefined ? body : { problem: `the trigger ${crossing.name} leads into what it does` }
}

/** The part of a structure that these stages make up. */
export function within(whole: Structure, part: ReadonlySet<Stage>): Structure {
	const { stages, links } = whole
	return {
		...whole,
		stages: stages.filter((stage) => part.has(stage)),
		links: links.filter(({ from, to }) => part.has(from) && part.has(to)),
	}
}

/** Stages on a circle: no sequence that DataStage compiles has one. */
export function circular(structure: Structure): ReadonlySet<Stage> {
	const ordered = inFlowOrder(structure)
	const placed = new Set<Stage>()
	return new Set(
		ordered.filter((stage) => {
			const ready = structure.links.every(({ from, to }) => to !== stage || placed.has(from))
			placed.add(stage)
			return !ready
		}),
	)
}
