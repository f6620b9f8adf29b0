/** An open file with its statements, each prepared once, and transactions. */
import type { SQLOutputValue, StatementSync } from 'node:sqlite'
import { DatabaseSync } from 'node:sqlite'
import { prepareTables } from './schema.ts'

export interface Database {
	/** A statement, prepared at its first use. */
	readonly statement: (sql: string) => StatementSync
	/** All or nothing; nobody else writes meanwhile. */
	readonly transaction: <T>(work: () => T) => T
	close(): void
}

/** Milliseconds to wait for another process that writes. */
const patience = 10_000

export function openDatabase(file: string): Database {
	const database = new DatabaseSync(file, { timeout: patience })
	prepareTables(database)
	const statements = new Map<string, StatementSync>()
	return {
		statement: (sql) => {
			const known = statements.get(sql) ?? database.prepare(sql)
			statements.set(sql, known)
			return known
		},
		transaction: (work) => {
			database.exec('BEGIN IMMEDIATE')
			try {
				const result = work()
				database.exec('COMMIT')
				return result
			} catch (error) {
				database.exec('ROLLBACK')
				throw error
			}
		},
		close: () => database.close(),
	}
}

type Row = Readonly<Record<string, SQLOutputValue>>

export function text(row: Row, column: string): string {
	const value = row[column]
	if (typeof value !== 'string') throw new Error(`column ${column} holds no text`)
	return value
}

export function number(row: Row, column: string): number {
	const value = row[column]
	if (typeof value !== 'number') throw new Error(`column ${column} holds no number`)
	return value
}

export function optionalText(row: Row, column: string): string | undefined {
	return row[column] === null ? undefined : text(row, column)
}
