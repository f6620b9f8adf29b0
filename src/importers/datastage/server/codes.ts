import { characterCount } from '#model/code-points.ts'
import type { StageContext } from '../stage-context.ts'

/**
 * A delimiter or quote of a server stage: a character, three digits or `&h` and hexadecimal digits for its code, `000` for none
 * (IBM: Sequential File outputs page, Format tab). Undefined: none.
 */
export function characterCode(context: StageContext, written: string, what: string): string | undefined {
	if (written === '' || written === '000') return undefined
	if (characterCount(written) === 1) return written
	const code = /^&h[0-9a-f]{1,2}$/i.test(written)
		? Number.parseInt(written.slice(2), 16)
		: /^\d{2,3}$/.test(written)
			? Number(written)
			: Number.NaN
	if (code >= 1 && code <= 253) return String.fromCharCode(code)
	context.refuse(`its ${what} is "${written}"`)
	return undefined
}
