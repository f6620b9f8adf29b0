/** The text of an element as its export holds it: its own lines, without those of elements inside it and without secrets. */
import type { LineRange } from '#model/provenance.ts'
import { redact } from '#model/redact.ts'
import type { Element } from './elements.ts'

/** Lines in a row, or a word on lines that are left out. */
export type SourcePart =
	| { readonly kind: 'lines'; readonly first: number; readonly lines: readonly string[] }
	| { readonly kind: 'gap'; readonly text: string }

/** More than these would bury the reader and swell the page. */
const most = { lines: 160, characters: 300 }

/** Undefined where the export cannot be read any more, or the element has no place in it. */
export function sourceOf(
	element: Element,
	all: readonly Element[],
	lines: (file: string) => readonly string[] | undefined,
): readonly SourcePart[] | undefined {
	const { provenance } = element
	const text = provenance === undefined ? undefined : lines(provenance.file)
	if (provenance === undefined || text === undefined) return undefined
	const range = provenance.lines
	const inner = all
		.filter((other) => other !== element && other.provenance?.file === provenance.file)
		.flatMap(({ provenance: place, name }) =>
			place !== undefined && within(place.lines, range) ? [{ ...place.lines, name }] : [],
		)
	const safe = hideSecrets(text.slice(range.start - 1, range.end))
	const parts: SourcePart[] = []
	let run: string[] = []
	let room = most.lines
	const close = (next: number): void => {
		if (run.length > 0) parts.push({ kind: 'lines', first: next - run.length, lines: run })
		run = []
	}
	const end = Math.min(range.end, text.length)
	for (let line = range.start; line <= end; line++) {
		const nested = widestAt(line, inner)
		if (nested !== undefined && nested.end > line) {
			close(line)
			parts.push({ kind: 'gap', text: `lines ${line} to ${nested.end}: ${nested.name}` })
			line = nested.end
		} else if (room === 0) {
			close(line)
			parts.push({ kind: 'gap', text: `${end - line + 1} more lines, to line ${end}` })
			return parts
		} else {
			run.push(cut(safe[line - range.start] ?? ''))
			room--
		}
	}
	close(end + 1)
	return parts
}

/** A smaller range in a larger one. */
const within = (inner: LineRange, outer: LineRange): boolean =>
	inner.start >= outer.start && inner.end <= outer.end && inner.end - inner.start < outer.end - outer.start

function widestAt<R extends LineRange>(line: number, ranges: readonly R[]): R | undefined {
	return ranges.filter(({ start }) => start === line).toSorted((left, right) => right.end - left.end)[0]
}

const cut = (line: string): string => (line.length > most.characters ? `${line.slice(0, most.characters)} …` : line)

/** What a name says to be secret, whatever form its value has; `redact` knows the forms. */
const secretName = /pass(word|wd|phrase)|\bpwd\b|secret|credential|api_?key|token/i

/**
 * Lines without secrets. Exports keep them in ways that no pattern for a single text sees: an element marked as sensitive or
 * named like a password (SSIS), a `Value` below the `Name` of a property (DSX).
 */
function hideSecrets(lines: readonly string[]): readonly string[] {
	let named = false
	return redact(lines.join('\n'))
		.split('\n')
		.map((line) => {
			const safe = hideInXml(line)
			const value = /^(\s*(?:Value|Default|XMLPropertiesValue)\s+)(["=].*)$/.exec(line)
			if (value !== null && named) return `${value[1] ?? ''}"***"`
			const name = /^\s*Name\s+"(.*)"/.exec(line)
			if (name !== null) named = secretName.test(name[1] ?? '')
			else if (/^\s*(BEGIN|END)\b/.test(line)) named = false
			return safe
		})
}

function hideInXml(line: string): string {
	const sensitive =
		/Sensitive="(1|true)"/i.test(line) || /(?:Name|name)="[^"]*(?:password|passwd|secret)[^"]*"/i.test(line)
	return sensitive ? line.replaceAll(/>[^<]+/g, '>***').replaceAll(/\b((?:DTS:)?Value)="[^"]*"/gi, '$1="***"') : line
}
