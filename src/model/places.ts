/** Outside places that a data flow reads from or writes to. */
import type { Expression, SourcedExpression } from './expressions.ts'

/** How a delimited text file is laid out, in both directions. */
export interface TextLayout {
	readonly delimiter: string
	/**
	 * Ends a record: `\n` or `\r\n`, or any other text. A reader of `\n` leaves a carriage return in the last field. Empty where
	 * records follow each other without a sign, each as long as its `fields`; then there is no header and nothing is skipped.
	 */
	readonly recordDelimiter: string
	/** Quote character, absent: quotes are data. On reading, a doubled quote inside a quoted field is one. */
	readonly quote?: string
	readonly header: boolean
	/** IANA name: `utf-8`, `windows-1252`. */
	readonly encoding: string
	/**
	 * Where each field ends, in the order of the columns, where not all end with `delimiter`; there are no quotes then, and what a
	 * record ends before is empty. The last field takes the rest of the record.
	 */
	readonly fields?: readonly FieldEnd[]
	/** On reading, a record delimiter inside a quoted field is part of it (SSIS). */
	readonly quotesHoldEnds?: true
	/** On reading, a record ends behind that many fields only; before the last, a record delimiter is data (SSIS, as an option). */
	readonly fieldsBeforeEnd?: number
}

/** A field ends at a delimiter, which is no part of it, or after that many characters. */
export type FieldEnd =
	| { readonly kind: 'delimiter'; readonly delimiter: string }
	| { readonly kind: 'width'; readonly width: number }

