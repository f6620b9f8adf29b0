import type { ExportReader } from '../open-export.ts'
import { decodeDsx, decodeHead } from './decode.ts'
import { readSections } from './records.ts'

/** DSX text, versions 7.5 to 11.7. */
export const dsxReader: ExportReader = {
	detect: (_path, head) => /^\s*BEGIN (?:HEADER|DS[A-Z]+)\s*$/m.test(decodeHead(head)),
	open({ path, bytes }) {
		const { text, diagnostics } = decodeDsx(bytes, path)
		return { diagnostics, sections: (wanted, report) => readSections(text, path, wanted, report) }
	},
}
