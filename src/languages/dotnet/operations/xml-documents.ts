/**
 * XML documents that scripts ask (Microsoft: XmlDocument, XDocument): the nodes of a path in the part of XPath that the XML
 * task has, too, their texts, and what is right inside them. Names without a prefix mean no namespace.
 */
import type { ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import type { XmlPath } from '#model/xml-queries.ts'
import { stepText } from '#model/xml-queries.ts'
import type { Py } from '../../python.ts'
import { atom, call, method, pyString } from '../../python.ts'
import type { XmlNode } from '../../xml/document.ts'
import { childElements, innerText, parseDocument } from '../../xml/document.ts'
import { elementsOf } from '../../xml/find.ts'
import { readSteps } from '../../xml/path.ts'
import type { Member, OperationRest } from '../operation.ts'
import { define, fixed, instance } from '../operation.ts'
import type { ScriptThing, ScriptValue } from '../runtime.ts'
import { asText, asThing, raise } from '../runtime.ts'

const { string, nothing } = scriptTypes
const thing = (name: string): ScriptType => ({ kind: 'thing', name })
const document = thing('XmlDocument')
const node = thing('XmlNode')
const attribute = thing('XmlAttribute')
const attributes = thing('XmlAttributes')

const nodes = new WeakMap<ScriptThing, XmlNode>()

function held(of: XmlNode): ScriptThing {
	const made: ScriptThing = { kind: 'thing', name: 'XmlNode', state: {} }
	nodes.set(made, of)
	return made
}

const notLoaded: XmlNode = { name: '', attributes: new Map(), content: [] }
const nodeOf = (value: ScriptValue | undefined): XmlNode => nodes.get(asThing(value)) ?? notLoaded

function parsed(text: string): XmlNode {
	const found = parseDocument(text)
	return 'problem' in found ? raise('XmlException', found.problem) : found
}

const same: OperationRest = { evaluate: ([one]) => one ?? null, python: ([one]) => one }
const load = (one: ScriptValue | undefined, content: XmlNode): null => {
	nodes.set(asThing(one), content)
	return null
}

const documents: readonly Member[] = [
	fixed(
		'XmlDocument',
		'new',
		define('XmlDocument.new', [], document, {
			evaluate: () => ({ kind: 'thing', name: 'XmlDocument', state: {} }),
			python: () => call('XmlDocument'),
		}),
	),
	instance(
		'XmlDocument',
		'Load',
		define('XmlDocument.Load', [document, string], nothing, {
			isEffect: true,
			helper: 'read_document',
			paths: [1],
			evaluate: ([one, path], { outside }) => {
				const text = outside({ helper: 'read_document', args: [asText(path)], names: ['path'] })
				return load(one, parsed(text === null ? '' : asText(text)))
			},
			python: ([one, path]) => method(one, 'load', call('read_document', atom('spark'), path)),
		}),
	),
	instance(
		'XmlDocument',
		'LoadXml',
		define('XmlDocument.LoadXml', [document, string], nothing, {
			isEffect: true,
			evaluate: ([one, text]) => load(one, parsed(asText(text))),
			python: ([one, text]) => method(one, 'load', text),
		}),
	),
	instance(
		'XmlDocument',
		'DocumentElement',
		define('XmlDocument.DocumentElement', [document], node, {
			evaluate: ([one]) => {
				const [root] = childElements(nodeOf(one))
				return root === undefined ? null : held(root)
			},
			python: ([one]) => atom(`next(iter(${one.code}.top), None)`),
		}),
	),
]

/** The path of a literal, from the document or from a node on. */
function pathFrom(text: ScriptValue | undefined, isNode: boolean): XmlPath | undefined {
	if (typeof text !== 'string') return undefined
	const written = text.trim()
	if (isNode && written.startsWith('/')) return undefined
	const path = readSteps(written.replace(/^\.(?=\/)/, '').replace(/^\/(?!\/)/, isNode ? '' : '/'))
	return path?.last === undefined ? path : undefined
}

/** As the script spells it; only literals get here. */
const shownText = (text: ScriptValue | undefined): string => (typeof text === 'string' ? text : '')

const refused = (text: ScriptValue | undefined, isNode: boolean): string | undefined =>
	pathFrom(text, isNode) === undefined ? `the XPath expression ${shownText(text)}` : undefined

/** The text of a Python literal: a path has no signs that need more than a backslash. */
const written = (code: string): string =>
	JSON.parse(code.startsWith("'") ? `"${code.slice(1, -1).replaceAll('"', '\\"')}"` : code) as string

/** The steps in the part of XPath that ElementTree knows. */
const printedPath = ({ steps }: XmlPath): string =>
	`.${steps.map((step) => `${step.isBelow ? '//' : '/'}${stepText(step)}`).join('')}`

function found(start: ScriptValue | undefined, path: ScriptValue | undefined, isNode: boolean): readonly XmlNode[] {
	const steps = pathFrom(path, isNode)
	return steps === undefined ? [] : elementsOf(nodeOf(start), steps)
}

const selecting = [document, node].flatMap((from): readonly Member[] => {
	const isNode = from === node
	const owner = isNode ? 'XmlNode' : 'XmlDocument'
	const rest = { literals: [1], refuses: ([, path]: readonly (ScriptValue | undefined)[]) => refused(path, isNode) }
	const printed = (start: Py, path: Py): Py => {
		const steps = pathFrom(written(path.code), isNode)
		const from = isNode ? start : atom(`${start.code}.top`)
		return call('xml_select', from, atom(pyString(steps === undefined ? '' : printedPath(steps))))
	}
	return [
		instance(
			owner,
			'SelectNodes',
			define(`${owner}.SelectNodes`, [from, string], listOf(node), {
				...rest,
				evaluate: ([start, path]) => ({ kind: 'list', items: found(start, path, isNode).map(held) }),
				python: ([start, path]) => printed(start, path),
			}),
		),
		instance(
			owner,
			'SelectSingleNode',
			define(`${owner}.SelectSingleNode`, [from, string], node, {
				...rest,
				evaluate: ([start, path]) => {
					const [first] = found(start, path, isNode)
					return first === undefined ? null : held(first)
				},
				python: ([start, path]) => atom(`next(iter(${printed(start, path).code}), None)`),
			}),
		),
	]
})

const plainName = (text: ScriptValue | undefined): string | undefined =>
	typeof text === 'string' && /^[A-Za-z_][\w.-]*$/.test(text) ? undefined : `the name ${shownText(text)} in a document`

const ofNodes: readonly Member[] = [
	instance(
		'XmlNode',
		'InnerText',
		define('XmlNode.InnerText', [node], string, {
			evaluate: ([one]) => innerText(nodeOf(one)),
			python: ([one]) => call('"".join', method(one, 'itertext')),
		}),
	),
	instance('XmlNode', 'Attributes', define('XmlNode.Attributes', [node], attributes, same)),
	instance(
		'XmlAttributes',
		'Item',
		define('XmlAttributes.Item', [attributes, string], attribute, {
			literals: [1],
			refuses: ([, name]) => plainName(name),
			evaluate: ([one, name]) => nodeOf(one).attributes.get(asText(name)) ?? null,
			python: ([one, name]) => method(one, 'get', name),
		}),
	),
	...['Value', 'InnerText'].map((name) =>
		instance(
			'XmlAttribute',
			name,
			define(`XmlAttribute.${name}`, [attribute], string, {
				evaluate: ([one]) => asText(one),
				python: ([one]) => call('required_text', one),
			}),
		),
	),
	// An attribute that is not there is an empty text (Microsoft: XmlElement.GetAttribute).
	instance(
		'XmlNode',
		'GetAttribute',
		define('XmlNode.GetAttribute', [node, string], string, {
			literals: [1],
			refuses: ([, name]) => plainName(name),
			evaluate: ([one, name]) => nodeOf(one).attributes.get(asText(name)) ?? '',
			python: ([one, name]) => method(one, 'get', name, atom('""')),
		}),
	),
	instance(
		'XmlNode',
		'Item',
		define('XmlNode.Item', [node, string], node, {
			literals: [1],
			refuses: ([, name]) => plainName(name),
			evaluate: ([one, name]) => {
				const child = childElements(nodeOf(one)).find((each) => each.name === name)
				return child === undefined ? null : held(child)
			},
			python: ([one, name]) => method(one, 'find', name),
		}),
	),
]

export const xmlMembers: readonly Member[] = [...documents, ...selecting, ...ofNodes]
