/** Definitions of stage types that an export carries along (`DSSTAGETYPES`): which properties a type has, and their defaults. */
import { isSet, textOf } from './columns.ts'
import { tabMark } from './formats/dsx/escapes.ts'
import type { DsxRecord } from './formats/dsx/records.ts'

/** Property name → default, of those properties that every stage of the type has. */
export interface StageDefaults {
	readonly stage: ReadonlyMap<string, string>
	readonly input: ReadonlyMap<string, string>
	readonly output: ReadonlyMap<string, string>
}

/**
 * A default holds only for a property that is always there (`Required`): that of an optional one is what the designer proposes
 * when somebody adds the property, and means nothing before. A choice is written as `label \T value`.
 */
export function readStageDefaults(record: DsxRecord): StageDefaults {
	const items = (record.collections.get('PropertyList') ?? []).filter(({ values }) => isSet(values, 'Required'))
	const scope = (key: string): ReadonlyMap<string, string> =>
		new Map(
			items
				.filter(({ values }) => isSet(values, key) && values.has('Default'))
				.map(({ values }) => [textOf(values, 'Name'), textOf(values, 'Default').split(tabMark).at(-1) ?? '']),
		)
	return { stage: scope('ForStage'), input: scope('ForInput'), output: scope('ForOutput') }
}
