/** Attributes of ISX members → keys and values of DSX. */
import type { XmlElement } from '../../../xml/element.ts'
import { unescapeDsx } from '../dsx/escapes.ts'

/** Keys whose lowerCamel form is not just the key with a small first letter. */
const keys: ReadonlyMap<string, string> = new Map([
	['container_', 'Container'],
	['internalID', 'Identifier'],
	['dSJobType', 'JobType'],
	['nLSLocale', 'NLSLocale'],
	['nULLIndicatorPosition', 'NULLIndicatorPosition'],
	['mFProcessMetaData', 'MFProcessMetaData'],
	['iMSProgType', 'IMSProgType'],
	['shortDescription', 'Description'],
	['longDescription', 'FullDescription'],
	['tXNBehaviour', 'TXNBehaviour'],
	['oSHPreRunDirectives', 'OSHPreRunDirectives'],
])

/** What the repository notes about an object, and no part of the design. */
const noise: ReadonlySet<string> = new Set([
	'xmi:id',
	'xmi:version',
	'xsi:type',
	'sDOVersion',
	'objectID',
	'lastModificationTimestamp',
	'optimisticLockID',
	'createdByUser',
	'creationTimestamp',
	'modifiedByUser',
	'xmetaLockingRoot',
	'isSystem',
])

/** A value keeps the escapes of DSX inside those of XML. Booleans are words here and digits there. */
export function attributeOf(element: XmlElement, attribute: string): string {
	const written = element.attributes.get(attribute) ?? ''
	return written === 'true' ? '1' : written === 'false' ? '0' : textOf(written)
}

/** NLS of the engine has the UniVerse marks at U+F8FB to U+F8FF. */
function textOf(written: string): string {
	const text = unescapeDsx(written)
	return /[\uF8FB-\uF8FF]/.test(text)
		? text.replaceAll(/[\uF8FB-\uF8FF]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xf8fb + 0xe0fb))
		: text
}

/** All attributes that belong to the design, as DSX would call them. */
export function valuesOf(element: XmlElement): Record<string, string> {
	const names = [...element.attributes.keys()].filter((name) => !noise.has(name))
	return Object.fromEntries(names.map((name) => [keyOf(name), attributeOf(element, name)] as const))
}

const keyOf = (name: string): string => keys.get(name) ?? name.charAt(0).toUpperCase() + name.slice(1)
