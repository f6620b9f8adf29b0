/** Elements of a `<DSExport>` → sections of records. */
import type { XmlElement } from '../../../xml/element.ts'
import { childrenOf } from '../../../xml/element.ts'
import { unescapeDsx } from '../dsx/escapes.ts'
import type { DsxItem, DsxRecord, DsxSection } from '../dsx/records.ts'
import { unread } from '../dsx/records.ts'

/**
 * Elements below the root, lower case → kind of section. No whole export of this format is public; the names are those that
 * programs which read it look for, in singular and plural.
 */
const kinds: ReadonlyMap<string, string> = new Map([
	['header', 'HEADER'],
	['job', 'DSJOB'],
	['sharedcontainer', 'DSSHAREDCONTAINER'],
	['parametersets', 'DSPARAMETERSETS'],
	['parameterset', 'DSPARAMETERSETS'],
	['dataconnections', 'DSDATACONNECTIONS'],
	['dataconnection', 'DSDATACONNECTIONS'],
	['routines', 'DSROUTINES'],
	['routine', 'DSROUTINES'],
	['tabledefinitions', 'DSTABLEDEFS'],
	['tabledefs', 'DSTABLEDEFS'],
	['stagetypes', 'DSSTAGETYPES'],
	['stagetype', 'DSSTAGETYPES'],
])

export function sectionsOf(element: XmlElement): readonly DsxSection[] {
	const kind = kinds.get(element.name.toLowerCase())
	if (kind === undefined) return element.children.flatMap((child) => (child.name === 'Record' ? [] : sectionsOf(child)))
	const records = childrenOf(element, 'Record').map(recordOf)
	return [{ kind, values: element.attributes, records, lines: element.lines }]
}

function recordOf(element: XmlElement): DsxRecord {
	const { attributes } = element
	const values = new Map([...attributes].filter(([name]) => name !== 'Type'))
	const type = attributes.get('Type') ?? ''
	if (type !== '') values.set('OLEType', /^C[A-Z]/.test(type) ? type : `C${type}`)
	for (const [name, value] of propertiesOf(element)) values.set(name, value)
	const collections = new Map<string, readonly DsxItem[]>()
	for (const collection of childrenOf(element, 'Collection')) {
		const name = collection.attributes.get('Name') ?? ''
		const items = childrenOf(collection, 'SubRecord').map((item) => ({
			values: propertiesOf(item, name),
			lines: item.lines,
		}))
		if (items.length > 0) collections.set(name, [...(collections.get(name) ?? []), ...items])
	}
	return { values, collections, lines: element.lines }
}

function propertiesOf(element: XmlElement, collection = ''): ReadonlyMap<string, string> {
	const values = new Map<string, string>()
	for (const property of childrenOf(element, 'Property')) {
		const name = property.attributes.get('Name') ?? ''
		if (!unread.has(name)) values.set(name, decoded(collection, name, property.text))
	}
	return values
}

/**
 * XML escaping takes the place of that of DSX, but control characters and the marks of UniVerse, which XML does not hold, keep
 * their escapes. A backslash may as well be one of a Windows path: an escape is believed only where a list must stand.
 */
function decoded(collection: string, name: string, text: string): string {
	if (/^\\\(0?2\)\\\(0?2\)/.test(text)) return text.replaceAll(/\\\([0-9A-Fa-f]{1,2}\)/g, unescaped)
	if (name === 'ParamValues') return text.replaceAll(/\\(?:S(?=\$?\w+=)|V(?=\w+\\S))/g, unescaped)
	if (collection === 'PropertyList') return text.replaceAll(/\\[ST]/g, unescaped)
	return text
}

const unescaped = (written: string): string => unescapeDsx(written)
