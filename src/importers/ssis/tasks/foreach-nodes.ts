/**
 * Loops over the nodes of an XML document (Microsoft: Foreach Nodelist Enumerator; EnumerationType, InnerElementType and SourceType
 * of its class). What the package itself holds is gone over as it is; a document in a variable or a file is read when the loop starts.
 */
import type { SequenceTask } from '#model/control-flow.ts'
import type { LoopBinding, LoopOver } from '#model/loops.ts'
import type { Value } from '#model/values.ts'
import type { XmlQuery } from '#model/xml-queries.ts'
import type { XmlElement } from '../../xml/element.ts'
import { walk } from '../../xml/element.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { storedValue } from '../names-and-values.ts'
import type { NamedValue } from '../package-scope.ts'
import { askFirst } from './foreach-answer.ts'
import { collectedTexts, nodeTexts } from './node-texts.ts'
import type { TaskContext } from './task-context.ts'
import { documentAt } from './xml.ts'
import { readInnerPath, readPath } from './xpath.ts'

interface Bound {
	readonly index: number
	readonly variable: NamedValue
}

const boundNames = (bound: readonly Bound[]): readonly LoopBinding[] =>
	bound.map(({ index, variable }) => ({ index, variable: variable.name }))

interface Settings {
	given(this: void, key: string): string
	isOf(this: void, key: string, ...forms: readonly string[]): boolean
}

function settingsIn(data: XmlElement): Settings {
	const stored = new Map<string, string>()
	walk(data, ({ name, attributes }) => {
		if (name === 'FEENODELIST') for (const [key, value] of attributes) stored.set(key, value)
	})
	const given = (key: string): string => stored.get(key)?.trim() ?? ''
	return { given, isOf: (key, ...forms) => forms.includes(given(key)) }
}

/** Does the package hold the document? */
export const holdsDocument = (data: XmlElement): boolean => settingsIn(data).isOf('SourceType', 'DirectInput', '2')

/** A document in a variable or a file: its texts are asked for, and then gone over. */
export function lowerNodeLoop(data: XmlElement, bound: readonly Bound[], context: TaskContext): SequenceTask | Refusal {
	const settings = settingsIn(data)
	const { given } = settings
	if (given('SourceType') === '') return refuse('nothing says where its XML document is')
	const query = queryOf(settings, Math.max(1, ...bound.map(({ index }) => index + 1)))
	if ('reason' in query) return query
	const source = documentAt(given('SourceType'), given('SourceDocument'), context)
	if ('reason' in source) return source
	return askFirst(context, 'nodes', boundNames(bound), (base, variable) => ({
		...base,
		kind: 'xml',
		query,
		source,
		result: { kind: 'rows', variable },
	}))
}

function queryOf({ given, isOf }: Settings, width: number): XmlQuery | Refusal {
	if (!['OuterXPathSourceType', 'InnerXPathSourceType'].every((key) => isOf(key, 'DirectInput', '2', '')))
		return refuse('its XPath expression stands in a variable or a file')
	const outer = readPath(given('OuterXPathString'))
	if ('reason' in outer) return outer
	const { path } = outer
	if (isOf('EnumerationType', 'NodeText', '2')) return { gives: 'rows', path }
	if (!isOf('EnumerationType', 'ElementCollection', '3') || !isOf('InnerElementType', 'NodeText', '2'))
		return refuse(handsOutNodes)
	if (path.last !== undefined)
		return refuse(`the outer XPath expression ${given('OuterXPathString')} finds no elements`)
	const inner = readInnerPath(given('InnerXPathString'))
	return 'reason' in inner ? inner : { gives: 'rows', path, inner: { path: inner, width } }
}

/** Texts of the nodes of a document that the package itself holds. */
export function writtenNodes(data: XmlElement, bound: readonly Bound[]): LoopOver | Refusal {
	const { given, isOf } = settingsIn(data)
	if (!['OuterXPathSourceType', 'InnerXPathSourceType'].every((key) => isOf(key, 'DirectInput', '2', '')))
		return refuse('its XPath expression stands in a variable or a file')
	if (isOf('EnumerationType', 'ElementCollection', '3')) {
		if (!isOf('InnerElementType', 'NodeText', '2')) return refuse(handsOutNodes)
		const texts = collectedTexts(given('SourceDocument'), given('OuterXPathString'), given('InnerXPathString'))
		return 'reason' in texts ? texts : textRows(texts.found, bound)
	}
	if (!isOf('EnumerationType', 'NodeText', '2')) return refuse(handsOutNodes)
	const texts = nodeTexts(given('SourceDocument'), given('OuterXPathString'))
	if ('reason' in texts) return texts
	return textRows(
		texts.found.map((text) => [text]),
		bound,
	)
}

const handsOutNodes = 'it hands out nodes of an XML document as objects: let it enumerate their texts'

/** Texts by their place, each as a value of the variable that takes it. */
function textRows(texts: readonly (readonly string[])[], bound: readonly Bound[]): LoopOver | Refusal {
	const rows: (readonly Value[])[] = []
	for (const found of texts) {
		const row = found.map((text, place) => {
			const taker = bound.find(({ index }) => index === place)
			return taker === undefined ? text : storedValue(text, taker.variable.type)
		})
		const values = row.filter((value) => value !== undefined)
		if (values.length < row.length) return refuse('the text of a node does not fit its variable')
		rows.push(values)
	}
	if (rows.some((row) => bound.some(({ index }) => index >= row.length)))
		return refuse('a node of its XML document holds fewer texts than its variables take')
	return { kind: 'items', rows, bindings: boundNames(bound) }
}
