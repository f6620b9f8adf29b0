/** XML tasks: what XPath finds in a document (W3C: XML Path Language 1.0). */
import { floatText } from '#languages/dotnet/operations/number-text.ts'
import type { XmlNode } from '#languages/xml/document.ts'
import { parseDocument } from '#languages/xml/document.ts'
import { elementsOf, textsOf } from '#languages/xml/find.ts'
import type { XmlTask } from '#model/control-flow.ts'
import { valueText } from '#model/json-values.ts'
import type { Row } from '#model/values.ts'
import type { XmlQuery } from '#model/xml-queries.ts'
import type { JobRun } from './job-run.ts'
import { act, computedText } from './job-run.ts'
import { stop } from './stop.ts'

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
