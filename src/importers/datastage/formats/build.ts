/** Makes records of DSX from what other formats say. */
import type { LineRange } from '#model/provenance.ts'
import type { DsxItem, DsxRecord } from './dsx/records.ts'

export type Values = Readonly<Record<string, string | undefined>>

export function recordFrom(
	values: Values,
	collections: Readonly<Record<string, readonly DsxItem[]>>,
	lines: LineRange,
): DsxRecord {
	return {
		values: valuesFrom(values),
		collections: new Map(Object.entries(collections).filter(([, items]) => items.length > 0)),
		lines,
	}
}

export const itemFrom = (values: Values, lines: LineRange): DsxItem => ({ values: valuesFrom(values), lines })

/** Keys without a value are left out, as DSX leaves them out. */
function valuesFrom(values: Values): ReadonlyMap<string, string> {
	return new Map(Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])))
}
