/** Keys of joins and lookups: two sides, brought to one type. */

import type { Collation } from '#model/collation.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { KeyPair } from '#model/operators.ts'
import type { Column, DataType } from '#model/types.ts'
import { assign, columnExpression } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { assigned, freeColumn, project } from '../mapping.ts'
import type { StageContext } from '../stage-context.ts'

export interface WantedKey {
	readonly left: Column
	readonly right: Column
	readonly collation: Collation
}

/** Pairs of columns that compare as they are; `stream` gained converted copies of the columns on its side where needed. */
export interface MatchedKeys {
	readonly keys: readonly KeyPair[]
	readonly stream: Stream
}

/**
 * Can the two be compared without a conversion? Whole and decimal numbers compare by value. Text of another kind of length is
 * converted, which changes it only where it is too long: text of fixed length is not padded here.
 */
function comparable(own: DataType, other: DataType): boolean {
	const exact = (type: DataType): boolean => type.kind === 'int' || type.kind === 'decimal'
	if (exact(own) && exact(other)) return true
	if (own.kind !== 'string' || other.kind !== 'string') return own.kind === other.kind
	return own.fixed === other.fixed || (own.length ?? Infinity) <= (other.length ?? Infinity)
}

/** Converts the keys of the side `converted` to the types of the other one, as the engine does before it compares. */
export function matchKeys(
	context: StageContext,
	stream: Stream,
	wanted: readonly WantedKey[],
	converted: 'left' | 'right',
): MatchedKeys {
	const copies = wanted.map((key) => {
		const own = key[converted]
		const other = converted === 'left' ? key.right : key.left
		if (comparable(own.type, other.type)) return { key, name: own.name, column: undefined }
		const name = freeColumn(stream.schema, `${own.name}_key`)
		const lines = context.stage.record.lines
		const value = {
			column: { name, type: other.type, nullable: true },
			expression: assign(context, columnExpression(own), other.type),
			text: own.name,
			nullable: true,
			lines,
		}
		return { key, name, column: assigned(context, value, { kind: 'null' }, { kind: 'null' }) }
	})
	warnOfNulls(context, wanted)
	const columns = copies.flatMap(({ column }) => column ?? [])
	const result = columns.length === 0 ? stream : project(context, stream, columns, { part: 'key', passThrough: 'all' })
	const keys = copies.map(
		({ key, name }): KeyPair =>
			converted === 'left'
				? { left: name, right: key.right.name, collation: key.collation }
				: { left: key.left.name, right: name, collation: key.collation },
	)
	return { keys, stream: result }
}

function warnOfNulls(context: StageContext, wanted: readonly WantedKey[]): void {
	const names = wanted.filter(({ left, right }) => left.nullable && right.nullable).map(({ left }) => left.name)
	if (names.length === 0) return
	context.report(
		diagnose('expression/doubtful', context.provenance(), {
			what: `${context.stage.name} matches on ${names.join(', ')}, which may be null on both sides; nulls do not match in the new job`,
			why: 'Whether the engine takes two null keys for equal is not documented.',
		}),
	)
}
