/** The schema file that a stage names, where it lies beside the export. */
import type { DsColumn } from '../columns.ts'
import { findDsColumn } from '../columns.ts'
import { parseFormat } from '../format-properties.ts'
import type { FileSchema } from '../schema-file.ts'
import { readSchema } from '../schema-file.ts'
import type { StageContext } from '../stage-context.ts'
import type { Pin, StageLink } from '../structure.ts'

/** The schema of the file; refuses the stage where the file is not there or cannot be read. */
export function stageSchema(context: StageContext, path: string, pin: Pin): FileSchema | undefined {
	const name = path.replace(/^.*[\\/]/s, '')
	const text = context.job.project.schemaFiles.get(name)
	if (text === undefined) {
		context.refuse(
			`its columns are in the schema file ${path}; put that file beside the export, under a name with the ending .schema, .sch or .osh`,
		)
		return undefined
	}
	const schema = readSchema(text, pin.record.lines)
	if (!('problem' in schema)) return schema
	context.refuse(`the schema file ${name} cannot be read: ${schema.problem}`)
	return undefined
}

/** A schema that says how fields are delimited and quoted: what it leaves out is not documented. */
export function fileSchema(context: StageContext, path: string, pin: Pin): FileSchema | undefined {
	const schema = stageSchema(context, path, pin)
	const format = parseFormat(schema?.format ?? '')
	const isDelimited = format?.has('delim') === true || format?.has('delim_string') === true
	if (schema === undefined || (isDelimited && (format.has('quote') || format.get('delim') === 'none'))) return schema
	context.refuse(`the schema file ${path} does not say how its fields are delimited and quoted`)
	return undefined
}

/** The pin with the record format of the schema in the place of its own. */
export const withFormat = (pin: Pin, { format }: FileSchema): Pin => ({
	...pin,
	meta: new Map([...pin.meta, ['SchemaFormat', format]]),
})

/** A link that names columns has to name all that the schema does, unless others travel along. */
export function matchColumns(context: StageContext, link: StageLink, columns: readonly DsColumn[]): void {
	if (link.open || link.columns.length === 0) return
	const isSame =
		link.columns.length === columns.length &&
		columns.every(({ name }) => findDsColumn(link.columns, name) !== undefined)
	if (!isSame) context.refuse('its link does not carry the columns of its schema file, and no others travel along')
}
