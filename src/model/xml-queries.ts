/** Questions to an XML document, in the part of XPath 1.0 that is understood. Names without a prefix mean no namespace. */

import type { SourcedExpression } from './expressions.ts'

/** What a task does that asks a document. */
export interface XmlWork {
	readonly kind: 'xml'
	readonly query: XmlQuery
	/** The document itself, or its file. */
	readonly source:
		| { readonly kind: 'text'; readonly document: SourcedExpression }
		| { readonly kind: 'file'; readonly path: SourcedExpression }
	/** What was there is replaced. */
	readonly result:
		| { readonly kind: 'variable'; readonly name: string }
		/** Rows of texts, for a loop to go over. */
		| { readonly kind: 'rows'; readonly variable: string }
		| { readonly kind: 'file'; readonly path: SourcedExpression }
}

/** What a path finds, and what is made of it. */
export interface XmlQuery {
	/**
	 * The texts of the nodes, joined; how many nodes there are; the sum of the numbers that their texts are; a row for each node,
	 * with its text, or with the texts of what `inner` finds in it.
	 */
	readonly gives: 'texts' | 'count' | 'sum' | 'rows'
	readonly path: XmlPath
	/** From the node on. `width`: how many texts are taken of each. */
	readonly inner?: { readonly path: XmlPath; readonly width: number }
}

/** Steps from the document to elements, and perhaps to something of theirs. */
export interface XmlPath {
	readonly steps: readonly XmlStep[]
	/** An attribute of the elements, or the texts right inside them. Absent: the elements, with all texts inside. */
	readonly last?: { readonly kind: 'attribute'; readonly name: string } | { readonly kind: 'texts' }
}

export interface XmlStep {
	/** Anywhere below, not only right inside. */
	readonly isBelow: boolean
	/** `*` for any element. */
	readonly name: string
	/** Place among the elements of that name in one parent, from 1. */
	readonly place?: number
	readonly tests: readonly XmlTest[]
}

/** The element has such an attribute or child, with that text where one is stated. */
export interface XmlTest {
	readonly of: 'attribute' | 'child'
	readonly name: string
	readonly text?: string
}

/** The path as XPath spells it. */
function pathText({ steps, last }: XmlPath): string {
	const end = last === undefined ? '' : last.kind === 'texts' ? '/text()' : `/@${last.name}`
	return `${steps.map((step) => `${step.isBelow ? '//' : '/'}${stepText(step)}`).join('')}${end}`
}

/** A step as XPath spells it, without the slashes before it. */
export function stepText({ name, place, tests }: XmlStep): string {
	const number = place === undefined ? '' : `[${place}]`
	return `${name}${number}${tests.map((test) => `[${testText(test)}]`).join('')}`
}

const testText = ({ of, name, text }: XmlTest): string =>
	`${of === 'attribute' ? '@' : ''}${name}${text === undefined ? '' : `=${quoted(text)}`}`

/** XPath 1.0 has no way to write a quote inside a text of the same quotes. */
const quoted = (text: string): string => (text.includes('"') ? `'${text}'` : `"${text}"`)

/** The question as a person reads it: `sum(/shop/book/price)`. */
export function queryText({ gives, path, inner }: XmlQuery): string {
	if (inner !== undefined) return `${pathText(path)}, in each ${pathText(inner.path).replace(/^\/(?!\/)/, '')}`
	return gives === 'texts' || gives === 'rows' ? pathText(path) : `${gives}(${pathText(path)})`
}
