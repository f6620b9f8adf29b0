/**
 * XML task (Microsoft: XML Task; the enumerations of its class). Settings that have their default are not stored: a source and a
 * destination are file connections, an expression stands in the task itself, and is one that computes something.
 */
import type { Task, XmlTask } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import { childOf } from '../../xml/element.ts'
import { pathOf } from '../flow/flat-file-layout.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import { read, textOf } from '../package-scope.ts'
import type { TaskContext } from './task-context.ts'
import { declareAt, taskBase } from './task-context.ts'
import { readEvaluation, readPath } from './xpath.ts'

/** What the other operations need. */
const others: Readonly<Record<string, string>> = {
	Validate:
		'it checks a document against a schema, for which Spark has nothing: xmlschema or lxml can, as a module of the job',
	XSLT: 'it applies a style sheet, for which Spark has nothing: lxml can, as a module of the job',
	Merge: 'it merges two documents, and no document says in which form',
	Diff: 'it compares two documents into a DiffGram of Microsoft',
	Patch: 'it applies a DiffGram of Microsoft',
}

/** Names and numbers of DTSXMLSourceType and DTSXMLSaveResultTo. */
const places: Readonly<Record<string, 'file' | 'variable' | 'text'>> = {
	FileConnection: 'file',
	0: 'file',
	Variable: 'variable',
	1: 'variable',
	DirectInput: 'text',
	2: 'text',
}

export function lowerXml(context: TaskContext): Task | Refusal {
	const data = childOf(context.executable.data, 'XMLTaskData')
	if (data === undefined) return refuse('it holds no operation')
	const stored = (name: string): string => data.attributes.get(name)?.trim() ?? ''
	const operation = stored('OperationType')
	if (operation !== 'XPATH')
		return refuse(others[operation] ?? `nothing is known of its operation ${operation || 'without a name'}`)
	if (data.children.length > 0) return refuse('its XPath expression has names with prefixes')
	const query = queryOf(stored)
	if ('reason' in query) return query
	const source = documentAt(stored('SourceType'), stored('Source'), context)
	if ('reason' in source) return source
	const result = resultOf(stored, context)
	if ('reason' in result) return result
	if (result.kind === 'file' || query.gives === 'sum') declareAt(context, 'RG-D170', `Its question is ${query.gives}.`)
	return { ...taskBase(context), kind: 'xml', query, source, result }
}

type Stored = (name: string) => string

function queryOf(stored: Stored): XmlTask['query'] | Refusal {
	const where = places[stored('SecondOperandType') || 'DirectInput']
	if (where !== 'text') return refuse('its XPath expression stands in a variable or a file')
	const text = stored('SecondOperand')
	switch (stored('XPathOperation') || 'Evaluation') {
		case 'Evaluation':
		case '0':
			return readEvaluation(text)
		case 'Values':
		case '1':
			return readPath(text)
		default:
			return refuse('it keeps nodes of a document, and no document says how it writes them')
	}
}

/** The document itself, the variable that holds it, or the file connection that names its file. */
export function documentAt(type: string, named: string, { scope }: TaskContext): XmlTask['source'] | Refusal {
	const where = places[type || 'FileConnection']
	if (where === 'text') return { kind: 'text', document: textOf(named) }
	if (where === 'variable') {
		const variable = scope.value(named)
		if (variable === undefined) return refuse('the variable that holds its document is not there')
		return { kind: 'text', document: read(variable) }
	}
	const path = fileOf(named, 'the connection manager of its document is not there', scope)
	return 'reason' in path ? path : { kind: 'file', path }
}

function resultOf(stored: Stored, { scope }: TaskContext): XmlTask['result'] | Refusal {
	if (!isTrue(stored('SaveOperationResult'))) return refuse('it keeps no result')
	if (!isTrue(stored('OverwriteDestination')))
		return refuse('it does not overwrite its destination, and no document says what it does instead')
	const named = stored('Destination')
	if (places[stored('DestinationType') || 'FileConnection'] === 'variable') {
		const variable = scope.value(named)
		const isText = variable?.kind === 'variable' && variable.isObject !== true && /STR$/.test(variable.type.name)
		return isText ? { kind: 'variable', name: variable.name } : refuse('its result goes to something else than a text')
	}
	const path = fileOf(named, 'the connection manager of its result is not there', scope)
	return 'reason' in path ? path : { kind: 'file', path }
}

function fileOf(named: string, missing: string, scope: TaskContext['scope']): SourcedExpression | Refusal {
	const connection = scope.connection(named)
	return connection === undefined ? refuse(missing) : pathOf(connection, scope)
}
