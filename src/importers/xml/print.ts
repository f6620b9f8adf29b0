import type { XmlElement } from './element.ts'

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeText = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)

/** Prints an element again, indented by tabs: the same element always gives the same text. */
export function printXml(element: XmlElement, indent = ''): string {
	const attributes = [...element.attributes].map(([name, value]) => ` ${name}="${escapeText(value)}"`).join('')
	const open = `${indent}<${element.name}${attributes}`
	if (element.children.length === 0) {
		return element.text === '' ? `${open}/>` : `${open}>${escapeText(element.text)}</${element.name}>`
	}
	const inside = element.children.map((child) => printXml(child, `${indent}\t`))
	const text = element.text === '' ? [] : [`${indent}\t${escapeText(element.text.trim())}`]
	return [`${open}>`, ...text, ...inside, `${indent}</${element.name}>`].join('\n')
}
