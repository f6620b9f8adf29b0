/** Every component with a meaning in the model. A new one is a file beside this one and a line here. */
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { lowerAggregate } from './aggregate.ts'
import { lowerConditionalSplit } from './conditional-split.ts'
import { lowerDataConversion } from './data-conversion.ts'
import { lowerDerivedColumn } from './derived-column.ts'
import { lowerFlatFileDestination } from './flat-file-destination.ts'
import { lowerFlatFileSource } from './flat-file-source.ts'
import { lowerLookup } from './lookup.ts'
import { lowerMergeJoin } from './merge-join.ts'
import { lowerMulticast } from './multicast.ts'
import { lowerOleDbDestination } from './ole-db-destination.ts'
import { lowerOleDbSource } from './ole-db-source.ts'
import { lowerRowCount } from './row-count.ts'
import { lowerSort } from './sort.ts'
import { lowerUnionAll } from './union-all.ts'

/** Fills the context's parts, or says why it cannot; what it has added until then is dropped. */
export type LowerComponent = (context: ComponentContext) => Refusal | undefined

export const components = {
	'Microsoft.Aggregate': lowerAggregate,
	'Microsoft.ConditionalSplit': lowerConditionalSplit,
	'Microsoft.DataConvert': lowerDataConversion,
	'Microsoft.DerivedColumn': lowerDerivedColumn,
	'Microsoft.FlatFileDestination': lowerFlatFileDestination,
	'Microsoft.FlatFileSource': lowerFlatFileSource,
	'Microsoft.Lookup': lowerLookup,
	'Microsoft.MergeJoin': lowerMergeJoin,
	'Microsoft.Multicast': lowerMulticast,
	'Microsoft.OLEDBDestination': lowerOleDbDestination,
	'Microsoft.OLEDBSource': lowerOleDbSource,
	'Microsoft.RowCount': lowerRowCount,
	'Microsoft.Sort': lowerSort,
	'Microsoft.UnionAll': lowerUnionAll,
} as const satisfies Record<string, LowerComponent>

export type ComponentType = keyof typeof components

export function lowererOf(type: string): LowerComponent | undefined {
	return Object.hasOwn(components, type) ? components[type as ComponentType] : undefined
}
