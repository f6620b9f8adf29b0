import type { Trace } from '../artifact.ts'
import type { Token } from './python-tokens.ts'
import { tokens } from './python-tokens.ts'

/**
 * Moves traces of a Python text to the lines that its formatted form has. Formatting keeps the sequence of tokens
 * (brackets, commas and blanks apart), so the n-th token before is the n-th after.
 * @throws Error when the two texts differ by more than layout.
 */
export function realign(traces: readonly Trace[], before: string, after: string): readonly Trace[] {
	if (before === after) return traces
	const old = tokens(before)
	const now = tokens(after)
	const changed = old.findIndex((token, position) => token.text !== now[position]?.text)
	if (changed !== -1 || old.length !== now.length) {
		const { text, line } = old[changed] ?? old.at(-1) ?? { text: '', line: 0 }
		throw new Error(`formatting changed more than the layout of the script, at line ${line}: ${text.slice(0, 80)}`)
	}
	const moved: Trace[] = []
	for (const trace of traces) {
		const inside = range(old, trace)
		if (inside === undefined) continue
		const first = now[inside.first]
		const last = now[inside.last]
		if (first === undefined || last === undefined) continue
		// Closing brackets are no tokens: lines up to the next token belong to what they close.
		const end = closingLine(after, last.endLine)
		moved.push({ ...trace, lines: { start: first.line, end } })
	}
	return moved
}

function range(all: readonly Token[], trace: Trace): { readonly first: number; readonly last: number } | undefined {
	const first = all.findIndex((token) => token.line >= trace.lines.start)
	const last = all.findLastIndex((token) => token.line <= trace.lines.end)
	return first === -1 || last < first ? undefined : { first, last }
}

function closingLine(text: string, line: number): number {
	const lines = text.split('\n')
	let end = line
	while (/^\s*[)\]}]+[)\]},:]*$/.test(lines[end] ?? '')) end += 1
	return end
}
