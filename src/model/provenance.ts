/** Where in which export a thing came from. */
export interface Provenance {
	/** Path of the export below the repository root (or the working directory), `/` as separator. */
	readonly file: string
	/** The element's own path in the source: `JOB/STAGE`, `Package\Load\Lookup`; the identity of the element. */
	readonly path: string
	/** First and last line in the export, counted from 1. */
	readonly lines: LineRange
}

export interface LineRange {
	readonly start: number
	readonly end: number
}

/** A part of one text (an expression), offsets in UTF-16 units, end exclusive. */
export interface Span {
	readonly start: number
	readonly end: number
}
