/** Columns of a lookup's reference query: as its stored metadata lists them, otherwise those that the lookup uses. */
import { fromName } from '#languages/ssis/types.ts'
import { walk } from '../../xml/element.ts'
import { readXml } from '../../xml/reader.ts'
import { whole } from '../formats/properties.ts'
import type { Buffer, BufferColumn } from './buffer.ts'

/** @param metadata the property ReferenceMetadataXml */
export function referenceColumns(metadata: string, wanted: Buffer): Buffer {
	const listed = storedColumns(metadata)
	const names = new Set(listed.map((column) => column.name))
	const unlisted = wanted.filter((column, index) => {
		return !names.has(column.name) && wanted.findIndex((one) => one.name === column.name) === index
	})
	return [...listed, ...unlisted].map((column) => ({ ...column, sortKey: 0 }))
}

/** A small XML document inside a property: `<referenceColumn name="A" dataType="DT_WSTR" length="10" …/>`. */
function storedColumns(xml: string): Buffer {
	if (xml.trim() === '') return []
	const columns: BufferColumn[] = []
	const { root } = readXml('ReferenceMetadataXml', new TextEncoder().encode(xml))
	if (root === undefined) return []
	walk(root, (element) => {
		if (element.name !== 'referenceColumn') return
		const number = (name: string): number | undefined => whole(element.attributes.get(name), 0) || undefined
		const name = element.attributes.get('name') ?? ''
		const type = fromName(element.attributes.get('dataType') ?? '', {
			length: number('length'),
			precision: number('precision'),
			scale: whole(element.attributes.get('scale'), 0),
			codePage: number('codePage'),
		})
		if (type !== undefined && name !== '') columns.push({ lineage: name, name, type, sortKey: 0 })
	})
	return columns
}
