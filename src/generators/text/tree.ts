/** Generated text as a tree of lines, so that printers indent and trace without counting. */
import type { Provenance } from '#model/provenance.ts'
import type { Trace } from '../artifact.ts'

/** The element of the export that a piece of text comes from. */
export interface Origin {
	readonly element: string
	readonly provenance: Provenance
}

export type Node =
	| string
	| readonly Node[]
	| { readonly kind: 'indent'; readonly body: Node }
	| { readonly kind: 'traced'; readonly origin: Origin; readonly body: Node }

/** The body, one level deeper. */
export const indent = (body: Node): Node => ({ kind: 'indent', body })

/** The body, whose lines come from that element. The innermost trace of a line counts. */
export const traced = (origin: Origin, body: Node): Node => ({ kind: 'traced', origin, body })

export interface Rendered {
	readonly text: string
	readonly traces: readonly Trace[]
}

/**
 * Prints a tree: each string is one or several lines, `unit` is one level of indentation.
 * The text ends with one newline.
 */
export function render(node: Node, unit = '    '): Rendered {
	const lines: string[] = []
	const traces: Trace[] = []

	function print(part: Node, depth: number): void {
		if (typeof part === 'string') {
			for (const line of part.split('\n')) lines.push(line === '' ? '' : unit.repeat(depth) + line)
		} else if (!('kind' in part)) {
			for (const child of part) print(child, depth)
		} else if (part.kind === 'indent') {
			print(part.body, depth + 1)
		} else {
			const { origin } = part
			const start = lines.length + 1
			print(part.body, depth)
			if (lines.length >= start)
				traces.push({ lines: { start, end: lines.length }, element: origin.element, provenance: origin.provenance })
		}
	}

	print(node, 0)
	while (lines.at(-1) === '') lines.pop()
	return { text: `${lines.join('\n')}\n`, traces }
}
