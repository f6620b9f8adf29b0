/** Bodies of functions that read text files: records, then fields. */
import { pyString } from '#languages/python.ts'
import { innerDelimiters, recordWidth } from '#model/field-ends.ts'
import type { OperatorOf } from '#model/operators.ts'
import type { FieldEnd, TextFileSource, TextLayout } from '#model/places.ts'
import type { Node } from '../text/tree.ts'
import { indent } from '../text/tree.ts'
import { assign } from './emit/context.ts'
import { validColumn } from './emit/read.ts'
import { hidden } from './plan/row-order.ts'
import type { ScriptContext } from './script-context.ts'

export interface ReadNeeds {
	/** Something below depends on the order of the file. */
	readonly order: boolean
	/** Somebody takes the records that have the wrong number of fields. */
	readonly rejects: boolean
}

/** Java's names for the encodings that reading and writing convert; UTF-8 is Spark's own. */
export const isUtf8 = (encoding: string): boolean => /^utf-?8$/i.test(encoding)

/** @param path Python text of the path */
export function textFileBody(
	path: string,
	operator: OperatorOf<'read'>,
	source: TextFileSource,
	needs: ReadNeeds,
	script: ScriptContext,
): Node {
	const lines: Node[] = [...recordLines(path, source, needs, script)]
	const columns = operator.schema.columns.filter(({ name }) => name !== source.recordColumn)
	lines.push(...fieldLines(source, columns.length, script))
	const { fields } = source.layout
	const sign = source.fieldCount === 'reject-short' ? '>=' : '=='
	const count = fields === undefined ? `F.size("_fields") ${sign} ${columns.length}` : wholeFields(fields)
	const rejects = source.fieldCount !== 'fit'
	const calls: string[] = []
	if (rejects && !needs.rejects) calls.push(`filter(${count})`)
	const items = columns.map(({ name }, index) => `F.get("_fields", ${index}).alias(${pyString(name)})`)
	if (source.recordColumn !== undefined) items.push(`F.col("value").alias(${pyString(source.recordColumn)})`)
	else if (needs.rejects) items.push('F.col("value").alias("record")')
	if (rejects && needs.rejects) items.push(`(${count}).alias("${validColumn}")`)
	if (needs.order) items.push(`F.struct("_file", "_block", "_line").alias("${hidden}")`)
	lines.push(assign('return_', 'records', [...calls, `select(${items.join(', ')})`]))
	return indent(returned(lines))
}

/** Is a record long enough for its widths, or does it hold its delimiters? */
function wholeFields(fields: readonly FieldEnd[]): string {
	const delimiters = innerDelimiters(fields)
	if (delimiters.length === 0) return `F.length(F.col("value")) >= ${recordWidth(fields)}`
	const pattern = delimiters.map((delimiter) => `.*?${delimiter.replaceAll(/[\\^$.|?*+()[\]{}]/g, '\\$&')}`).join('')
	return `F.col("value").rlike(${pyString(`(?s)^${pattern}`)})`
}

/** The records as `value`, where they stand in the file where that matters, without those that are skipped. */
function recordLines(path: string, source: TextFileSource, needs: ReadNeeds, script: ScriptContext): readonly Node[] {
	const { layout } = source
	const skipped = source.skipLines + (layout.header ? 1 : 0)
	const isWhole = readsWhole(layout)
	const options = [
		isWhole ? 'option("wholetext", True)' : `option("lineSep", ${pyString(layout.recordDelimiter)})`,
		...(isWide(layout.encoding) ? [`option("encoding", ${pyString(layout.encoding)})`] : []),
	]
	const metadata = [
		...(needs.order ? ['F.col("_metadata.file_path").alias("_file")'] : []),
		...(needs.order || skipped > 0
			? [
					'F.col("_metadata.file_block_start").alias("_block")',
					...(isWhole ? [] : [`${script.use('number_lines')}().alias("_line")`]),
				]
			: []),
	]
	const value = recordValue(layout, script)
	const lines: Node[] = [
		...(isWalked(layout) ? ['# Fields may hold the ends of lines, so a file is read as a whole.'] : []),
		assign('lines', 'spark.read.format("text")', [...options, `load(${path})`]),
	]
	const prepare = [
		...(metadata.length > 0 || value !== '"value"' ? [`select(${[value, ...metadata].join(', ')})`] : []),
		...(skipped > 0 ? [`filter((F.col("_block") > 0) | (F.col("_line") >= ${skipped}))`] : []),
	]
	if (prepare.length > 0) {
		if (skipped > 0) lines.push(`# ${skippedRecords(source.skipLines, layout.header)}`)
		lines.push(assign('lines', 'lines', prepare))
	}
	return lines
}

