/** XML tasks: what XPath finds in a document (W3C: XML Path Language 1.0). */
import { floatText } from '#languages/dotnet/operations/number-text.ts'
import type { XmlTask } from '#model/control-flow.ts'
import { valueText } from '#model/json-values.ts'
import type { Row } from '#model/values.ts'
import type { XmlPath, XmlQuery, XmlStep, XmlTest } from '#model/xml-queries.ts'
import type { JobRun } from './job-run.ts'
import { act, computedText } from './job-run.ts'
import { stop } from './stop.ts'
import type { XmlNode } from './xml-document.ts'
import { childElements, innerText, parseDocument } from './xml-document.ts'

export function askXml(task: XmlTask, run: JobRun): void {
	const { id, query, result } = task
	const document = parseDocument(documentOf(task, run))
	if ('problem' in document) stop(id, `the document is no XML: ${document.problem}`)
	if (result.kind === 'rows') {
		run.rowSets.set(result.variable, rowsOf(document, query))
		return
	}
	const text = answerOf(query, textsOf(document, query.path))
	if (result.kind === 'variable') {
		run.variables.set(result.name, text)
		return
	}
	const args = { path: computedText(result.path, id, run), text, append: false }
	act({ kind: 'helper', task: id, helper: 'write_text', args }, run)
}

function documentOf({ id, source }: XmlTask, run: JobRun): string {
	if (source.kind === 'text') return computedText(source.document, id, run)
	const args = { path: computedText(source.path, id, run) }
	const { value } = act({ kind: 'helper', task: id, helper: 'read_document', args }, run)
	return value === undefined || value === null || Array.isArray(value) ? '' : valueText(value as string)
}

function rowsOf(document: XmlNode, { path, inner }: XmlQuery): readonly Row[] {
	if (inner === undefined) return textsOf(document, path).map((item) => ({ item }))
	return elementsOf(document, path).map((element) =>
		Object.fromEntries(textsOf(element, inner.path).map((text, place) => [String(place), text])),
	)
}

function answerOf({ gives }: XmlQuery, texts: readonly string[]): string {
	if (gives === 'texts') return texts.join('')
	return gives === 'count' ? String(texts.length) : floatText(texts.reduce((sum, text) => sum + numberOf(text), 0))
}

/** XPath, number(): a decimal number between white space, and nothing else. */
const numberOf = (text: string): number =>
	/^[ \t\r\n]*-?(?:\d+(?:\.\d*)?|\.\d+)[ \t\r\n]*$/.test(text) ? Number(text) : Number.NaN

/** What the steps find from a node on, in the order of the document. */
function elementsOf(start: XmlNode, { steps }: XmlPath): readonly XmlNode[] {
	const places = new Map(selfAndBelow(start).map((node, place) => [node, place]))
	const placeOf = (node: XmlNode): number => places.get(node) ?? 0
	return steps
		.reduce((nodes: readonly XmlNode[], step) => take(nodes, step), [start])
		.toSorted((left, right) => placeOf(left) - placeOf(right))
}

function textsOf(start: XmlNode, path: XmlPath): readonly string[] {
	const { last } = path
	const found = elementsOf(start, path)
	if (last === undefined) return found.map(innerText)
	return last.kind === 'attribute'
		? found.flatMap(({ attributes }) => attributes.get(last.name) ?? [])
		: found.flatMap(({ content }) => content.filter((part) => typeof part === 'string'))
}

/** The elements of a step, each once. */
function take(nodes: readonly XmlNode[], step: XmlStep): readonly XmlNode[] {
	const below = step.isBelow ? [...new Set(nodes.flatMap(selfAndBelow))] : nodes
	return below.flatMap((node) => fitting(childElements(node), step))
}

function fitting(children: readonly XmlNode[], { name, place, tests }: XmlStep): readonly XmlNode[] {
	const named = children.filter((child) => name === '*' || child.name === name)
	const placed = place === undefined ? named : named.slice(place - 1, place)
	return placed.filter((child) => tests.every((test) => holds(child, test)))
}

function holds(element: XmlNode, { of, name, text }: XmlTest): boolean {
	const texts =
		of === 'attribute'
			? [element.attributes.get(name)].filter((value) => value !== undefined)
			: childElements(element)
					.filter((child) => child.name === name)
					.map(innerText)
	return text === undefined ? texts.length > 0 : texts.includes(text)
}

function selfAndBelow(node: XmlNode): readonly XmlNode[] {
	return [node, ...childElements(node).flatMap(selfAndBelow)]
}
