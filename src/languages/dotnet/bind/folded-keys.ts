/** Keys of dictionaries and sets for which letter case does not count. */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import { isText } from '../operations/numbers.ts'
import { outside } from './outside.ts'

/** A key in capitals. It is no text of the script's: what it was before is not kept, so nothing can read it back. */
export const foldedText: ScriptType = { kind: 'thing', name: 'key without letter case' }

const isFolded = (type: ScriptType): boolean => scriptTypeKey(type) === scriptTypeKey(foldedText)

/** A text as such a key; undefined for another type. */
export function asFoldedKey(value: ScriptExpression, to: ScriptType): ScriptExpression | undefined {
	if (!isFolded(to)) return undefined
	if (!isText(value.type)) return outside('a key that is no text', value)
	const { line } = value
	if (value.kind === 'literal' && typeof value.value === 'string' && /^[\t-~]*$/.test(value.value))
		return { kind: 'literal', value: value.value.toUpperCase(), type: to, line }
	return { kind: 'call', operation: 'String.Folded', args: [value], type: to, line }
}

/** What a local or field is that is declared as a collection and made as one whose keys have no letter case. */
export function heldType(written: ScriptType | undefined, given: ScriptType | undefined): ScriptType | undefined {
	const key = given?.kind === 'map' ? (given.key ?? scriptTypes.string) : given?.kind === 'set' ? given.of : undefined
	const isMade = key !== undefined && isFolded(key) && written?.kind === given?.kind
	return isMade ? given : (written ?? given)
}
