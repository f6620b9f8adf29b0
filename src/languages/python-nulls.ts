/** When the text of a condition is null: where one part asks whether a value is there, another part may need it. */
import type { BinaryOperator, Py } from './python.ts'

export interface Nulls {
	/** Where the text is null, one of these texts is. */
	readonly with: readonly string[]
	/** Texts that are not null wherever this one is not false. */
	readonly thereUnlessFalse: readonly string[]
	/** Texts that are not null wherever this one is not true. */
	readonly thereUnlessTrue: readonly string[]
}

const nowhere = { thereUnlessFalse: [], thereUnlessTrue: [] }

/** A text that is never null, and says nothing of others. */
export const neverNull: Nulls = { with: [], ...nowhere }

/** Can the text be null, as far as it shows? */
export const mayBeNull = (text: Py): boolean => nullsOf(text).with.length > 0

/** Of what nothing is known: it is null where it is null. */
const nullsOf = ({ code, nulls }: Py): Nulls => nulls ?? { with: [code], ...nowhere }

/** Nulls of `target.isNull()` and its like; undefined for methods that may give null. */
export function nullsOfMethod(target: Py, name: string): Nulls | undefined {
	switch (name) {
		case 'isNull':
			return { ...neverNull, thereUnlessTrue: [target.code] }
		case 'isNotNull':
			return { ...neverNull, thereUnlessFalse: [target.code] }
		case 'eqNullSafe':
			return neverNull
		default:
			return undefined
	}
}

/** A comparison is null with either side. `and` and `or` are not where a part decides that asks for what the other needs. */
export function nullsOfBinary(operator: BinaryOperator, left: Py, right: Py): Nulls | undefined {
	const [one, other] = [nullsOf(left), nullsOf(right)]
	const both = (texts: (nulls: Nulls) => readonly string[]): readonly string[] => [
		...new Set([...texts(one), ...texts(other)]),
	]
	const needed = both((nulls) => nulls.with)
	const apart = (there: readonly string[]): readonly string[] => needed.filter((text) => !there.includes(text))
	switch (operator) {
		case '==':
		case '!=':
		case '<':
		case '<=':
		case '>':
		case '>=':
			return { with: needed, ...nowhere }
		case '&': {
			const there = both(({ thereUnlessFalse }) => thereUnlessFalse)
			return { with: apart(there), thereUnlessFalse: there, thereUnlessTrue: [] }
		}
		case '|': {
			const there = both(({ thereUnlessTrue }) => thereUnlessTrue)
			return { with: apart(there), thereUnlessFalse: [], thereUnlessTrue: there }
		}
		default:
			return undefined
	}
}

export function nullsOfNot(operand: Py): Nulls {
	const { with: needed, thereUnlessFalse, thereUnlessTrue } = nullsOf(operand)
	return { with: needed, thereUnlessFalse: thereUnlessTrue, thereUnlessTrue: thereUnlessFalse }
}

/** Null only where the value that was chosen is, whatever the conditions were. */
export function nullsOfChoice(values: readonly Py[]): Nulls {
	return { with: [...new Set(values.flatMap((value) => nullsOf(value).with))], ...nowhere }
}
