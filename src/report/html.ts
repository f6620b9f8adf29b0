/**
 * HTML that is safe by the way it is made: every text put into a template is redacted and escaped here, at one place.
 * What is not text is `Html`, and only this file makes that from a string.
 */
import { redact } from '#model/redact.ts'

/** Markup, as opposed to text. */
export interface Html {
	readonly markup: string
}

type Part = Html | readonly Html[] | string | number | undefined

/** A template: texts are escaped, markup goes in as it is, what is absent leaves nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
	let markup = strings[0] ?? ''
	for (const [index, part] of parts.entries()) markup += printed(part) + (strings[index + 1] ?? '')
	return { markup }
}

/** Text that the project wrote itself (a style sheet, a program, encoded bytes), never text of an export. */
export const own = (markup: string): Html => ({ markup })

export const nothing: Html = { markup: '' }

export function join(parts: readonly Html[], between = ''): Html {
	return { markup: parts.map(({ markup }) => markup).join(between) }
}

function printed(part: Part): string {
	if (part === undefined) return ''
	if (typeof part === 'number') return String(part)
	if (typeof part === 'string') return escapeHtml(redact(part))
	return 'markup' in part ? part.markup : join(part).markup
}

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
}

/** Escapes for text and for quoted attributes. Signs that turn the direction of text, or show nothing, are spelled out. */
function escapeHtml(text: string): string {
	return text
		.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '')
		.replaceAll(
			/(?![\t\n\r])[\p{Cc}\p{Cf}]/gu,
			(sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
		)
}

/** Whole numbers with commas. */
export const count = (value: number): string => value.toLocaleString('en-US')

/** `3 rows`, `1 row`. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
	`${count(value)} ${value === 1 ? one : many}`
