/** Takes secrets out of an export before anything else reads it, so that no later part can print one. */
import type { LineRange } from '#model/provenance.ts'
import type { XmlElement } from '../../xml/element.ts'
import { isTrue, property } from './properties.ts'

export interface DroppedSecret {
	/** What it was: `ServerPassword of FTP Connection Manager`. */
	readonly what: string
	readonly lines: LineRange
}

export interface Stripped {
	readonly element: XmlElement
	readonly dropped: readonly DroppedSecret[]
}

/** `Password=…` in a connection string, up to `;` or the end of the string literal that an expression builds it from. */
const password = /\b((?:password|pwd)\s*=\s*)([^;"'\s][^;"]*)/gi

/** Removes sensitive values, encrypted data and passwords in connection strings; unchanged parts are shared, not copied. */
export function stripSecrets(root: XmlElement): Stripped {
	const dropped: DroppedSecret[] = []
	const element = strip(root, '', dropped)
	return { element: element ?? root, dropped }
}

function strip(element: XmlElement, owner: string, dropped: DroppedSecret[]): XmlElement | undefined {
	const label = nameOf(element)
	const report = (what: string): void => {
		dropped.push({ what: owner === '' || owner === what ? what : `${what} of ${owner}`, lines: element.lines })
	}
	if (element.name === 'EncryptedData') {
		report('encrypted data')
		return undefined
	}
	if (isSensitive(element)) {
		if (holdsValue(element)) report(label === '' ? (property(element, 'ObjectName') ?? element.name) : label)
		return {
			...element,
			attributes: withoutValue(element.attributes),
			text: '',
			children: element.children.map(emptied).filter((child) => child.name !== 'EncryptedData'),
		}
	}
	const attributes = cleanAttributes(element, report)
	const text = cleanText(element, report)
	const inner = property(element, 'ObjectName') ?? (label === '' ? owner : label)
	const children: XmlElement[] = []
	let changed = false
	for (const child of element.children) {
		const kept = strip(child, inner, dropped)
		if (kept !== undefined) children.push(kept)
		changed ||= kept !== child
	}
	if (!changed && attributes === element.attributes && text === element.text) return element
	return { ...element, attributes, text, children: changed ? children : element.children }
}

const nameOf = (element: XmlElement): string =>
	element.attributes.get('DTS:Name') ?? element.attributes.get('SSIS:Name') ?? element.attributes.get('name') ?? ''

const secretName = /^(?:server|user|proxy|s?ftp)?pass(?:word|wd)$/i
/** A parameter of such a name holds a password, marked as sensitive or not. */
export const namesSecret = (name: string): boolean => secretName.test(name)

/** Settings of tasks have names of their own (`FtpPassword`), where a column may be called so as well. */
const secretSetting = /^\w*pass(?:word|wd|phrase)$/i

/** Marked as sensitive, or named like a password. */
function isSensitive(element: XmlElement): boolean {
	const mark = element.attributes.get('Sensitive') ?? element.attributes.get('DTS:Sensitive')
	if (isTrue(mark)) return true
	if (element.name === 'SSIS:Parameter') return namesSecret(nameOf(element)) || parameterIsSensitive(element)
	if (element.name === 'DTS:PackageParameter') return namesSecret(property(element, 'ObjectName') ?? '')
	if (element.name === 'Configuration') return /\[\w*pass(?:word|wd)\]$/i.test(element.attributes.get('Path') ?? '')
	return secretSetting.test(element.name.replace(/^\w+:/, '')) || secretName.test(nameOf(element))
}

function parameterIsSensitive(element: XmlElement): boolean {
	return element.children.some((list) =>
		list.children.some((one) => one.attributes.get('SSIS:Name') === 'Sensitive' && isTrue(one.text)),
	)
}

function holdsValue(element: XmlElement): boolean {
	return (
		element.text.trim() !== '' ||
		(element.attributes.get('Value') ?? '') !== '' ||
		element.children.some((child) => child.name === 'EncryptedData' || isValue(child) || holdsValue(child))
	)
}

const valueNames: ReadonlySet<string> = new Set(['ParameterValue', 'Value'])
const isValue = (element: XmlElement): boolean => valueNames.has(nameOf(element)) && element.text.trim() !== ''

/** Tasks of others keep a setting as `<Name Value="…"/>`. */
const withoutValue = (attributes: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
	attributes.has('Value') ? new Map([...attributes, ['Value', '']]) : attributes

/** Of a sensitive element the description of what it is stays (names, types), its value goes. */
function emptied(element: XmlElement): XmlElement {
	if (element.children.length > 0) return { ...element, children: element.children.map(emptied) }
	return valueNames.has(nameOf(element)) ? { ...element, text: '' } : element
}

function cleanAttributes(element: XmlElement, report: (what: string) => void): ReadonlyMap<string, string> {
	let cleaned: Map<string, string> | undefined
	for (const [name, value] of element.attributes) {
		const bare = name.replace(/^\w+:/, '')
		const kept = secretSetting.test(bare) ? '' : /ConnectionString$/i.test(bare) ? value.replace(password, '$1') : value
		if (kept === value) continue
		cleaned ??= new Map(element.attributes)
		cleaned.set(name, kept)
		report(secretSetting.test(bare) ? bare : 'password in the connection string')
	}
	return cleaned ?? element.attributes
}

/** Elements whose text is or builds a connection string: properties of the older formats, property expressions. */
function cleanText(element: XmlElement, report: (what: string) => void): string {
	const isConnection = /ConnectionString$/i.test(nameOf(element)) || element.name === 'DTS:PropertyExpression'
	const value =
		isConnection || element.name === 'DTS:VariableValue' || element.name === 'ConfiguredValue'
			? element.text.replace(password, '$1')
			: element.text
	if (value !== element.text) report('password in a connection string')
	return value
}
