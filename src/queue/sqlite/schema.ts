/** The tables, and how they came to be: each entry runs once, in order. */
import type { DatabaseSync } from 'node:sqlite'

const steps = [
	`
	CREATE TABLE deliveries (
		id TEXT PRIMARY KEY,
		event TEXT NOT NULL,
		received INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;

	CREATE TABLE works (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		lane TEXT NOT NULL,
		scope TEXT NOT NULL,
		pool TEXT NOT NULL,
		key TEXT NOT NULL,
		in_order INTEGER NOT NULL,
		background INTEGER NOT NULL,
		kind TEXT NOT NULL,
		content TEXT NOT NULL,
		trace TEXT,
		state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
		attempts INTEGER NOT NULL DEFAULT 0,
		not_before INTEGER NOT NULL,
		created INTEGER NOT NULL,
		ended INTEGER,
		fence INTEGER NOT NULL DEFAULT 0
	) STRICT;
	CREATE INDEX works_next ON works (pool, background, id) WHERE state IN ('waiting', 'running');
	CREATE INDEX works_lane ON works (lane, id) WHERE state IN ('waiting', 'running');
	CREATE INDEX works_ended ON works (ended) WHERE ended IS NOT NULL;

	CREATE TABLE delivery_works (
		delivery TEXT NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
		work INTEGER NOT NULL REFERENCES works (id) ON DELETE CASCADE,
		PRIMARY KEY (delivery, work)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX delivery_works_work ON delivery_works (work);

	CREATE TABLE lanes (
		name TEXT PRIMARY KEY,
		fence INTEGER NOT NULL,
		owner TEXT NOT NULL,
		until INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;

	CREATE TABLE scopes (
		name TEXT PRIMARY KEY,
		parked_until INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;
	`,
]

/** @throws Error where a newer version of Reglue has made the tables */
export function prepareTables(database: DatabaseSync): void {
	// Full: what was answered with 202 outlives a power cut, not only the process.
	database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
	database.exec('BEGIN IMMEDIATE')
	try {
		const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
		if (version > steps.length) {
			throw new Error(`the queue's file is of version ${version}; this Reglue knows ${steps.length}: upgrade it`)
		}
		for (const step of steps.slice(version)) database.exec(step)
		database.exec(`PRAGMA user_version = ${steps.length}; COMMIT`)
	} catch (error) {
		database.exec('ROLLBACK')
		throw error
	}
}
