/** Casts of every conversion between every pair of types that it allows, over seeded values. */
import type { Conversion } from '#languages/catalogue.ts'
import {
	binary,
	boolean,
	type DataType,
	date,
	decimal,
	float,
	int,
	text,
	time,
	timestamp,
	typeName,
	uuid,
} from '#model/types.ts'
import type { ParityCase } from './parity.ts'
import { columnName } from './parity.ts'
import { seededRows, valuesOf } from './seeded-values.ts'

const types: readonly DataType[] = [
	text(),
	text(4),
	int(8),
	int(32),
	int(64),
	int(16, false),
	int(64, false),
	decimal(10, 2),
	decimal(4, 0),
	decimal(38, 10),
	float(64),
	float(32),
	boolean,
	date,
	time(6),
	timestamp(6),
	binary(),
	uuid,
]

/** Parity cases of one conversion; `formats` are tried beside none. */
export function conversionCases(
	conversion: Conversion,
	formats: (from: DataType, to: DataType) => readonly string[],
): readonly ParityCase[] {
	return types.flatMap((from) =>
		types
			.filter((to) => conversion.allows(from, to))
			.flatMap((to) =>
				[undefined, ...formats(from, to)].map((format): ParityCase => {
					const fields = spelledFields(conversion, to, format)
					const rows = [...[...valuesOf(from), ...fields].map((value) => [value]), ...seededRows([from], 8, 5)]
					const operand = { kind: 'column', name: columnName(0), type: from } as const
					return {
						name: `${conversion.id} ${typeName(from)} to ${typeName(to)}${format === undefined ? '' : ` by ${format}`}`,
						expression: {
							kind: 'cast',
							rule: conversion.id,
							operand,
							type: to,
							...(format === undefined ? {} : { format }),
						},
						types: [from],
						rows,
					}
				}),
			),
	)
}

/** Fields that are read as values of the type, and everything beside them: each byte, signs that mean nothing. */
function spelledFields({ spell }: Conversion, to: DataType, format: string | undefined): readonly string[] {
	if (spell === undefined) return []
	const good = valuesOf(to).flatMap((value) =>
		value === null ? [] : [2, 3, 4, 8].flatMap((width) => spell(value, { format, width }) ?? []),
	)
	const bytes = Array.from({ length: 128 }, (_none, at) => String.fromCharCode(at * 2, at * 2 + 1))
	return [...good, ...bytes, '\0\0\0', '12{', '12}', '{12', 'R12', '1A2', '12-', '+12', '\u0012\u003D', '\u0001\u002A']
}
