/** Records of a Complex Flat File stage: each names a schema, whose fields say how COBOL holds them. */
import type { JsonNode } from '../../../json/node.ts'
import { itemsAt, nodeAt, textAt } from '../../../json/node.ts'
import { itemFrom } from '../build.ts'
import type { DsxItem } from '../dsx/records.ts'
import { schemaColumns, underived } from './columns.ts'

/** One item a record, one item a field with the number of its record; nothing for stages of another type. */
export function copybookItems(
	node: JsonNode,
	schemas: ReadonlyMap<string, JsonNode>,
): { readonly CobolRecords: readonly DsxItem[]; readonly CobolFields: readonly DsxItem[] } {
	const records = itemsAt(node, 'app_data', 'datastage', 'stage_records')
	return {
		CobolRecords: records.map((record) =>
			itemFrom(
				{
					Name: textAt(record, 'record_name') || textAt(record, 'name'),
					IdColumn: textAt(record, 'record_id_name') || undefined,
					IdRelation: textAt(record, 'record_id_name_value_relation') || undefined,
					IdValue: textAt(record, 'record_id_value') || undefined,
				},
				{ start: record.line, end: record.line },
			),
		),
		CobolFields: records.flatMap((record, index) => fieldsOf(schemas.get(textAt(record, 'schema_ref')), index)),
	}
}

function fieldsOf(schema: JsonNode | undefined, record: number): readonly DsxItem[] {
	const columns = schemaColumns(schema, underived)
	return itemsAt(schema, 'fields').flatMap((field, index) => {
		const column = columns[index]
		return column === undefined ? [] : [cobolField(field, column, record)]
	})
}

function cobolField(field: JsonNode, { values, lines }: DsxItem, record: number): DsxItem {
	const app = nodeAt(field, 'app_data')
	const text = (key: string): string | undefined => {
		const found = textAt(app, key)
		return found === '' || found === 'None' ? undefined : found
	}
	return itemFrom(
		{
			...Object.fromEntries(values),
			Record: String(record),
			NativeType: text('native_type'),
			Usage: text('usage'),
			Signed: textAt(field, 'metadata', 'is_signed') === 'true' ? '1' : '0',
			SignOption: text('sign_option'),
			Occurs: text('dimension_max_size'),
			DependingOn: text('depend_field'),
			Redefines: text('redefined_field'),
			DateMask: text('date_mask'),
			Synchronized: textAt(app, 'sync_indicator') === 'true' ? '1' : '0',
		},
		lines,
	)
}
