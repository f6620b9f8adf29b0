/**
 * The meaning of a `TextLayout` on reading.
 *
 * - A record is the text between record delimiters; an empty line is a record. A record delimiter at the end of the file
 *   does not start another one. Quotes protect a record delimiter only where the layout says so.
 * - Where the fields have ends of their own, each takes what stands before its end; quotes are data.
 * - A field is quoted when it begins with the quote and its closing quote is followed by the field delimiter or the end of
 *   the record; a doubled quote inside stands for one. Any other field is taken as it stands, quotes included.
 */
import { characters, sliceCharacters } from '#model/code-points.ts'
import { fillsFields, recordWidth } from '#model/field-ends.ts'
import type { FieldEnd, TextFileSource, TextLayout } from '#model/places.ts'

/** One record: its raw text, and its fields in order; null = the record ended before it. */
export interface TextRecord {
	readonly raw: string
	readonly fields: readonly (string | null)[]
}

export interface ReadText {
	readonly records: readonly TextRecord[]
	/** Raw texts of records with a wrong number of fields. */
	readonly rejected: readonly string[]
}

/** Reads the files of one source, one after the other; each has its own skipped lines and header. */
export function readText(files: readonly string[], source: TextFileSource, columns: number): ReadText {
	const records: TextRecord[] = []
	const rejected: string[] = []
	for (const file of files) {
		for (const raw of splitRecords(file, source.layout).slice(source.skipLines + (source.layout.header ? 1 : 0))) {
			const fields =
				source.fieldCount === 'fit' ? fitFields(raw, source.layout, columns) : splitFields(raw, source.layout)
			const isWhole =
				source.fieldCount === 'fit' || source.layout.fields === undefined || fillsFields(raw, source.layout.fields)
			const isEnough = source.fieldCount === 'reject-short' ? fields.length >= columns : fields.length === columns
			if (isWhole && isEnough) records.push({ raw, fields: fields.slice(0, columns) })
			else rejected.push(raw)
		}
	}
	return { records, rejected }
}

export function splitRecords(text: string, layout: TextLayout): readonly string[] {
	if (text === '') return []
	if (layout.recordDelimiter === '') return cutRecords(text, recordWidth(layout.fields ?? []))
	if (layout.quotesHoldEnds === true || layout.fieldsBeforeEnd !== undefined) return walkRecords(text, layout)
	const records = text.split(layout.recordDelimiter)
	if (records.at(-1) === '') records.pop()
	return records
}

/** Records whose ends only their fields tell. */
function walkRecords(text: string, layout: TextLayout): readonly string[] {
	const records: string[] = []
	for (let start = 0; start < text.length; ) {
		const end = recordEnd(text, start, layout)
		records.push(text.slice(start, end))
		start = end + layout.recordDelimiter.length
	}
	return records
}

/** Offset of the delimiter that ends the record, or the length of the text. */
function recordEnd(text: string, start: number, layout: TextLayout): number {
	const { delimiter, recordDelimiter, fieldsBeforeEnd: count } = layout
	for (let [at, field] = [start, 1]; ; field += 1) {
		const ends = count === undefined ? [delimiter, recordDelimiter] : [field < count ? delimiter : recordDelimiter]
		const quoted = layout.quotesHoldEnds === true ? readQuoted(text, at, layout, ends) : undefined
		const end = quoted?.end ?? firstOf(text, ends, at)
		if (end >= text.length || (ends.includes(recordDelimiter) && text.startsWith(recordDelimiter, end))) return end
		at = end + delimiter.length
	}
}

function firstOf(text: string, signs: readonly string[], from: number): number {
	const found = signs.map((sign) => text.indexOf(sign, from)).filter((at) => at !== -1)
	return Math.min(text.length, ...found)
}

/** Records of one width; the last may be shorter. */
function cutRecords(text: string, width: number): readonly string[] {
	const all = characters(text)
	const count = Math.ceil(all.length / Math.max(width, 1))
	return Array.from({ length: count }, (_none, at) => all.slice(at * width, (at + 1) * width).join(''))
}

/** Exactly as many fields as there are ends; those behind the end of the record are empty. */
function endedFields(record: string, ends: readonly FieldEnd[]): readonly string[] {
	let rest = record
	return ends.map((end, index) => {
		const isLast = index === ends.length - 1
		const width = end.kind === 'width' ? sliceCharacters(rest, 0, end.width).length : rest.indexOf(end.delimiter)
		const found = (isLast && end.kind === 'delimiter') || width === -1 ? rest.length : width
		const field = rest.slice(0, found)
		rest = rest.slice(found + (end.kind === 'delimiter' ? end.delimiter.length : 0))
		return field
	})
}

/** Fields of one record; an empty record has one empty field. */
export function splitFields(record: string, layout: TextLayout): readonly string[] {
	if (layout.fields !== undefined) return endedFields(record, layout.fields)
	const fields: string[] = []
	for (let at = 0; ; ) {
		const field = readField(record, at, layout)
		fields.push(field.value)
		if (field.end >= record.length) return fields
		at = field.end + layout.delimiter.length
	}
}

/** The fields of a record as they stand, quotes and all; one where each field has an end of its own. */
export function rawFields(record: string, layout: TextLayout): readonly string[] {
	if (layout.fields !== undefined) return [record]
	const fields: string[] = []
	for (let at = 0; ; ) {
		const { end } = readField(record, at, layout)
		fields.push(record.slice(at, end))
		if (end >= record.length) return fields
		at = end + layout.delimiter.length
	}
}

/** Exactly that many fields: missing ones are null, the last takes the rest of the record (SSIS flat files). */
export function fitFields(record: string, layout: TextLayout, columns: number): readonly (string | null)[] {
	if (layout.fields !== undefined) return endedFields(record, layout.fields)
	const fields: (string | null)[] = []
	let at = 0
	let ended = false
	for (let index = 0; index < columns; index += 1) {
		if (ended) {
			fields.push(null)
			continue
		}
		if (index === columns - 1) {
			const rest = record.slice(at)
			const quoted = readQuoted(rest, 0, layout)
			fields.push(quoted?.end === rest.length ? quoted.value : rest)
			break
		}
		const field = readField(record, at, layout)
		fields.push(field.value)
		ended = field.end >= record.length
		at = field.end + layout.delimiter.length
	}
	return fields
}

interface Field {
	readonly value: string
	/** Offset of the delimiter that ends it, or the length of the record. */
	readonly end: number
}

function readField(record: string, at: number, layout: TextLayout): Field {
	const quoted = readQuoted(record, at, layout)
	if (quoted !== undefined) return quoted
	const next = record.indexOf(layout.delimiter, at)
	const end = next === -1 ? record.length : next
	return { value: record.slice(at, end), end }
}

/** @param ends what may follow the closing quote, besides the end of the text */
function readQuoted(
	record: string,
	start: number,
	{ quote, delimiter }: TextLayout,
	ends: readonly string[] = [delimiter],
): Field | undefined {
	if (quote === undefined || quote === '' || !record.startsWith(quote, start)) return undefined
	let value = ''
	for (let at = start + quote.length; ; ) {
		const next = record.indexOf(quote, at)
		if (next === -1) return undefined
		value += record.slice(at, next)
		const after = next + quote.length
		if (record.startsWith(quote, after)) {
			value += quote
			at = after + quote.length
			continue
		}
		const isClosed = after === record.length || ends.some((end) => record.startsWith(end, after))
		return isClosed ? { value, end: after } : undefined
	}
}
