/** Who works on what next. */
import type { Claim, WorkStore } from '../store.ts'
import type { Database } from './database.ts'
import { number, optionalText, text } from './database.ts'

/**
 * Work that may run now: its lane is free, or its holder's lease has run out; its scope is not parked; its time has come.
 * Work that is marked as running in a free lane was left by a holder who died.
 */
const next = `
	SELECT works.id, works.lane, works.scope, works.kind, works.content, works.trace, works.created
	FROM works
	LEFT JOIN lanes ON lanes.name = works.lane
	LEFT JOIN scopes ON scopes.name = works.scope
	WHERE works.state IN ('waiting', 'running') AND works.pool = :pool AND works.not_before <= :now
		AND coalesce(lanes.until, 0) <= :now AND coalesce(scopes.parked_until, 0) <= :now
		AND (works.in_order = 0 OR NOT EXISTS (
			SELECT 1 FROM works AS earlier
			WHERE earlier.lane = works.lane AND earlier.id < works.id AND earlier.in_order = 1
				AND earlier.state IN ('waiting', 'running')
		))
	ORDER BY works.background, works.id
	LIMIT 1`

type Request = Parameters<WorkStore['claim']>[0]

export function claimNext({ statement }: Database, { pool, owner, lease }: Request, now: number): Claim | undefined {
	const found = statement(next).get({ pool, now })
	if (found === undefined) return undefined
	const lane = text(found, 'lane')
	const held = statement(
		`INSERT INTO lanes (name, fence, owner, until) VALUES (:lane, 1, :owner, :until)
		ON CONFLICT (name) DO UPDATE SET fence = fence + 1, owner = excluded.owner, until = excluded.until
		RETURNING fence`,
	).get({ lane, owner, until: now + lease })
	const fence = number(held ?? {}, 'fence')
	const work = number(found, 'id')
	const begun = statement(
		`UPDATE works SET state = 'running', attempts = attempts + 1, fence = :fence WHERE id = :work RETURNING attempts`,
	).get({ fence, work })
	return {
		work,
		lane,
		scope: text(found, 'scope'),
		kind: text(found, 'kind'),
		content: text(found, 'content'),
		trace: optionalText(found, 'trace'),
		attempt: number(begun ?? {}, 'attempts'),
		waited: now - number(found, 'created'),
		fence,
		owner,
	}
}
