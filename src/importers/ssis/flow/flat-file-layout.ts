/** A flat file connection manager as a text layout, or why it is none (Microsoft: Flat File Connection Manager). */
import type { SourcedExpression } from '#model/expressions.ts'
import type { FieldEnd, TextLayout } from '#model/places.ts'
import type { ConnectionRecord, FlatFileRecord } from '../formats/records.ts'
import type { PackageScope } from '../package-scope.ts'
import { textOf } from '../package-scope.ts'
import { encodingOf, isSingleByte } from './code-pages.ts'
import { isProblem, lowerInScope } from './expressions.ts'
import type { Refusal } from './parts.ts'
import { refuse } from './parts.ts'

/** Properties that change nothing in the form of the file. */
const harmless = /^(?:ConnectionString|Name|Description|DelayValidation|FileUsageType)$/

export function layoutOf(file: FlatFileRecord, { expressions }: ConnectionRecord): TextLayout | Refusal {
	const computed = expressions.find(({ property }) => !harmless.test(property))
	if (computed !== undefined) return refuse(`an expression sets ${computed.property} of its connection manager`)
	const encoding = encodingOf(file)
	if (encoding === undefined) return refuse(`its file has the code page ${file.codePage}, which is not known`)
	const last = file.columns.at(-1)
	if (last === undefined) return refuse('its connection manager has no columns')
	const quote = file.textQualifier === '' ? {} : { quote: file.textQualifier }
	const common = { ...quote, header: file.namesInFirstRow, encoding }
	// Fixed width with row delimiters: the designer adds a delimited column behind the others.
	const isRagged = last.type !== 'FixedWidth' && last.delimiter !== '' && file.columns.length > 1
	if (file.format === 'FixedWidth' && !(isRagged && file.columns[0]?.type === 'FixedWidth'))
		return fixedWidth(file, common)
	const recordDelimiter = last.delimiter || file.rowDelimiter
	if (recordDelimiter === '') return refuse('its rows have no delimiter')
	const before = file.columns.slice(0, -1)
	const delimiters = new Set(before.map((column) => column.delimiter))
	const isPlain = before.every((column) => column.type !== 'FixedWidth') && delimiters.size <= 1
	// A file of one column has no delimiter; one that no text holds stands for it.
	const [delimiter = '\u0001'] = delimiters
	if (isPlain)
		return delimiter === '' ? refuse('its columns have no delimiter') : { delimiter, recordDelimiter, ...common }
	return ownEnds(file, recordDelimiter, common)
}

type Common = Pick<TextLayout, 'quote' | 'header' | 'encoding'>

/** Ragged right, or delimiters of several kinds. */
function ownEnds(file: FlatFileRecord, recordDelimiter: string, common: Common): TextLayout | Refusal {
	const { quote, ...rest } = common
	if (quote !== undefined && file.columns.some((column) => column.textQualified))
		return refuse('its columns have different delimiters or widths, and text qualifiers besides')
	const fields: FieldEnd[] = []
	for (const [index, { type, delimiter, width, name }] of file.columns.entries()) {
		const isLast = index === file.columns.length - 1
		if (type === 'FixedWidth' && !isLast) fields.push({ kind: 'width', width })
		else fields.push({ kind: 'delimiter', delimiter: isLast ? recordDelimiter : delimiter })
		if (!isLast && (type === 'FixedWidth' ? width <= 0 : delimiter === ''))
			return refuse(`nothing tells where its column ${name} ends`)
	}
	return widthsAreCharacters(file, fields) ?? { delimiter: '\u0001', recordDelimiter, fields, ...rest }
}

/** Rows of one width, without any sign between them; a line break is a column of its own. */
function fixedWidth(file: FlatFileRecord, { quote: _unused, ...rest }: Common): TextLayout | Refusal {
	if (rest.header || file.headerRowsToSkip + file.dataRowsToSkip > 0)
		return refuse('its rows have a fixed width, and some of them are skipped')
	const fields = file.columns.map(({ width }): FieldEnd => ({ kind: 'width', width }))
	if (fields.some((field) => field.kind === 'width' && field.width <= 0)) return refuse('a column of it has no width')
	return widthsAreCharacters(file, fields) ?? { delimiter: '\u0001', recordDelimiter: '', fields, ...rest }
}

/** Widths count bytes of the code page. */
function widthsAreCharacters(file: FlatFileRecord, fields: readonly FieldEnd[]): Refusal | undefined {
	const hasWidths = fields.some((field) => field.kind === 'width')
	return hasWidths && !file.unicode && !isSingleByte(file.codePage)
		? refuse(`its columns have widths in bytes of the code page ${file.codePage}, whose characters have several`)
		: undefined
}

/** The path: what a property expression computes, or the connection string as it stands. */
export function pathOf(connection: ConnectionRecord, scope: PackageScope): SourcedExpression | Refusal {
	const expression = connection.expressions.find((one) => one.property === 'ConnectionString')
	if (expression === undefined) return textOf(connection.connectionString)
	const path = lowerInScope(expression.text, scope, connection.name)
	return isProblem(path) ? path : { expression: path.expression, text: path.text }
}
