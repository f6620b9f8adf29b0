/** Paths of XPath, as far as both sides of the new job can follow them. */
import type { XmlPath, XmlStep, XmlTest } from '#model/xml-queries.ts'

/** Names without a prefix. */
export const name = '[A-Za-z_][\\w.-]*'
const test = `@?${name}(?:\\s*=\\s*(?:"[^"]*"|'[^']*'))?`
const step = new RegExp(
	`^(//?)?(${name}(?![\\w.-]|\\s*\\()|\\*)((?:\\[\\s*(?:\\d+|${test}(?:\\s+and\\s+${test})*)\\s*\\])*)`,
)
const end = new RegExp(`^(//?)(?:@(${name})|text\\(\\))$`)

/** Undefined for a path that is not understood. */
export function readSteps(text: string): XmlPath | undefined {
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
