/** What the dashboard remembers between two looks at the exports: which unit is where. It is a cache; a push makes it anew. */
import { z } from 'zod'
import type { UnitOutcome } from '../reconcile/reconcile.ts'

const schema = z.object({
	/** Units of each open pull request, by its number. */
	open: z.record(z.string(), z.array(z.string())),
	/** Units whose pull request was closed, by its number. */
	declined: z.record(z.string(), z.array(z.string())),
	waiting: z.array(z.string()),
	merged: z.array(z.string()),
	/** How often the check of a pull request was started from here. */
	retries: z.record(z.string(), z.int()).default({}),
})

export type DashboardState = z.infer<typeof schema>

export function stateOf(units: readonly UnitOutcome[], retries: DashboardState['retries'] = {}): DashboardState {
	const named = (state: UnitOutcome['state']) =>
		units.filter((unit) => unit.state === state && unit.files.length > 0).map(({ unit }) => unit)
	const byPull = (state: UnitOutcome['state']): Record<string, string[]> => {
		const pulls: Record<string, string[]> = {}
		for (const unit of units) {
			if (unit.state !== state || unit.pullRequest === undefined) continue
			const number = String(unit.pullRequest.number)
			pulls[number] = [...(pulls[number] ?? []), unit.unit]
		}
		return pulls
	}
	const open = byPull('open')
	const kept = Object.entries(retries).filter(([number]) => Object.hasOwn(open, number))
	return {
		open,
		declined: byPull('declined'),
		waiting: named('waiting'),
		merged: named('merged'),
		retries: Object.fromEntries(kept),
	}
}

const pattern = /^<!-- reglue:units (\{.*\}) -->$/m

export function formatState(state: DashboardState): string {
	// Two hyphens would end the comment.
	return `<!-- reglue:units ${JSON.stringify(state).replace(/--/g, '-\\u002d')} -->`
}

/** Undefined where people have edited it away. */
export function parseState(body: string): DashboardState | undefined {
	const text = pattern.exec(body.replace(/\r\n/g, '\n'))?.[1]
	if (text === undefined) return undefined
	try {
		return schema.safeParse(JSON.parse(text)).data
	} catch {
		return undefined
	}
}

export interface Ticked {
	/** Units to begin, or to take up again. */
	readonly start: readonly string[]
	/** Pull requests whose check is to run again. */
	readonly retry: readonly number[]
}

/** Boxes that people have ticked. */
export function tickedBoxes(body: string): Ticked {
	const found = [...body.matchAll(/^- \[[xX]\] <!-- reglue:(start|retry) ([\w.-]+) -->/gm)]
	const of = (kind: string) => found.flatMap(([, what, name]) => (what === kind && name !== undefined ? [name] : []))
	return { start: of('start'), retry: of('retry').map(Number).filter(Number.isInteger) }
}
