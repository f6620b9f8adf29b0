/**
 * What every export format is opened as. Sections, records, keys and values are those of DSX, whatever the file looks like:
 * everything behind this point is the same for all formats.
 */
import type { Diagnostic } from '#model/diagnostics.ts'
import type { ExportFile } from '../../importer.ts'
import type { DsxSection } from './dsx/records.ts'

export type Report = (diagnostic: Diagnostic) => void

export interface OpenExport {
	/** About the file as a whole: its encoding, its archive. */
	readonly diagnostics: readonly Diagnostic[]
	/**
	 * Gives the sections whose kind `wanted` accepts one after the other, so that a large export never lies in memory as a whole.
	 * It may be called several times. A HEADER stands before the sections that it speaks for.
	 */
	sections(wanted: (kind: string) => boolean, report: Report): Iterable<DsxSection>
}

export interface ExportReader {
	/** Looks at the first kilobytes. */
	detect(path: string, head: Uint8Array): boolean
	/** Never throws for bad input. */
	open(file: ExportFile): OpenExport
}
