import type { DataType } from '#model/types.ts'

const isNumber = (type: DataType): boolean => type.kind === 'decimal' || type.kind === 'float'

/** Fields of COBOL records. */
const cobol: Readonly<Record<string, readonly string[]>> = {
	'datastage.bytes-text': ['IBM037', 'UTF-8'],
	'datastage.zoned': ['trailing', 'leading', 'trailing separate', 'leading separate'],
	'datastage.packed': ['zeros'],
	'datastage.binary': ['big', 'little', 'big unsigned', 'little unsigned'],
}

/** Conversions that read texts by the rules of a locale, and locales of each kind. */
const followsLocale = ['ssis.flat-file-read', 'ssis.data-conversion']
const locales = ['locale=2057', 'locale=1031', 'locale=1036', 'locale=1045']

/** Formats to try for a conversion, beside none. */
export function conversionFormats(id: string): (from: DataType, to: DataType) => readonly string[] {
	if (followsLocale.includes(id)) return (from) => (from.kind === 'string' ? locales : [])
	if (!id.startsWith('datastage.')) return () => []
	const own = cobol[id]
	if (own !== undefined) return () => own
	return (from, to) => {
		const other = from.kind === 'string' ? to : from
		if (from.kind !== 'string' && to.kind !== 'string') return []
		if (other.kind === 'date') return ['%dd/%mm/%yyyy']
		if (other.kind === 'time') return ['%hh%nn%ss']
		if (other.kind === 'timestamp') return ['%yyyy%mm%dd', '%dd.%mm.%yyyy %hh:%nn:%ss.3']
		return isNumber(other) && id !== 'datastage.implicit' ? [','] : []
	}
}