export interface TextFileSource {
	readonly kind: 'text-file'
	/** Path as the export has it, parameters in it as expressions. `text` keeps the export's spelling (`#DIR#/in.txt`). */
	readonly path: SourcedExpression
	readonly layout: TextLayout
	/** Lines skipped before anything else (SSIS HeaderRowsToSkip). */
	readonly skipLines: number
	/**
	 * A record with more or fewer fields than columns, or too short for the widths of its fields (what is behind them counts for
	 * nothing): `reject` leaves by port `reject` with its raw text in the one column
	 * `recordColumn`; `reject-short`: only one with fewer fields does, and what is too many counts for nothing; `fit` (SSIS): missing fields are null, the last field takes the rest of the line.
	 */
	readonly fieldCount: 'reject' | 'reject-short' | 'fit'
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

/** What a data set was in the source tool; the new job keeps each as a folder of Parquet files. */
export type DataSetFlavour = 'data-set' | 'file-set' | 'lookup-file-set' | 'raw-file' | 'hashed-file'

/** Typed rows that another job, or an earlier flow, left in a file of the tool's own. Columns are found by name. */
export interface DataSetSource {
	readonly kind: 'data-set'
	/** As the export spells it: the new path is its own argument, as that of a text file. */
	readonly path: SourcedExpression
	readonly flavour: DataSetFlavour
}

/** Rows that an earlier data flow of the same run has left under a name (an SSIS cache connection). */
export interface CacheSource {
	readonly kind: 'cache'
	readonly name: string
}

/** A sheet of an Excel workbook, a part of one, or a named range. */
export interface WorkbookSource {
	readonly kind: 'workbook'
	readonly path: SourcedExpression
	/** As the export spells it: `Sheet1$`, `Sheet1$A1:C9`, `Orders`. */
	readonly range: SourcedExpression
	/** Does the first row hold names? Otherwise columns are called F1, F2, … */
	readonly header: boolean
}

/** Elements of one name in an XML file, as rows of texts: its attributes and its child elements without children of their own. */
export interface XmlSource {
	readonly kind: 'xml'
	readonly path: SourcedExpression
	/** The name of the elements, without a namespace. A column `<name>_Id` is the number of the element, or of one around it. */
	readonly row: string
}

/** The same in a text that the run holds: the value of a variable. */
export interface XmlTextSource {
	readonly kind: 'xml-text'
	readonly text: SourcedExpression
	readonly row: string
}

/** Rows below those of a sheet. */
export interface WorkbookTarget {
	readonly kind: 'workbook'
	readonly path: SourcedExpression
	readonly range: SourcedExpression
}

/** A source that is known by name but not read by us; the job stops when it reaches it, unless rows are bound to it. */
export interface OtherSource {
	readonly kind: 'other'
	readonly sourceType: string
	readonly reason: string
}

export type Source =
	| TextFileSource
	| TableSource
	| QuerySource
	| DataSetSource
	| WorkbookSource
	| XmlSource
	| XmlTextSource
	| CacheSource
	| OtherSource

export interface TextFileTarget {
	readonly kind: 'text-file'
	readonly path: SourcedExpression
	readonly layout: TextLayout
	/** For each column in order: is its value put in quotes? Values arrive as text already. */
	readonly quoted: readonly boolean[]
	/** Are header names quoted? */
	readonly quotedHeader: boolean
	/** Lines of their own above the header and the rows, as they stand. */
	readonly above?: readonly string[]
	/** Instead of them a text of the run: as many lines as it has, none where it is empty. */
	readonly aboveText?: SourcedExpression
	/** A quote inside a quoted value is doubled. */
	readonly doubleQuotes: boolean
	readonly mode: 'overwrite' | 'append' | 'create'
	/** The file is packed as it is written. */
	readonly compression?: 'gzip'
}

/**
 * What a row does to its table. `insert-allowed`: it is inserted, or left out where a unique key of the table refuses it, whichever
 * columns that key has. All but that one and `insert` find rows by the target's `keys`, one row after the other; a null key finds none.
 * `update`, `delete`: nothing where no row is found. `update-insert`, `insert-update`: the row found is changed, or else the new
 * one inserted (the first tries the update first; with a unique key both end the same). `delete-insert`: it takes the place of
 * those found. `insert-new`: nothing where one is found.
 */
export type TableMode =
	| 'insert'
	| 'insert-allowed'
	| 'update'
	| 'delete'
	| 'update-insert'
	| 'insert-update'
	| 'delete-insert'
	| 'insert-new'

export interface TableTarget {
	readonly kind: 'table'
	readonly connection: string
	readonly table: SourcedExpression
	readonly mode: TableMode
	/** Columns that find rows, in every mode but `insert` and `insert-allowed`. */
	readonly keys?: readonly string[]
	/** What happens to the table before the first row; absent: nothing. `create` fails when it exists, `replace` makes it anew. */
	readonly action?: 'create' | 'replace' | 'truncate'
}

/** Typed rows for other jobs. See {@link DataSetSource}. */
export interface DataSetTarget {
	readonly kind: 'data-set'
	readonly path: SourcedExpression
	readonly flavour: DataSetFlavour
	/** `create` fails when it exists. `upsert`: a row takes the place of the one with its `keys`, the others stay. */
	readonly mode: 'overwrite' | 'append' | 'create' | 'upsert'
	/** Of `upsert`. Of several rows with the same keys the last one counts. */
	readonly keys?: readonly string[]
}

/** Rows for later data flows of the same run, in the order in which they arrive. A second write takes the place of the first. */
export interface CacheTarget {
	readonly kind: 'cache'
	readonly name: string
}

/** Rows that a variable of the control flow holds, in the order in which they arrive (an SSIS recordset): loops go over them. */
export interface RowsTarget {
	readonly kind: 'rows'
	readonly variable: string
}

/**
 * A statement that a database runs once for each row, with the row's values for its `?` markers, which the columns are in the
 * order of. What it does is the database's own affair.
 */
export interface CommandTarget {
	readonly kind: 'command'
	readonly connection: string
	readonly sql: SourcedExpression
}

/**
 * A file for each row, below one folder: the first column is its path in the source, the second its content. Drives and servers
 * of such a path are folders of the new one: `C:\out\a.txt` is `C/out/a.txt` there.
 */
export interface RowFilesTarget {
	readonly kind: 'row-files'
	/** The folder. */
	readonly path: SourcedExpression
	/** What becomes of a file that is there already, one of an earlier row too. */
	readonly existing: 'replace' | 'append' | 'fail'
	/** How texts become bytes: an IANA name. */
	readonly encoding: string
	/** New files begin with a byte order mark. */
	readonly byteOrderMark: boolean
}

/** A target that has no effect: debug stages, a Row Count with nothing behind it. */
export interface NoTarget {
	readonly kind: 'none'
}

export type Target =
	| TextFileTarget
	| TableTarget
	| DataSetTarget
	| WorkbookTarget
	| CacheTarget
	| RowsTarget
	| CommandTarget
	| RowFilesTarget
	| NoTarget

/** Rows that live in the run alone: nobody outside gives or takes them. */
export const isInside = (place: Source | Target): place is CacheSource | CacheTarget | RowsTarget =>
	place.kind === 'cache' || place.kind === 'rows'

/** A change of rows that are found by key. */
export interface Change {
	readonly mode: Exclude<TableMode, 'insert' | 'insert-allowed'>
	readonly keys: readonly string[]
}

/** A table that the job makes itself holds no row when the first one arrives. */
export const makesTable = (target: Target): boolean =>
	target.kind === 'table' && (target.action === 'create' || target.action === 'replace')

/** Modes that leave a row where none is found. */
export const inserts = ({ mode }: Change): boolean => mode !== 'update' && mode !== 'delete'

/** The change that a target makes by key; undefined for one that only adds rows, or replaces all. */
export function changeOf(target: Target): Change | undefined {
	if (target.kind === 'table') {
		if (target.mode === 'insert' || target.mode === 'insert-allowed') return undefined
		return { mode: target.mode, keys: target.keys ?? [] }
	}
	if (target.kind !== 'data-set' || target.mode !== 'upsert') return undefined
	return { mode: 'delete-insert', keys: target.keys ?? [] }
}
