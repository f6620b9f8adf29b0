/** Reads a data flow's pipeline: components, their inputs, outputs and columns, and the paths between them. */
import type { XmlElement } from '../../xml/element.ts'
import { childrenOf, listOf } from '../../xml/element.ts'
import { componentType } from './component-classes.ts'
import { isTrue, whole } from './properties.ts'
import type {
	ColumnTypeRecord,
	ComponentRecord,
	Dispositions,
	ExternalColumnRecord,
	InputColumnRecord,
	InputRecord,
	OutputColumnRecord,
	OutputRecord,
	PathRecord,
	PipelineRecord,
} from './records.ts'
import { UniqueNames } from './unique-names.ts'

/** @param owner refId of the data flow task: components without a refId of their own get one below it. */
export function readPipeline(pipeline: XmlElement, owner: string): PipelineRecord {
	const names = new UniqueNames()
	return {
		components: listOf(pipeline, 'components', 'component').map((element) => readComponent(element, owner, names)),
		paths: listOf(pipeline, 'paths', 'path').map(readPath),
	}
}

function attribute(element: XmlElement, name: string): string {
	return element.attributes.get(name) ?? ''
}

/** Formats 6 and 8 name things by refId, 2 and 3 by a number that is unique in the pipeline. */
function idOf(element: XmlElement): string {
	return element.attributes.get('refId') ?? attribute(element, 'id')
}

function readPath(element: XmlElement): PathRecord {
	return {
		id: idOf(element),
		name: attribute(element, 'name'),
		from: attribute(element, 'startId'),
		to: attribute(element, 'endId'),
		lines: element.lines,
	}
}

function readComponent(element: XmlElement, owner: string, names: UniqueNames): ComponentRecord {
	const name = attribute(element, 'name')
	const properties = readProperties(element)
	const managed = properties.get('UserComponentTypeName')
	return {
		refId: names.take(element.attributes.get('refId') ?? `${owner}\\${name}`),
		type: componentType(attribute(element, 'componentClassID'), attribute(element, 'contactInfo'), managed),
		name,
		properties,
		connections: new Map(
			listOf(element, 'connections', 'connection').map((use) => [
				attribute(use, 'name'),
				use.attributes.get('connectionManagerRefId') ?? attribute(use, 'connectionManagerID'),
			]),
		),
		inputs: listOf(element, 'inputs', 'input').map(readInput),
		outputs: listOf(element, 'outputs', 'output').map(readOutput),
		element,
		lines: element.lines,
	}
}

function readProperties(element: XmlElement): ReadonlyMap<string, string> {
	const found = new Map<string, string>()
	for (const list of childrenOf(element, 'properties')) {
		for (const one of childrenOf(list, 'property')) found.set(attribute(one, 'name'), propertyText(one))
	}
	return found
}

/** Lists of values are written as `arrayElements`; no supported component has one, so they are joined for display. */
function propertyText(element: XmlElement): string {
	if (element.children.length === 0) return element.text
	return element.children.flatMap((list) => list.children.map((item) => item.text)).join('\n')
}

function readDispositions(element: XmlElement): Dispositions {
	return {
		onError: attribute(element, 'errorRowDisposition') || 'NotUsed',
		onTruncation: attribute(element, 'truncationRowDisposition') || 'NotUsed',
	}
}

function readInput(element: XmlElement): InputRecord {
	return {
		id: idOf(element),
		name: attribute(element, 'name'),
		columns: listOf(element, 'inputColumns', 'inputColumn').map(readInputColumn),
		external: readExternal(element),
		dispositions: readDispositions(element),
	}
}

function readInputColumn(element: XmlElement): InputColumnRecord {
	return {
		id: idOf(element),
		lineage: attribute(element, 'lineageId'),
		name: element.attributes.get('cachedName') ?? attribute(element, 'name'),
		readWrite: attribute(element, 'usageType') === 'readWrite',
		sortKeyPosition: whole(element.attributes.get('cachedSortKeyPosition'), 0),
		externalId: attribute(element, 'externalMetadataColumnId'),
		dispositions: readDispositions(element),
		properties: readProperties(element),
		lines: element.lines,
	}
}

function readType(element: XmlElement): ColumnTypeRecord {
	return {
		dataType: attribute(element, 'dataType'),
		length: whole(element.attributes.get('length'), 0),
		precision: whole(element.attributes.get('precision'), 0),
		scale: whole(element.attributes.get('scale'), 0),
		codePage: whole(element.attributes.get('codePage'), 0),
	}
}

function readExternal(element: XmlElement): readonly ExternalColumnRecord[] {
	return listOf(element, 'externalMetadataColumns', 'externalMetadataColumn').map((column) => ({
		id: idOf(column),
		name: attribute(column, 'name'),
		type: readType(column),
		properties: readProperties(column),
	}))
}

function readOutput(element: XmlElement): OutputRecord {
	const synchronous = attribute(element, 'synchronousInputId')
	return {
		id: idOf(element),
		name: attribute(element, 'name'),
		isError: isTrue(element.attributes.get('isErrorOut')),
		// Formats 2 and 3 write 0 where there is none.
		...(synchronous === '' || synchronous === '0' ? {} : { synchronousInput: synchronous }),
		columns: listOf(element, 'outputColumns', 'outputColumn').map(readOutputColumn),
		external: readExternal(element),
		dispositions: readDispositions(element),
		properties: readProperties(element),
		lines: element.lines,
	}
}

function readOutputColumn(element: XmlElement): OutputColumnRecord {
	return {
		id: idOf(element),
		lineage: attribute(element, 'lineageId') || idOf(element),
		name: attribute(element, 'name'),
		type: readType(element),
		sortKeyPosition: whole(element.attributes.get('sortKeyPosition'), 0),
		comparisonFlags: attribute(element, 'comparisonFlags'),
		special: whole(element.attributes.get('specialFlags'), 0),
		externalId: attribute(element, 'externalMetadataColumnId'),
		dispositions: readDispositions(element),
		properties: readProperties(element),
		lines: element.lines,
	}
}
