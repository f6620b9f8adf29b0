/** ISX archives (`istool export`): a ZIP of EMF/XMI documents in XML 1.1, one for each object. */

import type { XmlElement } from '../../../xml/element.ts'
import { childrenOf } from '../../../xml/element.ts'
import { readXml } from '../../../xml/reader.ts'
import type { ZipMember } from '../../../zip/archive.ts'
import { isArchive, openArchive } from '../../../zip/archive.ts'
import { decodeHead } from '../dsx/decode.ts'
import type { DsxSection } from '../dsx/records.ts'
import type { ExportReader, Report } from '../open-export.ts'
import { memberSection } from './member.ts'

const mark = /<com\.ibm\.datastage\.ai\.dtm\.ds:/
const filter = {
	prefixes: new Map(),
	/** How the repository links its objects: as large as the job itself, and no part of it. */
	skipElement: (name: string) => name === 'linkPoints' || name === 'referencesToLinkPoints',
}
/** Pictures of the canvas, executables, the manifest. */
const uninteresting = /\.(?:png|bin|MF)$/i

/** An archive, or one of its members by itself: some tools unpack them. Names and endings tell nothing, the content does. */
export const isxReader: ExportReader = {
	detect(path, head) {
		if (mark.test(decodeHead(head))) return true
		return isArchive(head) && (/\.isx$/i.test(path) || /META-INF\/IS-MANIFEST/.test(decodeHead(head)))
	},
	open(file) {
		if (!isArchive(file.bytes)) {
			const member = { path: '', read: () => file.bytes }
			return { diagnostics: [], sections: (wanted, report) => read(file.path, [member], wanted, report) }
		}
		const { members, diagnostics } = openArchive(file.path, file.bytes)
		const designs = members.filter(({ path }) => !uninteresting.test(path))
		return { diagnostics, sections: (wanted, report) => read(file.path, designs, wanted, report) }
	},
}

function* read(
	file: string,
	members: readonly ZipMember[],
	wanted: (kind: string) => boolean,
	report: Report,
): Generator<DsxSection> {
	for (const member of members) {
		const bytes = member.read(report)
		if (bytes === undefined || !mark.test(decodeHead(bytes.subarray(0, 4096)))) continue
		const { root, diagnostics } = readXml(file, bytes, filter)
		for (const diagnostic of diagnostics)
			report({ ...diagnostic, provenance: { ...diagnostic.provenance, path: member.path } })
		const section = root === undefined ? undefined : memberSection(root)
		if (root === undefined || section === undefined || !wanted(section.kind)) continue
		if (wanted('HEADER')) yield header(root)
		yield section
	}
}

/** The version of the repository stands in each member: `11.7vnext-SNAPSHOT`. */
function header(root: XmlElement): DsxSection {
	const details = childrenOf(root, 'assetDataDescriptors').flatMap((one) => childrenOf(one, 'details'))
	const version = details.find((one) => one.attributes.get('key') === 'version:xmeta')?.attributes.get('value') ?? ''
	const plain = /^\d+(?:\.\d+)*/.exec(version)?.[0] ?? ''
	return { kind: 'HEADER', values: new Map([['ServerVersion', plain]]), records: [], lines: root.lines }
}
