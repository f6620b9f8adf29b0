/** What names in an expression stand for. */
import type { VariableNode } from './syntax.ts'
import type { SsisType } from './types.ts'

export interface ColumnSymbol {
	/** As the component calls it, and as the model does unless `modelName` differs. */
	readonly name: string
	readonly modelName?: string
	readonly type: SsisType
	/** The component that the column comes from, for `Component.Column`. */
	readonly component?: string
	/** Lineage id: a number in old packages, a refId path in newer ones; `#35` and `#{…}` name it. */
	readonly lineageId?: string
}

export interface VariableSymbol {
	/** `User`, `System`, `$Package`, `$Project` or a namespace of the author's. */
	readonly namespace: string
	readonly name: string
	readonly type: SsisType
	/** The model's expression for it. */
	readonly as: { readonly kind: 'variable' | 'parameter'; readonly name: string }
}

export interface SsisSymbols {
	readonly columns: readonly ColumnSymbol[]
	readonly variables: readonly VariableSymbol[]
	/** The locale in whose spelling casts read texts; en-US where it is absent (Microsoft: Cast (SSIS Expression)). */
	readonly locale?: number
}

/** The symbol, or why there is none, in words. */
export type Found<T> = T | string

/** Column names are taken in any letter case where the exact one does not exist. */
export function findColumn(symbols: SsisSymbols, name: string, component?: string): Found<ColumnSymbol> {
	const shown = component === undefined ? name : `${component}.${name}`
	const here = symbols.columns.filter((column) => component === undefined || column.component === component)
	const exact = here.filter((column) => column.name === name)
	const matching = exact.length > 0 ? exact : here.filter((column) => column.name.toLowerCase() === name.toLowerCase())
	const [first, ...more] = matching
	if (first === undefined) return `there is no column ${shown}`
	return more.length === 0 ? first : `more than one column is called ${shown}`
}

export function findLineage(symbols: SsisSymbols, id: string): Found<ColumnSymbol> {
	return symbols.columns.find((column) => column.lineageId === id) ?? `there is no column with the lineage id ${id}`
}

/** Variable names are case-sensitive. Without a namespace, the author's variables come before the system's. */
export function findVariable(symbols: SsisSymbols, { namespace, name }: VariableNode): Found<VariableSymbol> {
	const named = symbols.variables.filter((variable) => variable.name === name)
	const found =
		namespace === undefined
			? (named.find((variable) => variable.namespace === 'User') ?? named[0])
			: named.find((variable) => variable.namespace === namespace)
	return found ?? `there is no variable ${namespace === undefined ? '' : `${namespace}::`}${name}`
}
