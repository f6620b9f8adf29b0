/** Reads connection managers: those of a package, and project-wide ones in `.conmgr` files. */
import type { XmlElement } from '../../xml/element.ts'
import { childOf, childrenOf, listOf } from '../../xml/element.ts'
import { flag, property, unescapeText, whole } from './properties.ts'
import type {
	CacheRecord,
	ConnectionRecord,
	FlatFileColumnRecord,
	FlatFileRecord,
	PropertyExpressionRecord,
} from './records.ts'

export function readConnection(element: XmlElement, scope: 'package' | 'project', file: string): ConnectionRecord {
	const name = property(element, 'ObjectName') ?? ''
	const inner = childOf(childOf(element, 'DTS:ObjectData'), 'DTS:ConnectionManager')
	const type = (property(element, 'CreationName') ?? '').toUpperCase()
	const place = scope === 'package' ? 'Package' : 'Project'
	const flatFile = /^(?:MULTI)?FLATFILE$/.test(type) && inner !== undefined ? readFlatFile(inner) : undefined
	return {
		refId: element.attributes.get('DTS:refId') ?? `${place}.ConnectionManagers[${name}]`,
		id: (property(element, 'DTSID') ?? '').toUpperCase(),
		name,
		type,
		scope,
		connectionString: property(inner, 'ConnectionString') ?? serverString(element),
		// The object model calls it RetainSameConnection.
		...(inner !== undefined && flag(inner, 'Retain') ? { retained: true as const } : {}),
		...(flatFile === undefined ? {} : { flatFile }),
		...(type === 'CACHE' && inner !== undefined ? { cache: readCache(inner) } : {}),
		expressions: readExpressions(element),
		file,
		lines: element.lines,
	}
}

/** A connection manager of SMO keeps its server in an element of its own. */
function serverString(element: XmlElement): string {
	const server = childOf(childOf(element, 'DTS:ObjectData'), 'SMOServerConnectionManager')
	return server?.attributes.get('ConnectionString') ?? ''
}

export function readExpressions(element: XmlElement): readonly PropertyExpressionRecord[] {
	return childrenOf(element, 'DTS:PropertyExpression').map((expression) => ({
		property: expression.attributes.get('DTS:Name') ?? '',
		text: expression.text,
		lines: expression.lines,
	}))
}

function readFlatFile(inner: XmlElement): FlatFileRecord {
	const qualifier = unescapeText(property(inner, 'TextQualifier') ?? '')
	return {
		format: property(inner, 'Format') ?? 'Delimited',
		unicode: flag(inner, 'Unicode'),
		codePage: whole(property(inner, 'CodePage'), 0),
		localeId: whole(property(inner, 'LocaleID'), 0),
		headerRowsToSkip: whole(property(inner, 'HeaderRowsToSkip'), 0),
		dataRowsToSkip: whole(property(inner, 'DataRowsToSkip'), 0),
		namesInFirstRow: flag(inner, 'ColumnNamesInFirstDataRow'),
		checksRowEnds: flag(inner, 'AlwaysCheckForRowDelimiters', true),
		headerDelimiter: unescapeText(property(inner, 'HeaderRowDelimiter') ?? ''),
		rowDelimiter: unescapeText(property(inner, 'RowDelimiter') ?? ''),
		textQualifier: qualifier === '<none>' ? '' : qualifier,
		columns: listOf(inner, 'DTS:FlatFileColumns', 'DTS:FlatFileColumn').map(readColumn),
	}
}

function readColumn(element: XmlElement): FlatFileColumnRecord {
	return {
		name: property(element, 'ObjectName') ?? '',
		type: property(element, 'ColumnType') ?? 'Delimited',
		delimiter: unescapeText(property(element, 'ColumnDelimiter') ?? ''),
		textQualified: flag(element, 'TextQualified'),
		dataType: whole(property(element, 'DataType'), 0),
		width: whole(property(element, 'ColumnWidth'), 0) || whole(property(element, 'MaximumWidth'), 0),
		precision: whole(property(element, 'DataPrecision'), 0),
		scale: whole(property(element, 'DataScale'), 0),
	}
}

function readCache(inner: XmlElement): CacheRecord {
	const file = property(inner, 'ConnectionString') ?? ''
	return {
		...(flag(inner, 'UseFile') && file !== '' ? { file } : {}),
		columns: listOf(inner, 'DTS:CacheColumns', 'DTS:CacheColumn').map((element) => ({
			name: property(element, 'ObjectName') ?? '',
			dataType: whole(property(element, 'DataType'), 0),
			length: whole(property(element, 'Length'), 0),
			precision: whole(property(element, 'Precision'), 0),
			scale: whole(property(element, 'Scale'), 0),
			codePage: whole(property(element, 'CodePage'), 0),
			indexPosition: whole(property(element, 'IndexPosition'), 0),
		})),
	}
}
