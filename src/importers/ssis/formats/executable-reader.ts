/** Reads tasks and containers with what they hold: variables, inner executables, constraints, event handlers, pipelines. */
import type { XmlElement } from '../../xml/element.ts'
import { childOf, childrenOf, listOf, walk } from '../../xml/element.ts'
import { readExpressions } from './connection-reader.ts'
import { executableType } from './executable-types.ts'
import { readPipeline } from './pipeline-reader.ts'
import { flag, property, propertyElement, whole } from './properties.ts'
import type { ConstraintRecord, EventHandlerRecord, ExecutableRecord, VariableRecord } from './records.ts'
import { UniqueNames } from './unique-names.ts'

/** @param refId used where the file (formats 2 and 3) has none. */
export function readExecutable(element: XmlElement, refId: string): ExecutableRecord {
	const executables = readExecutables(element, refId)
	const data = childOf(element, 'DTS:ObjectData')
	const pipeline = childOf(data, 'pipeline')
	return {
		refId,
		id: (property(element, 'DTSID') ?? '').toUpperCase(),
		type: pipeline === undefined ? executableType(typeText(element)) : 'Microsoft.Pipeline',
		name: property(element, 'ObjectName') ?? '',
		description: property(element, 'Description') ?? '',
		disabled: flag(element, 'Disabled'),
		variables: listOf(element, 'DTS:Variables', 'DTS:Variable').map(readVariable),
		executables,
		constraints: readConstraints(element, refId, executables),
		handlers: listOf(element, 'DTS:EventHandlers', 'DTS:EventHandler').map((handler) => readHandler(handler, refId)),
		expressions: readExpressions(element),
		...(data === undefined ? {} : { data }),
		...(pipeline === undefined ? {} : { pipeline: readPipeline(pipeline, refId) }),
		element,
		lines: element.lines,
	}
}

const typeText = (element: XmlElement): string => property(element, 'ExecutableType') ?? ''

/** Formats 2 and 3 also write `DTS:Executable IDREF="…"` inside constraints: a reference, not an executable. */
function readExecutables(parent: XmlElement, refId: string): readonly ExecutableRecord[] {
	const names = new UniqueNames()
	return listOf(parent, 'DTS:Executables', 'DTS:Executable')
		.filter((element) => !element.attributes.has('IDREF') && typeText(element) !== '')
		.map((element) => {
			const own = element.attributes.get('DTS:refId') ?? `${refId}\\${property(element, 'ObjectName') ?? ''}`
			return readExecutable(element, names.take(own))
		})
}

function readHandler(element: XmlElement, owner: string): EventHandlerRecord {
	const event = property(element, 'EventName') ?? property(element, 'ObjectName') ?? ''
	const refId = element.attributes.get('DTS:refId') ?? `${owner}.EventHandlers[${event}]`
	const container = readExecutable(element, refId)
	return { event, executables: container.executables, container }
}

function readVariable(element: XmlElement): VariableRecord {
	const value = childOf(element, 'DTS:VariableValue') ?? propertyElement(element, 'VariableValue')
	const expression = property(element, 'Expression') ?? ''
	const evaluated = flag(element, 'EvaluateAsExpression') && expression.trim() !== ''
	return {
		name: `${property(element, 'Namespace') ?? 'User'}::${property(element, 'ObjectName') ?? ''}`,
		id: (property(element, 'DTSID') ?? '').toUpperCase(),
		dataType: whole(value?.attributes.get('DTS:DataType'), 8),
		value: value === undefined ? '' : deepText(value),
		...(evaluated ? { expression } : {}),
		lines: element.lines,
	}
}

/** An empty string may be written as an element with `xml:space` only, an object as nested SOAP. */
function deepText(element: XmlElement): string {
	if (element.children.length === 0) return element.text
	const texts: string[] = []
	walk(element, (part) => {
		if (part.text.trim() !== '') texts.push(part.text)
	})
	return texts.join('\n')
}

function readConstraints(
	parent: XmlElement,
	refId: string,
	executables: readonly ExecutableRecord[],
): readonly ConstraintRecord[] {
	const byId = new Map(executables.map((executable) => [executable.id, executable.refId]))
	return listOf(parent, 'DTS:PrecedenceConstraints', 'DTS:PrecedenceConstraint').map((element, index) => {
		const ends = childrenOf(element, 'DTS:Executable')
		const end = (isFrom: boolean): string => {
			const found = ends.find((one) => /^(-1|1|true)$/i.test(one.attributes.get('DTS:IsFrom') ?? '') === isFrom)
			const id = found?.attributes.get('IDREF') ?? ''
			return byId.get(id.toUpperCase()) ?? id
		}
		return {
			id: element.attributes.get('DTS:refId') ?? `${refId}.PrecedenceConstraints[${index + 1}]`,
			from: element.attributes.get('DTS:From') ?? end(true),
			to: element.attributes.get('DTS:To') ?? end(false),
			value: whole(property(element, 'Value'), 0),
			evalOp: whole(property(element, 'EvalOp'), 2),
			logicalAnd: flag(element, 'LogicalAnd'),
			expression: property(element, 'Expression') ?? '',
			lines: element.lines,
		}
	})
}
