import { readComment } from './grammar.ts'
import { commands, isVerb } from './registry.ts'

/** Whether a comment asks for nothing but an answer, as those do that cannot be understood. */
export function isReadOnly(body: string): boolean {
	const spoken = readComment(body)
	const verb = spoken?.verb === '' ? 'help' : spoken?.verb
	return verb === undefined || !isVerb(verb) || commands[verb].readOnly
}
