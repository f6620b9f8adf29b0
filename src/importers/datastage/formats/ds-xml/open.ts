/** DataStage XML export (`<DSExport>`): the records of DSX in XML, class names without their leading C. */

import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import { detectEncoding } from '../../../xml/encoding.ts'
import { readXmlParts } from '../../../xml/reader.ts'
import { codePageOf, decodeHead } from '../dsx/decode.ts'
import type { ExportReader, OpenExport } from '../open-export.ts'
import { sectionsOf } from './records.ts'

export const dsXmlReader: ExportReader = {
	detect: (_path, head) => /<DSExport\b/.test(decodeHead(head).replaceAll('\0', '')),
	open({ path, bytes }) {
		const { encoding, diagnostics } = chooseEncoding(path, bytes)
		return {
			diagnostics,
			*sections(wanted, report): ReturnType<OpenExport['sections']> & Generator {
				const filter = { prefixes: new Map(), skipElement: (name: string) => name === 'ExecJob' }
				for (const element of readXmlParts(path, bytes, report, filter, { encoding }))
					for (const section of sectionsOf(element)) if (wanted(section.kind)) yield section
			},
		}
	},
}

interface Choice {
	/** Undefined: the one that the file itself declares. */
	readonly encoding: string | undefined
	readonly diagnostics: readonly Diagnostic[]
}

/** Exports get re-saved: one that says UTF-8 and is not is read in the code page of its header, or else as Latin-1. */
function chooseEncoding(file: string, bytes: Uint8Array): Choice {
	const declared = detectEncoding(bytes)
	if ('unknown' in declared || declared.label !== 'utf-8' || decodes(bytes, 'utf-8'))
		return { encoding: undefined, diagnostics: [] }
	const named = /\bCharacterSet\s*=\s*["']([^"']{1,40})["']/.exec(decodeHead(bytes.subarray(0, 4096)))?.[1]
	const page = named === undefined ? undefined : codePageOf(named)
	if (page !== undefined && page !== 'utf-8' && decodes(bytes, page)) return { encoding: page, diagnostics: [] }
	const why =
		named === undefined
			? 'Its header names no character set.'
			: `Its header says ${named}, which does not fit its bytes.`
	const what = `${file} is not UTF-8; it was read as Latin-1, so letters beyond ASCII may be wrong`
	const provenance = { file, path: '', lines: { start: 1, end: 1 } }
	return { encoding: 'iso-8859-1', diagnostics: [diagnose('file/encoding', provenance, { what, why })] }
}

const piece = 1024 * 1024

function decodes(bytes: Uint8Array, label: string): boolean {
	const decoder = new TextDecoder(label, { fatal: true })
	try {
		for (let start = 0; start < bytes.byteLength; start += piece)
			decoder.decode(bytes.subarray(start, start + piece), { stream: start + piece < bytes.byteLength })
		return true
	} catch {
		return false
	}
}
