/** What the names of an expression stand for. The stage that owns the expression offers them. */
import type { DataType } from '#model/types.ts'

/** A column of the model: a link's column, a stage or loop variable, or a system variable that the stage numbers. */
export interface OfferedColumn {
	/** Name of the column in the model's operator. */
	readonly name: string
	readonly type: DataType
	/** How far a variable goes that only counts, and the bits that the engine gives it. */
	readonly counts?: { readonly min: bigint; readonly max: bigint; readonly bits: 32 | 64 }
}

export interface ParallelSymbols {
	/** By the name as expressions write it: `link.column`, `stageVariable`, `@INROWNUM`. */
	readonly columns: ReadonlyMap<string, OfferedColumn>
	/** Job parameters by full name: `pRegion`, `psFeed.tag`, `$APT_DUMP_SCORE`. */
	readonly parameters: ReadonlyMap<string, DataType>
}

export type Found =
	| { readonly kind: 'column'; readonly name: string; readonly type: DataType }
	| { readonly kind: 'parameter'; readonly name: string; readonly type: DataType }
	| { readonly kind: 'ambiguous'; readonly names: readonly string[] }

const found = ({ name, type }: OfferedColumn): Found => ({ kind: 'column', name, type })

/** Looks a name up: as written first, then in any letter case, as the engine does; a bare name also among all links' columns. */
export function lookUp(symbols: ParallelSymbols, name: string): Found | undefined {
	const column = symbols.columns.get(name)
	if (column) return found(column)
	const parameter = symbols.parameters.get(name)
	if (parameter) return { kind: 'parameter', name, type: parameter }
	return lookUpFolded(symbols, name.toLowerCase())
}

function lookUpFolded(symbols: ParallelSymbols, folded: string): Found | undefined {
	const columns = [...symbols.columns].filter(([key]) => key.toLowerCase() === folded)
	const [column] = columns
	if (column !== undefined)
		return columns.length > 1 ? { kind: 'ambiguous', names: columns.map(([key]) => key) } : found(column[1])
	const parameters = [...symbols.parameters].filter(([key]) => key.toLowerCase() === folded)
	const [parameter] = parameters
	if (parameter === undefined) return undefined
	return parameters.length > 1
		? { kind: 'ambiguous', names: parameters.map(([key]) => key) }
		: { kind: 'parameter', name: parameter[0], type: parameter[1] }
}
