/** How texts of keys compare. */

/** What texts may differ in and still be one key, in the order in which they are made alike. */
export const foldings = ['width', 'kana', 'accents', 'symbols', 'case'] as const
export type Folding = (typeof foldings)[number]

/** `binary`: by code point, trailing blanks count. `caseless`: in any letter case. */
export type Collation = 'binary' | 'caseless' | { readonly ignores: readonly Folding[] }

/** The collation that takes no notice of these; the same ones always give the same. */
export function collationIgnoring(ignored: ReadonlySet<Folding>): Collation {
	if (ignored.size === 0) return 'binary'
	if (ignored.size === 1 && ignored.has('case')) return 'caseless'
	return { ignores: foldings.filter((one) => ignored.has(one)) }
}

export function ignoredBy(collation: Collation): readonly Folding[] {
	if (collation === 'binary') return []
	return collation === 'caseless' ? ['case'] : collation.ignores
}

export const sameCollation = (left: Collation, right: Collation): boolean =>
	ignoredBy(left).join() === ignoredBy(right).join()
