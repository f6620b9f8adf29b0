/**
 * Schema files: columns and their formats in a text of their own, `record {delim=','} (ID:int32; NAME:nullable string[max=20];)`
 * (IBM: Parallel Job Developer's Guide, Schemas). They take the place of what the Format and Columns tabs say.
 */
import type { LineRange } from '#model/provenance.ts'
import type { DsColumn } from './columns.ts'
import { engineType } from './engine-types.ts'

export interface FileSchema {
	/** Format of the record, as a Format tab would hold it. */
	readonly format: string
	readonly columns: readonly DsColumn[]
}

type Problem = { readonly problem: string }

/** Names that schema files are found by beside an export. */
const schemaEndings = ['.schema', '.sch', '.osh'] as const

export const isSchemaFile = (path: string): boolean =>
	schemaEndings.some((ending) => path.toLowerCase().endsWith(ending))

/** @param lines where the export names the file */
export function readSchema(text: string, lines: LineRange): FileSchema | Problem {
	const [, format = '', inside] = /^\s*record\s*(?:\{([^{}]*)\})?\s*\((.*)\)\s*;?\s*$/s.exec(text) ?? []
	if (inside === undefined) return { problem: 'it is not of the form record (…)' }
	const fields = fieldsOf(inside)
	const columns = fields.map((field) => columnOf(field, lines))
	const unread = fields.find((_field, at) => columns[at] === undefined)
	if (unread !== undefined) return { problem: `its column "${unread.slice(0, 80)}" is not a plain one` }
	return columns.length === 0
		? { problem: 'it has no column' }
		: { format, columns: columns.flatMap((one) => one ?? []) }
}

/** What stands between semicolons; those within quotes or braces are part of a format. */
function fieldsOf(inside: string): readonly string[] {
	const pieces = inside.match(
		/(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\{(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\{[^{}]*\}|[^{}'"])*\}|[^;'"{}])+/gs,
	)
	return (pieces ?? []).map((piece) => piece.trim()).filter((piece) => piece !== '')
}

/** Undefined: a vector, a sub-record, a type that is not known. */
function columnOf(field: string, lines: LineRange): DsColumn | undefined {
	const [, name = '', nullable = '', written = '', format = ''] =
		/^([\w$]+)\s*:\s*(nullable\s+|not_nullable\s+)?([a-z]\w*(?:\s*\[[^\]]*\])?)\s*(?:\{(.*)\})?$/s.exec(field) ?? []
	const type = engineType(written)
	if (name === '' || type === undefined) return undefined
	return {
		name,
		type,
		nullable: nullable.startsWith('nullable'),
		derivation: undefined,
		keyExpression: undefined,
		caseless: false,
		format,
		capped: false,
		lines,
	}
}
