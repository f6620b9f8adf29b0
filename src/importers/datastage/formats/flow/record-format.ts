/** Format properties of a file's port → `SchemaFormat` of DSX. The values are those of the import and export operators. */
import type { JsonNode } from '../../../json/node.ts'
import { membersAt, nodeAt, textAt } from '../../../json/node.ts'

/** Stages whose ports carry a record format. */
export const fileStages: ReadonlySet<string> = new Set([
	'PxSequentialFile',
	'PxFileSet',
	'PxExternalSource',
	'PxExternalTarget',
	'PxColumnImport',
	'PxColumnExport',
])

/** Names of format properties; of those that are blank the value stands under a second name. */
const known: ReadonlySet<string> = new Set([
	'final_delim',
	'final_delim_string',
	'record_delim',
	'record_delim_string',
	'record_length',
	'record_prefix',
	'record_format',
	'fill',
	'delim',
	'delim_string',
	'quote',
	'prefix',
	'vector_prefix',
	'null_field',
	'null_length',
	'actual_length',
	'print_field',
	'padchar',
	'width',
	'max_width',
	'charset',
	'date_format',
	'time_format',
	'timestamp_format',
	'decimal_separator',
	'days_since',
	'c_format',
	'in_format',
	'out_format',
	'intact',
])
const second: Readonly<Record<string, string>> = {
	delim: 'delim_value',
	quote: 'quote_value',
	final_delim: 'final_delim_value',
	record_delim: 'record_delim_value',
	record_length: 'record_len_value',
	padchar: 'padchar_value',
	decimal_separator: 'decimal_sep_value',
	fill: 'fill_char_value',
}

/** Lists of the options that a person added; what else stands there are defaults of the designer. */
const optionLists = [
	'recLevelOption',
	'fieldOption',
	'generalOption',
	'decimalOption',
	'numericOption',
	'dateOption',
	'timeOption',
]
/** Options that count where such a list names them (IBM: SDK of watsonx.data integration, Sequential file). */
const optional: ReadonlySet<string> = new Set([
	'allow_all_zeros',
	'check_intact',
	'data_format',
	'decimal_packed',
	'export_ebcdic_as_ascii',
	'import_ascii_as_ebcdic',
	'is_julian',
	'is_midnight_seconds',
	'precision',
	'round',
	'scale',
])

export const isFormatProperty = (name: string): boolean => known.has(name)

/** Undefined: the port says nothing about its format. */
export function schemaFormat(parameters: JsonNode | undefined): string | undefined {
	const added = new Set(optionLists.flatMap((list) => optionsIn(parameters, list)))
	const parts = membersAt(parameters).flatMap(([name, node]) => {
		if (node.kind === 'object' || node.kind === 'array') return []
		const isAdded = optional.has(name) && added.has(name) && node.text !== 'text'
		if (!known.has(name) && !isAdded) return []
		const written = node.text.trim() === '' ? textAt(parameters, second[name] ?? '') : node.text
		return written.trim() === '' ? [] : [`${name}=${quoted(written)}`]
	})
	return parts.length === 0 ? undefined : parts.join(', ')
}

/** A list of names, or one name. */
function optionsIn(parameters: JsonNode | undefined, list: string): readonly string[] {
	const node = nodeAt(parameters, list)
	if (node === undefined || node.kind === 'object') return []
	return node.kind === 'array'
		? node.items.flatMap((item) => (item.kind === 'object' || item.kind === 'array' ? [] : [item.text]))
		: node.text.split(',').map((name) => name.trim())
}

/** Words and what is quoted already stay as they are. */
function quoted(text: string): string {
	return /^(?:[\w.+-]+|'.*'|".*"|\{.*\})$/s.test(text) ? text : `'${text.replaceAll(/['\\]/g, (sign) => `\\${sign}`)}'`
}
