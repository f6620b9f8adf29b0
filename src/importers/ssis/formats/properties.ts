/**
 * One way to read what the package formats write differently: formats 6 and 8 hold properties as attributes
 * (`DTS:ObjectName="…"`), formats 2 and 3 as children (`<DTS:Property DTS:Name="ObjectName">…`).
 */
import type { XmlElement } from '../../xml/element.ts'

/** A property of a `DTS:` element, or undefined when it has its default and is therefore not written. */
export function property(element: XmlElement | undefined, name: string): string | undefined {
	if (element === undefined) return undefined
	const attribute = element.attributes.get(`DTS:${name}`)
	if (attribute !== undefined) return attribute
	return propertyElement(element, name)?.text
}

export function propertyElement(element: XmlElement, name: string): XmlElement | undefined {
	return element.children.find((child) => child.name === 'DTS:Property' && child.attributes.get('DTS:Name') === name)
}

/** `True`, `true`, `1` and `-1` are all written for true. */
export function isTrue(value: string | undefined): boolean {
	return value !== undefined && /^\s*(true|-?1)\s*$/i.test(value)
}

export function flag(element: XmlElement | undefined, name: string, otherwise = false): boolean {
	const value = property(element, name)
	return value === undefined || value.trim() === '' ? otherwise : isTrue(value)
}

/** A whole number, or `otherwise` where the text is none. */
export function whole(value: string | undefined, otherwise: number): number {
	return value !== undefined && /^\s*-?\d{1,15}\s*$/.test(value) ? Number(value) : otherwise
}

/** Undoes `_x002C_` for a comma: connection managers write signs that XML would normalise like that. */
export function unescapeText(value: string): string {
	return value.replace(/_x([0-9A-Fa-f]{4})_/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
}

/** `#{Package\Flow\Source.Outputs[Out].Columns[A]}` or `#14` or `14` → the id of what it points to. */
export function referenced(value: string | undefined): string | undefined {
	if (value === undefined) return undefined
	const text = value.trim()
	if (text.startsWith('#{') && text.endsWith('}')) return text.slice(2, -1)
	return text.startsWith('#') ? text.slice(1) : text
}
