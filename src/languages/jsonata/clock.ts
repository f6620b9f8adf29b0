/** Codes of Oconv for the day and time of the run, as pictures of `$fromMillis`. */

const fields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	Y: { '4': '[Y0001]', '2': '[Y01]' },
	M: { '2': '[M01]' },
	D: { '2': '[D01]' },
}

/** `D-YMD[4,2,2]`, `D/DMY[2,2,4]`, `D4-`: a separator, an order, widths. Names of months and other codes have no picture here. */
export function datePicture(code: string): string | undefined {
	const match = /^D([^\dA-Z]?)([YMD]{3})\[(\d),(\d),(\d)\]$/.exec(code)
	if (match === null) return undefined
	const [, separator = '', order = '', ...widths] = match
	const pictures = Array.from(order).map((letter, index) => fields[letter]?.[widths[index] ?? ''])
	if (new Set(order).size < 3 || pictures.includes(undefined)) return undefined
	return pictures.join(separator === '' ? ' ' : separator)
}

/** `MTS`, `MTS:`, `MT`, `MT-`: hours, minutes and, with S, seconds. */
export function timePicture(code: string): string | undefined {
	const match = /^MT(S?)([^\dA-Z]?)$/.exec(code)
	if (match === null) return undefined
	const [, seconds = '', separator = ''] = match
	return ['[H01]', '[m01]', ...(seconds === '' ? [] : ['[s01]'])].join(separator === '' ? ':' : separator)
}
