/** Deliveries and their work on the way in. */
import type { Delivery, NewWork, Received } from '../store.ts'
import type { Database } from './database.ts'
import { number, text } from './database.ts'

/**
 * GitHub sends a delivery again under its old id, and only when it is asked to: what is known and unfinished must go on,
 * and what was given up is meant to be tried again.
 */
export function receive(database: Database, delivery: Delivery, works: readonly NewWork[], now: number): Received {
	const { statement } = database
	const { changes } = statement(
		'INSERT INTO deliveries (id, event, received) VALUES (:id, :event, :now) ON CONFLICT DO NOTHING',
	).run({ id: delivery.id, event: delivery.event, now })
	if (changes > 0) {
		const link = statement('INSERT INTO delivery_works (delivery, work) VALUES (?, ?) ON CONFLICT DO NOTHING')
		for (const work of works) link.run(delivery.id, addWork(database, work, now))
		return 'stored'
	}
	statement(
		`UPDATE works SET state = 'waiting', attempts = 0, not_before = :now, ended = NULL
		WHERE state = 'failed' AND id IN (SELECT work FROM delivery_works WHERE delivery = :id)`,
	).run({ id: delivery.id, now })
	const unfinished = statement(
		`SELECT state FROM works WHERE state IN ('waiting', 'running')
		AND id IN (SELECT work FROM delivery_works WHERE delivery = ?) LIMIT 1`,
	).get(delivery.id)
	return unfinished === undefined ? 'finished' : 'unfinished'
}

/** Keeps work, or finds the one that waits for the same. @returns its id */
export function addWork({ statement }: Database, work: NewWork, now: number): number {
	const same = statement(
		"SELECT id, content FROM works WHERE lane = :lane AND key = :key AND state = 'waiting' ORDER BY id LIMIT 1",
	).get({ lane: work.lane, key: work.key })
	if (same !== undefined) {
		// What is asked for anew need not wait until its last failure is forgotten.
		statement(
			'UPDATE works SET not_before = min(not_before, :notBefore), background = min(background, :background), content = :content WHERE id = :id',
		).run({
			id: number(same, 'id'),
			notBefore: work.notBefore ?? now,
			background: work.background ? 1 : 0,
			content: work.inOrder ? text(same, 'content') : work.content,
		})
		return number(same, 'id')
	}
	const { lastInsertRowid } = statement(
		`INSERT INTO works (lane, scope, pool, key, in_order, background, kind, content, trace, state, not_before, created)
		VALUES (:lane, :scope, :pool, :key, :inOrder, :background, :kind, :content, :trace, 'waiting', :notBefore, :now)`,
	).run({
		lane: work.lane,
		scope: work.scope,
		pool: work.pool,
		key: work.key,
		inOrder: work.inOrder ? 1 : 0,
		background: work.background ? 1 : 0,
		kind: work.kind,
		content: work.content,
		trace: work.trace ?? null,
		notBefore: work.notBefore ?? now,
		now,
	})
	return Number(lastInsertRowid)
}
