/** Code pages of Windows by the names that the world has for them. */
import type { FlatFileRecord } from '../formats/records.ts'

const names: Readonly<Record<number, string>> = {
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

const ofSeveralBytes: ReadonlySet<number> = new Set([932, 936, 949, 950, 1200, 1201, 65001])

/** An IANA name; undefined for a code page that is not known. */
export function encodingOf(file: FlatFileRecord): string | undefined {
	if (file.unicode) return 'utf-16le'
	return codePageName(file.codePage)
}

/** The same for a code page alone; 0 stands for that of Western Europe. */
export function codePageName(codePage: number): string | undefined {
	if (codePage >= 1250 && codePage <= 1258) return `windows-${codePage}`
	return codePage === 0 ? 'windows-1252' : names[codePage]
}

/** Is a byte a character, so that widths count both? */
export const isSingleByte = (codePage: number): boolean => !ofSeveralBytes.has(codePage)
