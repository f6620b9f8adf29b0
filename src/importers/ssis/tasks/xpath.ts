/** XPath expressions of XML tasks, as far as both sides of the new job can answer them. */
import { name, readSteps } from '#languages/xml/path.ts'
import type { XmlPath, XmlQuery } from '#model/xml-queries.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'

/** The nodes of a path, whose texts are joined. */
export function readPath(text: string): XmlQuery | Refusal {
	const path = readSteps(text.trim())
	return path === undefined ? unknown(text) : { gives: 'texts', path }
}

/** The nodes of a path from an element on; `@name` is an attribute of the element itself. */
export function readInnerPath(text: string): XmlPath | Refusal {
	const attribute = new RegExp(`^@(${name})$`).exec(text.trim())?.[1]
	if (attribute !== undefined) return { steps: [], last: { kind: 'attribute', name: attribute } }
	// What begins at the top finds the same for every element.
	if (text.trim().startsWith('/')) return refuse(`the inner XPath expression ${text} leaves its element`)
	return readSteps(text.trim()) ?? unknown(text)
}

/** A function of a path: `sum(…)` or `count(…)`. What else an expression may compute is not understood. */
export function readEvaluation(text: string): XmlQuery | Refusal {
	const parts = /^(sum|count)\s*\(\s*(.*?)\s*\)$/.exec(text.trim())
	const path = readSteps(parts?.[2] ?? '')
	if (parts === null || path === undefined) return unknown(text)
	return { gives: parts[1] === 'sum' ? 'sum' : 'count', path }
}

const unknown = (text: string): Refusal => refuse(`its XPath expression ${text} does more than is understood`)
