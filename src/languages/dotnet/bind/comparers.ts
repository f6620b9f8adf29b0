/** `new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)`: whether letter case counts for the keys. */
import type { ScriptType } from '#model/scripts.ts'
import type { Argument, Syntax } from '../syntax.ts'
import { foldedText } from './folded-keys.ts'
import { pathOf } from './members.ts'

/** Does letter case count for that comparer? Undefined for what is none. */
function isIgnoring(node: Syntax): boolean | undefined {
	const [owner, name] = pathOf(node)?.slice(-2) ?? []
	if (!/^StringComparer$/i.test(owner ?? '')) return undefined
	return /IgnoreCase$/i.test(name ?? '')
}

/** The type of the dictionary that is made with these arguments, and the arguments that are left. */
export function mapWithComparer(type: Extract<ScriptType, { kind: 'map' }>, args: readonly Argument[]) {
	const { isFolding, rest } = withoutComparer(args)
	return { type: isFolding ? { ...type, key: foldedText } : type, rest }
}

/** The same for a set. */
export function setWithComparer(type: Extract<ScriptType, { kind: 'set' }>, args: readonly Argument[]) {
	const { isFolding, rest } = withoutComparer(args)
	return { type: isFolding ? { ...type, of: foldedText } : type, rest }
}

function withoutComparer(args: readonly Argument[]) {
	const told = args.map(({ value }) => isIgnoring(value))
	return { isFolding: told.includes(true), rest: args.filter((_one, at) => told[at] === undefined) }
}
