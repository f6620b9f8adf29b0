/** Columns that tell what became of a row against its dimension, and which of them sends a row to which output. */
import type { Buffer, BufferColumn } from '../flow/buffer.ts'
import { UniqueNames } from '../formats/unique-names.ts'
import type { Attributes } from './slowly-changing-dimension.ts'
import { booleanType } from './slowly-changing-dimension.ts'

const compared = ['changing', 'historical', 'fixed'] as const

interface Marks {
	/** Is there a record? */
	readonly found: BufferColumn
	/** Do attributes of that kind differ from it? */
	readonly changes: readonly { readonly kind: (typeof compared)[number]; readonly mark: BufferColumn }[]
	/** What tells that the record is an inferred member: its indicator, or else all its attributes. */
	readonly taken: readonly { readonly mark: BufferColumn; readonly column: string }[]
	readonly isInferred?: string
}

export function marksOf(arriving: Buffer, attributes: Attributes, indicator: string | undefined): Marks {
	const names = new UniqueNames()
	for (const { name } of arriving) names.take(name)
	const mark = (name: string, type = booleanType): BufferColumn => {
		const own = names.take(name)
		return { lineage: `#${own}`, name: own, type, sortKey: 0 }
	}
	const found = mark('has record')
	const changes = compared
		.filter((kind) => attributes[kind].length > 0)
		.map((kind) => ({ kind, mark: mark(`${kind} differs`) }))
	const held = compared.flatMap((kind) => attributes[kind].map(({ right }) => right))
	const taken =
		indicator === undefined
			? []
			: indicator === ''
				? held.map(({ name, type }) => ({ mark: mark(`recorded ${name}`, type), column: name }))
				: [{ mark: mark('is inferred'), column: indicator }]
	const tests = taken.map(({ mark: { name } }) =>
		indicator === '' ? `ISNULL([${name}])` : `(ISNULL([${name}]) ? FALSE : [${name}])`,
	)
	return { found, changes, taken, ...(tests.length === 0 ? {} : { isInferred: tests.join(' && ') }) }
}

/** The output of rows that the dimension has no record of. */
export const newRows = /^new/i

/**
 * By the names of the outputs. Rows of an inferred member only complete it, so nothing else happens to them. A fixed attribute that
 * differs comes before everything else, a historical before a changing one: the record that it makes holds the new values of both.
 * @param isHistoryChanged `UpdateChangingAttributeHistory`: the older records too get the new values of changing attributes, so
 * rows with a historical change go to the output of changing attributes as well (Microsoft: Transformation Custom Properties).
 * The outputs say so themselves: Historical Attribute Inserts has an exclusion group of its own.
 */
export function conditionsOf(
	{ found, changes, isInferred }: Marks,
	isHistoryChanged: boolean,
): readonly {
	readonly pattern: RegExp
	readonly condition: string
}[] {
	const isFound = `[${found.name}]`
	const isMember = isInferred === undefined ? isFound : `${isFound} && !(${isInferred})`
	const differs = (kind: string): string => {
		const change = changes.find((one) => one.kind === kind)
		return change === undefined ? 'FALSE' : `${isMember} && [${change.mark.name}]${exceptFor(kind)}`
	}
	const exceptFor = (kind: string): string => {
		const stronger =
			kind === 'fixed' ? [] : kind === 'historical' || isHistoryChanged ? ['fixed'] : ['fixed', 'historical']
		return changes
			.filter((one) => stronger.includes(one.kind))
			.map(({ mark }) => ` && ![${mark.name}]`)
			.join('')
	}
	const same = changes.map(({ mark }) => ` && ![${mark.name}]`).join('')
	return [
		{ pattern: newRows, condition: `!${isFound}` },
		{ pattern: /^unchanged/i, condition: `${isMember}${same}` },
		{ pattern: /^changing/i, condition: differs('changing') },
		{ pattern: /^historical/i, condition: differs('historical') },
		{ pattern: /^fixed/i, condition: differs('fixed') },
		{ pattern: /^inferred/i, condition: isInferred === undefined ? 'FALSE' : `${isFound} && (${isInferred})` },
	]
}
