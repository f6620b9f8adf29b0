/** A flat file connection manager as a text layout, or why it is none. */
import type { SourcedExpression } from '#model/expressions.ts'
import type { TextLayout } from '#model/places.ts'
import type { ConnectionRecord, FlatFileRecord } from '../formats/records.ts'
import type { PackageScope } from '../package-scope.ts'
import { textOf } from '../package-scope.ts'
import { isProblem, lowerInScope } from './expressions.ts'
import type { Refusal } from './parts.ts'
import { refuse } from './parts.ts'

/** Code pages of Windows by the name that the world has for them. */
const codePages: Readonly<Record<number, string>> = {
	437: 'ibm437',
	850: 'ibm850',
	852: 'ibm852',
	866: 'ibm866',
	874: 'windows-874',
	932: 'shift_jis',
	936: 'gbk',
	949: 'euc-kr',
	950: 'big5',
	1200: 'utf-16le',
	1201: 'utf-16be',
	20127: 'us-ascii',
	28591: 'iso-8859-1',
	28592: 'iso-8859-2',
	28605: 'iso-8859-15',
	65001: 'utf-8',
}

function encodingOf(file: FlatFileRecord): string | undefined {
	if (file.unicode) return 'utf-16le'
	if (file.codePage >= 1250 && file.codePage <= 1258) return `windows-${file.codePage}`
	return file.codePage === 0 ? 'windows-1252' : codePages[file.codePage]
}

export function layoutOf(file: FlatFileRecord): TextLayout | Refusal {
	if (file.format !== 'Delimited') return refuse(`its file has the format ${file.format}; only Delimited is supported`)
	const encoding = encodingOf(file)
	if (encoding === undefined) return refuse(`its file has the code page ${file.codePage}, which is not known`)
	const last = file.columns.at(-1)
	if (last === undefined) return refuse('its connection manager has no columns')
	const recordDelimiter = last.delimiter || file.rowDelimiter
	if (recordDelimiter !== '\r\n' && recordDelimiter !== '\n') {
		return refuse(`its rows end with ${JSON.stringify(recordDelimiter)}; only CR LF and LF are supported`)
	}
	const delimiters = new Set(file.columns.slice(0, -1).map((column) => column.delimiter))
	if (delimiters.size > 1) return refuse('its columns have different delimiters')
	// A file of one column has no delimiter; one that no text holds stands for it.
	const [delimiter = '\u0001'] = delimiters
	if (delimiter === '') return refuse('its columns have no delimiter')
	return {
		delimiter,
		recordDelimiter,
		...(file.textQualifier === '' ? {} : { quote: file.textQualifier }),
		header: file.namesInFirstRow,
		encoding,
	}
}

/** The path: what a property expression computes, or the connection string as it stands. */
export function pathOf(connection: ConnectionRecord, scope: PackageScope): SourcedExpression | Refusal {
	const expression = connection.expressions.find((one) => one.property === 'ConnectionString')
	if (expression === undefined) return textOf(connection.connectionString)
	const path = lowerInScope(expression.text, scope, connection.name)
	return isProblem(path) ? path : { expression: path.expression, text: path.text }
}
