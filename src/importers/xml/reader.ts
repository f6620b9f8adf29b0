/**
 * A strict, bounded XML reader on saxes: no document types, no lenient recovery, limits on size, depth and number.
 * The bytes are decoded and parsed piece by piece, and what the caller's filter leaves out is never kept.
 */
import { SaxesParser } from 'saxes'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Provenance } from '#model/provenance.ts'
import type { XmlElement } from './element.ts'
import { detectEncoding } from './encoding.ts'
import type { XmlLimits } from './limits.ts'
import { defaultLimits } from './limits.ts'
import type { XmlFilter } from './tree-builder.ts'
import { TreeBuilder, XmlStop } from './tree-builder.ts'

export interface XmlDocument {
	/** Absent when the file cannot be read; a diagnostic says why. */
	readonly root?: XmlElement
	readonly diagnostics: readonly Diagnostic[]
}

const PIECE = 256 * 1024
const plain: XmlFilter = { prefixes: new Map() }

/** Reads a whole XML file. Never throws for bad input. `file` is the path that diagnostics name. */
export function readXml(
	file: string,
	bytes: Uint8Array,
	filter: XmlFilter = plain,
	limits: XmlLimits = defaultLimits,
): XmlDocument {
	const diagnostics: Diagnostic[] = []
	const builder = new TreeBuilder(filter, limits)
	const steps = parse(file, bytes, builder, limits, (diagnostic) => diagnostics.push(diagnostic))
	while (steps.next().done !== true);
	const failed = diagnostics.some(({ severity }) => severity === 'error')
	return builder.root === undefined || failed ? { diagnostics } : { root: builder.root, diagnostics }
}

/**
 * Reads an XML file part by part: gives each element directly below the root when it ends, and keeps none, so that only the
 * largest part must fit into the memory. Where the file breaks off, the parts before are given and the break is reported.
 * @param options `encoding`: what the bytes are read as, whatever the file says.
 */
export function* readXmlParts(
	file: string,
	bytes: Uint8Array,
	report: (diagnostic: Diagnostic) => void,
	filter: XmlFilter = plain,
	options: { readonly limits?: XmlLimits; readonly encoding?: string | undefined } = {},
): Generator<XmlElement> {
	const limits = options.limits ?? defaultLimits
	const parts: XmlElement[] = []
	const builder = new TreeBuilder({ ...filter, take: (element) => parts.push(element) }, limits)
	const steps = parse(file, bytes, builder, limits, report, options.encoding)
	for (let done = false; !done; ) {
		done = steps.next().done === true
		yield* parts.splice(0)
	}
}

/** Feeds the builder piece by piece, and pauses after each one. What stops it is reported as an error. */
function* parse(
	file: string,
	bytes: Uint8Array,
	builder: TreeBuilder,
	limits: XmlLimits,
	report: (diagnostic: Diagnostic) => void,
	encoding?: string,
): Generator<void> {
	const at = (line: number): Provenance => ({ file, path: file, lines: { start: line, end: line } })
	const label = encoding ?? encodingOf(bytes, limits, at, report)
	if (label === undefined) return
	const parser = makeParser(builder)
	const decoder = new TextDecoder(label, { fatal: true })
	for (let start = 0; start <= bytes.byteLength; start += PIECE) {
		const last = start + PIECE > bytes.byteLength
		let text: string
		try {
			text = decoder.decode(bytes.subarray(start, start + PIECE), { stream: !last })
		} catch {
			const line = parser.line + linesBeforeBadByte(bytes.subarray(start, start + PIECE), label)
			const why = `A byte in line ${line} is not ${label}.`
			report(unreadable(diagnose('file/encoding', at(line), { what: 'The file cannot be decoded.', why })))
			return
		}
		try {
			parser.write(text)
			if (last) parser.close()
		} catch (error) {
			report(problem(error, at(parser.line)))
			return
		}
		yield
	}
	if (builder.root === undefined)
		report(diagnose('xml/malformed', at(1), { what: 'The file is not XML.', why: 'It has no element.' }))
}

/** The label of the encoding, or undefined for a file that is not read at all. */
function encodingOf(
	bytes: Uint8Array,
	limits: XmlLimits,
	at: (line: number) => Provenance,
	report: (diagnostic: Diagnostic) => void,
): string | undefined {
	if (isBlank(bytes)) {
		report(diagnose('file/empty', at(1), { what: 'The file is empty.', why: 'It holds no bytes, or only blanks.' }))
		return undefined
	}
	if (bytes.byteLength > limits.bytes) {
		const why = `It has ${bytes.byteLength} bytes; at most ${limits.bytes} are read.`
		report(diagnose('xml/limit', at(1), { what: 'The file is too large.', why }))
		return undefined
	}
	const encoding = detectEncoding(bytes)
	if ('unknown' in encoding) {
		const why = `It declares the encoding ${JSON.stringify(encoding.unknown)}, which is not known.`
		report(unreadable(diagnose('file/encoding', at(1), { what: 'The file cannot be decoded.', why })))
		return undefined
	}
	if (encoding.contradicted !== undefined) {
		const why = `It declares ${encoding.contradicted}, but its bytes are ${encoding.label}.`
		report(diagnose('file/encoding', at(1), { what: `The file was read as ${encoding.label}.`, why }))
	}
	return encoding.label
}

/** Line feeds before the first byte that does not belong to the encoding, which reads as the replacement character. */
function linesBeforeBadByte(piece: Uint8Array, label: string): number {
	const [before = ''] = new TextDecoder(label).decode(piece).split('\ufffd', 1)
	return before.split('\n').length - 1
}

function makeParser(builder: TreeBuilder): SaxesParser<{ xmlns: true; position: true }> {
	const parser = new SaxesParser({ xmlns: true, position: true })
	parser.on('doctype', () => {
		throw new XmlStop('xml/forbidden', 'it has a document type declaration')
	})
	parser.on('opentagstart', () => builder.start(parser.line))
	parser.on('attribute', () => builder.attribute())
	parser.on('opentag', (tag) => builder.open(tag))
	parser.on('text', (text) => builder.text(text))
	parser.on('cdata', (text) => builder.text(text))
	parser.on('closetag', () => builder.close(parser.line))
	return parser
}

function problem(error: unknown, provenance: Provenance): Diagnostic {
	if (error instanceof XmlStop) {
		const what = error.code === 'xml/limit' ? 'The file is beyond the limits.' : 'The file holds forbidden markup.'
		return diagnose(error.code, provenance, {
			what,
			why: `In line ${provenance.lines.start} ${sentence(error.message)}`,
		})
	}
	// saxes reports every breach of well-formedness as an Error whose message begins with line and column.
	const message = error instanceof Error ? error.message.replace(/^\d+:\d+: /, '') : String(error)
	return diagnose('xml/malformed', provenance, {
		what: 'The file is not well-formed XML.',
		why: `Line ${provenance.lines.start}: ${sentence(message)}`,
	})
}

const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`)

/** A file in a wrong encoding is usually read all the same, with a warning; this one is not. */
const unreadable = (diagnostic: Diagnostic): Diagnostic => ({ ...diagnostic, severity: 'error' })

function isBlank(bytes: Uint8Array): boolean {
	const blanks = new Set([0, 9, 10, 13, 32, 0xef, 0xbb, 0xbf, 0xfe, 0xff])
	return bytes.every((byte) => blanks.has(byte))
}
