/** The lookup condition of a Slowly Changing Dimension stage: key expressions on the columns of its reference link. */
import { findDsColumn } from '../../columns.ts'
import type { StageContext } from '../../stage-context.ts'
import type { WantedKey } from '../match-keys.ts'
import type { DimensionLinks } from './links.ts'
import type { SourceValues } from './values.ts'

export function lookupKeys(
	context: StageContext,
	{ source, reference, update }: DimensionLinks,
	values: SourceValues,
): readonly WantedKey[] {
	const keys = reference.link.columns.flatMap((column): readonly WantedKey[] => {
		if (column.keyExpression === undefined) return []
		const right = findDsColumn(update.link.columns, column.name)
		if (right === undefined) {
			context.refuse(`its key ${column.name} is not on the dimension update link`)
			return []
		}
		const collation = column.caseless ? 'caseless' : 'binary'
		const [, link, name = ''] = /^\s*([\w$]+)\.([\w$]+)\s*$/.exec(column.keyExpression) ?? []
		const isOfSource = link?.toLowerCase() === source.link.name.toLowerCase()
		const plain = isOfSource ? findDsColumn(source.stream.schema.columns, name) : undefined
		const left = plain ?? values.column(column.keyExpression, right, 'key')
		return left === undefined ? [] : [{ left, right, collation }]
	})
	if (keys.length === 0) context.refuse(`the reference link ${reference.link.name} has no key`)
	return keys
}
