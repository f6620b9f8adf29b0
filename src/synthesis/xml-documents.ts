/** Documents that a path of a query finds something in. */
import type { XmlPath, XmlQuery, XmlStep, XmlTest } from '#model/xml-queries.ts'

/** A document in which the last step finds so many elements, with others beside them that fail one of its tests. */
export function documentFor({ path, inner }: XmlQuery, count: number): string {
	const [first, ...others] = path.steps
	if (first === undefined) return '<empty/>'
	// An attribute of the elements themselves.
	const shown =
		inner?.path.last !== undefined && inner.path.steps.length === 0 ? { ...path, last: inner.path.last } : path
	const numbers = (length: number): readonly string[] => Array.from({ length }, (_none, index) => String(index + 1))
	const [step, ...more] = inner?.path.steps ?? []
	const texts =
		inner === undefined || step === undefined
			? numbers(count)
			: numbers(count).map(() => element(step, more, inner.path, numbers(inner.width), true))
	return element(first, others, shown, texts, first.isBelow)
}

/** The elements of one step. Only the last step has several; a document has one root. */
function element(
	step: XmlStep,
	others: readonly XmlStep[],
	path: XmlPath,
	texts: readonly string[],
	mayRepeat: boolean,
): string {
	const [next, ...more] = others
	if (next !== undefined) {
		const inside = element(next, more, path, texts, true)
		return around(step, mayRepeat, tagged(step, '', inside))
	}
	const found = texts.map((text) => lastElement(step, path, text))
	const all = found.length === 0 ? tagged({ ...step, name: 'other', tests: [] }, '', '') : found.join('')
	return around(step, mayRepeat, mayRepeat ? `${all}${failing(step, path)}` : (found[0] ?? all))
}

function lastElement(step: XmlStep, { last }: XmlPath, text: string): string {
	if (last?.kind === 'attribute') return tagged(step, ` ${last.name}="${text}"`, '')
	return tagged(step, '', text)
}

/** An element of the step, with what its tests ask for. */
function tagged({ name, tests }: XmlStep, attribute: string, inside: string): string {
	const own = tests.filter(({ of, name: one }) => of === 'attribute' && !attribute.startsWith(` ${one}=`))
	const children = tests.filter(({ of }) => of === 'child')
	const attributes = own.map((test) => ` ${test.name}="${escaped(textOf(test))}"`).join('')
	const named = name === '*' ? 'any' : name
	return `<${named}${attributes}${attribute}>${inside}${children.map((test) => `<${test.name}>${escaped(textOf(test))}</${test.name}>`).join('')}</${named}>`
}

/** Beside the right ones: one for each test that has another text. */
function failing(step: XmlStep, path: XmlPath): string {
	return step.tests
		.filter(({ text }) => text !== undefined)
		.map((test) =>
			lastElement({ ...step, tests: step.tests.map((one) => (one === test ? other(one) : one)) }, path, '8'),
		)
		.join('')
}

/** What stands around the elements of a step: others before them that make up its place, and an element to be below of. */
function around({ isBelow, place = 1, name }: XmlStep, mayRepeat: boolean, inside: string): string {
	const before = mayRepeat ? `<${name}>9</${name}>`.repeat(place - 1) : ''
	const wrapped = `${before}${inside}`
	return isBelow ? `<inside>${wrapped}</inside>` : wrapped
}

const textOf = ({ text }: XmlTest): string => text ?? '7'
const other = (test: XmlTest): XmlTest => ({ ...test, text: `not ${test.text ?? ''}` })

const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