/** What is left out of the first block of a file, as its comment says. */
function skippedRecords(skipLines: number, header: boolean): string {
	const skipped = skipLines + (header ? 1 : 0)
	if (skipped > 1) return `The first ${skipped} records of a file's first block are left out.`
	return header
		? "The header is the first record of a file's first block."
		: "The first record of a file's first block is left out."
}

/** Do only its fields tell where a record ends? */
const isWalked = ({ quotesHoldEnds, fieldsBeforeEnd }: TextLayout): boolean =>
	quotesHoldEnds === true || fieldsBeforeEnd !== undefined

const readsWhole = (layout: TextLayout): boolean => layout.recordDelimiter === '' || isWalked(layout)

/** The decoded record; of files that are read as a whole, a row for each with its position. */
function recordValue(layout: TextLayout, script: ScriptContext): string {
	const isPlain = isUtf8(layout.encoding)
	const decoded = isPlain ? '"value"' : `F.decode(F.col("value").cast("binary"), ${pyString(layout.encoding)})`
	// Spark takes the byte order mark off lines in UTF-8 only.
	const hasMark = isWide(layout.encoding) || (isPlain && readsWhole(layout))
	const text = hasMark ? `F.regexp_replace(${decoded}, "^\\ufeff", "")` : decoded
	if (!readsWhole(layout)) return isPlain ? text : `${text}.alias("value")`
	const width = recordWidth(layout.fields ?? [])
	const [pattern, group] = isWalked(layout) ? [recordPattern(layout, script), 1] : [`"(?s).{1,${width}}"`, 0]
	return `F.posexplode(F.regexp_extract_all(${text}, F.lit(${pattern}), F.lit(${group}))).alias("_line", "value")`
}

function recordPattern(layout: TextLayout, script: ScriptContext): string {
	const { delimiter, recordDelimiter, quote, fieldsBeforeEnd } = layout
	const named = [
		...(layout.quotesHoldEnds === true && quote !== undefined ? [`quote=${pyString(quote)}`] : []),
		...(fieldsBeforeEnd === undefined ? [] : [`count=${fieldsBeforeEnd}`]),
	]
	const given = [pyString(delimiter), pyString(recordDelimiter), ...named].join(', ')
	return `${script.use('record_pattern')}(${given})`
}

/** Encodings whose line ends are more than one byte wide. */
const isWide = (encoding: string): boolean => /^utf-?(16|32)/i.test(encoding)

function fieldLines(source: TextFileSource, count: number, script: ScriptContext): readonly Node[] {
	const { layout, fieldCount } = source
	if (layout.fields !== undefined)
		return [`records = lines.withColumn("_fields", ${endedFields(layout.fields, script)})`]
	const delimiter = pyString(layout.delimiter)
	const whole = layout.delimiter === '' ? 'F.array("value")' : undefined
	if (layout.quote === undefined || layout.quote === '') {
		const split =
			whole ?? `F.split("value", ${pyString(escapeRegex(layout.delimiter))}, ${fieldCount === 'fit' ? count : -1})`
		return [`records = lines.withColumn("_fields", ${split})`]
	}
	const quote = pyString(layout.quote)
	const split = whole ?? `${script.use('split_fields')}(F.col("value"), ${delimiter}, ${quote})`
	const calls = [`withColumn("_fields", ${split})`]
	if (fieldCount === 'fit' && whole === undefined)
		calls.push(`withColumn("_fields", ${script.use('fit_fields')}(F.col("_fields"), ${count}, ${delimiter}))`)
	calls.push(`withColumn("_fields", F.transform("_fields", lambda field: ${script.use('unquote')}(field, ${quote})))`)
	return [assign('records', 'lines', calls)]
}

/** Fields of widths alone are pieces of the record; otherwise each end is looked for behind the one before. */
function endedFields(fields: readonly FieldEnd[], script: ScriptContext): string {
	const last = fields.at(-1)
	const ends = fields.map((field) => (field.kind === 'width' ? String(field.width) : pyString(field.delimiter)))
	const shown = [...ends.slice(0, -1), last?.kind === 'width' ? String(last.width) : '""'].join(', ')
	return `${script.use('ended_fields')}(F.col("value"), [${shown}])`
}

const escapeRegex = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** The last assignment of a body as its `return`. */
function returned(lines: readonly Node[]): readonly Node[] {
	const fix = (node: Node): Node => {
		if (typeof node === 'string') return node.replace(/^return_ = /, 'return ')
		return 'kind' in node ? node : node.map(fix)
	}
	return lines.map(fix)
}
