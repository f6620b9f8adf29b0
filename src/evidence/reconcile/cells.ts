/** When two cells of text mean the same. */

interface CellOptions {
	readonly trim?: boolean
	readonly exact?: boolean
	readonly padding?: boolean
}

/**
 * One text per value: `1.50` is `1.5`, `2003-11-06T13:45:10.000` is `2003-11-06 13:45:10`.
 * Where one side cannot say null, null is the empty text.
 */
export function comparableText(cell: string | null, nullsCount: boolean, options: CellOptions): string | null {
	if (cell === null) return nullsCount ? null : ''
	const text = options.trim === true ? cell.trim() : options.padding === true ? cell.replace(/ +$/, '') : cell
	return options.exact === true ? text : (plainNumber(text) ?? plainMoment(text))
}

/** Digits beyond what a double holds stay: the text itself is normalised, never parsed. */
function plainNumber(text: string): string | undefined {
	const match = /^ *([+-]?)0*(\d*)(?:\.(\d*?)0*)?(?:[eE]([+-]?\d{1,3}))? *$/.exec(text)
	if (match === null || !/\d/.test(text)) return undefined
	const exponent = Number(match[4] ?? 0)
	const [whole, fraction] = shift(match[2] ?? '', match[3] ?? '', exponent)
	const value = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`
	return match[1] === '-' && value !== '0' ? `-${value}` : value
}

function shift(whole: string, fraction: string, exponent: number): readonly [string, string] {
	const digits = exponent >= 0 ? fraction.padEnd(exponent, '0') : fraction
	const leading = exponent < 0 ? whole.padStart(-exponent, '0') : whole
	const all = leading + digits
	const point = leading.length + exponent
	return [all.slice(0, point).replace(/^0+/, ''), all.slice(point).replace(/0+$/, '')]
}

function plainMoment(text: string): string {
	if (!/^(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d(?:\.\d+)?$/.test(text)) return text
	const spaced = text.replace('T', ' ')
	return spaced.includes('.') ? spaced.replace(/\.?0+$/, '') : spaced
}

/** Numbers within either are equal. */
export interface Tolerance {
	readonly absolute: number
	readonly relative: number
}

export function isClose(left: string | null, right: string | null, tolerance: Tolerance | undefined): boolean {
	if (left === right) return true
	if (left === null || right === null || left === '' || right === '' || tolerance === undefined) return false
	const [one, other] = [Number(left), Number(right)]
	const distance = Math.abs(one - other)
	const most = Math.max(tolerance.absolute, tolerance.relative * Math.max(Math.abs(one), Math.abs(other)))
	return Number.isFinite(distance) && distance <= most
}
