/** XPath expressions of XML tasks, as far as both sides of the new job can answer them. */
import type { XmlPath, XmlQuery, XmlStep, XmlTest } from '#model/xml-queries.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'

const name = '[A-Za-z_][\\w.-]*'
const test = `@?${name}(?:\\s*=\\s*(?:"[^"]*"|'[^']*'))?`
const step = new RegExp(
	`^(//?)?(${name}(?![\\w.-]|\\s*\\()|\\*)((?:\\[\\s*(?:\\d+|${test}(?:\\s+and\\s+${test})*)\\s*\\])*)`,
)
const end = new RegExp(`^(//?)(?:@(${name})|text\\(\\))$`)

/** The nodes of a path, whose texts are joined. */
export function readPath(text: string): XmlQuery | Refusal {
	const path = pathOf(text.trim())
	return path === undefined ? unknown(text) : { gives: 'texts', path }
}

/** The nodes of a path from an element on; `@name` is an attribute of the element itself. */
export function readInnerPath(text: string): XmlPath | Refusal {
	const attribute = new RegExp(`^@(${name})$`).exec(text.trim())?.[1]
	if (attribute !== undefined) return { steps: [], last: { kind: 'attribute', name: attribute } }
	// What begins at the top finds the same for every element.
	if (text.trim().startsWith('/')) return refuse(`the inner XPath expression ${text} leaves its element`)
	return pathOf(text.trim()) ?? unknown(text)
}

/** A function of a path: `sum(…)` or `count(…)`. What else an expression may compute is not understood. */
export function readEvaluation(text: string): XmlQuery | Refusal {
	const parts = /^(sum|count)\s*\(\s*(.*?)\s*\)$/.exec(text.trim())
	const path = pathOf(parts?.[2] ?? '')
	if (parts === null || path === undefined) return unknown(text)
	return { gives: parts[1] === 'sum' ? 'sum' : 'count', path }
}

const unknown = (text: string): Refusal => refuse(`its XPath expression ${text} does more than is understood`)

function pathOf(text: string): XmlPath | undefined {
	const steps: XmlStep[] = []
	let rest = text
	for (let found = step.exec(rest); found !== null; found = step.exec(rest)) {
		const [whole, slashes, named = '', brackets = ''] = found
		// An expression that begins with a name begins at the document; a later step needs its slash.
		if (slashes === undefined && steps.length > 0) return undefined
		const next = stepOf(slashes === '//', named, brackets)
		if (next === undefined) return undefined
		steps.push(next)
		rest = rest.slice(whole.length)
	}
	if (steps.length === 0) return undefined
	if (rest === '') return { steps }
	const [, slashes, attribute] = end.exec(rest) ?? []
	// Texts of elements inside one another stand between each other.
	const isPlain = slashes === '/' && (attribute !== undefined || steps.every(({ isBelow }) => !isBelow))
	if (!isPlain) return undefined
	return { steps, last: attribute === undefined ? { kind: 'texts' } : { kind: 'attribute', name: attribute } }
}

function stepOf(isBelow: boolean, named: string, brackets: string): XmlStep | undefined {
	const inside = [...brackets.matchAll(/\[\s*((?:"[^"]*"|'[^']*'|[^\]"'])*?)\s*\]/g)].map(([, one = '']) => one)
	const [first = '', ...others] = inside
	const isPlace = /^\d+$/.test(first)
	// A place behind another test counts among what has passed it.
	if (others.some((one) => /^\d+$/.test(one)) || (isPlace && (Number(first) === 0 || named === '*'))) return undefined
	const tests = (isPlace ? others : inside).flatMap(testsOf)
	return { isBelow, name: named, ...(isPlace ? { place: Number(first) } : {}), tests }
}

function testsOf(inside: string): readonly XmlTest[] {
	const each = new RegExp(`(@?)(${name})(?:\\s*=\\s*(?:"([^"]*)"|'([^']*)'))?(?:\\s+and\\s+|$)`, 'g')
	return [...inside.matchAll(each)].map(([, at, named = '', double, single]) => {
		const text = double ?? single
		return { of: at === '@' ? 'attribute' : 'child', name: named, ...(text === undefined ? {} : { text }) }
	})
}
