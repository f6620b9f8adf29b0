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
					const rows = [...valuesOf(from).map((value) => [value]), ...seededRows([from], 8, 5)]
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
