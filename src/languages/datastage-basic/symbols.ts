/** What the names of a BASIC expression stand for. The stage or routine that owns it offers them. */
import type { Expression } from '#model/expressions.ts'
import type { DataType } from '#model/types.ts'
import type { OfferedColumn } from '../datastage-parallel/symbols.ts'
import type { Routine } from './routine-syntax.ts'

export interface BasicSymbols {
	/** By the name as expressions write it: `link.column`, `stageVariable`, `@INROWNUM`, `link.NOTFOUND`. */
	readonly columns: ReadonlyMap<string, OfferedColumn>
	readonly parameters: ReadonlyMap<string, DataType>
	/** Names that stand for an expression: variables of a routine while it is inlined. They hide the others. */
	readonly values?: ReadonlyMap<string, Expression>
	/** Routines of the export, by name in lower case, without `DSU.` in front. */
	readonly routines?: ReadonlyMap<string, Routine>
}

export type Found =
	| { readonly kind: 'value'; readonly expression: Expression }
	| { readonly kind: 'column'; readonly name: string; readonly type: DataType }
	| { readonly kind: 'parameter'; readonly name: string; readonly type: DataType }

/** Names are as written first: BASIC tells letter case apart, Designer forgives it where only one name fits. */
export function lookUp(symbols: BasicSymbols, name: string): Found | undefined {
	const value = symbols.values?.get(name)
	if (value !== undefined) return { kind: 'value', expression: value }
	const column = symbols.columns.get(name) ?? only(symbols.columns, name)
	if (column !== undefined) return { kind: 'column', ...column }
	const type = symbols.parameters.get(name)
	if (type !== undefined) return { kind: 'parameter', name, type }
	const spelled = [...symbols.parameters.keys()].filter((key) => key.toLowerCase() === name.toLowerCase())
	const [parameter] = spelled
	const found = parameter === undefined || spelled.length > 1 ? undefined : symbols.parameters.get(parameter)
	return parameter === undefined || found === undefined
		? undefined
		: { kind: 'parameter', name: parameter, type: found }
}

function only<T>(entries: ReadonlyMap<string, T>, name: string): T | undefined {
	const folded = name.toLowerCase()
	const found = [...entries].filter(([key]) => key.toLowerCase() === folded)
	return found.length === 1 ? found[0]?.[1] : undefined
}
