/** Generated lines by where they come from. */
import { redact } from '#model/redact.ts'
import type { Element } from './elements.ts'
import type { Code } from './input.ts'

/** Lines in a row that come from the same element, or from none. */
export interface CodeRun {
	readonly element: Element | undefined
	/** Counted from 1. */
	readonly first: number
	readonly lines: readonly string[]
}

/** The narrowest trace around a line says most; the wider ones are the function and the flow around it. */
export function codeRuns(code: Code, byId: ReadonlyMap<string, Element>): readonly CodeRun[] {
	const lines = redact(code.text.replace(/\n$/, '')).split('\n')
	const owners: (Element | undefined)[] = lines.map(() => undefined)
	const widestFirst = code.traces.toSorted((left, right) => right[1] - right[0] - (left[1] - left[0]))
	for (const [first, last, id] of widestFirst) {
		const element = byId.get(id)
		if (element !== undefined) owners.fill(element, first - 1, Math.min(last, lines.length))
	}
	const runs: { element: Element | undefined; first: number; lines: string[] }[] = []
	for (const [index, line] of lines.entries()) {
		const last = runs.at(-1)
		if (last !== undefined && last.element === owners[index]) last.lines.push(line)
		else runs.push({ element: owners[index], first: index + 1, lines: [line] })
	}
	return runs
}
