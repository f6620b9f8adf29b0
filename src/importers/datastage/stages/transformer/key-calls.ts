/** Where a Transformer takes the next key of a sequence: the derivation that counts the keys it has taken. */
import { tokenize } from '#languages/datastage-parallel/lexer.ts'

/** Names of the greatest key before the run, and of the variable that counts those that it takes. */
export const highestBefore = '@HIGHESTKEY'
export const takenKeys = 'TAKEN_KEYS'
export const oneMore = `${takenKeys} + 1`
/** What stands for a call. */
export const nextKey = `(${highestBefore} + ${takenKeys})`

export interface KeyCaller {
	readonly text: string
	/** What must hold before the text is computed at all. */
	readonly constraint: string
}

/**
 * The derivation that counts one more where the call is computed: always, or in one branch of an If. Undefined where the call
 * stands in another expression. `call` is the pattern of the call.
 */
export function counting({ text, constraint }: KeyCaller, call: string): string | undefined {
	const one = branch(text, call)
	if (one === undefined || constraint === '') return one
	return `If ${constraint} Then (${one}) Else ${takenKeys}`
}

function branch(text: string, call: string): string | undefined {
	if (new RegExp(`^\\s*${call}\\s*$`, 'i').test(text)) return oneMore
	const [, then] = new RegExp(`^\\s*if\\b(.*)\\bthen\\s+${call}\\s+else\\b.*$`, 'is').exec(text) ?? []
	const [, otherwise] = new RegExp(`^\\s*if\\b(.*)\\bthen\\b.*\\belse\\s+${call}\\s*$`, 'is').exec(text) ?? []
	const isOne = tokenize(text).filter((token) => token.text.toLowerCase() === 'if').length === 1
	if (!isOne) return undefined
	if (then !== undefined) return `If ${then.trim()} Then ${oneMore} Else ${takenKeys}`
	return otherwise === undefined ? undefined : `If ${otherwise.trim()} Then ${takenKeys} Else ${oneMore}`
}
