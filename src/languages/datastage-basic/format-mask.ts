/** Formats of FMT: `[width][fill]justification[decimals][flags][mask]` (IBM: DataStage BASIC, FMT function). */
import type { Mask } from './codes/decimals.ts'

/** A run of places for characters, or characters that stand for themselves. */
export type MaskPart = { readonly places: number } | { readonly literal: string }

export interface FormatMask {
	readonly width: number | undefined
	readonly fill: string
	readonly side: 'L' | 'R'
	/** Texts are broken at blanks. */
	readonly text: boolean
	readonly number: Mask | undefined
	readonly mask: { readonly parts: readonly MaskPart[]; readonly places: number; readonly fill: string } | undefined
}

const shape = /^(\d{1,4})?(?:'([^'])'|"([^"])"|([^0-9LRTUQ'"]))?([LRT])(\d)?(\d)?([$,Z]*)(.*)$/is
const fills: Readonly<Record<string, string>> = { '#': ' ', '%': '0', '*': '*' }

/** Undefined for what is not translated. */
export function readFormatMask(format: string): FormatMask | undefined {
	const match = shape.exec(format)
	if (match === null) return undefined
	const [, width, quoted, doubled, bare, side = 'L', decimals, moved, flags = '', rest = ''] = match
	const mask = rest === '' ? undefined : readMask(rest)
	if (rest !== '' && mask === undefined) return undefined
	const letter = side.toUpperCase()
	if (width === undefined && letter === 'T') return undefined
	return {
		width: width === undefined || Number(width) === 0 ? undefined : Number(width),
		fill: quoted ?? doubled ?? bare ?? ' ',
		side: letter === 'R' ? 'R' : 'L',
		text: letter === 'T',
		number: decimals === undefined && flags === '' ? undefined : numberMask(decimals, moved, flags.toUpperCase()),
		mask,
	}
}

function numberMask(decimals: string | undefined, moved: string | undefined, flags: string): Mask | undefined {
	return {
		decimals: Number(decimals ?? 0),
		scale: Number(moved ?? 0),
		commas: flags.includes(','),
		dollar: flags.includes('$'),
		// Z leaves zeros in front away, which none are written anyway.
		zero: false,
		negative: { before: '-', after: '', blank: '' },
	}
}

/** `##-##`, `#5`, `%10`: places of one kind and characters between them. */
function readMask(text: string): FormatMask['mask'] {
	const parts: MaskPart[] = []
	const kinds = new Set<string>()
	for (const [whole, kind, count] of text.matchAll(/([#%*])(\d{1,3})?|[^#%*]+/gs)) {
		if (kind === undefined) parts.push({ literal: whole })
		else {
			kinds.add(kind)
			const places = count === undefined ? 1 : Number(count)
			const last = parts.at(-1)
			if (last !== undefined && 'places' in last) parts[parts.length - 1] = { places: last.places + places }
			else parts.push({ places })
		}
	}
	const [kind] = kinds
	// Only masks that begin with a place and have one kind of them: what others do is not documented.
	if (kind === undefined || kinds.size > 1 || !/^[#%*(]/.test(text)) return undefined
	const places = parts.reduce((sum, part) => sum + ('places' in part ? part.places : 0), 0)
	return places > 1000 ? undefined : { parts, places, fill: fills[kind] ?? ' ' }
}
