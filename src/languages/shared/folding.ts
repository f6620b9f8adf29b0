/** What texts of keys compare by, where a collation takes no notice of some of their differences. */
import type { Collation, Folding } from '#model/collation.ts'
import { ignoredBy } from '#model/collation.ts'
import type { Py } from '../python.ts'
import { fn } from '../python.ts'
import type { Change } from './characters.ts'
import { oneWidth, toHiragana, withoutAccents, withoutSymbols } from './characters.ts'

const changes: Readonly<Record<Folding, Omit<Change, 'name'>>> = {
	width: oneWidth,
	kana: toHiragana,
	accents: withoutAccents,
	symbols: withoutSymbols,
	case: { change: (value) => value.toLowerCase(), pyspark: (value) => fn('lower', value) },
}

export const foldedText = (value: string, collation: Collation): string =>
	ignoredBy(collation).reduce((text, one) => changes[one].change(text), value)

export const foldedColumn = (value: Py, collation: Collation): Py =>
	ignoredBy(collation).reduce((text, one) => changes[one].pyspark(text), value)
