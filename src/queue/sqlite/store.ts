/**
 * The queue in one SQLite file, with Node's own driver. Several processes of one machine may share the file; a network
 * file system will not do, as its locks are not reliable: https://www.sqlite.org/useovernet.html
 */
import { chmodSync } from 'node:fs'
import type { WorkStore } from '../store.ts'
import { claimNext } from './claim.ts'
import { number, openDatabase, text } from './database.ts'
import { addWork, receive } from './receive.ts'

export interface SqliteOptions {
	/** Path of the file, or `:memory:`. */
	readonly file: string
	readonly now?: () => number
}

/** @throws Error where the file cannot be opened, or is of a newer version */
export function sqliteStore({ file, now = Date.now }: SqliteOptions): WorkStore {
	const database = openDatabase(file)
	// Names of repositories and the words of comments are nobody else's business.
	if (file !== ':memory:') chmodSync(file, 0o600)
	const { statement, transaction } = database
	const atOnce = async <T>(work: () => T): Promise<T> => transaction(work)
	const holder = 'name = :lane AND fence = :fence AND owner = :owner'

	/** Leaves the work in a new state and frees the lane, if both are still the holder's. */
	const letGo = (claim: { work: number; lane: string; fence: number; owner: string }, change: Change): boolean => {
		const { work, lane, fence, owner } = claim
		const { changes } = statement(
			`UPDATE works SET state = :state, not_before = :notBefore, ended = :ended, attempts = attempts - :uncounted
			WHERE id = :work AND fence = :fence AND state = 'running'`,
		).run({ work, fence, ...change })
		statement(`UPDATE lanes SET until = 0 WHERE ${holder}`).run({ lane, fence, owner })
		return changes > 0
	}

	return {
		receive: (delivery, works) => atOnce(() => receive(database, delivery, works, now())),
		known: async (ids) => {
			const found = statement('SELECT id FROM deliveries WHERE id IN (SELECT value FROM json_each(?))')
			return new Set(found.all(JSON.stringify(ids)).map((row) => text(row, 'id')))
		},
		add: (works) =>
			atOnce(() => {
				for (const work of works) addWork(database, work, now())
			}),
		claim: (request) => atOnce(() => claimNext(database, request, now())),
		renew: async ({ lane, fence, owner }, lease) => {
			const { changes } = statement(`UPDATE lanes SET until = :until WHERE ${holder} AND until > :now`).run({
				lane,
				fence,
				owner,
				until: now() + lease,
				now: now(),
			})
			return changes > 0
		},
		holds: async ({ lane, fence, owner }) =>
			statement(`SELECT 1 FROM lanes WHERE ${holder} AND until > :now`).get({ lane, fence, owner, now: now() }) !==
			undefined,
		finish: (claim, end) => atOnce(() => letGo(claim, { state: end, notBefore: 0, ended: now(), uncounted: 0 })),
		giveBack: (claim, { notBefore, counted }) =>
			atOnce(() => letGo(claim, { state: 'waiting', notBefore, ended: null, uncounted: counted ? 0 : 1 })),
		park: async (scope, until) => {
			statement(
				`INSERT INTO scopes (name, parked_until) VALUES (:scope, :until)
				ON CONFLICT (name) DO UPDATE SET parked_until = excluded.parked_until`,
			).run({ scope, until })
		},
		drop: (scope, lanes) =>
			atOnce(() => {
				const which = lanes === undefined ? '' : 'AND lane IN (SELECT value FROM json_each(:lanes))'
				const { changes } = statement(
					`UPDATE works SET state = 'done', ended = :now WHERE scope = :scope AND state = 'waiting' ${which}`,
				).run({ scope, now: now(), ...(lanes === undefined ? {} : { lanes: JSON.stringify(lanes) }) })
				return Number(changes)
			}),
		waiting: async (lanes) =>
			statement(
				`SELECT key, kind, state FROM works
				WHERE state IN ('waiting', 'running') AND lane IN (SELECT value FROM json_each(?)) ORDER BY id`,
			)
				.all(JSON.stringify(lanes))
				.map((row) => ({
					key: text(row, 'key'),
					kind: text(row, 'kind'),
					running: text(row, 'state') === 'running',
				})),
		counts: async () => {
			const row = statement(
				`SELECT
					count(*) FILTER (WHERE state = 'waiting') AS waiting,
					count(*) FILTER (WHERE state = 'running') AS running,
					count(*) FILTER (WHERE state = 'failed') AS failed,
					(SELECT count(*) FROM scopes WHERE parked_until > :now) AS parked,
					:now - coalesce(min(max(created, not_before)) FILTER (WHERE state = 'waiting' AND not_before <= :now), :now)
						AS oldest
				FROM works`,
			).get({ now: now() })
			const of = (name: string): number => number(row ?? {}, name)
			return {
				waiting: of('waiting'),
				running: of('running'),
				failed: of('failed'),
				parked: of('parked'),
				oldest: of('oldest'),
			}
		},
		prune: (before) =>
			atOnce(() => {
				statement('DELETE FROM works WHERE ended < ?').run(before)
				statement(
					`DELETE FROM deliveries WHERE received < ?
					AND NOT EXISTS (SELECT 1 FROM delivery_works WHERE delivery = deliveries.id)`,
				).run(before)
				statement('DELETE FROM scopes WHERE parked_until < ?').run(before)
				statement(
					`DELETE FROM lanes WHERE until < ? AND NOT EXISTS (SELECT 1 FROM works WHERE works.lane = lanes.name)`,
				).run(before)
			}),
		close: () => database.close(),
	}
}

interface Change {
	readonly state: 'waiting' | 'done' | 'failed'
	readonly notBefore: number
	readonly ended: number | null
	readonly uncounted: number
}
