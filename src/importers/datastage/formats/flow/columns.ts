/** Columns of a link: the fields of its schema, or the bare list that older flows have instead. */
import type { JsonNode } from '../../../json/node.ts'
import { itemsAt, nodeAt, textAt } from '../../../json/node.ts'
import type { Values } from '../build.ts'
import { itemFrom } from '../build.ts'
import type { DsxItem } from '../dsx/records.ts'
import { odbcCode } from '../sql-types.ts'

/** How the columns of one link are derived and looked up, by column name. */
export interface Derivations {
	readonly values: ReadonlyMap<string, string>
	readonly keys: ReadonlyMap<string, { readonly expression: string; readonly caseless: boolean }>
	/** What a Slowly Changing Dimension stage says of the columns of a dimension. */
	readonly dimension: ReadonlyMap<string, Readonly<Record<'purpose' | 'derivation' | 'expire', string>>>
}

/** Of links whose columns nothing derives. */
export const underived: Derivations = { values: new Map(), keys: new Map(), dimension: new Map() }

export function schemaColumns(schema: JsonNode | undefined, derivations: Derivations): readonly DsxItem[] {
	return itemsAt(schema, 'fields').map((field) => {
		const name = textAt(field, 'name')
		const metadata = nodeAt(field, 'metadata')
		const app = nodeAt(field, 'app_data')
		const type = typeOf(textAt(app, 'odbc_type') || textAt(field, 'type'))
		const digits = textAt(metadata, 'decimal_precision')
		const key = derivations.keys.get(name)
		return itemFrom(
			{
				Name: name,
				Description: textAt(metadata, 'description').trim() || undefined,
				SqlType: type.code,
				Precision: type.precision ?? (digits === '' || digits === '0' ? textAt(metadata, 'max_length') || '0' : digits),
				Scale: type.scale ?? (textAt(metadata, 'decimal_scale') || '0'),
				Nullable: flag(nodeAt(field, 'nullable')),
				KeyPosition: flag(nodeAt(metadata, 'is_key')),
				ExtendedPrecision: isExtended(field) ? '1' : '0',
				APTFieldProp: formatOf(field) || undefined,
				...dimensionValues(derivations, name, textAt(app, 'scd_purpose')),
				LevelNo: textAt(metadata, 'item_index') || undefined,
				...occurrences(textAt(app, 'dimension_min_size'), textAt(app, 'dimension_max_size')),
				Derivation: derivationOf(field, derivations.values.get(name)),
				KeyExpression: key?.expression,
				PKeyIsCaseless: key === undefined ? undefined : key.caseless ? '1' : '0',
			},
			{ start: field.line, end: field.line },
		)
	})
}

/** The list that the designer keeps on a stage: `ColumnName`, `DataType`, `Length` …; some exports have lists inside the list. */
export function listedColumns(list: readonly JsonNode[], derivations: Derivations): readonly DsxItem[] {
	return list
		.flatMap((item) => (item.kind === 'array' ? item.items : [item]))
		.flatMap((item) => {
			const name = textAt(item, 'ColumnName')
			if (name === '') return []
			const type = typeOf(textAt(item, 'DataType'))
			const micro = textAt(item, 'TimeScale') !== '' && textAt(item, 'TimeScale') !== '0'
			return [
				itemFrom(
					{
						Name: name,
						SqlType: type.code,
						Precision: type.precision ?? (/^\d+$/.test(textAt(item, 'Length')) ? textAt(item, 'Length') : '0'),
						Scale: type.scale ?? (textAt(item, 'Scale') || '0'),
						Nullable: flag(nodeAt(item, 'Nullable')),
						KeyPosition: flag(nodeAt(item, 'Key')),
						ExtendedPrecision: textAt(item, 'Unicode') === 'true' || micro ? '1' : '0',
						APTFieldProp: textAt(item, 'MisFieldProperties') || undefined,
						Derivation: derivations.values.get(name),
						KeyExpression: derivations.keys.get(name)?.expression,
						...dimensionValues(derivations, name, ''),
					},
					{ start: item.line, end: item.line },
				),
			]
		})
}

/** DSX keeps the purpose with the column; of the other two no DSX is known that has them. */
function dimensionValues({ dimension }: Derivations, name: string, purpose: string): Values {
	const said = dimension.get(name)
	return {
		SCDPurpose: said?.purpose || purpose || undefined,
		DimensionDerivation: said?.derivation || undefined,
		Expire: said?.expire || undefined,
	}
}

/** A vector has as many elements as it says; from 0 on, as many as a row has. */
function occurrences(least: string, most: string): { readonly Occurs?: string; readonly OccursVarying?: string } {
	if (least === '' && most === '') return {}
	return { Occurs: most || least, OccursVarying: least === most ? '0' : '1' }
}

const flag = (node: JsonNode | undefined): string =>
	node !== undefined && /^(?:true|1)$/.test(textAt(node)) ? '1' : '0'

/** Unicode text, microseconds, or an unsigned integer. `is_signed` is false on every text, so the type code has to say it. */
function isExtended(field: JsonNode): boolean {
	const scale = textAt(field, 'app_data', 'time_scale')
	return (
		textAt(field, 'app_data', 'is_unicode_string') === 'true' ||
		(scale !== '' && scale !== '0') ||
		/^UINT/i.test(textAt(field, 'app_data', 'type_code'))
	)
}

function formatOf(field: JsonNode): string {
	return (
		textAt(field, 'app_data', 'apt_field_properties') ||
		textAt(field, 'apt_field_properties') ||
		textAt(field, 'MisFieldProperties')
	).trim()
}

function derivationOf(field: JsonNode, derived: string | undefined): string | undefined {
	const moved = textAt(field, 'metadata', 'source_field_id') || textAt(field, 'metadata', 'customDeriv')
	return derived ?? (moved === '' ? undefined : moved)
}

interface TypeName {
	readonly code: string
	readonly precision?: string
	readonly scale?: string
}

/** `DECIMAL`, or `decimal(10,2)`. */
function typeOf(written: string): TypeName {
	const [, name = written, precision, scale] = /^([^(]*)\((\d+)(?:\s*,\s*(\d+))?\)/.exec(written) ?? []
	return {
		code: odbcCode(name),
		...(precision === undefined ? {} : { precision }),
		...(scale === undefined ? {} : { scale }),
	}
}
