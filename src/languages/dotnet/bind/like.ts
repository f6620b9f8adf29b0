/** `text Like "A*"` of Visual Basic, as a regular expression (Like operator; Option Compare Binary, as by default). */
import type { ScriptExpression } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { Syntax } from '../syntax.ts'
import { outside } from './outside.ts'
import { bindAs } from './recursion.ts'
import { staticRegex } from './regular-expressions.ts'
import type { MethodScope } from './scope.ts'

export function likeOf(left: Syntax, right: Syntax, scope: MethodScope, line: number): ScriptExpression {
	const written = bindAs(right, scriptTypes.string, scope)
	const pattern = written.kind === 'literal' && typeof written.value === 'string' ? patternOf(written.value) : undefined
	if (pattern === undefined) return outside('a pattern of Like that is not known or not understood', { line })
	const args = [left, { kind: 'literal', type: 'string', text: pattern, line } satisfies Syntax]
	return staticRegex(
		'IsMatch',
		args.map((value) => ({ value, byReference: false })),
		scope,
		line,
	)
}

/** `?` is any character, `*` any number of them, `#` a digit, `[a-z]` and `[!a-z]` one of a list or none of it. */
function patternOf(written: string): string | undefined {
	const parts = written.match(/\[!?[^\]]*\]|[\s\S]/g) ?? []
	const texts = parts.map((part) => {
		if (part === '?') return '[\\s\\S]'
		if (part === '*') return '[\\s\\S]*'
		if (part === '#') return '[0-9]'
		if (part === '[') return undefined
		// An empty list stands for nothing.
		if (part === '[]') return ''
		const [, not, list] = /^\[(!?)([^\]]+)\]$/.exec(part) ?? []
		if (list === undefined) return part.replace(/[\\^$.|+(){}\]]/, '\\$&')
		return `[${not === '!' ? '^' : ''}${list.replaceAll(/[\\^[]/g, '\\$&')}]`
	})
	return texts.includes(undefined) ? undefined : `\\A${texts.join('')}\\z`
}
