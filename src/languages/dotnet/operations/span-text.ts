/** Lengths of time as texts (Microsoft: Standard and Custom TimeSpan Format Strings). */

const padded = (value: bigint, width: number): string => value.toString().padStart(width, '0')

function partsOf(micros: bigint) {
	const size = micros < 0n ? -micros : micros
	return {
		days: size / 86_400_000_000n,
		hours: (size / 3_600_000_000n) % 24n,
		minutes: (size / 60_000_000n) % 60n,
		seconds: (size / 1_000_000n) % 60n,
		/** Seven digits, as .NET counts them. */
		fraction: padded((size % 1_000_000n) * 10n, 7),
	}
}

/** The constant format: `[-][d.]hh:mm:ss[.fffffff]`. */
export function spanText(micros: bigint): string {
	const { days, hours, minutes, seconds, fraction } = partsOf(micros)
	const whole = [hours, minutes, seconds].map((one) => padded(one, 2)).join(':')
	const rest = fraction === '0000000' ? '' : `.${fraction}`
	return `${micros < 0n ? '-' : ''}${days === 0n ? '' : `${days}.`}${whole}${rest}`
}

const token = /'[^']*'|"[^"]*"|\\.|%|d+|h+|m+|s+|f+|./gs
const constant: ReadonlySet<string> = new Set(['c', 't', 'T'])

/** `c` and its synonyms, and formats of one's own; there every sign that is no letter of a part must be escaped. */
export function isSpanFormat(pattern: string): boolean {
	if (constant.has(pattern)) return true
	return (
		pattern.length > 1 &&
		(pattern.match(token) ?? []).every((part) => /^(?:d{1,8}|h{1,2}|m{1,2}|s{1,2}|f{1,7}|%|\\.|'.*'|".*")$/s.test(part))
	)
}

/** By a format for which {@link isSpanFormat} holds; formats of one's own show no sign. */
export function formatSpan(micros: bigint, pattern: string): string {
	if (constant.has(pattern)) return spanText(micros)
	const { days, hours, minutes, seconds, fraction } = partsOf(micros)
	const values: Readonly<Record<string, bigint>> = { d: days, h: hours, m: minutes, s: seconds }
	return (pattern.match(token) ?? [])
		.map((part) => {
			const value = values[part[0] ?? '']
			if (value !== undefined) return padded(value, part.length)
			if (part.startsWith('f')) return fraction.slice(0, part.length)
			if (/^['"]/.test(part)) return part.slice(1, -1)
			return part.startsWith('\\') ? part.slice(1) : ''
		})
		.join('')
}

/** `[-]d` or `[-][d.]hh:mm[:ss[.fffffff]]`, in microseconds; undefined for what is neither. */
export function readSpan(text: string): bigint | undefined {
	const found = /^\s*(-?)(?:(\d{1,8})|(?:(\d{1,8})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?)\s*$/.exec(
		text,
	)
	if (found === null) return undefined
	const [, sign, whole, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = found
	if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined
	const size =
		BigInt(whole ?? days) * 86_400_000_000n +
		(BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds)) * 1_000_000n +
		BigInt(fraction.slice(0, 6).padEnd(6, '0'))
	return sign === '-' ? -size : size
}
