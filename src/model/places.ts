/** Outside places that a data flow reads from or writes to. */
import type { Expression, SourcedExpression } from './expressions.ts'

/** How a delimited text file is laid out, in both directions. */
export interface TextLayout {
	readonly delimiter: string
	/** Ends a record: `\n` or `\r\n`. A reader of `\n` leaves a carriage return in the last field. */
	readonly recordDelimiter: string
	/** Quote character, absent: quotes are data. On reading, a doubled quote inside a quoted field is one. */
	readonly quote?: string
	readonly header: boolean
	/** IANA name: `utf-8`, `windows-1252`. */
	readonly encoding: string
}

export interface TextFileSource {
	readonly kind: 'text-file'
	/** Path as the export has it, parameters in it as expressions. `text` keeps the export's spelling (`#DIR#/in.txt`). */
	readonly path: SourcedExpression
	readonly layout: TextLayout
	/** Lines skipped before anything else (SSIS HeaderRowsToSkip). */
	readonly skipLines: number
	/**
	 * A record with more or fewer fields than columns: `reject` leaves by port `reject` with its raw text in the one column
	 * `recordColumn`; `fit` (SSIS): missing fields are null, the last field takes the rest of the line.
	 */
	readonly fieldCount: 'reject' | 'fit'
	/** Adds a column of this name with the record's raw text to `out`, for rejects further on. */
	readonly recordColumn?: string
}

export interface TableSource {
	readonly kind: 'table'
	readonly connection: string
	/** As the export spells it, schema included. */
	readonly table: SourcedExpression
}

/** SQL kept as the export holds it. */
export interface QuerySource {
	readonly kind: 'query'
	readonly connection: string
	readonly sql: SourcedExpression
	/** Values of the `?` markers, in order. */
	readonly parameters: readonly Expression[]
	/** Which of the four ways of generated-code.md fits: a SELECT that may stand in FROM, one that needs preparation, or a call. */
	readonly form: 'select' | 'prepared' | 'call'
}

/** A source that is known by name but not read by us; the job stops when it reaches it, unless rows are bound to it. */
export interface OtherSource {
	readonly kind: 'other'
	readonly sourceType: string
	readonly reason: string
}

export type Source = TextFileSource | TableSource | QuerySource | OtherSource

export interface TextFileTarget {
	readonly kind: 'text-file'
	readonly path: SourcedExpression
	readonly layout: TextLayout
	/** For each column in order: is its value put in quotes? Values arrive as text already. */
	readonly quoted: readonly boolean[]
	/** Are header names quoted? */
	readonly quotedHeader: boolean
	/** A quote inside a quoted value is doubled. */
	readonly doubleQuotes: boolean
	readonly mode: 'overwrite' | 'append' | 'create'
}

export interface TableTarget {
	readonly kind: 'table'
	readonly connection: string
	readonly table: SourcedExpression
	readonly mode: 'insert' | 'truncate-insert'
}

/** A target that has no effect: debug stages, a Row Count with nothing behind it. */
export interface NoTarget {
	readonly kind: 'none'
}

export type Target = TextFileTarget | TableTarget | NoTarget
