/**
 * Texts as addresses, HTML and XML hold them. `Uri` escapes by RFC 3986, as since .NET Framework 4.5 (Microsoft: Uri.EscapeDataString);
 * `WebUtility` and `HttpUtility` have alphabets of their own (dotnet/runtime: WebUtility.cs; referencesource: HttpEncoder.cs).
 */
import { scriptTypes } from '#model/scripts.ts'
import { call } from '../../python.ts'
import type { Member, ScriptOperation } from '../operation.ts'
import { fixed } from '../operation.ts'
import { asText } from '../runtime.ts'
import { htmlEntities } from './html-entities.ts'

const { string } = scriptTypes

const percent = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`

/** Every byte but those of the alphabet as a percent sign and two digits. */
function escaped(text: string, plain: RegExp): string {
	return Array.from(new TextEncoder().encode(text), (byte) => {
		const sign = String.fromCodePoint(byte)
		return byte < 128 && plain.test(sign) ? sign : percent(byte)
	}).join('')
}

/** Runs of escaped bytes as the text that they are; what is no UTF-8 becomes the sign for that. */
const unescapedBytes = (text: string): string =>
	text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
		new TextDecoder('utf-8', { ignoreBOM: true }).decode(
			Uint8Array.from(run.match(/[0-9a-f]{2}/gi) ?? [], (digits) => Number.parseInt(digits, 16)),
		),
	)

const unreserved = /[A-Za-z0-9_.~-]/
const address = /[A-Za-z0-9_.~!*'();:@&=+$,/?#[\]-]/
const form = /[A-Za-z0-9_.!*() -]/

const formEncoded = (text: string): string => escaped(text, form).replaceAll(' ', '+')

const lowerCodes = (text: string): string => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())

const marks: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '"': '&quot;', '&': '&amp;' }

/** Letters from U+00A0 to U+00FF and those beyond U+FFFF are written as numbers. */
const htmlEncoded = (text: string): string =>
	text.replace(/[<>"&]|'|[\u00a0-\u00ff]|[\u{10000}-\u{10ffff}]/gu, (sign) =>
		sign === "'" ? '&#39;' : (marks[sign] ?? `&#${sign.codePointAt(0)};`),
	)

/** Entities of HTML 4 and `&apos;`, with their semicolon; what is none stays. */
const htmlDecoded = (text: string): string =>
	text.replace(
		/&(?:#(\d{1,10})|#[xX]([0-9a-fA-F]{1,8})|(\w{2,8}));/g,
		(whole, decimal?: string, hex?: string, name?: string) => {
			if (name !== undefined) {
				const code = name === 'apos' ? 39 : htmlEntities.get(name)
				return code === undefined ? whole : String.fromCodePoint(code)
			}
			const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
			const isSign = code > 0 && code <= 0x10_ffff && !(code >= 0xd8_00 && code <= 0xdf_ff)
			return isSign ? String.fromCodePoint(code) : whole
		},
	)

const xmlEscaped = (text: string): string =>
	text.replace(/[<>"&']/g, (sign) => (sign === "'" ? '&apos;' : (marks[sign] ?? sign)))

/** Null gives null, but for `Uri`, where it raises. */
function ofText(id: string, apply: (text: string) => string, helper: string, takesNull = true): ScriptOperation {
	return {
		id: `Web.${id}`,
		parameters: [string],
		result: string,
		evaluate: ([text]) => (text === null && takesNull ? null : apply(asText(text))),
		python: ([text]) => call(helper, text),
	}
}

const htmlEncode = ofText('HtmlEncode', htmlEncoded, 'html_encoded')
const htmlDecode = ofText('HtmlDecode', htmlDecoded, 'html_decoded')
const formDecode = ofText('UrlDecode', (text) => unescapedBytes(text.replaceAll('+', ' ')), 'form_decoded')

export const webTextMembers: readonly Member[] = [
	fixed(
		'Uri',
		'EscapeDataString',
		ofText('EscapeDataString', (text) => escaped(text, unreserved), 'data_escaped', false),
	),
	fixed(
		'Uri',
		'EscapeUriString',
		ofText('EscapeUriString', (text) => escaped(text, address), 'address_escaped', false),
	),
	fixed('Uri', 'UnescapeDataString', ofText('UnescapeDataString', unescapedBytes, 'data_unescaped', false)),
	fixed('WebUtility', 'UrlEncode', ofText('UrlEncode', formEncoded, 'form_encoded')),
	fixed(
		'HttpUtility',
		'UrlEncode',
		ofText('UrlEncode(lower)', (text) => lowerCodes(formEncoded(text)), 'form_encoded_small'),
	),
	...['WebUtility', 'HttpUtility'].flatMap((owner) => [
		fixed(owner, 'UrlDecode', formDecode),
		fixed(owner, 'HtmlEncode', htmlEncode),
		fixed(owner, 'HtmlDecode', htmlDecode),
	]),
	fixed('SecurityElement', 'Escape', ofText('XmlEscape', xmlEscaped, 'xml_escaped')),
]
