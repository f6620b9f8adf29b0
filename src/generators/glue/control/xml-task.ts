/** The body of a task that asks an XML document. */
import { pyString } from '#languages/python.ts'
import type { XmlTask } from '#model/control-flow.ts'
import type { XmlPath } from '#model/xml-queries.ts'
import { stepText } from '#model/xml-queries.ts'
import type { Node } from '../../text/tree.ts'
import { driverValue } from '../driver-value.ts'
import { destinationPlace, placeText, sourcePlace } from '../plan/task-places.ts'
import type { ScriptContext } from '../script-context.ts'

export function xmlBody(task: XmlTask, script: ScriptContext): Node {
	const { id, query, source } = task
	const document =
		source.kind === 'file'
			? `${script.use('read_document')}(spark, ${placeText(sourcePlace(id), source.path, script)})`
			: driverValue(source.document.expression, script.driver)
	const { last } = query.path
	const more = last === undefined ? '' : `, ${pyString(last.kind === 'texts' ? 'text()' : `@${last.name}`)}`
	const given = document.includes('\n') ? 'document' : document
	return [
		...(given === document ? [] : [`document = ${document}`]),
		`texts = ${script.use('xml_texts')}(${given}, ${pyString(elementPath(query.path))}${more})`,
		kept(task, answer(query.gives, script), script),
	]
}

/** The steps in the part of XPath that ElementTree knows, from an element around the root. */
const elementPath = ({ steps }: XmlPath): string =>
	`.${steps.map((step) => `${step.isBelow ? '//' : '/'}${stepText(step)}`).join('')}`

function answer(gives: XmlTask['query']['gives'], script: ScriptContext): string {
	if (gives === 'texts') return '"".join(texts)'
	if (gives === 'count') return 'str(len(texts))'
	return `${script.use('number_shown')}(sum(${script.use('xml_number')}(text) for text in texts))`
}

function kept({ id, result }: XmlTask, text: string, script: ScriptContext): string {
	if (result.kind === 'variable') return `${script.variable(result.name)} = ${text}`
	const path = placeText(destinationPlace(id), result.path, script)
	return `${script.use('write_text')}(spark, ${path}, ${text})`
}
