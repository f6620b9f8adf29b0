/** Enumerations that a script has itself: numbers that have names (C# specification 19, Visual Basic: Enum statement). */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { ClassSyntax, ScriptLanguage, Syntax } from '../syntax.ts'
import { numberOf } from './enumerations.ts'
import { outside } from './outside.ts'

const { int, string } = scriptTypes

export type Names = Readonly<Record<string, string>>

/** Results of executables, by which the designer's own `ScriptResults` is declared (Microsoft: DTSExecResult). */
const results: Readonly<Record<string, bigint>> = { success: 0n, failure: 1n, completion: 2n, canceled: 3n }

/** The numbers of its values; undefined where one is more than a constant of whole numbers. */
function numbersOf({ values = [] }: ClassSyntax): ReadonlyMap<string, bigint> | undefined {
	const known = new Map<string, bigint>()
	let next = 0n
	for (const { name, value } of values) {
		const number = value === undefined ? next : constantOf(value, known)
		if (number === undefined) return undefined
		known.set(name, number)
		next = number + 1n
	}
	return known
}

function constantOf(node: Syntax, known: ReadonlyMap<string, bigint>): bigint | undefined {
	switch (node.kind) {
		case 'literal':
			return node.type === 'int' || node.type === 'uint' || node.type === 'long' ? BigInt(node.text) : undefined
		case 'name':
			return known.get(node.name)
		case 'member': {
			const { target, name } = node
			const type = target.kind === 'name' || target.kind === 'member' ? target.name : ''
			return type === 'DTSExecResult' ? results[name.toLowerCase()] : undefined
		}
		case 'unary': {
			const value = constantOf(node.operand, known)
			return value === undefined || node.operator !== '-' ? undefined : -value
		}
		case 'binary': {
			const [left, right] = [constantOf(node.left, known), constantOf(node.right, known)]
			if (left === undefined || right === undefined) return undefined
			if (node.operator === '|' || node.operator === 'strict-or') return left | right
			return node.operator === '<<' ? left << right : undefined
		}
		default:
			return undefined
	}
}

/** The type of its values. */
export function enumerationType(own: ClassSyntax): Extract<ScriptType, { kind: 'thing' }> | undefined {
	const numbers = numbersOf(own)
	if (numbers === undefined) return undefined
	const names: Record<string, string> = {}
	// Of several names for one number the first counts; which of them .NET shows is not documented.
	for (const [name, number] of numbers) names[String(number)] ??= name
	return { kind: 'thing', name: `enum ${own.name}${isShown(own, numbers) ? '' : ' without names'}`, names }
}

/** Values that are sums of others are shown by several names, and one of several names by any of them. */
const isShown = ({ bases }: ClassSyntax, numbers: ReadonlyMap<string, bigint>): boolean =>
	!bases.includes('Flags') && new Set(numbers.values()).size === numbers.size

/** `Kind.First`. */
export function enumerationValue(
	own: ClassSyntax,
	name: string,
	language: ScriptLanguage,
	line: number,
): ScriptExpression | undefined {
	const type = enumerationType(own)
	const key = (one: string): string => (language === 'vb' ? one.toLowerCase() : one)
	const [, number] = [...(numbersOf(own) ?? [])].find(([one]) => key(one) === key(name)) ?? []
	return type === undefined || number === undefined ? undefined : { kind: 'literal', value: number, type, line }
}

/** Names and numbers as a dictionary of the script. */
export function namedNumbers(names: Names, line: number, from: 'number' | 'name'): ScriptExpression {
	const type: ScriptType = from === 'number' ? { kind: 'map', of: string, key: int } : { kind: 'map', of: int }
	const args = Object.entries(names).flatMap(([number, name]): readonly ScriptExpression[] => {
		const both: readonly ScriptExpression[] = [
			{ kind: 'literal', value: BigInt(number), type: int, line },
			{ kind: 'literal', value: name, type: string, line },
		]
		return from === 'number' ? both : both.toReversed()
	})
	return { kind: 'call', operation: 'Map.of', args, type, line }
}

/** `kind.ToString()`: the name, or the number where it has none (Microsoft: Enum.ToString). */
export function nameOfValue(value: ScriptExpression, names: Names): ScriptExpression {
	const { line, type } = value
	if (type.kind === 'thing' && type.name.endsWith(' without names'))
		return outside('the text of an enumeration whose values have several names, or are sums', value)
	if (value.kind === 'literal' && typeof value.value === 'bigint')
		return { kind: 'literal', value: names[String(value.value)] ?? String(value.value), type: string, line }
	return {
		kind: 'call',
		operation: 'Enum.Name',
		args: [numberOf(value), namedNumbers(names, line, 'number')],
		type: string,
		line,
	}
}
