/** Lets the branches follow: the reconcile loop, and its trouble as an answer. */

import { code } from '#publish/markdown.ts'
import type { Reconciled } from '../reconcile/reconcile.ts'
import { reconcile } from '../reconcile/reconcile.ts'
import type { Answer, Scene } from './command.ts'

const options = {
	changed: { mode: 'changed' },
	reopen: { mode: 'changed', reopen: true },
	regenerate: { mode: 'regenerate' },
	recreate: { mode: 'recreate' },
} as const

/** @returns why nothing could be done; undefined: the branches are as they should be */
export async function rebuild(
	{ bot }: Scene,
	units: readonly string[],
	how: keyof typeof options,
): Promise<Answer | undefined> {
	const done = await reconcile(bot, { units, ...options[how] })
	return troubleOf(done, units)
}

function troubleOf(done: Reconciled, units: readonly string[]): Answer | undefined {
	if (done.kind === 'idle') return { kind: 'refused', why: done.text }
	const known = new Set(done.units.map(({ unit }) => unit))
	const gone = units.filter((unit) => !known.has(unit))
	if (gone.length === 0) return undefined
	return {
		kind: 'refused',
		why: `The default branch has no export of ${gone.map((unit) => code(unit)).join(', ')} any more.`,
	}
}
