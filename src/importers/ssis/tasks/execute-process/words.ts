/** A command as it is written in a package: texts, and values that are known only when it runs. */
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import { text } from '#model/types.ts'
import { isProblem, lowerInScope } from '../../flow/expressions.ts'
import type { NamedValue, PackageScope } from '../../package-scope.ts'

export type Piece = string | Expression

export interface Word {
	readonly pieces: readonly Piece[]
	/** Without quotes the program would read a value with blanks as several words. */
	readonly quoted: boolean
}

/** Does the value of a variable, as the package stores it, end with a slash? Then it holds a folder. */
export function holdsFolder(piece: Piece, scope: PackageScope): boolean {
	if (typeof piece === 'string' || piece.kind !== 'variable') return false
	return /[\\/]$/.test(namedValue(piece.name, scope)?.value ?? '')
}

/** @param name as the job knows it */
function namedValue(name: string, scope: PackageScope): NamedValue | undefined {
	const symbol = scope.symbols.find(({ as }) => as.kind === 'variable' && as.name === name)
	return symbol === undefined ? undefined : scope.value(`${symbol.namespace}::${symbol.name}`)
}

/** The pieces of a text in order. A variable that is an expression counts as what that is put together from. */
export function piecesOf(expression: Expression, scope: PackageScope): readonly Piece[] {
	if (expression.kind === 'literal') return typeof expression.value === 'string' ? [expression.value] : [expression]
	if (expression.kind === 'call' && expression.operation === 'ssis.concat')
		return expression.args.flatMap((part) => piecesOf(part, scope))
	if (expression.kind !== 'variable') return [expression]
	const formula = namedValue(expression.name, scope)?.formula?.()
	if (formula === undefined) return [expression]
	const lowered = lowerInScope(formula.text, formula.scope, expression.name)
	return isProblem(lowered) ? [expression] : piecesOf(lowered.expression, formula.scope)
}

/** Text of a word that holds no value. */
export function plainWord({ pieces }: Word): string | undefined {
	const [piece = '', ...more] = pieces
	return typeof piece === 'string' && more.length === 0 ? piece : undefined
}

/** The text of the last piece, when it is known. */
export function endOf({ pieces }: Word): string | undefined {
	const last = pieces.at(-1)
	return typeof last === 'string' ? last : undefined
}

export const hasWildcard = ({ pieces }: Word): boolean =>
	pieces.some((piece) => typeof piece === 'string' && /[*?]/.test(piece))

/** The pieces as one text. */
export function joined(pieces: readonly Piece[]): SourcedExpression {
	const shown = pieces.map((piece) => (typeof piece === 'string' ? piece : shownAs(piece))).join('')
	const parts = pieces.map((piece): Expression => {
		return typeof piece === 'string' ? { kind: 'literal', value: piece, type: text() } : piece
	})
	const [only = { kind: 'literal', value: '', type: text() } as const, ...more] = parts
	if (more.length === 0) return { expression: only, text: shown }
	return { expression: { kind: 'call', operation: 'ssis.concat', args: parts, type: text() }, text: shown }
}

const shownAs = (value: Expression): string =>
	value.kind === 'variable' || value.kind === 'parameter' ? `@[${value.name}]` : '…'

/**
 * A path as its folder, with the slash at the end, and the name in it; undefined where no slash is seen.
 * @param isFolder tells a value that ends with a slash
 */
export function parted(
	{ pieces }: Word,
	isFolder: (value: Piece) => boolean,
): { readonly folder: readonly Piece[]; readonly name: Word } | undefined {
	const at = pieces.findLastIndex((piece) => (typeof piece === 'string' ? /[\\/]/.test(piece) : isFolder(piece)))
	const holder = pieces[at]
	if (holder === undefined) return undefined
	const end = typeof holder === 'string' ? Math.max(holder.lastIndexOf('\\'), holder.lastIndexOf('/')) + 1 : 0
	const [last, begins] = typeof holder === 'string' ? [holder.slice(0, end), holder.slice(end)] : [holder, '']
	const name = [...(begins === '' ? [] : [begins]), ...pieces.slice(at + 1)]
	return { folder: [...pieces.slice(0, at), last], name: { pieces: name, quoted: true } }
}
