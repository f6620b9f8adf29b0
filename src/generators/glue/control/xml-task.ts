/** The body of a task that asks an XML document. */
import { pyString } from '#languages/python.ts'
import type { XmlTask } from '#model/control-flow.ts'
import type { XmlPath, XmlQuery } from '#model/xml-queries.ts'
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
	const given = document.includes('\n') ? 'document' : document
	const first = given === document ? [] : [`document = ${document}`]
	const more = endOf(query.path)
	if (task.result.kind === 'rows') {
		const { inner } = query
		const [helper, deeper] =
			inner === undefined
				? (['xml_texts', more] as const)
				: (['xml_inner_texts', `, ${pyString(elementPath(inner.path))}${endOf(inner.path)}`] as const)
		const call = `${script.use(helper)}(${given}, ${pyString(elementPath(query.path))}${deeper})`
		return [...first, `${script.variable(task.result.variable)} = ${call}`]
	}
	return [
		...first,
		`texts = ${script.use('xml_texts')}(${given}, ${pyString(elementPath(query.path))}${more})`,
		kept(task, answer(query.gives, script), script),
	]
}

const endOf = ({ last }: XmlPath): string =>
	last === undefined ? '' : `, ${pyString(last.kind === 'texts' ? 'text()' : `@${last.name}`)}`

/** The steps in the part of XPath that ElementTree knows, from an element around the root. */
const elementPath = ({ steps }: XmlPath): string =>
	`.${steps.map((step) => `${step.isBelow ? '//' : '/'}${stepText(step)}`).join('')}`

function answer(gives: XmlQuery['gives'], script: ScriptContext): string {
	if (gives === 'texts') return '"".join(texts)'
	if (gives === 'count') return 'str(len(texts))'
	return `${script.use('number_shown')}(sum(${script.use('xml_number')}(text) for text in texts))`
}

function kept({ id, result }: XmlTask, text: string, script: ScriptContext): string {
	if (result.kind === 'rows') throw new Error('rows are no text')
	if (result.kind === 'variable') return `${script.variable(result.name)} = ${text}`
	const path = placeText(destinationPlace(id), result.path, script)
	return `${script.use('write_text')}(spark, ${path}, ${text})`
}
