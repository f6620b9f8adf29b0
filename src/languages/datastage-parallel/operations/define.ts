/** Shorthand of this language's catalogue: parameters by name and type, results that do not depend on the arguments. */
import type { TypeKind } from '#model/types.ts'
import { boolean, date, float, int, scalarKinds, text, time, timestamp } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import type { Operation, OperationParameter } from '../../catalogue.ts'

type Options = Pick<OperationParameter, 'optional' | 'literal'>

const parameter =
	(...kinds: readonly TypeKind[]) =>
	(name: string, options: Options = {}): OperationParameter => ({ name, kinds, ...options })

export const textOf = parameter('string')
export const intOf = parameter('int')
export const floatOf = parameter('float')
export const decimalOf = parameter('decimal')
export const numberOf = parameter('int', 'decimal', 'float')
export const dateOf = parameter('date')
export const timeOf = parameter('time')
export const timestampOf = parameter('timestamp')
export const binaryOf = parameter('binary')
export const vectorOf = parameter('vector')
export const nestedOf = parameter('record', 'vector')
export const anyOf = parameter(...scalarKinds)
export const literal = { literal: true } as const
export const optional = { optional: true } as const
export const optionalLiteral = { optional: true, literal: true } as const

export const results = {
	text: () => text(),
	boolean: () => boolean,
	int8: () => int(8),
	int16: () => int(16),
	int32: () => int(32),
	int64: () => int(64),
	double: () => float(64),
	date: () => date,
	time: () => time(6),
	timestamp: () => timestamp(6),
} as const

type Parts = Omit<Operation, 'nulls' | 'canFail' | 'source' | 'id'> & Partial<Pick<Operation, 'nulls' | 'canFail'>>

/** Operations of one page of documents; a null argument gives null and none fails unless it says otherwise. */
export function family(source: string, parts: Readonly<Record<string, Parts>>): readonly Operation[] {
	return Object.entries(parts).map(([name, part]) => ({
		nulls: 'propagate',
		canFail: false,
		...part,
		id: `datastage.${name}`,
		source,
	}))
}

/** The text at that position; the arity and kinds are checked before. */
export function string(value: Value | undefined): string {
	if (typeof value !== 'string') throw new TypeError('a text is expected')
	return value
}

export function integer(value: Value | undefined): bigint {
	if (typeof value !== 'bigint') throw new TypeError('a whole number is expected')
	return value
}

export function double(value: Value | undefined): number {
	if (typeof value !== 'number') throw new TypeError('a floating-point number is expected')
	return value
}

/** The constant text at that position; empty where there is none. */
export function textAt(literals: readonly (Value | undefined)[], position: number): string {
	const value = literals[position]
	return typeof value === 'string' ? value : ''
}
